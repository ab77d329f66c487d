"""Marks that an editor puts into the text for one place: {written|spoken}, {ABC|#}, {written|}, {|}, {||}, {|1500}.

`{TT|thị trấn}` says "thị trấn" for this one TT; `#` after the bar says letters and figures one by one; nothing
after the bar is silence. A mark with nothing before the bar is a pause: `{|}` a breath, `{||}` a long one,
`{|1500}` so many milliseconds. `\\{` is a brace and no mark; inside a mark `\\|`, `\\}` and `\\\\` stand for
themselves.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from studio.text.letters import spelled
from studio.text.lexicon import Claim, Lexicon, is_speakable
from studio.text.pauses import PAUSE_MS
from studio.text.surface import surface_of
from studio.text.unicode import Offsets
from studio.values.text import Notice, Span

MOST_PAUSE_MS = 10_000
PAUSE = "\ue000"
"""Stands in the clean text where a pause mark was: one character that is neither word, mark nor space."""

_HELD = 300
_MARK = re.compile(
    rf"\\(?P<brace>[{{}}])|\{{(?P<written>(?:[^\\{{}}|\n]|\\.){{0,{_HELD}}})\|(?P<said>\|?(?:[^\\{{}}|\n]|\\.){{0,{_HELD}}})\}}"
)
_ESCAPE = re.compile(r"\\(.)")
_CLAUSES = re.compile(r"\s*[,;:]\s+")
_BREATHS_MS = {"": PAUSE_MS["clause"], "|": PAUSE_MS["paragraph"]}


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: what it stands for in the clean text from `start` to `end`; a pause has `pause_ms` and no words."""

    start: int
    end: int
    spoken: str
    pause_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """A text without its marks' syntax, the marks in order, the way back, and what was not understood."""

    text: str
    marks: tuple[Mark, ...] = ()
    offsets: Offsets | None = None
    notices: tuple[Notice, ...] = ()


def marks_of(text: str) -> Marked:
    """Takes the marks out of a clean text; linear in its length.

    Notices (with spans of `text`): inline.bad_spoken (spoken) where what is to be said is not made of Vietnamese
    words, inline.bad_pause (spoken, most); such a mark is read as if only its written part stood there.
    """
    if "{" not in text and "\\}" not in text:
        return Marked(text)
    taken = _Taken(text)
    for found in _MARK.finditer(text):
        taken.add(found)
    return taken.done()


class _Taken:
    """The clean text while it is put together."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces: list[str] = []
        self._runs: list[tuple[int, int, int, int]] = []
        self._marks: list[Mark] = []
        self._notices: list[Notice] = []
        self._from = self._at = 0

    def add(self, found: re.Match[str]) -> None:
        before = self._text[self._from : found.start()]
        start = self._at + len(before)
        put, mark, notice = _meaning(found, start)
        self._pieces += (before, put)
        self._at = start + len(put)
        self._from = found.end()
        self._runs.append((start, self._at, found.start(), found.end()))
        self._marks += [mark] if mark else []
        self._notices += [notice] if notice else []

    def done(self) -> Marked:
        if not self._runs:
            return Marked(self._text)
        text = "".join((*self._pieces, self._text[self._from :]))
        return Marked(text, tuple(self._marks), Offsets(*zip(*self._runs, strict=True)), tuple(self._notices))


def _meaning(found: re.Match[str], start: int) -> tuple[str, Mark | None, Notice | None]:
    """What stands in the clean text for a match, the mark, and what an editor should know."""
    if found["brace"]:
        return found["brace"], None, None
    written, said = _ESCAPE.sub(r"\1", found["written"]), _ESCAPE.sub(r"\1", found["said"]).strip()
    span = Span(found.start(), found.end())
    if not written.strip():
        pause_ms = _pause_ms(said)
        if pause_ms is None:
            return "", None, Notice("inline.bad_pause", (("spoken", said), ("most", str(MOST_PAUSE_MS))), span)
        return PAUSE, Mark(start, start + 1, "", pause_ms), None
    spoken = spelled(written) if said == "#" else " ".join(said.split())
    sayable = not said or all(map(is_speakable, _CLAUSES.split(spoken)))
    if not sayable:
        return written, None, Notice("inline.bad_spoken", (("spoken", said),), span)
    return written, Mark(start, start + len(written), spoken), None


def _pause_ms(said: str) -> int | None:
    if said in _BREATHS_MS:
        return _BREATHS_MS[said]
    known = said.isascii() and said.isdecimal() and len(said) <= len(str(MOST_PAUSE_MS))
    return int(said) if known and 1 <= int(said) <= MOST_PAUSE_MS else None


class MarkedLexicon(Lexicon):
    """A lexicon with the marks of one paragraph above it."""

    def __init__(self, below: Lexicon, marks: tuple[Mark, ...], paragraph: str) -> None:
        super().__init__({})
        self._below = below
        self._marks = tuple(_on_surface(marks, paragraph))

    def claims(self, text: str) -> Iterator[Claim]:
        """The marks, and between them what the lexicon speaks for."""
        at = 0
        others = chain(self._below.claims(text), (Claim(len(text) + 1, len(text) + 1, ""),))
        other = next(others)
        for mark in self._marks:
            while other.start < mark.start:
                if other.start >= at and other.end <= mark.start:
                    yield other
                other = next(others)
            yield mark
            at = mark.end
        while other.start <= len(text):
            if other.start >= at:
                yield other
            other = next(others)


def _on_surface(marks: tuple[Mark, ...], paragraph: str) -> Iterator[Claim]:
    """Where the marks stand in the surface of their paragraph, in which invisible characters are gone."""
    offsets = surface_of(paragraph).offsets
    for mark in marks:
        if offsets is None:
            yield Claim(mark.start, mark.end, mark.spoken)
            continue
        start, end = bisect_left(offsets, mark.start), bisect_left(offsets, mark.end)
        if end > start:
            yield Claim(start, end, mark.spoken)
