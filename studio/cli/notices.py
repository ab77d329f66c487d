"""A notice in English, quoting the written words it speaks of."""

from __future__ import annotations

from studio.cli.words import english
from studio.text.findings import findings
from studio.values.text import Notice, Script

MOST_QUOTED = 80


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
