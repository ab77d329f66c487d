"""What follows "tháng": one month, several, a range, with the year."""

from __future__ import annotations

import re

from studio.text.patterns import lazy
from studio.text.place import Piece, Place, notice
from studio.text.readings.dates import COUNTED_NEXT, END, LUNAR_NEXT, YEAR, M, month_words
from studio.text.readings.numbers import cardinal

_MONTHS = lazy(
    rf"(?P<first>{M})(?:(?P<joint>\s?[-,]\s?|\s(?:và|đến)\s)(?P<more>{M}(?:\s?,\s?{M}){{0,10}}))?"
    rf"(?P<tail>\s?[/-]\s?(?P<year>{YEAR})| (?P<bare>{YEAR})(?=\s*(?:$|[,.;)\n])))?(?![\d/%]|[.,]\d)"
)
_MONTH_YEAR = lazy(rf"(?P<month>{M})\s?[/-]\s?(?P<year>{YEAR}){END}")
_EVERY = lazy(r"(?:mỗi|một|hằng|hàng) (?:ngày|tháng)\s*$")
_BLANK_DAY = lazy(r"[Nn]gày\s+(?=tháng\s*$)")


def month(place: Place) -> Piece | None:
    """What follows "tháng": one month, several, or a range, with its year."""
    if not place.behind.rstrip().endswith("tháng"):
        return None
    match = place.match(_MONTHS)
    if (
        match is None
        or _EVERY.search(place.behind)
        or (not match["tail"] and COUNTED_NEXT.match(place.text, match.end()))
    ):
        return None
    lunar = LUNAR_NEXT.match(place.text, match.end()) is not None or place.behind.rstrip().endswith("rằm tháng")
    said = month_words(int(match["first"]), place.choices, lunar=lunar)
    if match["more"]:
        joint = match["joint"].strip()
        glue = {"-": " đến tháng ", "đến": " đến tháng ", "và": " và tháng "}.get(joint, ", tháng ")
        more = re.split(r"\s?,\s?", match["more"])
        said += glue + ", tháng ".join(month_words(int(each), place.choices) for each in more)
    year = match["year"] or match["bare"]
    if year:
        said += f" năm {cardinal(int(year), place.choices)}"
    blank = place.taken_back(_BLANK_DAY) if re.search(r"ngày\s+tháng\s*$", place.behind) else None
    if blank is not None:
        return Piece(blank, match.end(), f"tháng {said}", "date", (notice("reading.missing_date", blank, match.end()),))
    return Piece(place.at, match.end(), said, "date")


def month_year(place: Place) -> Piece | None:
    """9/2025 without "tháng" before it."""
    match = place.match(_MONTH_YEAR)
    if match is None or place.follows("address"):
        return None
    said = f"tháng {month_words(int(match['month']), place.choices)} năm {cardinal(int(match['year']), place.choices)}"
    return Piece(place.at, match.end(), said, "date")
