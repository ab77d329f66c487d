"""Quarters and spans of years."""

from __future__ import annotations

import re

from studio.text.patterns import lazy
from studio.text.place import Piece, Place
from studio.text.readings.dates import YEAR
from studio.text.readings.numbers import cardinal

_QUARTERS = lazy(
    rf"(?P<first>[1-4]|IV|I{{1,3}})(?P<more>(?:\s?(?:,|và|-|đến|\+)\s?(?:[1-4]|IV|I{{1,3}})){{0,3}})(?![\dIVX])(?:\s?[/-]\s?(?P<year>{YEAR}))?(?!\w)"
)
_YEARS = lazy(rf"(?P<first>{YEAR})\s?-\s?(?P<last>{YEAR})(?![\d/-]|[.,]\d)")

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


def months_so_far(place: Place) -> Piece | None:
    """9T/2025 → "chín tháng năm …"."""
    match = place.match(_SO_FAR)
    if match is None:
        return None
    said = f"{cardinal(int(match['months']), place.choices)} tháng"
    if match["year"]:
        said += f" năm {cardinal(int(match['year']), place.choices)}"
    return Piece(place.at, match.end(), said, "date")


def year_range(place: Place) -> Piece | None:
    """2022 - 2025: "đến" for a period, a pause for a term of office or a school year."""
    match = place.match(_YEARS)
    if match is None:
        return None
    glue = ", " if place.follows("term") else " đến "
    said = cardinal(int(match["first"]), place.choices) + glue + cardinal(int(match["last"]), place.choices)
    return Piece(place.at, match.end(), said, "year_range")
