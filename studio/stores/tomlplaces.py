"""Where a key stands in a TOML file, and which keys could have stood there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, get_args

from studio.files.base import FileModel
from studio.values.location import Location

_PART = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_ARRAY_HEADER = re.compile(rf"\s*\[\[\s*({_DOTTED})\s*\]\]")
_HEADER = re.compile(rf"\s*\[\s*({_DOTTED})\s*\]")
_KEY = re.compile(rf"\s*({_DOTTED})\s*=(.*)")
_FENCES = ('"""', "'''")


def line_of_key(text: str, location: Location) -> int | None:
    """The line, from 1, of a key, or of the nearest thing around it that has one; None at the top."""
    lines = lines_of_keys(text)
    for length in range(len(location), 0, -1):
        if (line := lines.get(location[:length])) is not None:
            return line
    return None


def known_keys(model: type[FileModel], location: Location) -> tuple[str, ...]:
    """The keys that the table at `location` may have; those of all members where it is a union."""
    models = {model}
    for part in location:
        if isinstance(part, str):
            models = {
                member
                for owner in models
                if part in owner.model_fields
                for member in _models_in(owner.model_fields[part].annotation)
            }
    return tuple(sorted({name for member in models for name in member.model_fields}))


def _models_in(annotation: Any) -> Iterator[type[FileModel]]:
    if isinstance(annotation, type) and issubclass(annotation, FileModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)


@lru_cache(maxsize=4)
def lines_of_keys(text: str) -> Mapping[Location, int]:
    """Lines of headers and keys of a TOML text that parses; keys of inline tables are left out."""
    found: dict[Location, int] = {}
    counts: dict[Location, int] = {}
    table: Location = ()
    fence: str | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if fence is not None:
            fence = None if fence in line else fence
            continue
        if header := _ARRAY_HEADER.match(line):
            base = _inside(_parts(header[1]), counts)
            counts[base] = counts.get(base, -1) + 1
            table = (*base, counts[base])
            found.setdefault(base, number)
            found.setdefault(table, number)
        elif header := _HEADER.match(line):
            table = _inside(_parts(header[1]), counts)
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault((*table, *_parts(key[1])), number)
            fence = next((mark for mark in _FENCES if key[2].count(mark) == 1), None)
    return found


def _parts(dotted: str) -> Location:
    return tuple(part.strip("\"'") for part in re.findall(_PART, dotted))


def _inside(keys: Location, counts: dict[Location, int]) -> Location:
    """A header's keys with the place in each array of tables on the way: its newest element."""
    path: Location = ()
    for place, key in enumerate(keys):
        path = (*path, key)
        if path in counts and place < len(keys) - 1:
            path = (*path, counts[path])
    return path
