"""Writes a model as TOML that a person can go on editing: plain values, and tables of them."""

from __future__ import annotations

import json
from datetime import date

from studio.files.base import FileModel

_DELETE = "\x7f"
"""TOML wants it escaped, JSON does not."""


def toml_text(model: FileModel) -> str:
    """The model's set values, one a line, its tables last; raises TypeError for a value that has no place here."""
    lines: list[str] = []
    tables: list[str] = []
    for key, value in model:
        if isinstance(value, FileModel):
            tables += ["", f"[{key}]", *_pairs(value)]
        elif value is not None:
            lines.append(f"{key} = {_value(value)}")
    return "\n".join([*lines, *tables]) + "\n"


def _pairs(model: FileModel) -> list[str]:
    return [f"{key} = {_value(value)}" for key, value in model if value is not None]


def _value(value: object) -> str:
    if isinstance(value, str):
        # A basic string of TOML is escaped as JSON's are.
        return json.dumps(str(value), ensure_ascii=False).replace(_DELETE, "\\u007f")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no way to write a {type(value).__name__} as TOML")
