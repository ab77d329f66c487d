"""What a script's notices come to: the same said of the same written words is one finding with many places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from studio.values.text import Notice, Script, Span


@dataclass(frozen=True, slots=True)
class Finding:
    """A notice as it was first given, with every place that it holds for.

    `lines` has the number of the spoken line of each place, counted from 1, and 0 for what is said of the whole
    text; `spans` has the places themselves, and none for a notice of the whole text.
    """

    notice: Notice
    lines: tuple[int, ...]
    spans: tuple[Span, ...]

    @property
    def places(self) -> int:
        """How many places there are, at least one."""
        return len(self.lines)

    @property
    def line(self) -> int:
        """The spoken line of the first place."""
        return self.lines[0]


def findings(script: Script) -> tuple[Finding, ...]:
    """Every notice of a script in order, what is said of several places once, at the first of them.

    Notices say the same where code, fields, alternatives and the written words are the same; how these are spaced
    does not count.
    """
    found: dict[tuple[object, ...], dict[Span | None, tuple[int, Notice]]] = {}
    for line, notice in _numbered(script):
        words = None if notice.span is None else " ".join(script.written[notice.span.start : notice.span.end].split())
        places = found.setdefault((notice.code, notice.fields, notice.alternatives, words), {})
        places.setdefault(notice.span, (line, notice))
    return tuple(_finding(list(places.values())) for places in found.values())


def _numbered(script: Script) -> Iterator[tuple[int, Notice]]:
    """Each notice with the number of its spoken line from 1, those of the whole text with 0 before them."""
    yield from ((0, notice) for notice in script.notices)
    for number, line in enumerate(script.utterances, 1):
        yield from ((number, notice) for notice in line.notices)


def _finding(places: list[tuple[int, Notice]]) -> Finding:
    spans = tuple(notice.span for _, notice in places if notice.span is not None)
    return Finding(places[0][1], tuple(line for line, _ in places), spans)
