"""Ordinals and the days of the week: thứ 1, thứ 4, T2-T6."""

from __future__ import annotations

import re

from studio.text.place import Piece, Place
from studio.text.readings.numbers import cardinal

_NUMBER = re.compile(r"(?P<number>\d{1,5})(?![\d/%]|[.,]\d)")
_WEEKDAYS = re.compile(r"T(?P<first>[2-7])\s?-\s?(?:T(?P<last>[2-7])|(?P<sunday>CN))(?![^\W_])")
_WEEKDAY = {2: "hai", 3: "ba", 4: "tư", 5: "năm", 6: "sáu", 7: "bảy"}


def ordinal(place: Place) -> Piece | None:
    """thứ 1 → "thứ nhất", thứ 4 → "thứ tư"; others are cardinals."""
    if not place.behind.rstrip().endswith("thứ"):
        return None
    match = place.match(_NUMBER)
    if match is None:
        return None
    value = int(match["number"])
    said = {1: "nhất", 4: "tư"}.get(value) or cardinal(value, place.choices)
    return Piece(place.at, match.end(), said, "ordinal")


def weekdays(place: Place) -> Piece | None:
    """T2-T6 → "thứ hai đến thứ sáu"."""
    match = place.match(_WEEKDAYS)
    if match is None:
        return None
    last = "chủ nhật" if match["sunday"] else f"thứ {_WEEKDAY[int(match['last'])]}"
    return Piece(place.at, match.end(), f"thứ {_WEEKDAY[int(match['first'])]} đến {last}", "ordinal")
