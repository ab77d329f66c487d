"""Puts an inline mark into a text at one place: what an editor chose there, escaped, with everything else untouched."""

from __future__ import annotations

import re
from collections.abc import Iterable

from studio.errors import InputError
from studio.text.inline import marks_of
from studio.text.lexicon import MOST_SPOKEN
from studio.text.unicode import compose
from studio.values.text import Span

LETTERS = "#"
"""As a spoken form: letters and figures one by one."""

MOST_MARKED = 300
"""Characters that one mark can stand for."""

# Full-width braces, bars and backslashes become plain ones when a text is cleaned.
_SLASHES = "\\\uff3c"
_BRACES = "{}\uff5b\uff5d"
_SPECIAL = re.compile(rf"[\\\uff3c][{_BRACES}]|[\\\uff3c|\uff5c{_BRACES}]")


def mark_spans(written: str) -> tuple[Span, ...]:
    """Where inline marks stand in a text, braces included, in order."""
    return tuple(span for span in _syntax(written) if written[span.start] not in _SLASHES)


def is_markable(written: str, span: Span, marks: Iterable[Span]) -> bool:
    """Whether a mark can stand at `span`: words on one line, not too long, touching none of `marks`."""
    words = written[span.start : span.end]
    if not words.strip() or len(words) > MOST_MARKED or words.splitlines() != [words]:
        return False
    return all(mark.end <= span.start or span.end <= mark.start for mark in marks)


def with_reading(written: str, span: Span, spoken: str) -> str:
    """The text with a mark at `span` that says `spoken` there: Vietnamese words, "#" for letters, "" for silence.

    Marks that stand elsewhere stay as they are. A backslash before the span is taken into the mark, where
    it would otherwise undo it. Raises InputError: marking.not_sayable (spoken) where the words are not
    made of Vietnamese letters, marking.no_place (written) where no mark can stand at the span.
    """
    said = " ".join(spoken.split())
    syntax = _syntax(written)
    before = [each for each in syntax if written[each.start] not in _SLASHES]
    words = written[span.start : span.end]
    if not is_markable(written, span, before):
        raise InputError("marking.no_place", written=words)
    start, end = _widened(written, span, [each for each in syntax if each not in before])
    mark = f"{{{_escaped(written[start:end])}|{said}}}"
    alone = marks_of(compose(mark).text)
    if len(said) > MOST_SPOKEN or len(alone.marks) != 1 or (said and not alone.marks[0].spoken):
        raise InputError("marking.not_sayable", spoken=spoken)
    marked = written[:start] + mark + written[end:]
    moved = len(mark) - (end - start)
    expected = [each for each in before if each.end <= start] + [Span(start, start + len(mark))]
    expected += [Span(each.start + moved, each.end + moved) for each in before if each.start >= end]
    if list(mark_spans(marked)) != expected or _without_marks(marked) != _without_marks(written):
        raise InputError("marking.no_place", written=words)
    return marked


def _syntax(written: str) -> list[Span]:
    """Marks and escaped braces, in order."""
    clean = compose(written)
    runs = marks_of(clean.text).offsets
    if runs is None:
        return []
    return [clean.written_span(*run) for run in zip(runs.from_starts, runs.from_ends, strict=True)]


def _without_marks(written: str) -> str:
    return marks_of(compose(written).text).text


def _widened(written: str, span: Span, escapes: Iterable[Span]) -> tuple[int, int]:
    """The span with the whole of each escaped brace it cuts, and the backslashes right before it."""
    start, end = span.start, span.end
    for escape in escapes:
        if escape.start < end and start < escape.end:
            start, end = min(start, escape.start), max(end, escape.end)
    while start and written[start - 1] in _SLASHES:
        start -= 1
    return start, end


def _escaped(words: str) -> str:
    """The words as a mark's written part; braces that are escaped already stay so."""
    return _SPECIAL.sub(lambda found: found[0] if len(found[0]) == 2 else "\\" + found[0], words)
