"""Web and e-mail addresses, label by label."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

from studio.text import tables
from studio.text.letters import spelled
from studio.text.patterns import lazy
from studio.text.place import Piece, Place, notice
from studio.text.readings.numbers import whole
from studio.text.syllables import is_syllable
from studio.values.text import Notice, ReadingChoices

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,40}[A-Za-z0-9])?"
_TOP = r"(?:vn|com|net|org|info|edu|gov|asia|io|int|biz|me|app|tv|ly|gl|link|page|online|shop|xyz)"
_DOMAIN = rf"{_LABEL}(?:\.{_LABEL}){{0,5}}\.{_TOP}(?![A-Za-z0-9]|\.{_LABEL})"
_URL = lazy(
    rf"(?P<scheme>(?:https?|ftp)://)?(?P<host>{_DOMAIN})(?P<path>(?:[/?#:][^\s,;)\]\"<>]{{0,300}})?)", re.IGNORECASE
)
_EMAIL = lazy(rf"(?P<user>[A-Za-z0-9][A-Za-z0-9._+-]{{0,60}})@(?P<host>{_DOMAIN})", re.IGNORECASE)
_USER_BEHIND = lazy(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,60}$")
_HOST_BEHIND = lazy(r"[A-Za-z0-9][A-Za-z0-9.-]{0,60}$")
_PIECE = lazy(r"[A-Za-z]+|\d+|[._+-]")
_MARKS = {".": "chấm", "-": "gạch ngang", "_": "gạch dưới", "+": "cộng"}
_NUMERAL = lazy(r"[ivxlcdm]+")
_LONGEST_WORD = 6


def email(place: Place) -> Piece | None:
    """ubnd@hanoi.gov.vn: "… a còng …"."""
    at = place.taken_back(_USER_BEHIND) if place.text[place.at] in "@.-_+0123456789" else place.at
    match = _EMAIL.match(place.text, at) if at is not None else _EMAIL.match(place.text, place.at)
    if match is None:
        return None
    user, guessed = _words(match["user"], place.choices, letters=True)
    host, guessed_host = _words(match["host"], place.choices)
    return Piece(
        match.start(),
        match.end(),
        f"{user} a còng {host}",
        "email",
        _guess(match, guessed or guessed_host, f"{user} a còng {host}"),
    )


def website(place: Place) -> Piece | None:
    """hanoi.gov.vn, https://…: the scheme and the path are not spoken."""
    at: int | None = place.at
    if not place.text[place.at].isalnum():
        at = place.taken_back(_HOST_BEHIND)
    match = _URL.match(place.text, at) if at is not None else None
    if match is None or match.end() <= place.at:
        return None
    labels = match["host"].lower().split(".")
    if labels[0] == "www" and len(labels) > 2:
        labels = labels[1:]
    said, guessed = _words(".".join(labels), place.choices)
    notices = _guess(match, guessed, said)
    path = match["path"].rstrip(".:?")
    end = match.end() - (len(match["path"]) - len(path))
    if len(path) > 1:
        notices += (notice("reading.path_silent", match.start("path"), end, written=path),)
    return Piece(match.start(), end, said, "website", notices)


def _guess(match: re.Match[str], guessed: bool, said: str) -> tuple[Notice, ...]:
    if not guessed:
        return ()
    return (notice("reading.address_guessed", match.start(), match.end(), said, written=match[0], taken=said),)


def _words(written: str, choices: ReadingChoices, *, letters: bool = False) -> tuple[str, bool]:
    """The words of an address and whether any was split by guess."""
    said: list[str] = []
    guessed = False
    for piece in _PIECE.findall(written):
        if piece in _MARKS:
            said.append(_MARKS[piece])
        elif piece.isdigit():
            said.append(whole(piece, choices))
        else:
            words, sure = _label(piece.lower())
            said.append(words)
            guessed = guessed or not sure
    return " ".join(said), guessed


def _label(label: str) -> tuple[str, bool]:
    known = tables.mapping("domains").get(label)
    if known:
        return known, True
    if len(label) < 3 or not any(vowel in label for vowel in "aeiouy"):
        return spelled(label), True
    foreign = tables.mapping("foreign").get(label.capitalize())
    if foreign:
        return foreign, True
    parts = _split(label) if len(label) <= 40 else None
    if parts is None:
        return (spelled(label) if len(label) <= 4 or _NUMERAL.fullmatch(label) else label), False
    domains = tables.mapping("domains")
    return " ".join(domains.get(part, part) for part in parts), False


@lru_cache(maxsize=512)
def _split(label: str) -> tuple[str, ...] | None:
    """The fewest known labels and unmarked syllables that make up the label."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(label)
    domains = tables.mapping("domains")
    for end in range(1, len(label) + 1):
        for start in range(max(0, end - 16), end):
            head, part = best[start], label[start:end]
            if head is None or not (
                part in domains or (1 < len(part) <= _LONGEST_WORD and _is_unmarked_syllable(part))
            ):
                continue
            found, current = (*head, part), best[end]
            if current is None or len(found) < len(current):
                best[end] = found
    return best[-1]


_MARKED = {"a": "aăâáắấ", "e": "eêéế", "i": "ií", "o": "oôơóốớ", "u": "uưúứ", "y": "yý"}


@lru_cache(maxsize=4096)
def _is_unmarked_syllable(part: str) -> bool:
    """Whether some marks on the vowels make a syllable of it ("phuong" for phường, "hoc" for học)."""
    if sum(char in _MARKED for char in part) not in (1, 2, 3):
        return False
    return any(is_syllable("".join(chars)) for chars in product(*(_MARKED.get(char, char) for char in part)))


_HANDLE = lazy(r"[@#](?=[^\W_])")


def handle(place: Place) -> Piece | None:
    """@name and #topic: the sign is said or silent, the word is read by itself."""
    match = place.match(_HANDLE)
    if match is None:
        return None
    return Piece(place.at, place.at + 1, "a còng" if match[0] == "@" else "", "mark")
