"""Writing for the ear: what a listener cannot follow, shown to the editor; and how long a script lasts.

A reader may go back in a text, a listener may not: sentences stay short, and figures, brackets,
abbreviations, web addresses and tables few.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from studio.text.letters import spelled
from studio.text.pauses import PAUSE_MS
from studio.values.text import LeftOut, Notice, Script, Span, Token, Utterance

LONGEST_WORDS = 25
"""More written words in a sentence than this, and a listener has lost its beginning."""
MOST_FIGURES = 3
"""More figures in a sentence than this, and none is remembered."""

_BRACKET = re.compile(r"[()\[\]{}]")
_WEB = frozenset(("website", "email", "url"))
_SHORT_FORM = re.compile(r"[^\W\d_]{2,12}")
_CLAUSE = re.compile(r"[,;:]\s+")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class _Sentence:
    span: Span
    tokens: tuple[Token, ...]


def lint(script: Script) -> tuple[Notice, ...]:
    """Notices on what is hard to follow by ear, in order of the text; spans are of the written text.

    Codes: lint.long_sentence (words, most), lint.many_figures (count, most), lint.nested_brackets,
    lint.abbreviation (written), lint.web_address (written), lint.table.
    """
    sentences = list(_sentences(script.utterances))
    found = chain(
        _long(sentences, script.written),
        _figures(sentences),
        _brackets(script.written, script.left_out),
        _abbreviations(script),
        _web_addresses(script),
        (Notice("lint.table", span=part.span) for part in script.left_out if part.part == "table"),
    )
    return tuple(sorted(found, key=lambda notice: (notice.span.start if notice.span else -1, notice.code)))


def minutes(script: Script, syllables_per_second: float) -> float:
    """Minutes the script lasts, its pauses included, at a voice's rate; a Vietnamese spoken word is a syllable."""
    syllables = sum(utterance.spoken.count(" ") + 1 for utterance in script.utterances)
    pauses_ms = sum(utterance.pause_after_ms for utterance in script.utterances)
    return (syllables / syllables_per_second + pauses_ms / 1000) / 60


def place_to_split(script: Script, span: Span) -> int | None:
    """Where a long sentence of the written text parts best: the first word after the clause nearest its middle."""
    middle = (span.start + span.end) // 2
    places = [found.end() for found in _CLAUSE.finditer(script.written, span.start, span.end)]
    far = min(middle - span.start, span.end - middle) * 3 // 4
    return min((at for at in places if abs(at - middle) <= far), key=lambda at: abs(at - middle), default=None)


def _sentences(utterances: Iterable[Utterance]) -> Iterator[_Sentence]:
    """The sentences, those that the script split at clauses whole again."""
    tokens: list[Token] = []
    start = 0
    for utterance in utterances:
        start = start if tokens else utterance.span.start
        tokens += utterance.tokens
        if utterance.pause_after_ms != PAUSE_MS["clause"]:
            yield _Sentence(Span(start, utterance.span.end), tuple(tokens))
            tokens = []
    if tokens:
        yield _Sentence(Span(start, tokens[-1].span.end), tuple(tokens))


def _long(sentences: Iterable[_Sentence], written: str) -> Iterator[Notice]:
    for sentence in sentences:
        words = len(written[sentence.span.start : sentence.span.end].split())
        if words > LONGEST_WORDS:
            yield Notice("lint.long_sentence", (("words", str(words)), ("most", str(LONGEST_WORDS))), sentence.span)


def _figures(sentences: Iterable[_Sentence]) -> Iterator[Notice]:
    for sentence in sentences:
        count = sum(1 for token in sentence.tokens if token.kind != "outline" and _DIGIT.search(token.written))
        if count > MOST_FIGURES:
            yield Notice("lint.many_figures", (("count", str(count)), ("most", str(MOST_FIGURES))), sentence.span)


def _brackets(written: str, left_out: Iterable[LeftOut]) -> Iterator[Notice]:
    """Brackets inside brackets, the outer pair as one notice; what is not broadcast does not count."""
    silent = [part.span for part in left_out]
    starts = [span.start for span in silent]
    depth = outer = 0
    nested = False
    for found in _BRACKET.finditer(written):
        if found[0] in "([{":
            outer = found.start() if depth == 0 else outer
            depth += 1
            nested = nested or depth > 1
        elif depth:
            depth -= 1
            before = bisect_right(starts, outer) - 1
            if depth == 0 and nested and not (before >= 0 and outer < silent[before].end):
                yield Notice("lint.nested_brackets", span=Span(outer, found.end()))
            nested = nested and depth > 0


def _abbreviations(script: Script) -> Iterator[Notice]:
    """Abbreviations that are spelled out letter by letter, at their first place, unless brackets explain them.

    Where an editor wrote down how to say one, that is decided.
    """
    seen: set[str] = set()
    for token in chain.from_iterable(utterance.tokens for utterance in script.utterances):
        short = token.written.strip()
        if token.kind == "inline" or short in seen or not short.isupper() or not _SHORT_FORM.fullmatch(short):
            continue
        seen.add(short)
        if token.spoken != spelled(short.lower()) or _is_explained(script.written, token.span):
            continue
        yield Notice("lint.abbreviation", (("written", short),), token.span)


def _is_explained(written: str, span: Span) -> bool:
    before = written[max(0, span.start - 3) : span.start].rstrip()
    after = written[span.end : span.end + 3].lstrip()
    return before.endswith("(") or after.startswith("(")


def _web_addresses(script: Script) -> Iterator[Notice]:
    for token in chain.from_iterable(utterance.tokens for utterance in script.utterances):
        if token.kind in _WEB:
            yield Notice("lint.web_address", (("written", token.written.strip()),), token.span)
