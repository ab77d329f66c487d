"""Ordinals and the days of the week: thứ 1, thứ 4, T2-T6."""

from __future__ import annotations

import re

from studio.text.patterns import lazy
from studio.text.place import Piece, Place, notice
from studio.text.readings.numbers import cardinal

_NUMBER = lazy(r"(?P<number>\d{1,5})(?![\d/%]|[.,]\d)")
_WEEKDAYS = lazy(r"T(?P<first>[2-7])\s?(?:-|→|->|÷)\s?(?:T(?P<last>[2-7])|(?P<sunday>CN))(?![^\W_])")
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
    until = _UNTIL_WEEKDAY.match(place.text, match.end()) if 2 <= value <= 7 else None
    if until:
        return Piece(place.at, until.end(), f"{said} đến", "ordinal")
    return Piece(place.at, match.end(), said, "ordinal")


_UNTIL_WEEKDAY = lazy(r"\s?-(?=\s?(?:[Tt]hứ|[Cc]hủ [Nn]hật|CN)(?![^\W_]))")
_ONE_WEEKDAY = lazy(r"T(?P<day>[2-7])(?![^\W_]|[.,]\d)")
_WEEKDAY_BEHIND = lazy(
    r"(?:sáng|trưa|chiều|tối|đêm|các ngày|vào|trừ|nghỉ|kể cả|riêng|cả|ngày|là|hằng tuần|hàng tuần|"
    r"từ t[2-6] đến|\d(?:h|giờ)\d{0,2})[ :(]+"
    r"(?:t[2-7] ?(?:,|;|và|hoặc) ?)*$"
)

_WEEKDAYS_AHEAD = lazy(
    r" ?[,(]? ?(?:ngày )?\d{1,2}\s?[/-]\s?\d{1,2}|"
    r"(?: ?(?:,|;|và) ?T[2-7])* (?:(?:hằng|hàng|mỗi) tuần|đến (?:T[3-7]|CN))(?![^\W_])"
)


_BUILDING = lazy(r"(?<![^\W_])(?:sân bay|nhà ga|ga|tòa|tháp|sảnh)(?![^\W_])")


def near_building(place: Place, end: int) -> bool:
    """Whether T1 may be the letter of a terminal or a tower."""
    return bool(_BUILDING.search(place.behind) or _BUILDING.search(place.text, end, end + 24))


def _one_weekday(place: Place, one: re.Match[str]) -> Piece | None:
    """T6 alone: a Friday where the words speak of days, told where they might speak of June."""
    said = f"thứ {_WEEKDAY[int(one['day'])]}"
    if _WEEKDAY_BEHIND.search(place.behind) or _WEEKDAYS_AHEAD.match(place.text, one.end()):
        return Piece(place.at, one.end(), said, "ordinal")
    if not place.follows("weekday_or_month") or near_building(place, one.end()):
        return None
    month = f"tháng {_WEEKDAY[int(one['day'])]}"
    note = notice("reading.ambiguous", place.at, one.end(), said, month, written=one[0], taken=said)
    return Piece(place.at, one.end(), said, "ordinal", (note,))


def weekdays(place: Place) -> Piece | None:
    """T2-T6 → "thứ hai đến thứ sáu"; sáng T7, a day alone after a part of the day."""
    match = place.match(_WEEKDAYS)
    if match is None:
        one = place.match(_ONE_WEEKDAY)
        return _one_weekday(place, one) if one else None
    last = "chủ nhật" if match["sunday"] else f"thứ {_WEEKDAY[int(match['last'])]}"
    return Piece(place.at, match.end(), f"thứ {_WEEKDAY[int(match['first'])]} đến {last}", "ordinal")
