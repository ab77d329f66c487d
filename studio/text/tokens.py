"""From text to tokens: plain words pass in runs, each doubtful place is handed to the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studio.text.lexicon import Claim, Lexicon
from studio.text.place import Piece, Place, notice
from studio.text.rules import read
from studio.text.syllables import is_syllable
from studio.values.text import ReadingChoices

_RUN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ ]{1,400}")
_WORD = re.compile(r"[^\W\d_]+")
_NUMERAL = re.compile(r"[ivxlcdm]+")
# Marks that say nothing wherever they stand, and marks that are only a pause unless another sign follows.
_SILENT_MARKS = frozenset("\"'|\\^`´")
_PAUSE_MARKS = frozenset(",;()[]{}")
_SILENT = re.compile(r"[\"'|\\^`´]+")
_PAUSES = re.compile(r"(?:[,;)\[\]{}]|\((?=[,;()\[\]{}]))+")
_NOISE = re.compile(r"[^\w\s]{8,64}")
_MARK = re.compile(r"[^\w\s]")
_NOISE_KINDS = 5
"""Many marks of many kinds in a row are no writing,"""
_WINDOW = 64
_WINDOW_KINDS = 10
"""nor are 64 characters of which half are marks, of ten kinds."""
_LONGEST_SYLLABLE = 7
_ENOUGH = 60_000
_plain_words: set[str] = set()
"""Words found plain before: at most all the syllables of the language, in lower case and capitalised."""

_NOWHERE = Claim(-1, -1, "")


def pieces(text: str, choices: ReadingChoices, lexicon: Lexicon) -> Iterator[Piece]:
    """The pieces of a surface text in order; what lies between two pieces is spaces alone."""
    claims = lexicon.claims(text)
    claim = next(claims, _NOWHERE)
    at = floor = 0
    end = len(text)
    while at < end:
        while -1 < claim.start < at:
            claim = next(claims, _NOWHERE)
        if at == claim.start:
            yield from _plain(text, floor, at)
            yield Piece(at, claim.end, claim.spoken, "lexicon")
            at = floor = claim.end
            continue
        if text[at] == " " or text[at].isalpha():
            at = _doubtful(text, at, claim.start if claim.start > at else end)
            if at >= end or at == claim.start:
                continue
        piece = (None if text[at].isalnum() else _marks(text, at)) or read(Place(text, at, floor, choices))
        if piece.start > floor:
            yield from _plain(text, floor, piece.start)
        yield piece
        at = floor = piece.end
    yield from _plain(text, floor, end)


def _marks(text: str, at: int) -> Piece | None:
    """Marks that need no rule, a run of them at once: silent ones, pauses, and noise (which is told)."""
    char, following = text[at], text[at + 1 : at + 2]
    if following and not following.isalnum() and not following.isspace():
        end = _noise_end(text, at)
        if end:
            return Piece(at, end, ",", "clause", (notice("text.unreadable", at, end),))
    if char in _SILENT_MARKS:
        silent = _SILENT.match(text, at)
        return Piece(at, silent.end() if silent else at + 1, "", "mark")
    if char in _PAUSE_MARKS:
        pauses = _PAUSES.match(text, at)
        return Piece(at, pauses.end(), ";" if char == ";" else ",", "clause") if pauses else None
    return None


def _noise_end(text: str, at: int) -> int:
    """Where noise that begins at `at` ends, or 0."""
    run = _NOISE.match(text, at)
    if run and len(set(run[0])) >= _NOISE_KINDS:
        return run.end()
    window = text[at : at + _WINDOW]
    marks = _MARK.findall(window)
    if len(marks) * 2 < _WINDOW or len(set(marks)) < _WINDOW_KINDS:
        return 0
    return at + len(window)


def _plain(text: str, start: int, end: int) -> Iterator[Piece]:
    words = " ".join(text[start:end].split())
    if words:
        yield Piece(start, end, words, "word")


def _doubtful(text: str, at: int, limit: int) -> int:
    """The first place from `at` that is no plain word or space, or `limit`."""
    while at < limit:
        run = _RUN.match(text, at, limit)
        if run is None:
            return at
        end = _whole_words(text, at, run.end())
        if not _plain_words.issuperset(text[at:end].split()):
            for word in _WORD.finditer(text, at, end):
                if word[0] not in _plain_words and not _learned(word[0]):
                    return word.start()
        at = end
    return at


def _whole_words(text: str, start: int, end: int) -> int:
    if text[end - 1] == " " or not text[end : end + 1].isalpha():
        return end
    cut = text.rfind(" ", start, end) + 1
    if cut > start:
        return cut
    word = _WORD.match(text, start)
    return word.end() if word else end


def _learned(word: str) -> bool:
    """Whether the word is a plain syllable; if so it is remembered."""
    if len(word) > _LONGEST_SYLLABLE or not (word[1:].islower() or len(word) == 1):
        return False
    lower = word.lower()
    if not is_syllable(lower) or _NUMERAL.fullmatch(lower) or (len(word) == 1 and word.isascii() and word.isupper()):
        return False
    if len(_plain_words) > _ENOUGH:
        _plain_words.clear()
    _plain_words.add(word)
    return True
