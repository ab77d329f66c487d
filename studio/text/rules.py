"""Which readings are tried at a doubtful place, and in what order."""

from __future__ import annotations

import re
from functools import cache

from studio.text.place import Piece, Place, Rule
from studio.text.readings import (
    acronyms,
    addresses,
    amounts,
    codes,
    dates,
    documents,
    fractions,
    marks,
    ordinals,
    outline,
    phones,
    repeats,
    roman,
    signs,
    slashes,
    times,
    web,
    words,
)

# A rule beside the joints after which it can fit at all: the mark that follows the figures or the word, "a" for a
# letter, "1" for a figure, " " for anything else. No joints: always. This only saves time; the rules decide.
_FIGURES: tuple[tuple[Rule, str], ...] = (
    (outline.numbered_heading, "./)"),
    (web.website, ".-a"),
    (phones.identity_number, ""),
    (codes.plate, "a-"),
    (phones.long_phone, ""),
    (phones.hotline, ""),
    (phones.short_phone, ""),
    (documents.document, "/-a"),
    (documents.number_and_year, "/"),
    (dates.quarter, ""),
    (times.round_the_clock, "/"),
    (times.time_range, "a:-"),
    (times.length, "a'"),
    (times.time, "a:"),
    (dates.last_day_of_list, ""),
    (dates.month, ""),
    (dates.full_date, "/.-"),
    (dates.date_range, "/-"),
    (dates.day_month, "/.-"),
    (dates.blank_before_year, ""),
    (dates.day, ""),
    (addresses.house_number, "/-a"),
    (dates.month_year, "/-"),
    (dates.year_range, "-"),
    (ordinals.ordinal, ""),
    (codes.figures_first, "a"),
    (outline.numbered_parts, "."),
    (amounts.short_money, "a"),
    (fractions.ratio, ":"),
    (fractions.mixed, "1"),
    (fractions.fraction, "/.,"),
    (amounts.amount, ""),
)

_LETTERS: tuple[tuple[Rule, str], ...] = (
    (web.email, "@.-_+1"),
    (web.website, ":.-1"),
    (outline.roman_heading, "./)- "),
    (outline.lettered_heading, ".)1"),
    (outline.legal_letter, ""),
    (dates.quarter, ""),
    (acronyms.and_so_on, ""),
    (acronyms.titles, ".,- a"),
    (acronyms.initials, "."),
    (ordinals.weekdays, "1"),
    (addresses.road, "1.- "),
    (addresses.kilometre_post, "1 "),
    (addresses.room_or_ward, "1. "),
    (documents.bare_sign, "-/&"),
    (codes.known_code, "/1 "),
    (roman.roman, ""),
    (codes.letters_first, "1.-"),
    (acronyms.abbreviation, ""),
    (words.word_in_capitals, ""),
    (words.foreign, ""),
    (words.bare_unit, ""),
    (codes.single_letter, ""),
    (words.unknown, ""),
)

_ADDRESS = (web.email, web.website)
_BRACKET = (phones.long_phone, repeats.words_after_figures, repeats.figures_after_words, outline.bracketed_item, marks.mark)
_OTHERS = (signs.compared, slashes.sign)

_MARKS: dict[str, tuple[Rule, ...]] = {
    ".": (documents.blank_document, dates.dotted_blank, marks.end_mark, *_ADDRESS, marks.ellipsis, marks.dot),
    "…": (documents.blank_document, dates.dotted_blank, marks.ellipsis),
    "_": (documents.blank_document, dates.dotted_blank, marks.separator, *_ADDRESS, marks.ellipsis),
    "/": (documents.blank_document, marks.end_mark, slashes.slash),
    ":": (documents.blank_document, marks.recipients, marks.mark),
    "-": (marks.separator, *_ADDRESS, signs.minus, codes.figures_after, marks.hyphen),
    "+": (phones.long_phone, slashes.sign),
    "@": (web.email, web.handle),
    "#": (web.handle,),
    "*": (marks.separator,),
    "=": (marks.separator, slashes.sign),
    "\n": (marks.line_break,),
    "(": _BRACKET,
    **dict.fromkeys(",;?!)[]{}", (marks.mark,)),
    **dict.fromkeys("$€£¥₫₩", (amounts.sign_first, slashes.sign)),
}

_AFTER_FIGURES = re.compile(r"\d+\s?(?P<joint>[^\s])?")
_AFTER_LETTERS = re.compile(r"[^\W\d_]+(?P<joint>[^\s])?")


def read(place: Place) -> Piece:
    """The reading of a doubtful place: the first rule that fits."""
    char = place.text[place.at]
    if char.isdecimal():
        rules = _figure_rules(_joint(place, _AFTER_FIGURES))
    elif char.isalpha():
        rules = _letter_rules(_joint(place, _AFTER_LETTERS))
    else:
        rules = _MARKS.get(char, _OTHERS)
    for rule in rules:
        piece = rule(place)
        if piece is not None and piece.end > place.at:
            return piece
    return slashes.stray(place)


def _joint(place: Place, pattern: re.Pattern[str]) -> str:
    match = place.match(pattern)
    char = match["joint"] if match else None
    if char is None:
        return " "
    if char.isdecimal():
        return "1"
    return "a" if char.isalpha() else char if char in "./-:,')@_+&" else " "


@cache
def _figure_rules(joint: str) -> tuple[Rule, ...]:
    return tuple(rule for rule, joints in _FIGURES if not joints or joint in joints)


@cache
def _letter_rules(joint: str) -> tuple[Rule, ...]:
    return tuple(rule for rule, joints in _LETTERS if not joints or joint in joints)
