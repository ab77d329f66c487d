"""Which readings are tried at a doubtful place, and in what order."""

from __future__ import annotations

import re
from functools import lru_cache

from studio.text.place import BETWEEN, Piece, Place, Rule
from studio.text.readings import (
    acronyms,
    addresses,
    amounts,
    blanks,
    codes,
    coordinates,
    dates,
    days,
    documents,
    fractions,
    marks,
    months,
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

# A rule beside what must hold for it to fit at all. For rules of figures: the joint (the mark that follows: "a" a
# letter, "1" a figure, " " anything else), what must come before ("a" a word, "," a comma, "1" a figure), and the
# fewest and the most figures. For rules of letters: the joint, how many letters there must be at least, and the
# letters it can begin with. Nothing named: always. This only saves time; the rules decide.
_FIGURES: tuple[tuple[Rule, str, str, int, int], ...] = (
    (fractions.rank, "/", "", 1, 1),
    (fractions.chain, "/-,", "", 1, 4),
    (outline.numbered_heading, "./)", "", 1, 3),
    (web.website, ".-a", "", 1, 99),
    (phones.identity_number, "", "a", 3, 99),
    (codes.serial, "a", "", 1, 6),
    (codes.form, "a-", "a", 1, 2),
    (codes.figures_led, "a-/", "", 1, 5),
    (documents.standard, ":-", "a", 1, 5),
    (codes.plate, "a-", "", 2, 2),
    (phones.phone, "", "", 2, 99),
    (phones.local_phone, "", "a,1", 4, 99),
    (phones.short_phone, "", "a,1", 3, 5),
    (documents.document, "/-a.", "", 1, 6),
    (documents.number_and_year, "/-", "a", 1, 5),
    (periods.quarter, "", "a", 1, 1),
    (times.round_the_clock, "/", "", 1, 2),
    (times.sport_time, "a'\"", "", 1, 3),
    (times.time_range, "a:-", "", 1, 2),
    (times.dotted_time, ".", "", 1, 2),
    (times.length, "a'", "", 1, 3),
    (times.time, "a:", "", 1, 2),
    (days.last_day_of_list, "", "a,1", 1, 2),
    (months.month, "", "a", 1, 2),
    (periods.short_school_year, "/-", "a", 2, 2),
    (days.date_range, "/-", "", 1, 2),
    (periods.months_so_far, "a", "", 1, 2),
    (dates.full_date, "/.-", "", 1, 2),
    (days.day_span, "-", "a", 1, 2),
    (dates.day_month, "/.-", "", 1, 2),
    (blanks.blank_before_year, "", "a", 4, 4),
    (days.day, "", "a", 1, 2),
    (addresses.house_number, "/-a", "", 1, 5),
    (addresses.ring_road, ".,", "a", 1, 1),
    (periods.numbered_of_year, "/", "a", 1, 2),
    (months.month_year, "/-", "", 1, 2),
    (periods.year_range, "-/", "", 4, 4),
    (ordinals.ordinal, "", "a", 1, 5),
    (codes.born, "a", "a", 1, 1),
    (coordinates.coordinate, "a°.,", "", 1, 3),
    (amounts.lost_degree, "a,-", "", 1, 3),
    (codes.figures_first, "a", "", 1, 3),
    (outline.numbered_parts, ".", "", 1, 3),
    (amounts.short_money, "a", "", 1, 4),
    (amounts.metres, "a", "", 1, 3),
    (amounts.age_or_load, "a-", "", 1, 3),
    (fractions.ratio, ":", "", 1, 4),
    (fractions.mixed, "1", "", 1, 6),
    (fractions.fraction, "/.,", "", 1, 99),
    (amounts.amount, "", "", 1, 99),
)

_NUMERALS = "IVXLCDMivxlcdm"
_LETTERS: tuple[tuple[Rule, str, int, str], ...] = (
    (web.email, "@.-_+1", 1, ""),
    (web.website, ":.-1", 1, ""),
    (outline.roman_heading, "./)- ", 1, "IVXL"),
    (outline.roman_item, ")", 1, "ivx"),
    (outline.lettered_heading, ".)1", 1, ""),
    (outline.legal_letter, "", 1, ""),
    (periods.quarter, "", 1, "IV"),
    (acronyms.and_so_on, "", 1, "vV"),
    (acronyms.titles, ".,- a", 2, "PGTBCKVLDNA"),
    (acronyms.initials, ".-", 1, ""),
    (ordinals.weekdays, "1", 1, "T"),
    (periods.month_by_letter, "1. ", 1, "T"),
    (codes.form, "1", 1, ""),
    (codes.registered, "1-. ", 1, ""),
    (addresses.road, "1.- ", 2, "QTĐHCV"),
    (addresses.kilometre_post, "1 ", 2, "Kk"),
    (addresses.room_or_ward, "1. ", 1, "PQ"),
    (documents.bare_sign, "-/&", 1, ""),
    (codes.known_code, "/1 ", 1, ""),
    (roman.roman, "", 1, _NUMERALS),
    (codes.serial, "1", 1, ""),
    (codes.letters_first, "1.-", 1, ""),
    (acronyms.abbreviation, "", 1, ""),
    (words.word_in_capitals, "", 2, ""),
    (words.foreign, "", 2, ""),
    (words.bare_unit, "", 2, "kmcdhVUuEGJCK"),
    (words.highland_name, "'", 1, "BCDGHKLMNRSTVĐ"),
    (codes.single_letter, "", 1, ""),
    (signs.diameter, "1 ", 1, "Ø"),
    (words.unknown, "", 1, ""),
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
    "⌀": ((signs.diameter, "1 "), (slashes.sign, "")),
    **dict.fromkeys(",;?!)[]{}", _MARK),
    **dict.fromkeys("$€£¥₫₩", _MONEY),
}

_AFTER_FIGURES = re.compile(r"(?P<figures>\d+)\s?(?P<joint>[^\s])?")
_AFTER_LETTERS = re.compile(r"[^\W\d_]+(?P<joint>[^\s])?")
_JOINTS = frozenset("./-:,'\"()@_+&…*=°")
_MOST_FIGURES = 7
_CACHED = 4096


def read(place: Place) -> Piece:
    """The reading of a doubtful place: the first rule that fits."""
    text, at = place.text, place.at
    char = text[at]
    if char.isdecimal():
        match = _AFTER_FIGURES.match(text, at)
        figures, joint = match.groups() if match else (char, "")
        rules = _figure_rules(joint or "", _before(text, at), min(len(figures), _MOST_FIGURES))
    elif char.isalpha():
        match = _AFTER_LETTERS.match(text, at)
        joint = match["joint"] if match else ""
        rules = _letter_rules(char, joint or "", 2 if text[at + 1 : at + 2].isalpha() else 1)
    else:
        rules = _mark_rules(char, text[at + 1 : at + 2])
    for rule in rules:
        piece = rule(place)
        if piece is not None and piece.end > at:
            return piece
    return slashes.stray(place)


def _before(text: str, at: int) -> str:
    """What stands before the figures, past the marks that may stand between a noun and its number."""
    head = text[max(0, at - 8) : at].rstrip(BETWEEN)
    return head[-1:]


def _kind(char: str) -> str:
    """The class of a joint: "1" a figure, "a" a letter, a mark that rules ask for, or " "."""
    if char.isdecimal():
        return "1"
    if char.isalpha():
        return "a"
    return char if char in _JOINTS else " "


@lru_cache(maxsize=_CACHED)
def _figure_rules(joint: str, before: str, figures: int) -> tuple[Rule, ...]:
    after, behind = _kind(joint), "," if before and before in ",;)" else _kind(before)
    fitting = (
        rule
        for rule, joints, befores, fewest, most in _FIGURES
        if (not joints or after in joints) and (not befores or behind in befores) and fewest <= figures <= most
    )
    return tuple(fitting)


@lru_cache(maxsize=_CACHED)
def _letter_rules(first: str, joint: str, letters: int) -> tuple[Rule, ...]:
    after = _kind(joint)
    fitting = (
        rule
        for rule, joints, least, firsts in _LETTERS
        if letters >= least and (not joints or after in joints) and (not firsts or first in firsts)
    )
    return tuple(fitting)


@lru_cache(maxsize=_CACHED)
def _mark_rules(mark: str, following: str) -> tuple[Rule, ...]:
    joint = _kind(following)
    return tuple(rule for rule, joints in _MARKS.get(mark, _OTHERS) if not joints or joint in joints)
