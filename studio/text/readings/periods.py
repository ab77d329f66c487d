"""Quarters and spans of years."""

from __future__ import annotations

import re

from studio.text.patterns import lazy
from studio.text.place import Piece, Place
from studio.text.readings.dates import YEAR, month_words
from studio.text.readings.numbers import cardinal
from studio.text.readings.ordinals import near_building

_QUARTERS = lazy(
    rf"(?P<first>[1-4]|IV|I{{1,3}})(?P<more>(?:\s?(?:,|và|-|đến|\+)\s?(?:[1-4]|IV|I{{1,3}})){{0,3}})(?![\dIVX])(?:\s?[/-]\s?(?P<year>{YEAR}))?(?!\w)"
)
_YEARS = lazy(rf"(?P<first>{YEAR})\s?-\s?(?P<last>{YEAR})(?![\d/-]|[.,]\d)")

_SCHOOL_YEAR = lazy(rf"(?P<first>{YEAR})\s?/\s?(?P<last>{YEAR})(?![\d/-]|[.,]\d)")

_QUARTER = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def quarter(place: Place) -> Piece | None:
    """Quý III, IV/2025."""
    if not place.behind.rstrip().endswith(("quý", "quí")):
        return None
    match = place.match(_QUARTERS)
    if match is None:
        return None
    said = cardinal(_QUARTER[match["first"]], place.choices)
    for joint, each in re.findall(r"(,|và|-|đến|\+)\s?([1-4]|IV|I{1,3})", match["more"]):
        glue = {",": ", quý ", "và": " và quý ", "+": " và quý "}.get(joint, " đến quý ")
        said += glue + cardinal(_QUARTER[each], place.choices)
    if match["year"]:
        said += f" năm {cardinal(int(match['year']), place.choices)}"
    return Piece(place.at, match.end(), said, "date")


_SO_FAR = lazy(rf"(?P<months>[1-9]|1[0-2])T(?:\s?/\s?(?P<year>{YEAR})|(?=\s(?:đầu|cuối|năm)\s))(?![\d/]|[.,]\d)")


_OF_YEAR = lazy(rf"(?P<number>\d{{1,2}})\s?/\s?(?P<year>{YEAR})(?![\d/]|[.,]\d)")


def numbered_of_year(place: Place) -> Piece | None:
    """đợt 2/2026, kỳ 1/2026: the second of the year, no month."""
    match = place.match(_OF_YEAR) if place.follows("numbered_in_year") else None
    if match is None:
        return None
    said = f"{cardinal(int(match['number']), place.choices)} năm {cardinal(int(match['year']), place.choices)}"
    return Piece(place.at, match.end(), said, "date")


_MONTH_BY_LETTER = lazy(rf"T\.?\s?(?P<month>1[0-2]|0?[1-9])(?:\s?[/-]\s?(?P<year>{YEAR}))?(?![^\W_]|[.,/]\d)")
_IN_MONTHS = lazy(r"(?:trong|từ|đến|hết|cuối|đầu|lương|báo cáo|họp|thu|tháng) (?:t\d{1,2}\s?(?:,|;|và)\s?)+$")
_WEEKDAYS_ALSO = range(2, 8)


def month_by_letter(place: Place) -> Piece | None:
    """T11/2026, lương T11: a month; T2 to T7 alone may be days of the week."""
    match = place.match(_MONTH_BY_LETTER)
    if match is None or place.follows("lettered_place"):
        return None
    if not match["year"] and near_building(place, match.end()):
        return None
    if not match["year"]:
        if not (place.follows("month_cue") or _IN_MONTHS.search(place.behind)) or (
            match["month"][0] != "0" and place.follows("day_part")
        ):
            return None
        if int(match["month"]) in _WEEKDAYS_ALSO and place.follows("day_added"):
            return None
    said = f"tháng {month_words(int(match['month']), place.choices)}"
    if match["year"]:
        said += f" năm {cardinal(int(match['year']), place.choices)}"
    if place.behind.endswith("tháng "):
        said = said.removeprefix("tháng ")
    return Piece(place.at, match.end(), said, "date")


def months_so_far(place: Place) -> Piece | None:
    """9T/2025 → "chín tháng năm …"."""
    match = place.match(_SO_FAR)
    if match is None:
        return None
    said = f"{cardinal(int(match['months']), place.choices)} tháng"
    if match["year"]:
        said += f" năm {cardinal(int(match['year']), place.choices)}"
    return Piece(place.at, match.end(), said, "date")


_SHORT_YEARS = lazy(r"(?P<first>[0-4]\d)\s?[-/]\s?(?P<last>[0-4]\d)(?![\d/-]|[.,]\d|[^\W_])")


def short_school_year(place: Place) -> Piece | None:
    """năm học 25-26: two years by their last figures."""
    match = place.match(_SHORT_YEARS) if place.follows("term") else None
    if match is None or int(match["last"]) != int(match["first"]) + 1:
        return None
    first, last = (cardinal(int(match[name]), place.choices) for name in ("first", "last"))
    return Piece(place.at, match.end(), f"{first}, {last}", "year_range")


def year_range(place: Place) -> Piece | None:
    """2022 - 2025: "đến" for a period, a pause for a term of office or a school year."""
    match = place.match(_YEARS) or place.match(_SCHOOL_YEAR)
    if match is None:
        return None
    if "/" in match[0] and not place.follows("term") and int(match["last"]) != int(match["first"]) + 1:
        return None
    glue = ", " if place.follows("term") or "/" in match[0] else " đến "
    said = cardinal(int(match["first"]), place.choices) + glue + cardinal(int(match["last"]), place.choices)
    return Piece(place.at, match.end(), said, "year_range")
