"""A paragraph read with its inline marks: each mark is heard exactly where it stands, or said to have no effect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from studio.text.inline import PAUSE, Mark, MarkedLexicon
from studio.text.lexicon import Lexicon
from studio.text.verbalise import Reading, verbalise
from studio.values.text import Notice, ReadingChoices, Span, Token


@dataclass(frozen=True, slots=True)
class MarkedReading:
    """Tokens and notices of a paragraph; `pauses_ms` says how long each token of kind "pause" is, by its start."""

    tokens: tuple[Token, ...]
    notices: tuple[Notice, ...]
    pauses_ms: Mapping[int, int]


def read_marked(text: str, marks: Sequence[Mark], choices: ReadingChoices, lexicon: Lexicon) -> MarkedReading:
    """Reads a paragraph; `marks` have their places in it.

    Marked words stay visible to the rules around them. Where a rule reaches over a mark (12{h|giờ}30), the
    paragraph is read again with its marks as walls.
    """
    if not marks:
        plain = verbalise(text, choices=choices, lexicon=lexicon)
        return MarkedReading(plain.tokens, plain.notices, {})
    reading = _reading(text, text, marks, choices, lexicon)
    missed = _missed(reading, marks)
    if missed:
        reading = _reading(_walled(text, marks), text, marks, choices, lexicon)
        missed = _missed(reading, marks)
    unused = tuple(Notice("inline.unused", span=Span(mark.start, mark.end)) for mark in missed)
    by_start = {mark.start: mark for mark in marks}
    tokens = tuple(_named(token, by_start, text) for token in reading.tokens)
    pauses_ms = {mark.start: mark.pause_ms for mark in marks if mark.pause_ms is not None}
    return MarkedReading(tokens, reading.notices + unused, pauses_ms)


def _reading(text: str, written: str, marks: Sequence[Mark], choices: ReadingChoices, lexicon: Lexicon) -> Reading:
    return verbalise(text, choices=choices, lexicon=MarkedLexicon(lexicon, tuple(marks), written))


def _walled(text: str, marks: Sequence[Mark]) -> str:
    """The text with characters that no rule reaches over in place of its marks' words."""
    pieces: list[str] = []
    at = 0
    for mark in marks:
        pieces += (text[at : mark.start], PAUSE * (mark.end - mark.start))
        at = mark.end
    return "".join((*pieces, text[at:]))


def _missed(reading: Reading, marks: Sequence[Mark]) -> list[Mark]:
    """The marks that no token of their own stands for."""
    heard = {token.span.start: token.spoken for token in reading.tokens if token.kind == "lexicon"}
    return [mark for mark in marks if heard.get(mark.start) != mark.spoken]


def _named(token: Token, by_start: Mapping[int, Mark], text: str) -> Token:
    """The token with the kind of its mark, and the written words where a wall stood."""
    written = text[token.span.start : token.span.end]
    mark = by_start.get(token.span.start) if token.kind == "lexicon" else None
    if mark is None:
        return token if token.written == written else replace(token, written=written)
    if mark.pause_ms is not None:
        return replace(token, written="", kind="pause")
    return replace(token, written=written, kind="inline")
