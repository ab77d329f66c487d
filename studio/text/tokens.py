"""From text to tokens: plain words pass in runs, each doubtful place is handed to the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studio.text.lexicon import Claim, Lexicon
from studio.text.place import Piece, Place
from studio.text.rules import read
from studio.text.syllables import is_syllable
from studio.values.text import ReadingChoices

_RUN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ ]{1,400}")
_WORD = re.compile(r"[^\W\d_]+")
_NUMERAL = re.compile(r"[ivxlcdm]+")
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
        at = _doubtful(text, at, claim.start if claim.start > at else end)
        if at >= end or at == claim.start:
            continue
        piece = read(Place(text, at, floor, choices))
        if piece.start > floor:
            yield from _plain(text, floor, piece.start)
        yield piece
        at = floor = piece.end
    yield from _plain(text, floor, end)


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
