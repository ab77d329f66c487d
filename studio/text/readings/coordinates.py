"""Where a storm stands: degrees, minutes and seconds of latitude and longitude, by the letters of the wind rose."""

from __future__ import annotations

import re

from studio.text.patterns import lazy
from studio.text.place import Piece, Place
from studio.text.readings.numbers import Number, number_at

_DEGREES = lazy(
    r"\d{1,3}(?:[.,]\d{1,4})?\s?(?P<sign>°\s?(?:\d{1,2}\s?'\s?(?:\d{1,2}(?:[.,]\d{1,2})?\s?(?:\"|''))?)?\s?|độ\s)?"
    r"(?P<side>[NSEWBĐT])(?![^\W_])"
)
_CUE = lazy(r"(?:tọa độ|vị trí|tâm bão|tâm|vĩ độ|kinh độ|khoảng|độ (?:vĩ bắc|kinh đông))[^\n;]{0,40}$")
_NUMBER = lazy(r"\d[\d.,]*")
_SIDES = {
    "N": "vĩ Bắc", "B": "vĩ Bắc", "S": "vĩ Nam", "E": "kinh Đông", "Đ": "kinh Đông",
    "W": "kinh Tây", "T": "kinh Tây",
}  # fmt: skip
_NORTH_BEHIND = lazy(r"\d\s?[nb]\s?[,;/-]\s?$")
_EAST_NEXT = lazy(r"\s?[,;/-]\s?\d{2,3}(?:[.,]\d{1,4})?\s?°?\s?[EĐ](?![^\W_])")


def coordinate(place: Place) -> Piece | None:
    """20,5°N → "hai mươi phẩy năm độ vĩ Bắc"; without its degree sign only beside another, or after "tọa độ"."""
    match = place.match(_DEGREES)
    if match is None or (not match["sign"] and not _is_position(place, match)):
        return None
    numbers = [_number(place, found) for found in _NUMBER.finditer(match[0])]
    named = zip(numbers, ("độ", "phút", "giây"), strict=False)
    said = " ".join((*(f"{number.spoken} {name}" for number, name in named), _SIDES[match["side"]]))
    return Piece(place.at, match.end(), said, "measure")


def _number(place: Place, found: re.Match[str]) -> Number:
    return number_at(found[0].replace(".", ","), 0, place.choices) or Number(0, None, "")


def _is_position(place: Place, match: re.Match[str]) -> bool:
    """12,5N and 110E: letters that might be anything else, unless a place at sea is told."""
    if match["side"] in "NB" and _EAST_NEXT.match(place.text, match.end()):
        return True
    if match["side"] in "EĐ" and _NORTH_BEHIND.search(place.behind):
        return True
    return match["side"] in "NEĐ" and _CUE.search(place.behind) is not None
