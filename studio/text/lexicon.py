"""A lexicon in memory: what a unit wants said for a written word or phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Self

_WORD = re.compile(r"[^\W_]+")


class Claim(NamedTuple):
    """A place of the text that an entry speaks for."""

    start: int
    end: int
    spoken: str


class Lexicon:
    """Graphemes and their spoken forms. An entry in lower case also speaks for its capitalised forms."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        self.entries: Mapping[str, str] = dict(entries)
        self._by_first: dict[str, list[str]] = {}
        for grapheme in self.entries:
            first = _WORD.search(grapheme)
            if first:
                self._by_first.setdefault(first[0].casefold(), []).append(grapheme)
        for graphemes in self._by_first.values():
            graphemes.sort(key=len, reverse=True)

    @classmethod
    def empty(cls) -> Self:
        """A lexicon without entries."""
        return cls({})

    def layered(self, above: Lexicon) -> Lexicon:
        """This lexicon under another one, whose entries win."""
        return Lexicon({**self.entries, **above.entries})

    def claims(self, text: str) -> Iterator[Claim]:
        """The places of `text` that entries speak for, in order, the longest entry first."""
        if not self._by_first:
            return
        free = 0
        for word in _WORD.finditer(text):
            candidates = self._by_first.get(word[0].casefold())
            if candidates is None:
                continue
            claim = self._claim_at(text, word.start(), free, candidates)
            if claim is not None:
                yield claim
                free = claim.end

    def _claim_at(self, text: str, first_word: int, free: int, candidates: list[str]) -> Claim | None:
        for grapheme in candidates:
            lead = _WORD.search(grapheme)
            start = first_word - (lead.start() if lead else 0)
            end = start + len(grapheme)
            if start < free or not _same(text[start:end], grapheme):
                continue
            if not (text[end - 1 : end].isalnum() and text[end : end + 1].isalnum()):
                return Claim(start, end, self.entries[grapheme])
        return None


def _same(written: str, grapheme: str) -> bool:
    if written == grapheme:
        return True
    return grapheme.islower() and written.casefold() == grapheme
