"""A lexicon in memory: what a unit wants said for a written word or phrase, in layers of which the upper wins."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, Self

from studio.values.lexicon import LAYERS, Entry

MOST_WRITTEN = 100
MOST_SPOKEN = 300
"""Characters of an entry's written and spoken form."""

_WORD = re.compile(r"[^\W_]+")
_LETTERS = frozenset("aăâbcdđeêghiklmnoôơpqrstuưvxy")
_VOWELS = frozenset("aăâeêioôơuưy")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


class Claim(NamedTuple):
    """A place of the text that an entry speaks for."""

    start: int
    end: int
    spoken: str


class _Shape(NamedTuple):
    """Where an entry lies around its first word; sorted, the longest entries come first."""

    minus_length: int
    lead: int


class Conflict(NamedTuple):
    """Entries for the same written form that say different things, and which of them is heard."""

    winner: Entry
    losers: tuple[Entry, ...]


def is_speakable(spoken: str) -> bool:
    """Whether every word is made of Vietnamese letters and holds a vowel: no figure, sign, f, j, w or z."""
    words = spoken.split()
    return bool(words) and len(spoken) <= MOST_SPOKEN and all(map(_is_sayable, words))


def _is_sayable(word: str) -> bool:
    bare = unicodedata.normalize("NFC", _TONES.sub("", unicodedata.normalize("NFD", word.lower())))
    return _LETTERS.issuperset(bare) and not _VOWELS.isdisjoint(bare)


def winners(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Of entries with the same written form the one that is heard: the highest layer's, there the last one's."""
    kept: dict[str, Entry] = {}
    for entry in entries:
        before = kept.get(entry.written)
        if before is None or LAYERS.index(entry.layer) >= LAYERS.index(before.layer):
            kept[entry.written] = entry
    return tuple(kept.values())


def conflicts(entries: Iterable[Entry]) -> tuple[Conflict, ...]:
    """Written forms (without regard to capitals) that are to be said in different ways, sorted by written form."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.written.casefold(), []).append(entry)
    found: list[Conflict] = []
    for group in groups.values():
        # Of one layer the later entry is heard, so ties go to the end.
        ranked = sorted(enumerate(group), key=lambda each: (LAYERS.index(each[1].layer), each[0]), reverse=True)
        winner = ranked[0][1]
        losers = tuple(entry for _, entry in ranked[1:] if entry.spoken != winner.spoken and _meets(entry, winner))
        if losers:
            found.append(Conflict(winner, losers))
    return tuple(sorted(found, key=lambda conflict: conflict.winner.written.casefold()))


def _meets(one: Entry, other: Entry) -> bool:
    """Whether both can speak for the same written word: the same spelling, or one of them in lower case."""
    return one.written == other.written or one.written.islower() or other.written.islower()


def lexicon_of(entries: Iterable[Entry]) -> Lexicon:
    """The lexicon of layered entries; what is built in is read by the rules and left out here.

    Where several speak for one word, the higher layer is tried first, and in a layer the exact spelling
    before the one in lower case.
    """
    heard = [entry for entry in winners(entries) if entry.layer != LAYERS[0]]
    heard.sort(key=lambda entry: (-LAYERS.index(entry.layer), entry.written.islower()))
    return Lexicon({entry.written: entry.spoken for entry in heard})


class Lexicon:
    """Graphemes and their spoken forms. An entry in lower case also speaks for its capitalised forms."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        self.entries: Mapping[str, str] = dict(entries)
        self._by_first: dict[str, dict[_Shape, dict[str, int]]] = {}
        for rank, grapheme in enumerate(self.entries):
            first = _WORD.search(grapheme)
            if first:
                shapes = self._by_first.setdefault(first[0].casefold(), {})
                shapes.setdefault(_Shape(-len(grapheme), first.start()), {})[grapheme] = rank
        for word, shapes in self._by_first.items():
            self._by_first[word] = dict(sorted(shapes.items()))

    @classmethod
    def empty(cls) -> Self:
        """A lexicon without entries."""
        return cls({})

    def layered(self, above: Lexicon) -> Lexicon:
        """This lexicon under another one, whose entries win and are tried first."""
        below = {written: spoken for written, spoken in self.entries.items() if written not in above.entries}
        return Lexicon({**above.entries, **below})

    def claims(self, text: str) -> Iterator[Claim]:
        """The places of `text` that entries speak for, in order, the longest entry first."""
        if not self._by_first:
            return
        free = 0
        for word in _WORD.finditer(text):
            shapes = self._by_first.get(word[0].casefold())
            if shapes is None:
                continue
            claim = self._claim_at(text, word.start(), free, shapes)
            if claim is not None:
                yield claim
                free = claim.end

    def _claim_at(
        self, text: str, first_word: int, free: int, shapes: Mapping[_Shape, Mapping[str, int]]
    ) -> Claim | None:
        """The longest entry that fits, of those alike the one given first."""
        found: tuple[_Shape, int, Claim] | None = None
        for shape, ranks in shapes.items():
            if found is not None and shape.minus_length != found[0].minus_length:
                break
            start = first_word - shape.lead
            end = start - shape.minus_length
            if start < free or (text[end - 1 : end].isalnum() and text[end : end + 1].isalnum()):
                continue
            for grapheme in _spellings(text[start:end]):
                rank = ranks.get(grapheme)
                if rank is not None and (found is None or rank < found[1]):
                    found = shape, rank, Claim(start, end, self.entries[grapheme])
        return None if found is None else found[2]


def _spellings(written: str) -> tuple[str, ...]:
    """What an entry for a place of the text may be written as: alike, or in lower case."""
    lower = written.casefold()
    return (written, lower) if lower != written and lower.islower() else (written,)
