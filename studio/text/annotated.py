"""What was known of a text before it was read, put to the lines that it speaks of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from studio.values.text import Notice, Script, Span, Token, Utterance

_WORD = re.compile(r"\S+")


def annotated(script: Script, notices: Iterable[Notice]) -> Script:
    """The script with more notices on its written text, said before its own.

    One that speaks of words of a spoken line goes to that line, and leaves the tokens it touches uncertain.
    """
    starts = [line.span.start for line in script.utterances]
    by_line: dict[int, list[Notice]] = {}
    whole: list[Notice] = []
    for notice in notices:
        at = bisect_right(starts, notice.span.start) - 1 if notice.span else -1
        if at >= 0 and notice.span and notice.span.start < script.utterances[at].span.end:
            by_line.setdefault(at, []).append(notice)
        else:
            whole.append(notice)
    if not by_line and not whole:
        return script
    lines = list(script.utterances)
    for at, mine in by_line.items():
        lines[at] = _annotated_line(lines[at], mine, script.written)
    return replace(script, utterances=tuple(lines), notices=(*whole, *script.notices))


def _annotated_line(line: Utterance, notices: list[Notice], written: str) -> Utterance:
    spans = sorted((notice.span for notice in notices if notice.span), key=lambda span: span.start)
    ends = [span.end for span in spans]
    tokens: list[Token] = []
    for token in line.tokens:
        if not _touched(token.span, spans, ends):
            tokens.append(token)
            continue
        words = _words(token, written)
        tokens += [replace(word, certain=word.certain and not _touched(word.span, spans, ends)) for word in words]
    return replace(line, tokens=tuple(tokens), notices=(*notices, *line.notices))


def _words(token: Token, written: str) -> Iterator[Token]:
    """A run of plain words as tokens of their own; any other token as it is."""
    spoken = token.spoken.split()
    found = list(_WORD.finditer(written, token.span.start, token.span.end))
    if token.kind != "word" or len(found) != len(spoken) or len(token.written.split()) != len(spoken):
        yield token
        return
    for place, words, said in zip(found, token.written.split(), spoken, strict=True):
        yield replace(token, span=Span(*place.span()), written=words, spoken=said)


def _touched(place: Span, spans: list[Span], ends: list[int]) -> bool:
    """Whether one of the spans, which do not overlap, shares a character with the place."""
    at = bisect_left(ends, place.start + 1)
    return at < len(spans) and spans[at].start < place.end
