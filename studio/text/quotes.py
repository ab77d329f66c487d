"""Quoted matter paced as a newsreader does: a breath before a quotation of a sentence or more, and after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from studio.text.pauses import PAUSE_MS
from studio.units import Ms
from studio.values.text import Span, Token

FEWEST_WORDS = 8
"""Fewer words in quotes are a name or a title, which a newsreader says in one breath with the rest."""

_MOST = 5_000
_QUOTED = re.compile(rf"[“„«]([^“”„«»\n]{{20,{_MOST}}})[”»]|(?<![^\s:(])\"([^\"\n]{{20,{_MOST}}})\"")


def paced(text: str, tokens: Sequence[Token]) -> tuple[Sequence[Token], dict[int, Ms]]:
    """The tokens of a paragraph with a "pause" at each border of its quotations, and how long those are by their start.

    `text` is what the tokens' spans count.
    """
    borders = list(_borders(text))
    if not borders:
        return tokens, {}
    pauses_ms: dict[int, Ms] = {}
    made: list[Token] = []
    waiting = iter((*borders, None))
    border = next(waiting)
    for token in tokens:
        # A mark right after the closing quote still belongs to what was quoted.
        while border is not None and token.span.start >= border and token.kind not in ("stop", "clause", "mark"):
            if made and made[-1].kind != "pause":
                ended = made[-1].kind == "stop"
                at = max(border, made[-1].span.end)
                pauses_ms[at] = PAUSE_MS["after_quotation" if ended else "quotation"]
                made.append(Token(Span(at, at), "", "", "pause", certain=True))
            border = next(waiting)
        made.append(token)
    return made, pauses_ms


def _borders(text: str) -> Iterator[int]:
    """Where quotations of enough words open and close, in order."""
    if not any(mark in text for mark in '“„«"'):
        return
    for found in _QUOTED.finditer(text):
        if len((found[1] or found[2]).split()) >= FEWEST_WORDS:
            yield found.start()
            yield found.end()
