"""Dates left blank in a form: what is written is said, what is missing is told."""

from __future__ import annotations

from studio.text.patterns import lazy
from studio.text.place import Piece, Place, notice
from studio.text.readings.dates import DAY_WORD, month_words
from studio.text.readings.numbers import cardinal

_BLANK_DATE = lazy(
    r"[.…_]+\s*(?:tháng|/)\s*(?:[.…_]+|(?P<month>\d{1,2}))?\s*(?:năm|/)\s*(?:(?P<year>\d{4})(?!\d)|[.…_]+(?=\s|$)|(?=\s*$))"
)
_BLANK_DAY_MONTH = lazy(r"[Nn]gày\s*tháng\s*năm\s*$")


def blank_before_year(place: Place) -> Piece | None:
    """ "ngày tháng năm 2025": the day and the month were left blank in the form."""
    if not place.behind.rstrip().endswith("năm"):
        return None
    start = place.taken_back(_BLANK_DAY_MONTH)
    match = place.match(_BLANK_YEAR) if start is not None else None
    if start is None or match is None:
        return None
    said = f"năm {cardinal(int(match[0]), place.choices)}"
    return Piece(start, match.end(), said, "date", (notice("reading.missing_date", start, match.end()),))


_BLANK_YEAR = lazy(r"\d{4}(?!\d)")


def dotted_blank(place: Place) -> Piece | None:
    """ "ngày … tháng … năm 2025", "ngày …/…/2025"."""
    if place.text[place.at] not in ".…_":
        return None
    start = place.taken_back(DAY_WORD)
    match = place.match(_BLANK_DATE) if start is not None else None
    if start is None or match is None:
        return None
    parts = []
    if match["month"] and 1 <= int(match["month"]) <= 12:
        parts.append(f"tháng {month_words(int(match['month']), place.choices)}")
    if match["year"]:
        parts.append(f"năm {cardinal(int(match['year']), place.choices)}")
    return Piece(start, match.end(), " ".join(parts), "date", (notice("reading.missing_date", start, match.end()),))
