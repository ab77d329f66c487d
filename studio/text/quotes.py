"""Quoted matter paced as a newsreader does: a breath before a quotation of a sentence or more, and after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from studio.text.pauses import PAUSE_MS
from studio.units import Ms
from studio.values.text import Span, Token

FEWEST_WORDS = 8
"""Fewer words that end without a full stop are a name or a title, said in one breath with the rest."""

_MOST = 5_000
"""What is said in more characters is no quotation, but a quote mark gone astray."""
_OPENING = "“„«"
_CLOSING = "”»"
_MARKS = re.compile(f'[{_OPENING}{_CLOSING}"]')
_STRIPPED = f' {_OPENING}{_CLOSING}"'
_COLON = re.compile(r":\s*$")
_SENTENCES = re.compile(r"[.?!…]\s+[^\W\d_]{2}")
_LED = re.compile(
    r"(?::|\b(?:rằng|nói|viết|dặn|dạy|hỏi|hô|đáp|thưa|cho biết|cho hay|nhấn mạnh|khẳng định|chia sẻ|phát biểu"
    r"|kêu gọi|trả lời|bày tỏ))$"
)
"""What somebody's words follow; a title follows a noun."""
_BEHIND = 20
_FOLLOWED = re.compile(r"\s*(?:[,.;?!…–-]|$)")


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
                ended, at = made[-1].kind == "stop", max(border, made[-1].span.end)
                pauses_ms[at] = PAUSE_MS["after_quotation" if ended else "quotation"]
                made.append(Token(Span(at, at), "", "", "pause", certain=True))
            border = next(waiting)
        made.append(token)
    return made, pauses_ms


def _borders(text: str) -> Iterator[int]:
    """Where quotations open and close, in order; what is quoted inside a quotation or a title is part of it."""
    last = 0
    for start, end in sorted(_quoted(text)):
        if start >= last and end - start <= _MOST:
            last = end
            if _is_speech(text, start, end):
                yield start
                yield end


def _quoted(text: str) -> Iterator[tuple[int, int]]:
    """What stands in quotes, the marks included, in the order of closing.

    A quotation may have begun in the paragraph before, and go on in the next; other marks without fellow mean nothing.
    """
    opened: list[int] = []
    alone = True
    for mark in _MARKS.finditer(text):
        at, straight = mark.start(), mark[0] == '"'
        if mark[0] in _OPENING or (straight and (not at or text[at - 1].isspace() or text[at - 1] in ":(")):
            opened.append(at)
        elif alone and not straight:
            yield 0, at + 1
        else:
            while opened and not straight and text[opened[-1]] == '"':
                opened.pop()
            if opened and (text[opened[-1]] == '"') == straight:
                yield opened.pop(), at + 1
        alone = False
    if opened and text[opened[0]] != '"' and _COLON.search(text, max(0, opened[0] - 3), opened[0]):
        yield opened[0], len(text)


def _is_speech(text: str, start: int, end: int) -> bool:
    """Whether these are somebody's words, of a sentence or more, and no title."""
    inner = text[start:end].strip(_STRIPPED)
    words = len(inner.split())
    ends = words > 1 and inner[-1] in ".?!…"
    if words >= FEWEST_WORDS and _SENTENCES.search(inner):
        return True
    before = text[max(0, start - _BEHIND) : start].rstrip()
    first = not before or before[-1] in ".?!…"
    led = bool(_FOLLOWED.match(text, end)) or ends if first else bool(_LED.search(before))
    return led and (words >= FEWEST_WORDS or ends)
