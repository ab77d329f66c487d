"""Which readings are tried at a doubtful place, and in what order."""

from __future__ import annotations

import re
from functools import cache

from studio.text.place import BETWEEN, Piece, Place, Rule
from studio.text.readings import (
    acronyms,
    addresses,
    amounts,
    blanks,
    codes,
    dates,
    documents,
    fractions,
    marks,
    ordinals,
    outline,
    periods,
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
# letter, "1" for a figure, " " for anything else. Rules of figures also say what must come before ("a" a word, ","
# a comma, "1" a figure); rules of letters, how many letters there must be at least. Nothing named: always.
# This only saves time; the rules decide.
_FIGURES: tuple[tuple[Rule, str, str], ...] = (
    (outline.numbered_heading, "./)", ""),
    (web.website, ".-a", ""),
    (phones.identity_number, "", "a"),
    (codes.plate, "a-", ""),
    (phones.phone, "", ""),
    (phones.short_phone, "", "a,1"),
    (documents.document, "/-a", ""),
    (documents.number_and_year, "/", "a"),
    (periods.quarter, "", "a"),
    (times.round_the_clock, "/", ""),
    (times.time_range, "a:-", ""),
    (times.length, "a'", ""),
    (times.time, "a:", ""),
    (dates.last_day_of_list, "", "a,"),
    (dates.month, "", "a"),
    (dates.date_range, "/-", ""),
    (dates.full_date, "/.-", ""),
    (dates.day_month, "/.-", ""),
    (blanks.blank_before_year, "", "a"),
    (dates.day, "", "a"),
    (addresses.house_number, "/-a", "a"),
    (dates.month_year, "/-", ""),
    (periods.year_range, "-", ""),
    (ordinals.ordinal, "", "a"),
    (codes.figures_first, "a", ""),
    (outline.numbered_parts, ".", ""),
    (amounts.short_money, "a", ""),
    (fractions.ratio, ":", ""),
    (fractions.mixed, "1", ""),
    (fractions.fraction, "/.,", ""),
    (amounts.amount, "", ""),
)

_LETTERS: tuple[tuple[Rule, str, int], ...] = (
    (web.email, "@.-_+1", 1),
    (web.website, ":.-1", 1),
    (outline.roman_heading, "./)- ", 1),
    (outline.lettered_heading, ".)1", 1),
    (outline.legal_letter, "", 1),
    (periods.quarter, "", 1),
    (acronyms.and_so_on, "", 1),
    (acronyms.titles, ".,- a", 2),
    (acronyms.initials, ".", 1),
    (ordinals.weekdays, "1", 1),
    (addresses.road, "1.- ", 2),
    (addresses.kilometre_post, "1 ", 2),
    (addresses.room_or_ward, "1. ", 1),
    (documents.bare_sign, "-/&", 1),
    (codes.known_code, "/1 ", 1),
    (roman.roman, "", 1),
    (codes.letters_first, "1.-", 1),
    (acronyms.abbreviation, "", 1),
    (words.word_in_capitals, "", 2),
    (words.foreign, "", 2),
    (words.bare_unit, "", 2),
    (codes.single_letter, "", 1),
    (words.unknown, "", 1),
)

_ADDRESS = ((web.email, "a1_+-"), (web.website, "a1"))
_BLANK_DOCUMENT = (documents.blank_document, " ./…_1a")
_MARK = ((marks.mark, ""),)
_MONEY = ((amounts.sign_first, " 1"), (slashes.sign, ""))
_OTHERS: tuple[tuple[Rule, str], ...] = ((signs.compared, " 1="), (slashes.sign, ""))

_MARKS: dict[str, tuple[tuple[Rule, str], ...]] = {
    ".": (
        (documents.blank_document, "./…_"),
        (blanks.dotted_blank, "./…_"),
        (marks.end_mark, "/"),
        *_ADDRESS,
        (marks.ellipsis, ".…_"),
        (marks.dot, ""),
    ),
    "…": (_BLANK_DOCUMENT, (blanks.dotted_blank, ""), (marks.ellipsis, "")),
    "_": (_BLANK_DOCUMENT, (blanks.dotted_blank, ""), (marks.separator, ""), *_ADDRESS, (marks.ellipsis, "")),
    "/": (_BLANK_DOCUMENT, (marks.end_mark, ". "), (slashes.slash, "")),
    ":": (_BLANK_DOCUMENT, (marks.recipients, ""), (marks.mark, "")),
    "-": ((marks.separator, "- "), *_ADDRESS, (signs.minus, "1"), (codes.figures_after, "1"), (marks.hyphen, "")),
    "+": ((phones.long_phone, "1 ("), (slashes.sign, "")),
    "@": ((web.email, "a1"), (web.handle, "a1")),
    "#": ((web.handle, "a1"),),
    "*": ((marks.separator, "* "),),
    "=": ((marks.separator, "= "), (slashes.sign, "")),
    "\n": ((marks.line_break, ""),),
    "(": (
        (phones.long_phone, "1"),
        (repeats.words_after_figures, "a "),
        (repeats.figures_after_words, "1 "),
        (outline.bracketed_item, "a1"),
        (marks.mark, ""),
    ),
    **dict.fromkeys(",;?!)[]{}", _MARK),
    **dict.fromkeys("$€£¥₫₩", _MONEY),
}

_AFTER_FIGURES = re.compile(r"\d+\s?(?P<joint>[^\s])?")
_AFTER_LETTERS = re.compile(r"[^\W\d_]+(?P<joint>[^\s])?")


def read(place: Place) -> Piece:
    """The reading of a doubtful place: the first rule that fits."""
    char = place.text[place.at]
    if char.isdecimal():
        rules = _figure_rules(_joint(place, _AFTER_FIGURES), _before(place))
    elif char.isalpha():
        letters = 2 if place.text[place.at + 1 : place.at + 2].isalpha() else 1
        rules = _letter_rules(_joint(place, _AFTER_LETTERS), letters)
    else:
        rules = _mark_rules(char, _kind(place.text[place.at + 1 : place.at + 2]))
    for rule in rules:
        piece = rule(place)
        if piece is not None and piece.end > place.at:
            return piece
    return slashes.stray(place)


def _joint(place: Place, pattern: re.Pattern[str]) -> str:
    match = place.match(pattern)
    return _kind(match["joint"] or "") if match else " "


def _before(place: Place) -> str:
    """What stands before the figures, past the marks that may stand between a noun and its number."""
    at = place.at - 1
    lowest = max(-1, place.at - 8)
    while at > lowest and place.text[at] in BETWEEN:
        at -= 1
    if at < 0:
        return " "
    char = place.text[at]
    return "," if char in ",;)" else _kind(char)


def _kind(char: str) -> str:
    """The class of a joint: "1" a figure, "a" a letter, a mark that rules ask for, or " "."""
    if char.isdecimal():
        return "1"
    if char.isalpha():
        return "a"
    return char if char and char in "./-:,'()@_+&…*=" else " "


@cache
def _figure_rules(joint: str, before: str) -> tuple[Rule, ...]:
    fitting = (
        rule
        for rule, joints, befores in _FIGURES
        if (not joints or joint in joints) and (not befores or before in befores)
    )
    return tuple(fitting)


@cache
def _letter_rules(joint: str, letters: int) -> tuple[Rule, ...]:
    return tuple(rule for rule, joints, least in _LETTERS if letters >= least and (not joints or joint in joints))


@cache
def _mark_rules(mark: str, joint: str) -> tuple[Rule, ...]:
    return tuple(rule for rule, joints in _MARKS.get(mark, _OTHERS) if not joints or joint in joints)
