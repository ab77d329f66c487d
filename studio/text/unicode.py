"""Unicode hygiene of a written text: NFC, one kind of space, no invisible characters, no look-alike letters.

Every change is kept in a map, so that a place in the clean text can be shown in the text the editor
wrote. The place of tone marks is left as written; `modern_tone_placement` is there for whoever asks.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from studio.text.syllables import tone_placed
from studio.values.text import Span


@dataclass(frozen=True, slots=True)
class Offsets:
    """Where changed runs of a text came from: [starts[i], ends[i]) now was [from_starts[i], from_ends[i]) before.

    Runs are in order; between them both texts are the same, character by character.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    from_starts: tuple[int, ...]
    from_ends: tuple[int, ...]

    def start(self, position: int) -> int:
        """The earlier text's position at which something starting at `position` starts."""
        i = bisect_right(self.starts, position) - 1
        if i < 0:
            return position
        if position >= self.ends[i]:
            return position - self.ends[i] + self.from_ends[i]
        return self.from_starts[i]

    def end(self, position: int) -> int:
        """The earlier text's position at which something ending before `position` ends."""
        i = bisect_left(self.starts, position) - 1
        if i < 0:
            return position
        if position >= self.ends[i]:
            return position - self.ends[i] + self.from_ends[i]
        return self.from_ends[i]


@dataclass(frozen=True, slots=True)
class Composed:
    """A clean text (NFC) and the way back: the maps of each step in which characters moved, first step first."""

    text: str
    offsets: tuple[Offsets, ...] = ()

    def written_span(self, start: int, end: int) -> Span:
        """The span of the text before cleaning that [start, end) of the clean text came from."""
        for step in reversed(self.offsets):
            start, end = step.start(start), step.end(end)
        return Span(start, max(start, end))


_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAKS = "\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
)
# Letters that only look like ours: eth and African D; full-width, styled and foreign digits; Cyrillic and Greek.
_ETHS = "\u00d0\u00f0\u0189\u0256"
_STYLED = "\uff01-\uff5e\U0001d400-\U0001d7ff"
_FOREIGN_DIGITS = "\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59\u0ed0-\u0ed9\u17e0-\u17e9"
_LIGATURES = "\u0132\u0133\ufb00-\ufb06"
_CYRILLIC = dict(zip("АВЕЅІЈКМНОРСТУХаеѕіјорсух", "ABESIJKMHOPCTYXaesijopcyx", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True))

_ODD = re.compile(
    f"[{_SPACES}{_BREAKS}{_INVISIBLE}{_ETHS}{_STYLED}{_FOREIGN_DIGITS}{_LIGATURES}\u0370-\u03ff\u0400-\u04ff]"
)
_DROPPED = re.compile(f"[{_INVISIBLE}]+|[{_LIGATURES}]")
_LOOK_ALIKE = re.compile("[" + "".join(_CYRILLIC) + "".join(_GREEK) + "]")
_WORD = re.compile(r"[^\W\d_][\w\u0300-\u036f]*")
_LATIN = re.compile("[a-zA-ZÀ-ɏ\u1e00-\u1eff]")
# What NFC may change: a letter with what follows it outside ASCII, in bounded pieces.
_COMPOSABLE = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]{1,32}")
# A tone mark and then a shape mark (circumflex, breve, horn), as some programs leave them.
_TONE_FIRST = re.compile("([\u0300\u0301\u0303\u0309\u0323])([\u0302\u0306\u031b])")
_SHAPE = re.compile("[\u0302\u0306\u031b]")
_STRAY_MARKS = re.compile("[\u0300-\u036f]+")


def compose(text: str) -> Composed:
    """`text` made clean; text that is clean already comes back as it is, at the cost of one look.

    Spaces of any kind become plain ones and line breaks of any kind "\\n" (so "\\r\\n" is " \\n": no
    character moves); invisible and control characters go; look-alikes become the letters they pose
    as, Cyrillic and Greek ones only in words that are otherwise Latin.
    """
    offsets: list[Offsets] = []
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    if _ODD.search(text):
        text = _without_look_alikes(text.translate(_one_to_one()))
        text, moved = replaced(text, _DROPPED, lambda run: "" if run not in _LIGATURE_LETTERS else _nfkc(run))
        offsets += [moved] if moved else []
    if not text.isascii() and (_STRAY_MARKS.search(text) or not unicodedata.is_normalized("NFC", text)):
        text, moved = replaced(text, _COMPOSABLE, _composed_run)
        offsets += [moved] if moved else []
        text, moved = replaced(text, _STRAY_MARKS, lambda _: "")
        offsets += [moved] if moved else []
    return Composed(text, tuple(offsets))


def modern_tone_placement(word: str) -> str:
    """`word` (lower case, NFC) with its tone mark where the newer spelling puts it: hòa becomes hoà."""
    return tone_placed(word, modern=True)


_LIGATURE_LETTERS = frozenset("\u0132\u0133\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06")


def _nfkc(run: str) -> str:
    return unicodedata.normalize("NFKC", run)


@cache
def _one_to_one() -> dict[int, str]:
    """Replacements that keep the length: spaces, breaks, eths, styled letters, foreign digits."""
    table = {ord(char): " " for char in _members(_SPACES)}
    table.update({ord(char): "\n" for char in _members(_BREAKS)})
    table.update(zip(map(ord, _ETHS), "ĐđĐđ", strict=True))
    table.update({ord(char): str(unicodedata.digit(char)) for char in _members(_FOREIGN_DIGITS)})
    for char in _members(_STYLED):
        plain = _nfkc(char)
        if len(plain) == 1:
            table[ord(char)] = plain
    return table


def _members(ranges: str) -> list[str]:
    """The characters of the inside of a character class."""
    members: list[str] = []
    for first, last in re.findall("(.)(?:-(.))?", ranges, re.DOTALL):
        members += map(chr, range(ord(first), ord(last or first) + 1))
    return members


def _without_look_alikes(text: str) -> str:
    if not _LOOK_ALIKE.search(text):
        return text
    pieces: list[str] = []
    done = 0
    for found in _WORD.finditer(text):
        plain = _latin_word(found[0])
        if plain != found[0]:
            pieces += (text[done : found.start()], plain)
            done = found.end()
    return "".join([*pieces, text[done:]])


def _latin_word(word: str) -> str:
    """The word with its look-alikes replaced, if that makes it wholly Latin; else the word."""
    if word.isascii() or not _LOOK_ALIKE.search(word):
        return word
    plain = word.translate(_look_alike_table())
    mixed = _LATIN.search(word) is not None
    wholly = not any("\u0370" <= char <= "\u04ff" for char in plain)
    greek = any("\u0370" <= char <= "\u03ff" for char in word)
    return plain if wholly and (mixed or not greek) else word


@cache
def _look_alike_table() -> dict[int, str]:
    return str.maketrans(_CYRILLIC | _GREEK)


def _composed_run(run: str) -> str:
    """NFC of a short run; a shape mark typed after the tone mark is put before it first."""
    if _SHAPE.search(run):
        run = _TONE_FIRST.sub(r"\2\1", unicodedata.normalize("NFD", run))
    return unicodedata.normalize("NFC", run)


def replaced(text: str, pattern: re.Pattern[str], new: Callable[[str], str]) -> tuple[str, Offsets | None]:
    """The text with each match replaced where that changes it, and the offsets where its length changed."""
    pieces: list[str] = []
    runs: list[tuple[int, int, int, int]] = []
    done = at = 0
    for found in pattern.finditer(text):
        old = found[0]
        put = new(old)
        if put == old:
            continue
        start, end = found.span()
        at += start - done
        pieces += (text[done:start], put)
        if len(put) != len(old):
            runs.append((at, at + len(put), start, end))
        at += len(put)
        done = end
    if not pieces:
        return text, None
    changed = "".join([*pieces, text[done:]])
    return changed, Offsets(*zip(*runs, strict=True)) if runs else None
