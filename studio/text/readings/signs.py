"""Signs before a number: minus, at least, at most, about."""

from __future__ import annotations

from studio.text import tables
from studio.text.patterns import lazy
from studio.text.place import Piece, Place
from studio.text.readings.amounts import amount
from studio.text.readings.fractions import fraction, mixed

_SIGN = lazy(r"(?P<sign>[<>]=|[≥≤⩾⩽<>±~≈≃])\s?(?=\d)")
_AT_LEAST, _AT_MOST = ("từ", "trở lên"), ("từ", "trở xuống")
_AROUND = {
    "≥": _AT_LEAST, "⩾": _AT_LEAST, ">=": _AT_LEAST, "≤": _AT_MOST, "⩽": _AT_MOST, "<=": _AT_MOST,
    "<": ("dưới", ""), ">": ("trên", ""), "±": ("cộng trừ", ""),
    "~": ("khoảng", ""), "≈": ("khoảng", ""), "≃": ("khoảng", ""),
}  # fmt: skip
_TAG = lazy(r"<[^<>\d]{1,20}>")
"""Words between marks, as in the syntax of a message: "<dấu cách>"."""
_UNTIL_MINUS = lazy(r"\s?-\s?-(?=\d)")
_DIAMETER = lazy(r"[⌀Ø]\s?(?=\d)")
_COUNTED = lazy(r"\s+(?P<two>(?P<one>[^\W\d_]+)(?: [^\W\d_]+)?)")


def minus(place: Place) -> Piece | None:
    """-2°C → "âm hai độ xê": a dash that touches its number and follows no other."""
    before, after = place.text[max(0, place.at - 1) : place.at], place.text[place.at + 1 : place.at + 2]
    if not after.isdecimal() or (before and before not in " (\n:\"'"):
        return None
    piece = _number(place, place.at + 1)
    until = _UNTIL_MINUS.match(place.text, piece.end) if piece else None
    last = _number(place, until.end()) if until else None
    if piece and last:
        return Piece(place.at, last.end, f"âm {piece.spoken} đến âm {last.spoken}", "range")
    return Piece(place.at, piece.end, f"âm {piece.spoken}", piece.kind) if piece else None


def compared(place: Place) -> Piece | None:
    """≥ 60 tuổi → "từ sáu mươi tuổi trở lên"."""
    if _is_tag_mark(place):
        return Piece(place.at, place.at + 1, "", "mark")
    match = place.match(_SIGN)
    piece = _number(place, match.end()) if match else None
    if match is None or piece is None:
        return None
    head, tail = _AROUND[match["sign"]]
    if not tail:
        return Piece(place.at, piece.end, f"{head} {piece.spoken}", "comparison")
    said, end = piece.spoken, piece.end
    noun = ""
    counted = _COUNTED.match(place.text, end)
    for group in ("two", "one") if counted else ():
        if counted and counted[group].lower() in tables.nouns("compared"):
            noun, end = counted[group].lower(), counted.end(group)
            break
    if noun not in _AGES and _noun_follows(place.text, end):
        return Piece(place.at, piece.end, f"{_BOUNDS[tail]} {said}", "comparison")
    if place.behind.rstrip().endswith("từ"):
        head = ""
    if _SAID_ALREADY.match(place.text, end):
        tail = ""
    return Piece(place.at, end, " ".join(filter(None, (head, said, noun, tail))), "comparison")


def _is_tag_mark(place: Place) -> bool:
    """Whether the sign is one of the two around words: "<dấu cách>"."""
    if place.text[place.at] not in "<>":
        return False
    tag = _TAG.search(place.text, max(0, place.at - 24), place.at + 24)
    return tag is not None and place.at in (tag.start(), tag.end() - 1)


def _noun_follows(text: str, at: int) -> bool:
    """Whether the words go on with what is counted, so that "trở lên" would tear them apart."""
    word = _NEXT_SMALL.match(text, at)
    return word is not None and word[1].islower() and word[1] not in tables.nouns("function_word")


_BOUNDS = {"trở lên": "ít nhất", "trở xuống": "không quá"}
_AGES = frozenset(("tuổi", "tháng tuổi"))
_NEXT_SMALL = lazy(r"\s+([^\W\d_]+)(?![^\W_])")
_SAID_ALREADY = lazy(r"\s+(?:trở (?:lên|xuống))")


def diameter(place: Place) -> Piece | None:
    """Φ16 → "phi mười sáu": steel, pipes and holes by their diameter; Ø alone is a letter."""
    match = place.match(_DIAMETER)
    piece = _number(place, match.end()) if match else None
    return Piece(place.at, piece.end, f"phi {piece.spoken}", "measure") if piece else None


def _number(place: Place, at: int) -> Piece | None:
    inner = Place(place.text, at, at, place.choices)
    return mixed(inner) or fraction(inner) or amount(inner)
