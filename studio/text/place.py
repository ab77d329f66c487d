"""A doubtful place of the text, what stands around it, and the piece a reading makes of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from studio.text import tables
from studio.values.text import Notice, ReadingChoices, Span

_BEHIND = 64
"""How many characters a rule may look back: enough for six words, and it keeps hostile input linear."""
BETWEEN = " :(\n\"'*#|@-&=+<>~^_/\ufffd"
"""What may stand between a noun and its number."""
_MARGIN = " \"'([-+*•·▪●○◦►➢✓✔§\uf0b7\uf0a7\uf0d8\uf02d\uf0fc"


class Piece(NamedTuple):
    """What a rule made of characters `start` to `end` of the surface."""

    start: int
    end: int
    spoken: str
    kind: str
    notices: tuple[Notice, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether an editor need not look."""
        return not self.notices


class Place:
    """The surface text at `at`; words from `floor` on are not yet spoken and may be taken into a piece."""

    __slots__ = ("_behind", "_tails", "at", "choices", "floor", "text")

    def __init__(self, text: str, at: int, floor: int, choices: ReadingChoices) -> None:
        self.text = text
        self.at = at
        self.floor = floor
        self.choices = choices
        self._behind: str | None = None
        self._tails: frozenset[str] | None = None

    @property
    def behind(self) -> str:
        """Up to 64 characters before the place, in lower case."""
        if self._behind is None:
            self._behind = self.text[max(0, self.at - _BEHIND) : self.at].lower()
        return self._behind

    @property
    def is_line_start(self) -> bool:
        """Whether only bullets and spaces stand before the place on its line."""
        head = self.text[max(0, self.at - 16) : self.at].rstrip(_MARGIN)
        return head.endswith("\n") or (not head and self.at <= 16)

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """`pattern` matched at the place."""
        return pattern.match(self.text, self.at)

    def follows(self, group: str) -> bool:
        """Whether a noun of the group (see `data/nouns.tsv`) stands right before the place."""
        if self._tails is None:
            self._tails = _tails(self.behind)
        return not self._tails.isdisjoint(tables.nouns(group))

    def taken_back(self, pattern: re.Pattern[str]) -> int | None:
        """Where `pattern` (ending in `$`) begins before the place, if those words are still free to take."""
        low = max(self.floor, self.at - _BEHIND)
        found = pattern.search(self.text[low : self.at])
        return low + found.start() if found else None


Rule = Callable[[Place], Piece | None]


def _tails(behind: str) -> frozenset[str]:
    """The last one to four words before a place, as phrases; a colon or a bracket may stand between."""
    if not behind or behind[-1] not in BETWEEN:
        return frozenset()
    words: list[str] = []
    for word in reversed(behind.rstrip(BETWEEN).rsplit(None, 4)[-4:]):
        letters = word if word.isalpha() else word[_last_letters(word) :]
        words.insert(0, letters)
        if letters != word:
            break
    return frozenset(" ".join(words[start:]) for start in range(len(words)))


def _last_letters(word: str) -> int:
    """Where the letters at the end of a word begin."""
    at = len(word)
    while at and word[at - 1].isalpha():
        at -= 1
    return at


def notice(code: str, start: int, end: int, /, *alternatives: str, **fields: str) -> Notice:
    """A notice about characters of the surface."""
    return Notice(code, tuple(fields.items()), Span(start, end), alternatives)
