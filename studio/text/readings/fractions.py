"""Fractions, shares and ratios: 2/3, 12/15 hộ, 23 1/5, 1:500."""

from __future__ import annotations

import re

from studio.text import tables
from studio.text.patterns import lazy
from studio.text.place import Piece, Place, notice
from studio.text.readings.numbers import Number, cardinal, number_at
from studio.text.readings.units import unit_at
from studio.values.text import Notice

_PART = r"\d{1,6}(?:\.\d{3})*(?:,\d+)?"
_FRACTION = lazy(rf"(?P<top>{_PART})\s?/\s?(?P<bottom>{_PART})(?![\d/]|[.,]\d)")
_MIXED = lazy(r"(?P<whole>\d{1,6}) (?P<top>\d{1,2})/(?P<bottom>\d{1,2})(?![\d/]|[.,]\d)")
_RATIO = lazy(r"(?P<left>\d{1,4}):(?P<right>\d{1,7}(?:\.\d{3})*)(?![\d:])")
_NEXT_WORDS = lazy(r"\s+(?P<first>[^\W\d_]+)(?: (?P<second>[^\W\d_]+))?")
_SMALLEST_WHOLE = 10
"""From here on "a/b hộ" is so many out of so many, no longer parts of one."""

_CHAIN = lazy(r"\d{1,4}(?P<joint>[/,-])(?:\d{1,4}(?P=joint)){0,60}(?=\d{1,4}(?!\d|\.\d))")
_FORMATION = lazy(r"(?:\d-\d-\d|\d{1,2}-\d{1,2}-\d{1,2}|\d{1,3},\d{1,2},\d{1,2})(?![\d/-]|[.,]\d)")

_SHORTEST_CHAIN = 4


def chain(place: Place) -> Piece | None:
    """1,2,3,4 or 4-2-3-1 or 1/2/3/4: four numbers and more are a list; its last one stands for itself."""
    match = place.match(_CHAIN)
    if match is None or place.follows("day_noun") or place.follows("digits_cue") or place.behind.endswith("tháng "):
        return None
    joint = match["joint"]
    if joint != "," and place.follows("address"):
        return None
    parts = match[0][:-1].split(joint)
    listed = joint == "," and place.follows("numbered") and not _is_measured(place, match.end())
    if len(parts) < _SHORTEST_CHAIN - 1 and not listed and not place.match(_FORMATION):
        return None
    if any(len(part) > 2 for part in parts) and (joint != "/" or place.text[place.at] == "0"):
        return None
    said = ", ".join(cardinal(int(part), place.choices) for part in parts)
    return Piece(place.at, match.end(), f"{said},", "list")


_LAST_OF_CHAIN = lazy(r"\d{1,4}(?P<scale> (?:triệu|nghìn|tỷ|ngàn|tỉ)(?![^\W_]))?")


def _is_measured(place: Place, at: int) -> bool:
    """Whether the last number has a unit: "lô 2,5 ha" is a size, "lô 2,5" a list."""
    last = _LAST_OF_CHAIN.match(place.text, at)
    return last is not None and (last["scale"] is not None or unit_at(place, last.end()) is not None)


_RANK = lazy(r"(?P<top>[1-4])/(?P<bottom>[34])(?![\d/]|[.,]\d)")
_RANKED = lazy(r"(?<![^\W_])(?:hạng|thương binh|bệnh binh|tb|tbls|thương tật)(?: hạng)?(?: \d/\d ?(?:,|;|và))* $")


def rank(place: Place) -> Piece | None:
    """Thương binh hạng 2/4: the second of four ranks, neither a part nor a day."""
    match = place.match(_RANK) if _RANKED.search(place.behind) else None
    if match is None:
        return None
    top, bottom = (cardinal(int(match[name]), place.choices) for name in ("top", "bottom"))
    return Piece(place.at, match.end(), f"{top} trên {bottom}", "fraction")


def fraction(place: Place) -> Piece | None:
    """2/3 → "hai phần ba"; so many out of so many is "trên"."""
    match = place.match(_FRACTION)
    if match is None:
        return None
    top = number_at(place.text, match.start("top"), place.choices)
    bottom = number_at(place.text, match.start("bottom"), place.choices)
    if top is None or bottom is None or top.end > match.end("top") or bottom.end > match.end("bottom"):
        return None
    unit = unit_at(place, match.end())
    if (unit and unit.symbol == "mmHg") or _is_share(place, match.end(), top, bottom):
        said = f"{top.spoken} trên {bottom.spoken}"
    else:
        said = f"{top.spoken} phần {_part_name(bottom.spoken)}"
    if unit:
        return Piece(place.at, unit.end, f"{said} {unit.spoken}", "fraction")
    return Piece(place.at, match.end(), said, "fraction", _doubt(place, match, said))


def _part_name(spoken: str) -> str:
    return "tư" if spoken == "bốn" else spoken


def _is_share(place: Place, end: int, top: Number, bottom: Number) -> bool:
    """12/15 hộ, huyết áp 120/80: not parts of one thing."""
    if "," in place.text[place.at : end]:
        return True  # 22/0,4 kV: nothing has four tenths of a part
    if not top.value or not bottom.value or place.behind.rstrip(" :").endswith(("huyết áp", "thứ", "hạng")):
        return True
    if place.follows("ratio_cue"):
        return top.value > bottom.value
    words = _NEXT_WORDS.match(place.text, end)
    return words is not None and not _is_whole(words) and bottom.value >= _SMALLEST_WHOLE and top.value > 1


def _is_whole(words: re.Match[str]) -> bool:
    """Whether the words name a whole that has parts ("số hộ", "diện tích")."""
    known = tables.nouns("fraction_of")
    return words["first"].lower() in known or f"{words['first']} {words['second']}".lower() in known


def _is_counted(words: re.Match[str]) -> bool:
    """Whether the words name things of which some are told ("thành viên")."""
    first, both = words["first"].lower(), f"{words['first']} {words['second']}".lower()
    return first in tables.nouns("rate") or both in tables.nouns("shared")


def _is_thing(word: str) -> bool:
    """A word that may name what there is a half of; no word that begins another phrase."""
    return word.islower() and word not in tables.nouns("function_word")


def _doubt(place: Place, match: re.Match[str], said: str) -> tuple[Notice, ...]:
    """A bare a/b that could as well be a day, with nothing around to decide."""
    day, month = match["top"], match["bottom"]
    if not (day.isdecimal() and month.isdecimal() and 1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return ()
    if place.follows("fraction_cue") or place.follows("ratio_cue"):
        return ()
    words = _NEXT_WORDS.match(place.text, match.end())
    if words and (_is_whole(words) or _is_counted(words) or (day == "1" and _is_thing(words["first"]))):
        return ()
    other = f"ngày {cardinal(int(day), place.choices)} tháng {cardinal(int(month), place.choices)}"
    return (notice("reading.ambiguous", match.start(), match.end(), said, other, written=match[0], taken=said),)


def mixed(place: Place) -> Piece | None:
    """23 1/5 → "hai mươi ba và một phần năm"."""
    match = place.match(_MIXED)
    if match is None or not 0 < int(match["top"]) < int(match["bottom"]):
        return None
    parts = (cardinal(int(match[name]), place.choices) for name in ("whole", "top", "bottom"))
    whole, top, bottom = parts
    return Piece(place.at, match.end(), f"{whole} và {top} phần {_part_name(bottom)}", "fraction")


def ratio(place: Place) -> Piece | None:
    """tỷ lệ 1:500 → "một trên năm trăm"."""
    match = place.match(_RATIO)
    left = number_at(place.text, match.start("left"), place.choices) if match else None
    right = number_at(place.text, match.start("right"), place.choices) if match else None
    if match is None or left is None or right is None or right.end > match.end():
        return None
    return Piece(place.at, match.end(), f"{left.spoken} trên {right.spoken}", "fraction")
