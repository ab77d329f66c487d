"""Notices in English: those of a script quote the written words that they speak of."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Protocol

from studio.cli.words import english
from studio.text.findings import findings
from studio.values.text import Notice, Script

MOST_QUOTED = 80


class Told(Protocol):
    """A notice, a remark, an error: a code with its fields."""

    @property
    def code(self) -> str:
        """What it is, by which its words are found."""

    @property
    def fields(self) -> Mapping[str, object] | tuple[tuple[str, object], ...]:
        """What its words speak of."""


def tell(told: Iterable[Told], *, by: str = "studio") -> None:
    """A line on standard error for each, begun with `by`."""
    for each in told:
        sys.stderr.write(f"{by}: {english(each.code, dict(each.fields))}\n")


def notice_lines(script: Script) -> list[str]:
    """Every notice of a script as a line; what is said of several places is said once, with their number."""
    lines = [(notice_line(found.notice, script), found.places) for found in findings(script)]
    return [line if places == 1 else f"{line} ({places} places)" for line, places in lines]


def notice_line(notice: Notice, script: Script) -> str:
    """One notice as one line."""
    words = english(notice.code, dict(notice.fields))
    if notice.span is not None:
        words = f"“{shortened(script.written[notice.span.start : notice.span.end])}”: {words}"
    others = [other for other in notice.alternatives if other != dict(notice.fields).get("taken")]
    if others:
        words += f" [or: {'; '.join(map(shortened, others))}]"
    return words


def shortened(text: str) -> str:
    """The text on one line, cut at 80 characters."""
    line = " ".join(text.split())
    return line if len(line) <= MOST_QUOTED else line[: MOST_QUOTED - 1] + "…"
