"""Telephone numbers and other strings of figures said one by one, in groups."""

from __future__ import annotations

import re

from studio.text.letters import digit_by_digit
from studio.text.place import Piece, Place

_GROUP = r"[ .\-]"
_LONG = re.compile(
    rf"(?P<country>\+\s?\(?84\)?{_GROUP}?)?(?P<area>\(0?\d{{1,4}}\){_GROUP}?)?(?P<rest>\d{{2,11}}(?:{_GROUP}\d{{2,7}}){{0,4}})(?![\d]|[.,]\d|[^\W_])"
)
_HOTLINE = re.compile(r"(?P<rest>1[89]00(?:[ .\-]?\d{2,4}){1,3})(?![\d]|[.,]\d|[^\W_])")
_SHORT = re.compile(r"(?P<rest>\d{3,5})(?![\d/]|[.,]\d|[^\W_]|\s?(?:đồng|người|hộ|lần|triệu|nghìn|km|m2|tỷ|ha)\b)")
_LIST_BEHIND = re.compile(
    r"(?:gọi|tổng đài|đường dây nóng|hotline|số điện thoại|số máy|đầu số)[^;\n]{0,24}?"
    r"(?:\d{3,5}(?:[. ]\d{3,4})?\s?(?:\([^()]*\)\s?)?(?:,|và|hoặc|-|/)\s?)+$"
)
_CODE = re.compile(r"(?P<rest>\d{4,20}(?:[ .]\d{3,6}){0,5})(?![\d]|[.,]\d)")
_TEN = (4, 3, 3)
_ELEVEN = (3, 4, 4)


def phone(place: Place) -> Piece | None:
    """A number that begins as telephone numbers do."""
    first = place.text[place.at]
    return long_phone(place) if first == "0" else hotline(place) if first == "1" else None


def long_phone(place: Place) -> Piece | None:
    """0912.345.678, (024) 3825 3536, +84 912 345 678."""
    if place.text[place.at] not in "0+(":
        return None
    match = place.match(_LONG)
    if match is None:
        return None
    figures = re.sub(r"\D", "", match["rest"])
    area = re.sub(r"\D", "", match["area"] or "")
    if not _is_phone(place, match, area + figures):
        return None
    groups = [digit_by_digit(group) for group in _groups(match["rest"])]
    if match["country"]:
        groups.insert(0, "cộng tám tư")
    if area:
        groups.insert(1 if match["country"] else 0, digit_by_digit(area))
    return Piece(place.at, match.end(), ", ".join(groups), "phone")


def _is_phone(place: Place, match: re.Match[str], figures: str) -> bool:
    if match["country"]:
        return 8 <= len(figures) <= 11
    return figures.startswith("0") and 9 <= len(figures) <= 11 and (place.text[place.at] != "(" or bool(match["area"]))


def _groups(written: str) -> list[str]:
    groups = re.split(_GROUP, written)
    if len(groups) > 1:
        return groups
    shape = {10: _TEN, 11: _ELEVEN, 9: (3, 3, 3), 8: (4, 4)}.get(len(written))
    if shape is None:
        return [written[at : at + 3] for at in range(0, len(written), 3)]
    found, at = [], 0
    for size in shape:
        found.append(written[at : at + size])
        at += size
    return found


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
    return Piece(place.at, match.end(), ", ".join(digit_by_digit(group) for group in groups), "phone")


def short_phone(place: Place) -> Piece | None:
    """gọi 113, 1022: figure by figure after a word of calling."""
    match = place.match(_SHORT)
    if match is None or not (place.follows("short_phone_cue") or _LIST_BEHIND.search(place.behind)):
        return None
    return Piece(place.at, match.end(), digit_by_digit(match["rest"]), "phone")


def identity_number(place: Place) -> Piece | None:
    """Numbers of accounts, cards and tax codes, in groups of three."""
    match = place.match(_CODE)
    if (
        match is None
        or not place.follows("digits_cue")
        or (len(match["rest"]) == 4 and not match["rest"].startswith("0"))
    ):
        return None
    groups = re.split(r"[ .]", match["rest"])
    if len(groups) == 1:
        groups = [groups[0][at : at + 3] for at in range(0, len(groups[0]), 3)]
    return Piece(place.at, match.end(), ", ".join(digit_by_digit(group) for group in groups), "code")
