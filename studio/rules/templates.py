"""Words that a rundown leaves to the day: `{thu}`, `{ngay}`, `{don_vi}`, `{chuong_trinh}`.

A placeholder is a bare lower-case name in braces; `{written|spoken}` is an inline mark of the reader, and `\\{` a
brace, and both stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from studio.values.vietnam import weekday_name

PLACEHOLDERS = ("thu", "ngay", "don_vi", "chuong_trinh")
"""The weekday, the date, the unit, and the programme's title."""

_HELD = re.compile(r"\\.|\{(?P<name>[a-z][a-z0-9_]*)\}", re.DOTALL)
_BRACE = re.compile(r"[{}]")


def values_of(day: date, unit: str, title: str) -> dict[str, str]:
    """What stands for each placeholder; the date in figures, for the reader to say ("ngày {ngay}")."""
    figures = f"{day.day}/{day.month}/{day.year}"
    return dict(zip(PLACEHOLDERS, (weekday_name(day), figures, _plain(unit), _plain(title)), strict=True))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every known placeholder replaced; others stay."""
    return _HELD.sub(lambda found: values.get(found["name"] or "", found[0]), text)


def unknown_in(text: str) -> tuple[str, ...]:
    """The placeholders of a text that nothing stands for, each once, in order."""
    names = (found["name"] for found in _HELD.finditer(text))
    return tuple(dict.fromkeys(name for name in names if name and name not in PLACEHOLDERS))


def _plain(value: str) -> str:
    """A value whose braces are no marks of the reader."""
    return _BRACE.sub(r"\\\g<0>", value)
