"""Telephone numbers and other strings of figures said one by one, in groups."""

from __future__ import annotations

import re

from studio.text.letters import digit_by_digit, spelled
from studio.text.patterns import LOCAL_PHONE, lazy
from studio.text.place import Piece, Place
from studio.text.readings.units import unit_at

_GROUP = r"(?:[.\-] | [.\-]|[ .\-])"
_WIDE_GROUP = rf"(?: - |{_GROUP})"
"""What parts two groups: one mark, and a space beside it where a line was broken."""
_LONG_SHAPE = (
    r"(?P<country>\+\s?\(?84\)?{group}?)?(?P<area>\(0?\d{{1,4}}\){group}?)?(?P<rest>\d{{1,11}}(?:{group}\d{{2,8}}){{0,4}})"
    r"(?![\d]|[.,]\d|[^\W_])"
)
_LONG = lazy(_LONG_SHAPE.format(group=_GROUP))
_WIDE = lazy(_LONG_SHAPE.format(group=_WIDE_GROUP))
_HOTLINE = lazy(r"(?P<rest>1[89]00(?:[ .\-]?\d{2,4}){1,3})(?![\d]|[.,]\d|[^\W_])")
_SHORT = lazy(r"(?P<rest>\d{3,5})(?![\d/]|[.,]\d|[^\W_]|\s?(?:đồng|người|hộ|lần|triệu|nghìn|km|m2|tỷ|ha)\b)")
_LOCAL = lazy(rf"(?P<rest>{LOCAL_PHONE})(?!\s?(?:người|hộ|lần|lượt|con|cây|cái)\b)")
_LOCAL_BEHIND = lazy(
    r"(?<![^\W_])(?:điện thoại|s?đt|tel|fax|số máy|hotline|đường dây nóng|tổng đài|liên hệ)[^;.\n\d]{0,40}?"
    r"(?:: ?|(?:[2-9]\d{3}[ .]?\d{4}\s?(?:,|và|hoặc|-|/)\s?)+)$"
)
_SEVERAL = lazy(r"\d{3,4}(?:\s?/\s?\d{3,4}){1,4}(?![\d/]|[.,]\d|[^\W_])")
_LIST_BEHIND = lazy(
    r"(?:gọi|tổng đài|đường dây nóng|hotline|số điện thoại|số máy|đầu số)[^;\n]{0,24}?"
    r"(?:\d{3,5}(?:[. ]\d{3,4})?\s?(?:\([^()]*\)\s?)?(?:,|và|hoặc|-|/)\s?)+$"
)
_SMS_BEHIND = lazy(r"(?:soạn|cú pháp|nhắn tin|tin nhắn|sms)[^.;\n]{1,50}gửi (?:đến |tới |về )?$")
_CODE = lazy(r"(?P<rest>(?:\d{4,20}|0\d\d(?=\.\d{3}))(?:[.-]\d{1,10}| \d{3,6}){0,5})(?![\d]|[.,]\d)")
_SHAPES = {6: (3, 3), 7: (3, 4), 8: (4, 4), 9: (3, 3, 3), 10: (4, 3, 3), 11: (3, 4, 4)}
"""How a string of figures without marks is parted."""
_LONGEST_GROUP = 5


def phone(place: Place) -> Piece | None:
    """A number that begins as telephone numbers do."""
    first = place.text[place.at]
    return (masked_phone(place) or long_phone(place)) if first == "0" else hotline(place) if first == "1" else None


def long_phone(place: Place) -> Piece | None:
    """0912.345.678, (024) 3825 3536, +84 912 345 678."""
    if place.text[place.at] not in "0+(":
        return None
    match = next(
        (found for found in (place.match(_LONG), place.match(_WIDE)) if found and _is_phone(place, found)), None
    )
    if match is None:
        return None
    area = re.sub(r"\D", "", match["area"] or "")
    groups = _groups(match["rest"])
    if area:
        groups.insert(0, area)
    if place.choices.phone_groups == "standard":
        groups = _groups("".join(groups))
    said = [digit_by_digit(group) for group in groups]
    if match["country"]:
        said.insert(0, "cộng tám tư")
    return Piece(place.at, match.end(), _apart(place).join(said), "phone")


def _apart(place: Place) -> str:
    """What stands between two groups."""
    return " " if place.choices.phone_groups == "none" else ", "


def _is_phone(place: Place, match: re.Match[str]) -> bool:
    figures = re.sub(r"\D", "", (match["area"] or "") + match["rest"])
    if match["country"]:
        return 8 <= len(figures) <= 11
    return figures.startswith("0") and 9 <= len(figures) <= 11 and (place.text[place.at] != "(" or bool(match["area"]))


def _groups(written: str) -> list[str]:
    groups = re.split(_WIDE_GROUP, written)
    if len(groups) > 1:
        return [part for group in groups for part in (_groups(group) if len(group) > _LONGEST_GROUP else [group])]
    shape = _SHAPES.get(len(written))
    if shape is None:
        return threes(written)
    found, at = [], 0
    for size in shape:
        found.append(written[at : at + size])
        at += size
    return found


_MASKED = lazy(r"(?=[\d .-]{3,12}[xX*]{2})0\d{1,4}(?:[ .-]?[\dxX*]{2,4}){2,3}(?![^\W_])")


def masked_phone(place: Place) -> Piece | None:
    """0913.5xx.xxx: a number whose last figures are hidden."""
    match = place.match(_MASKED)
    if match is None:
        return None
    groups = re.split(_GROUP, match[0].replace("*", "x"))
    return Piece(place.at, match.end(), _apart(place).join(spelled(group) for group in groups), "phone")


def hotline(place: Place) -> Piece | None:
    """1900 1234, 1800.1091."""
    if place.text[place.at] != "1":
        return None
    match = place.match(_HOTLINE)
    if match is None:
        return None
    groups = re.split(_GROUP, match["rest"])
    if len(groups) == 1:
        if not place.follows("phone_cue"):
            return None
        groups = [groups[0][:4], groups[0][4:]]
    elif not place.follows("phone_cue") and len(groups) == 2 and "." not in match["rest"] and "-" in match["rest"]:
        return None
    return Piece(place.at, match.end(), _apart(place).join(digit_by_digit(group) for group in groups), "phone")


def local_phone(place: Place) -> Piece | None:
    """Điện thoại: 39990000: eight figures after a word of calling, or after another such number, without a unit."""
    match = place.match(_LOCAL)
    if match is None or not (place.follows("local_phone_cue") or _LOCAL_BEHIND.search(place.behind)):
        return None
    if unit_at(place, match.end()) is not None:
        return None
    groups = _groups(match["rest"])
    if place.choices.phone_groups == "standard":
        groups = _groups("".join(groups))
    return Piece(place.at, match.end(), _apart(place).join(digit_by_digit(group) for group in groups), "phone")


def short_phone(place: Place) -> Piece | None:
    """gọi 113, 1022: figure by figure after a word of calling."""
    several = place.match(_SEVERAL) if place.follows("short_phone_cue") else None
    if several:
        said = ", ".join(digit_by_digit(each) for each in several[0].split("/"))
        return Piece(place.at, several.end(), said, "phone")
    match = place.match(_SHORT)
    if match is None or not (
        place.follows("short_phone_cue") or _SMS_BEHIND.search(place.behind) or _LIST_BEHIND.search(place.behind)
    ):
        return None
    return Piece(place.at, match.end(), digit_by_digit(match["rest"]), "phone")


def threes(figures: str) -> list[str]:
    return [figures[at : at + 3] for at in range(0, len(figures), 3)]


def identity_number(place: Place) -> Piece | None:
    """Numbers of accounts, cards and tax codes, in groups of three."""
    match = place.match(_CODE)
    if (
        match is None
        or not place.follows("digits_cue")
        or (len(match["rest"]) == 4 and not match["rest"].startswith("0"))
    ):
        return None
    written = re.split(r"[ .-]", match["rest"])
    groups = [part for group in written for part in ([group] if len(group) < 6 and len(written) > 1 else threes(group))]
    return Piece(place.at, match.end(), ", ".join(digit_by_digit(group) for group in groups), "code")
