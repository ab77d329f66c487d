"""Sentences of a paragraph's tokens, the very long ones split where a reader would breathe."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from studio.values.text import Span, Token

LONGEST_WORDS = 40
"""A sentence with more words is split at its clauses."""
_SHORTEST_PIECE_WORDS = 6
_SAYABLE_WORDS = 60
"""Up to here a sentence stays whole where it could only be cut inside a list."""
_BREATHLESS_WORDS = 80
"""Beyond, a sentence without clauses is cut between words."""
# Where a comma is a good place to breathe: not between the items of a list, best before a new thought.
_NEAR = 12
_LIST_ITEM_WORDS = 4
_IN_A_LIST = 12
_BEFORE_A_THOUGHT = 6
_OPENERS = (
    "để ", "nhưng ", "đồng thời", "từ đó", "nhất là", "trong đó", "do đó", "vì vậy", "góp phần", "trên cơ sở", "nhằm",
    "bảo đảm", "đảm bảo", "theo ", "khi ", "nếu ", "hoặc ", "còn ", "sau đó", "sau khi", "trước khi", "phối hợp",
    "tập trung", "tăng cường", "đặc biệt", "cụ thể", "bao gồm", "trong khi",
)  # fmt: skip

_MARKS = ",;:.?!"
_WORDS = re.compile(r"\S+")
_WORDS_OF_A_PART = 20


@dataclass(frozen=True, slots=True)
class Piece:
    """Tokens of one utterance and its line; `ends_sentence` is False where a long sentence was split after it."""

    tokens: Sequence[Token]
    line: str
    ends_sentence: bool = True


def pieces_of(tokens: Sequence[Token]) -> Iterator[Piece]:
    """The tokens cut after each "stop" and "pause", and long sentences cut again.

    Each piece says something, but for those that are one "pause" alone.
    """
    first = 0
    for at, token in enumerate(tokens):
        if token.kind == "stop":
            yield from _split(tokens[first : at + 1])
            first = at + 1
        elif token.kind == "pause":
            if spoken_line(tokens[first:at]):
                yield from _split(tokens[first : at + 1])
            else:
                yield Piece(tokens[at : at + 1], "")
            first = at + 1
    if first < len(tokens):
        yield from _split(tokens[first:])


def spoken_line(tokens: Sequence[Token]) -> str:
    """The spoken forms of `tokens` as one line: marks close to the word before, none at the start."""
    line = " ".join([token.spoken for token in tokens if token.spoken])
    for mark in _MARKS:
        if mark in line:
            line = line.replace(" " + mark, mark)
    return line.lstrip(_MARKS + " ") if line[:1] in _MARKS else line


def ended(line: str) -> str:
    """The line with a full stop where it has no closing mark, or only one of a list ("," ";")."""
    if not line or line[-1] in ".?!:":
        return line
    return line.rstrip(",;") + "."


def _split(sentence: Sequence[Token]) -> Iterator[Piece]:
    line = spoken_line(sentence)
    if not line:
        return
    words = line.count(" ") + 1
    if words <= LONGEST_WORDS:
        yield Piece(sentence, line)
        return
    if words > _BREATHLESS_WORDS:
        sentence = [part for token in sentence for part in _parts(token)]
    counts = (token.spoken.count(" ") + 1 if _is_word(token) else 0 for token in sentence)
    cuts = sorted(_cuts(sentence, list(accumulate(counts, initial=0))))
    for first, end in pairwise([0, *cuts, len(sentence)]):
        tokens = sentence[first:end]
        yield Piece(tokens, spoken_line(tokens), ends_sentence=end == len(sentence))


def _parts(token: Token) -> Iterator[Token]:
    """A token, or the parts of a long run of plain words, so that a sentence without marks can be cut somewhere."""
    words = list(_WORDS.finditer(token.written)) if token.kind == "word" else []
    if len(words) <= _WORDS_OF_A_PART or " ".join([word[0] for word in words]) != token.spoken:
        yield token
        return
    for first in range(0, len(words), _WORDS_OF_A_PART):
        part = words[first : first + _WORDS_OF_A_PART]
        start, end = part[0].start(), part[-1].end()
        span = Span(token.span.start + start, token.span.start + end)
        spoken = " ".join([word[0] for word in part])
        yield Token(span, token.written[start:end], spoken, token.kind, token.certain)


def _is_word(token: Token) -> bool:
    return bool(token.spoken) and token.kind not in ("stop", "clause")


def _cuts(sentence: Sequence[Token], words: Sequence[int]) -> Iterator[int]:
    """Token indices at which to cut, so that pieces have at most `LONGEST_WORDS` words where clauses allow it."""
    clauses = [at + 1 for at, token in enumerate(sentence) if token.kind == "clause" and at + 1 < len(sentence)]
    strong = [at for at in clauses if sentence[at - 1].spoken in (";", ":")]
    costs = dict(_costs(sentence, words, clauses))
    pending = [(0, len(sentence))]
    while pending:
        first, end = pending.pop()
        length = words[end] - words[first]
        if length <= LONGEST_WORDS:
            continue
        cut = _best(strong, words, first, end, costs) or _best(clauses, words, first, end, costs)
        if cut is not None and length <= _SAYABLE_WORDS and costs[cut] > 0:
            continue
        if cut is None and length > _BREATHLESS_WORDS:
            cut = _best(range(first + 1, end), words, first, end, {})
        if cut is not None:
            yield cut
            pending += ((first, cut), (cut, end))


def _costs(sentence: Sequence[Token], words: Sequence[int], clauses: Sequence[int]) -> Iterator[tuple[int, int]]:
    """What it costs to cut at a clause, in words off the middle: much inside a list, little before a new thought."""
    bounds = [0, *clauses, len(sentence)]
    for before, cut, after in zip(bounds, clauses, bounds[2:], strict=False):
        listed = min(words[cut] - words[before], words[after] - words[cut]) <= _LIST_ITEM_WORDS
        opens = sentence[cut].spoken.lower().startswith(_OPENERS)
        yield cut, _IN_A_LIST * listed - _BEFORE_A_THOUGHT * opens


def _best(cuts: Sequence[int], words: Sequence[int], first: int, end: int, costs: Mapping[int, int]) -> int | None:
    """Of the cuts near the middle of [first, end) that leave both sides long enough, the cheapest."""
    low, high = bisect_right(cuts, first), bisect_left(cuts, end)
    middle = (words[first] + words[end]) // 2
    at = bisect_left(cuts, middle, low, high, key=words.__getitem__) if low < high else low
    near = [
        cut
        for cut in cuts[max(low, at - _NEAR) : min(high, at + _NEAR)]
        if min(words[cut] - words[first], words[end] - words[cut]) >= _SHORTEST_PIECE_WORDS
    ]
    return min(near, key=lambda cut: abs(words[cut] - middle) + costs.get(cut, 0), default=None)
