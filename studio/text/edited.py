"""A document whose text was edited: what was said of it that still holds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from studio.values.text import Document, Notice, Span

Move = tuple[int, int, int]
"""Characters `start` to `end` of the old text that stand in the new one so much further on."""


def edited(document: Document, written: str) -> Document:
    """The document with another text.

    What was said of single words stays with those that still stand there. What was said of the whole stays while at
    least half of its characters do; else this is another text, of which nothing was said.
    """
    if document.text == written:
        return document
    if not document.notices:
        return Document(written)
    moves = list(_moves(document.text.splitlines(keepends=True), written.splitlines(keepends=True)))
    if 2 * sum(end - start for start, end, _ in moves) < len(document.text):
        return Document(written)
    moved = (_moved(notice, moves) for notice in document.notices)
    return Document(written, tuple(notice for notice in moved if notice is not None))


def _moves(old: list[str], new: list[str]) -> Iterator[Move]:
    """What stands in both texts, in order; within a line that changed, what is before and after the change."""
    starts, places = _starts(old), _starts(new)
    for tag, first, end, place, place_end in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            yield starts[first], starts[end], places[place] - starts[first]
        elif tag == "replace":
            for before, after in zip(range(first, end), range(place, place_end), strict=False):
                head, tail = _shared(old[before], new[after])
                yield starts[before], starts[before] + head, places[after] - starts[before]
                yield starts[before + 1] - tail, starts[before + 1], places[after + 1] - starts[before + 1]


def _starts(lines: list[str]) -> list[int]:
    """Where each line starts, and where the last one ends."""
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    return starts


def _shared(before: str, after: str) -> tuple[int, int]:
    """How many characters two lines share at their beginning, and how many of the rest at their end."""
    most = min(len(before), len(after))
    head = next((at for at in range(most) if before[at] != after[at]), most)
    most -= head
    tail = next((at for at in range(most) if before[-1 - at] != after[-1 - at]), most)
    return head, tail


def _moved(notice: Notice, moves: list[Move]) -> Notice | None:
    """The notice where its words stand now, None where they are gone."""
    span = notice.span
    if span is None:
        return notice
    at = bisect_right(moves, span.start, key=lambda move: move[0]) - 1
    if at < 0 or span.end > moves[at][1]:
        return None
    by = moves[at][2]
    return replace(notice, span=Span(span.start + by, span.end + by))
