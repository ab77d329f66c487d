"""A number said twice, in figures and in words: read once, with a notice when the two disagree."""

from __future__ import annotations

import re
from decimal import Decimal

from studio.text.patterns import lazy
from studio.text.place import Piece, Place, notice
from studio.text.readings.numbers import number_at, value_of

_BRACKET = lazy(r"\((?P<inside>[^()\n]{1,200})\)")
_NUMBER_BEHIND = lazy(
    r"(?<![\d.,/-])(?P<number>\d[\d.,]*)(?P<scales>(?:\s?(?:nghìn|ngàn|triệu|tỷ|tỉ|tr))*)(?P<unit>(?:\s?[^\W\d_%]+[23²³]?){0,2}|\s?%)\s*$"
)
_IN_WORDS = lazy(r"^\s*(?:(?:viết )?bằng chữ|số tiền bằng chữ)?\s*:?\s*", re.IGNORECASE)
_CLOSING = lazy(r"\s*(?:chẵn|đồng chẵn|\.\s?/\s?\.?|\./\.|[.,;])+\s*$", re.IGNORECASE)
_WORD_NUMBER = lazy(
    r"(?:(?:không|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|mốt|tư|lăm|trăm|linh|lẻ|nghìn|ngàn|triệu|tỷ|tỉ|phẩy)\s+)+$",
    re.IGNORECASE,
)
_FIGURES = lazy(r"\(\s?(?P<number>\d[\d.,]*)\s?\)")
_SCALES = {"nghìn": 1000, "ngàn": 1000, "triệu": 10**6, "tr": 10**6, "tỷ": 10**9, "tỉ": 10**9}


def words_after_figures(place: Place) -> Piece | None:
    """05 (năm) ngày; 100 triệu đồng (một trăm triệu đồng)."""
    if place.text[place.at] != "(":
        return None
    match = place.match(_BRACKET)
    behind = _NUMBER_BEHIND.search(place.text[max(0, place.at - 64) : place.at]) if match else None
    if match is None or behind is None:
        return None
    inside = _CLOSING.sub("", _IN_WORDS.sub("", match["inside"]))
    words = _without_unit(inside.replace(",", " "), behind["unit"].strip())
    spoken = value_of(words)
    if spoken is None:
        return None
    written = _value(behind["number"], behind["scales"], place)
    if written is None:
        return None
    if spoken == written:
        return Piece(place.at, match.end(), "", "repeat")
    said = f", {' '.join(inside.lower().split())},"
    note = notice("reading.amount_mismatch", place.at, match.end(), figures=behind[0].strip(), words=inside)
    return Piece(place.at, match.end(), said, "repeat", (note,))


def _without_unit(words: str, unit: str) -> str:
    """The number alone: without the unit of the figures, or the name of the currency."""
    said = " ".join(words.lower().split())
    for tail in (
        unit.lower(),
        "đồng việt nam",
        "việt nam đồng",
        "đồng",
        "phần trăm",
        "người",
        "ngày",
        "tháng",
        "năm",
        "mét vuông",
    ):
        if tail and said.endswith(f" {tail}") and not (tail == "năm" and unit.lower() != "năm"):
            return said[: -len(tail)].rstrip()
    return said


def _value(number: str, scales: str, place: Place) -> Decimal | None:
    figures = number.rstrip(".,")
    found = number_at(figures, 0, place.choices)
    if found is None or found.value is None or found.end != len(figures):
        return None
    value = found.value
    for scale in scales.split():
        value *= _SCALES[scale]
    return value


def figures_after_words(place: Place) -> Piece | None:
    """ba (03) ngày: the bracket repeats the word."""
    match = place.match(_FIGURES) if place.text[place.at] == "(" else None
    words = _WORD_NUMBER.search(place.text[max(0, place.at - 64) : place.at]) if match else None
    if match is None or words is None:
        return None
    written = _value(match["number"], "", place)
    parts = words[0].split()
    for start in range(len(parts)):
        if value_of(" ".join(parts[start:])) == written:
            return Piece(place.at, match.end(), "", "repeat")
    return None
