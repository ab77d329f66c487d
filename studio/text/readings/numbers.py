"""Numbers in words: cardinals, decimals, written literals, and words back to their value."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from studio.text.letters import DIGITS, digit_by_digit
from studio.text.patterns import lazy
from studio.values.text import ReadingChoices

_LONGEST = 18
"""Figures beyond which a number is no longer a quantity and is read figure by figure."""

# Thousands with dots (1.500.000), with commas twice (1,500,000), or plain; then a decimal part.
_LITERAL = lazy(
    r"(?P<whole>\d{1,3}(?:\.\d{3})+(?![\d]|\.\d)|\d{1,3}(?:,\d{3})+(?=\.\d{1,2}(?![\d.,]))|\d{1,3}(?:,\d{3}){2,}(?!\d|,\d)|\d+)"
    r"(?:,(?P<decimals>\d+)(?![\d]|,\d))?(?P<dotted>\.\d{1,2}(?![\d]|[.,]\d))?"
)
_SPACED = lazy(r"\d{1,3}(?: \d{3})+(?!\d)(?= ?(?:đồng|đ\b|VN[ĐD]|USD|m2|m²|ha\b|người|hộ|km))")


class Number(NamedTuple):
    """A number as written: where it ends, its value (None when it is read figure by figure) and its words."""

    end: int
    value: Decimal | None
    spoken: str


def cardinal(value: int, choices: ReadingChoices) -> str:
    """A whole number, as Hanoi says it (1005 → "một nghìn không trăm linh năm")."""
    if value < 0:
        return f"âm {cardinal(-value, choices)}"
    if value < 1000:
        return _group(value, choices, full=False)
    billions, rest = divmod(value, 1_000_000_000)
    parts: list[str] = []
    if billions:
        parts.append(f"{cardinal(billions, choices)} tỷ")
    for scale, name in ((1_000_000, "triệu"), (1000, choices.thousand), (1, "")):
        count, rest = divmod(rest, scale)
        if count:
            parts.append(f"{_group(count, choices, full=bool(parts))} {name}".rstrip())
    return " ".join(parts)


def _group(value: int, choices: ReadingChoices, *, full: bool) -> str:
    """Three figures; `full` says the hundreds even when they are nought."""
    hundreds, rest = divmod(value, 100)
    if not hundreds and not full:
        return _tens(rest, choices, after_hundreds=False)
    head = f"{DIGITS[hundreds]} trăm"
    return f"{head} {_tens(rest, choices, after_hundreds=True)}" if rest else head


def _tens(value: int, choices: ReadingChoices, *, after_hundreds: bool) -> str:
    tens, ones = divmod(value, 10)
    if not tens:
        return f"{choices.zero_tens} {DIGITS[ones]}" if after_hundreds else DIGITS[ones]
    if tens == 1:
        last = {0: "", 5: "lăm"}.get(ones, DIGITS[ones])
        return f"mười {last}".rstrip()
    last = {0: "", 1: "mốt", 4: "tư", 5: "lăm"}.get(ones, DIGITS[ones])
    return f"{DIGITS[tens]} mươi {last}".rstrip()


def whole(figures: str, choices: ReadingChoices) -> str:
    """Figures as a number: "05" is five; three figures that begin with 0, or too many, are said one by one."""
    if len(figures) > _LONGEST or (len(figures) > 2 and figures[0] == "0"):
        return digit_by_digit(figures)
    return cardinal(int(figures), choices)


def decimals(figures: str, choices: ReadingChoices) -> str:
    """What follows the comma, by the house's choice."""
    if choices.decimals == "pairs" and len(figures) == 2 and figures[0] != "0":
        return cardinal(int(figures), choices)
    return digit_by_digit(figures)


def number_at(text: str, at: int, choices: ReadingChoices) -> Number | None:
    """The number written at `at`, or None."""
    spaced = _SPACED.match(text, at)
    if spaced:
        figures = spaced[0].replace(" ", "")
        return Number(spaced.end(), Decimal(figures), whole(figures, choices))
    match = _LITERAL.match(text, at)
    if match is None:
        return None
    figures = match["whole"].replace(".", "").replace(",", "")
    fraction, dotted = match["decimals"], match["dotted"]
    if dotted and "," in match["whole"]:
        return _plain(match.end(), figures, dotted[1:], choices)
    if dotted and (fraction or "." in match["whole"]):
        return _plain(match.start("dotted"), figures, fraction, choices)
    if dotted:
        return _with_dot(match, figures, dotted[1:], choices)
    return _plain(match.end(), figures, fraction, choices)


def _plain(end: int, figures: str, fraction: str | None, choices: ReadingChoices) -> Number:
    spoken = whole(figures, choices)
    if len(figures) > _LONGEST or (fraction and len(fraction) > _LONGEST):
        return Number(end, None, f"{spoken} phẩy {digit_by_digit(fraction)}" if fraction else spoken)
    if fraction:
        return Number(end, Decimal(f"{figures}.{fraction}"), f"{spoken} phẩy {decimals(fraction, choices)}")
    return Number(end, Decimal(figures), spoken)


def _with_dot(match: re.Match[str], figures: str, after: str, choices: ReadingChoices) -> Number:
    """A dot that parts no thousands: a foreign decimal after 0 or before a measure, else a number of parts."""
    measured = figures == "0" or _MEASURED.match(match.string, match.end())
    if measured:
        return Number(
            match.end(), Decimal(f"{figures}.{after}"), f"{whole(figures, choices)} phẩy {decimals(after, choices)}"
        )
    return Number(match.end(), None, f"{whole(figures, choices)} chấm {whole(after, choices)}")


_MEASURED = lazy(r" ?(?:tr(?![^\W_])|%|°|tỷ|tỉ|triệu|nghìn|tấn|tạ|kg|km|ha\b|m2|m²|m\b|lít|USD|điểm)")

_ONES = {word: value for value, word in enumerate(DIGITS)} | {"mốt": 1, "tư": 4, "lăm": 5, "bẩy": 7}
_SCALES = {"nghìn": 1000, "ngàn": 1000, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}


def value_of(words: str) -> Decimal | None:
    """The value of a number in words ("hai mươi lăm" → 25), or None when the words are no number."""
    spoken = words.lower().split()
    if not spoken or len(spoken) > 60:
        return None
    if "phẩy" in spoken:
        comma = spoken.index("phẩy")
        before, after = _whole_value(spoken[:comma]), spoken[comma + 1 :]
        if before is None or not after or any(word not in _ONES for word in after):
            return None
        return Decimal(f"{before}." + "".join(str(_ONES[word]) for word in after))
    value = _whole_value(spoken)
    return None if value is None else Decimal(value)


def _whole_value(words: list[str]) -> int | None:
    total = group = tens = 0
    seen = False
    for word in words:
        if word in _ONES:
            tens += _ONES[word]
        elif word == "mười":
            tens += 10
        elif word == "mươi":
            tens *= 10
        elif word == "trăm":
            group, tens = tens * 100, 0
        elif word in _SCALES:
            group, tens, total = 0, 0, _scaled(total, group + tens, _SCALES[word])
        elif word not in ("linh", "lẻ"):
            return None
        seen = True
    return total + group + tens if seen else None


def _scaled(total: int, group: int, scale: int) -> int:
    """ "hai nghìn tỷ": a greater scale lifts all that came before it."""
    if group == 0 and total:
        return total * scale
    return total + group * scale
