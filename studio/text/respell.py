"""Respells a foreign word in Vietnamese syllables, near to how Hanoi radio says such names.

Not a dictionary: letters are taken at the values that Vietnamese readers give them, clusters are opened by "ờ", and
only codas that Vietnamese has are kept. What comes out is a guess and is always told as one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from studio.text.orthography import syllable_of
from studio.text.syllables import is_syllable

LONGEST = 30
"""Longer strings of letters are no names."""

_ONSETS: Final = {
    "b": "b", "c": "c", "ch": "ch", "chr": "cr", "ck": "c", "d": "đ", "f": "ph", "g": "g", "gh": "g", "gn": "n",
    "h": "h", "j": "gi", "k": "c", "kh": "kh", "kn": "n", "l": "l", "ll": "l", "m": "m", "n": "n", "nh": "nh",
    "p": "p", "ph": "ph", "ps": "x", "q": "c", "qu": "qu", "r": "r", "rh": "r", "s": "x", "sc": "xc", "sch": "s",
    "sh": "s", "t": "t", "tch": "ch", "th": "th", "ts": "x", "tz": "x", "v": "v", "w": "w", "wh": "w", "wr": "r",
    "x": "x", "y": "d", "z": "d", "zh": "gi",
}  # fmt: skip
_CODAS: Final = {
    "b": "p", "c": "c", "ch": "t", "ck": "c", "d": "t", "dg": "t", "f": "p", "g": "c", "gh": "", "h": "", "j": "t",
    "k": "c", "l": "n", "ll": "n", "m": "m", "n": "n", "ng": "ng", "nk": "ng", "p": "p", "ph": "p", "q": "c", "r": "",
    "s": "t", "sch": "t", "sh": "t", "ss": "t", "t": "t", "tch": "t", "th": "t", "ts": "t", "tz": "t", "v": "p",
    "w": "", "x": "c", "z": "t", "zz": "t",
}  # fmt: skip
_VOWELS: Final = {
    "a": "a", "aa": "a", "ae": "e", "ai": "ai", "ay": "ây", "au": "au", "aw": "o", "e": "e", "ê": "ê", "ea": "i",
    "ee": "i", "ei": "ây", "ey": "ây", "eu": "ơ", "ew": "iu", "i": "i", "ie": "i", "o": "ô", "ô": "ô", "oa": "oa",
    "oe": "ô", "oi": "oi", "oo": "u", "ou": "u", "ow": "ao", "oy": "oi", "u": "u", "ue": "u", "ui": "ui", "uy": "uy",
    "y": "i",
}  # fmt: skip
_ENDINGS: Final = (
    ("tion", "sần"),
    ("sion", "sần"),
    ("son", "xơn"),
    ("ton", "tơn"),
    ("er", "ơ"),
    ("or", "o"),
    ("le", "ồ"),
)
_VOWEL_RUN = re.compile(r"[aeiouêô]{2,}|[aeiouêô][yw]?|y+")
_SILENT_E = re.compile(r"(?<=[aeiouy][bcdfgklmnprstvz])e$|(?<=[aeiouy]th)e$|(?<=nn|ll|tt|ss)e$")
_LENGTHENED = re.compile(r"([^aeiouyêô]*)([aio])([bcdfgklmnpstvz])es?")
"""One English syllable whose silent e changes the vowel before it: Kate, Mike, James."""
_LONG = {"a": "ê", "i": "ai", "o": "ô"}
_FOREIGN_MARKS = str.maketrans("àáâãèéìíòóõùúý", "aaaaeêiiooouuy")
_LONGEST_SLIP = 8
_UNMARKED: Final = (
    ("ie", "iê"), ("ie", "iế"), ("ye", "yê"), ("ye", "yế"), ("uo", "uô"), ("uo", "uố"), ("uo", "ươ"), ("uo", "ướ"),
)  # fmt: skip
"""Vowels that no Vietnamese word has without their marks."""
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzêô")
_CLUSTER_TAILS = frozenset("rl")
_OPENED = "ờ"


@lru_cache(maxsize=4096)
def respelled(word: str) -> str | None:
    """A word of Latin letters in Vietnamese syllables; None where it has no vowel, is too long or only misspelt.

    Letters may bear the marks that foreign spellings share with Vietnamese (é, ã, ô); others are no foreign name's.
    """
    letters = word.lower().translate(_FOREIGN_MARKS)
    if not 1 < len(letters) <= LONGEST or not _LETTERS.issuperset(letters) or _is_misspelt(word.lower()):
        return None
    said: list[str] = []
    letters, ending = _ending(letters)
    for onset, vowel, coda in _cut(letters):
        said += _syllables(onset, vowel, coda)
    if ending:
        said = _ended(said, letters, ending)
    return " ".join(said) if said and all(map(is_syllable, said)) else None


def _is_misspelt(word: str) -> bool:
    """Whether only its marks are missing from a Vietnamese syllable ("Nguyen"), or one letter is too much ("Prông")."""
    if len(word) > _LONGEST_SLIP:
        return False
    if not word.isascii():
        return any(is_syllable(word[:at] + word[at + 1 :]) for at in range(len(word)))
    return any(is_syllable(word.replace(plain, marked)) for plain, marked in _UNMARKED if plain in word)


def _ending(letters: str) -> tuple[str, str]:
    """The word without an ending that has a sound of its own, and that sound."""
    lengthened = _LENGTHENED.fullmatch(letters)
    if lengthened:
        onset, vowel, coda = lengthened.groups()
        return onset + _LONG[vowel] + ("s" if coda == "c" else coda), ""
    for written, spoken in _ENDINGS:
        stem = letters.removesuffix(written)
        if stem != letters and _VOWEL_RUN.search(stem):
            if written == "le" and stem[-1] in "aeiouyêôl":
                continue
            return stem, spoken
    return _SILENT_E.sub("", letters), ""


def _ended(said: list[str], stem: str, ending: str) -> list[str]:
    """The ending after the stem; one that begins with a vowel takes the stem's last consonant along."""
    if ending[0] not in "ơoồ":
        return [*said, ending]
    last = re.search(r"(?:ch|sh|th|ph|ck|[^aeiouyêô])$", stem)
    onset = _ONSETS.get(last[0], "") if last else ""
    if last and ending == "ơ":
        onset = _softened(last[0], onset)
    return [*said, syllable_of(onset, ending, "") or ending]


def _cut(letters: str) -> list[tuple[str, str, str]]:
    """Onset, vowel and coda of each syllable, in the foreign spelling; empty where there is no vowel."""
    runs = list(_VOWEL_RUN.finditer(letters))
    # A y before a vowel is a consonant, and the u of qu belongs to it.
    starts = [run.start() + 1 if _glides(letters, run) else run.start() for run in runs]
    ends = [run.end() for run in runs]
    pieces: list[tuple[str, str, str]] = []
    before = 0
    for at, run in enumerate(runs):
        onset = letters[before : starts[at]]
        vowel = letters[starts[at] : run.end()]
        following = letters[ends[at] : starts[at + 1] if at + 1 < len(runs) else len(letters)]
        split = len(following) if at + 1 == len(runs) else _coda_length(following)
        if vowel:
            pieces.append((onset, vowel, following[:split]))
        before = ends[at] + split
    return pieces


def _glides(letters: str, run: re.Match[str]) -> bool:
    at = run.start()
    return len(run[0]) > 1 and ((letters[at] == "u" and letters[at - 1 : at] == "q") or letters[at] == "y")


def _coda_length(between: str) -> int:
    """How many consonants between two vowels close the first syllable."""
    if len(between) < 2 or between in _ONSETS:
        return 0
    for length in (3, 2):
        tail = between[-length:]
        if len(between) >= length and (tail in _ONSETS or (length == 2 and _is_cluster(tail))):
            return len(between) - length
    return len(between) - 1


def _is_cluster(pair: str) -> bool:
    return pair[1] in _CLUSTER_TAILS and pair[0] in "bcdfgkpt"


def _syllables(onset: str, vowel: str, coda: str) -> list[str]:
    """One foreign syllable as Vietnamese ones: each consonant but the last of a cluster gets a vowel of its own."""
    *opened, last = _consonants(onset) or [""]
    said = [syllable_of(consonant, _OPENED, "") for consonant in opened]
    nuclei = (
        [_VOWELS[vowel]] if vowel in _VOWELS else [_VOWELS.get(part, "a") for part in re.findall(r"[aeiouywêô]", vowel)]
    )
    first, *rest = nuclei
    closing = _coda_of(coda)
    if vowel[0] in "eêiy":
        last = _softened(onset, last)
    said.append(syllable_of(last, first, "" if rest else closing))
    said += [syllable_of("", nucleus, closing if at + 1 == len(rest) else "") for at, nucleus in enumerate(rest)]
    return [syllable for syllable in said if syllable]


def _softened(written: str, spoken: str) -> str:
    """A c or g as it sounds before e, i and y."""
    if written.endswith("c"):
        return "x"
    return "gi" if written.endswith("g") else spoken


def _consonants(onset: str) -> list[str]:
    """The onset as Vietnamese consonants, digraphs of the foreign spelling first."""
    found: list[str] = []
    at = 0
    while at < len(onset):
        for length in (3, 2, 1):
            part = onset[at : at + length]
            if part in _ONSETS:
                said = _ONSETS[part]
                found += [said] if said in _ONSETS.values() and said not in ("cr", "xc") else list(said)
                at += len(part)
                break
        else:
            at += 1
    return [consonant for index, consonant in enumerate(found) if not index or consonant != found[index - 1]]


def _coda_of(coda: str) -> str:
    for length in (3, 2, 1):
        if coda[:length] in _CODAS:
            kept = _CODAS[coda[:length]]
            # What follows an r is heard in its place: "mark" ends in c.
            return kept or (_coda_of(coda[1:]) if len(coda) > 1 else "")
    return ""
