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
    return with_readings(written, (span,), spoken)


def with_readings(written: str, spans: Iterable[Span], spoken: str) -> str:
    """The same with a mark at each of several places; all are refused where one is."""
    said = " ".join(spoken.split())
    syntax = _syntax(written)
    escapes = [each for each in syntax if written[each.start] in _SLASHES]
    standing = [each for each in syntax if written[each.start] not in _SLASHES]
    marks: list[tuple[int, int, str]] = []
    for span in sorted(spans, key=lambda span: span.start):
        words = written[span.start : span.end]
        start, end = _widened(written, span, escapes)
        if not is_markable(written, span, standing) or (marks and start < marks[-1][1]):
            raise InputError("marking.no_place", written=words)
        marks.append((start, end, _mark(written[start:end], said, spoken)))
    marked, expected = _placed(written, marks, standing)
    if list(mark_spans(marked)) != expected or _without_marks(marked) != _without_marks(written):
        raise InputError("marking.no_place", written=written[marks[0][0] : marks[0][1]])
    return marked


def _mark(words: str, said: str, spoken: str) -> str:
    """The mark that has `said` for the words; raises InputError `marking.not_sayable`."""
    mark = f"{{{_escaped(words)}|{said}}}"
    alone = marks_of(compose(mark).text)
    if len(said) > MOST_SPOKEN or len(alone.marks) != 1 or (said and not alone.marks[0].spoken):
        raise InputError("marking.not_sayable", spoken=spoken)
    return mark


def _placed(written: str, marks: list[tuple[int, int, str]], standing: list[Span]) -> tuple[str, list[Span]]:
    """The text with the marks in place of what is from start to end, and where all its marks should stand then."""
    pieces: list[str] = []
    expected: list[Span] = []
    at = moved = before = 0
    for start, end, mark in marks:
        while before < len(standing) and standing[before].end <= start:
            expected.append(Span(standing[before].start + moved, standing[before].end + moved))
            before += 1
        pieces += (written[at:start], mark)
        expected.append(Span(start + moved, start + moved + len(mark)))
        at, moved = end, moved + len(mark) - (end - start)
    expected += [Span(each.start + moved, each.end + moved) for each in standing[before:]]
    return "".join(pieces) + written[at:], expected


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
