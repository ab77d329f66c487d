"""The names of letters and digits, said one by one."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from studio.text import tables

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


class _Names(NamedTuple):
    plain: dict[str, str]
    listed: dict[str, str]


@cache
def _names() -> _Names:
    found = list(tables.rows("letters"))
    return _Names(
        {row["letter"]: row["name"] for row in found}, {row["letter"]: row["listed"] or row["name"] for row in found}
    )


def letter_name(letter: str) -> str:
    """The name of a letter ("b" → "bê"), without regard to case; "" for what is no letter."""
    return _names().plain.get(letter.lower(), "")


def listed_letter_name(letter: str) -> str:
    """The name of a letter that numbers an item, where D and Đ stand side by side ("d" → "dê")."""
    return _names().listed.get(letter.lower(), "")


def spelled(word: str) -> str:
    """Letters and digits by their names, one by one; other marks are passed over."""
    names = (DIGITS[int(char)] if char in "0123456789" else letter_name(char) for char in word)
    return " ".join(name for name in names if name)


def digit_by_digit(figures: str) -> str:
    """Figures one by one ("024" → "không hai bốn")."""
    return " ".join(DIGITS[int(char)] for char in figures if char in "0123456789")
