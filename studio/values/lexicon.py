"""Values of lexicons: entries and the layers they stand in."""

from __future__ import annotations

from typing import NamedTuple

LAYERS = ("built-in", "city", "unit", "bulletin")
"""Lowest first: a bulletin's own entry wins over the unit's, that over the city's, that over what is built in."""


class Entry(NamedTuple):
    """What is said for a written word or phrase: `layer` is one of LAYERS; `file` and `line` say where it stands."""

    written: str
    spoken: str
    note: str = ""
    layer: str = "unit"
    file: str = ""
    line: int = 0
