"""Which reading of an abbreviation the words around it ask for."""

from __future__ import annotations

from studio.text import tables
from studio.text.patterns import LOCAL_PHONE, lazy
from studio.text.tables import Abbreviation

_CAPITALS = lazy(r"[A-ZĐĂÂÊÔƠƯ]{2,}")
_TWO_NAMES = lazy(r"(?P<first>[^\W\d_]+) (?P<second>[^\W\d_]+)")
_EIGHT_FIGURES = lazy(LOCAL_PHONE)
_DECOR = lazy(r"[,.;:()\[\]\"'/-]+")


def fitting(readings: tuple[Abbreviation, ...], behind: str, text: str, end: int) -> Abbreviation | None:
    """The first reading that fits; `behind` is what stands before in lower case, `text[end:]` what follows.

    In the table's columns "#" is a figure, "#8" eight of them as a local telephone number has, "/" a slash right
    before, "~hội" the word right before, "Aa" a name, "Aa Aa" one of two words, "AA" capitals, "office" and "room"
    nouns of those groups.
    """
    for reading in readings:
        if _before_fits(behind, reading.before) and _after_fits(text, end, reading.after):
            return reading
    return None


def _before_fits(behind: str, wanted: tuple[str, ...]) -> bool:
    if not wanted:
        return True
    last = behind.rstrip()[-1:]
    if ("#" in wanted and last.isdecimal()) or ("/" in wanted and last == "/"):
        return True
    tail = f" {' '.join(_DECOR.sub(' ', behind).split()[-4:])} "
    return any(tail.endswith(f" {each[1:]} ") if each[0] == "~" else f" {each} " in tail for each in wanted)


def _after_fits(text: str, end: int, wanted: tuple[str, ...]) -> bool:
    if not wanted:
        return True
    following = text[end : end + 48].lstrip(" .")
    return any(_fits(following, pattern) for pattern in wanted)


def _fits(following: str, pattern: str) -> bool:
    if not following:
        return False
    if pattern == "#":
        return following[0].isdigit()
    if pattern == "#8":
        return _EIGHT_FIGURES.match(following) is not None
    if pattern == "Aa":
        alone = following[1:2] == " " and not following[0].isascii() and following[2:3].isupper()
        return following[0].isupper() and (following[1:2].isalpha() or alone)
    if pattern == "Aa Aa":
        names = _TWO_NAMES.match(following)
        return names is not None and names["first"].istitle() and names["second"].istitle()
    if pattern == "AA":
        return _CAPITALS.match(following) is not None
    if pattern in ("office", "room"):
        words = following.lower().split()
        return any(" ".join(words[:size]).rstrip(".,;:\"')") in tables.nouns(pattern) for size in (1, 2, 3))
    return following.lower().startswith(pattern)
