"""Numbers of automatic lists, as they stand before the items."""

from __future__ import annotations

_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def label(count: int, style: str) -> str:
    """`count` in the style of a word processor: "1", "i", "I", "a", "A" (OpenDocument's names)."""
    if style in ("i", "I"):
        roman = _roman(count)
        return roman if style == "I" else roman.lower()
    if style in ("a", "A"):
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters.upper() if style == "A" else letters
    return str(count)


def _roman(count: int) -> str:
    if not 0 < count < 400:
        return str(count)
    numeral = ""
    for value, letters in _ROMAN:
        times, count = divmod(count, value)
        numeral += letters * times
    return numeral
