"""Respells a foreign word in Vietnamese syllables, near to how Hanoi radio says such names.

Not a dictionary: letters are taken at the values that Vietnamese readers give them, clusters are opened by "ờ", and
only codas that Vietnamese has are kept. What comes out is a guess and is always told as one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from studio.text.syllables import is_syllable, tone_placed

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
    "a": "a", "aa": "a", "ae": "e", "ai": "ai", "ay": "ây", "au": "au", "aw": "o", "e": "e", "ea": "i", "ee": "i",
    "ei": "ây", "ey": "ây", "eu": "ơ", "ew": "iu", "i": "i", "ie": "i", "o": "ô", "oa": "oa", "oe": "ô", "oi": "oi",
    "oo": "u", "ou": "u", "ow": "ao", "oy": "oi", "u": "u", "ue": "u", "ui": "ui", "uy": "uy", "y": "i",
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
_VOWEL_RUN = re.compile(r"[aeiou]+[yw]?|y+")
_SILENT_E = re.compile(r"(?<=[aeiouy][bcdfgklmnpstvz])e$|(?<=[aeiouy]th)e$")
_CLUSTER_TAILS = frozenset("rl")
_OPENED = "ờ"
_ACUTE = {
    "a": "á",
    "ă": "ắ",
    "â": "ấ",
    "e": "é",
    "ê": "ế",
    "i": "í",
    "o": "ó",
    "ô": "ố",
    "ơ": "ớ",
    "u": "ú",
    "ư": "ứ",
    "y": "ý",
}


@lru_cache(maxsize=4096)
def respelled(word: str) -> str | None:
    """A word of plain Latin letters in Vietnamese syllables; None where it has no vowel or is too long."""
    letters = word.lower()
    if not 1 < len(letters) <= LONGEST or not letters.isascii() or not letters.isalpha():
        return None
    said: list[str] = []
    letters, ending = _ending(letters)
    for onset, vowel, coda in _cut(letters):
        said += _syllables(onset, vowel, coda)
    if ending:
        said = _ended(said, letters, ending)
    return " ".join(said) if said and all(map(is_syllable, said)) else None


def _ending(letters: str) -> tuple[str, str]:
    """The word without an ending that has a sound of its own, and that sound."""
    for written, spoken in _ENDINGS:
        stem = letters.removesuffix(written)
        if stem != letters and _VOWEL_RUN.search(stem):
            if written == "le" and stem[-1] in "aeiouy":
                continue
            return stem, spoken
    return _SILENT_E.sub("", letters), ""


def _ended(said: list[str], stem: str, ending: str) -> list[str]:
    """The ending after the stem; one that begins with a vowel takes the stem's last consonant along."""
    if ending[0] not in "ơoồ":
        return [*said, ending]
    last = re.search(r"(?:ch|sh|th|ph|ck|[^aeiouy])$", stem)
    onset = _ONSETS.get(last[0], "") if last else ""
    return [*said, _spelled(onset, ending, "") or ending]


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
    said = [_spelled(consonant, _OPENED, "") for consonant in opened]
    nuclei = (
        [_VOWELS[vowel]] if vowel in _VOWELS else [_VOWELS.get(part, "a") for part in re.findall(r"[aeiouyw]", vowel)]
    )
    first, *rest = nuclei
    closing = _coda_of(coda)
    if last == "c" and onset.endswith("c") and vowel[0] in "eiy":
        last = "x"
    said.append(_spelled(last, first, "" if rest else closing))
    said += [_spelled("", nucleus, closing if at + 1 == len(rest) else "") for at, nucleus in enumerate(rest)]
    return [syllable for syllable in said if syllable]


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


def _spelled(onset: str, rime: str, coda: str) -> str:
    """The first spelling of the syllable that Vietnamese allows: its coda is given up before its vowel."""
    for vowel in (rime, _SIMPLER.get(rime, rime), "ơ"):
        for closing in (coda, "ch", "") if coda == "c" else (coda, ""):
            syllable = _written(onset, vowel, closing)
            if closing in ("c", "p", "t", "ch"):
                syllable = _acute(syllable)
            if is_syllable(syllable):
                return tone_placed(syllable, modern=False)
    return ""


_SIMPLER: Final = {
    "ai": "a",
    "au": "a",
    "ao": "a",
    "ây": "ê",
    "oa": "a",
    "oi": "o",
    "iu": "i",
    "ui": "u",
    "uy": "i",
    "e": "ê",
}


def _written(onset: str, vowel: str, coda: str) -> str:
    front = vowel[0] in "eêiy"
    if onset == "c" and front:
        onset = "k"
    elif onset == "g" and front:
        onset = "gh"
    elif onset == "w":
        onset = ""
        vowel = {"a": "oa", "e": "oe", "i": "uy", "ê": "uê", "ơ": "uơ", "ây": "uây"}.get(vowel, vowel)
    elif onset == "gi" and vowel[0] == "i":
        onset = "d"
    elif onset == "qu" and vowel == "i":
        vowel = "y"
    if not onset and not coda and vowel == "i":
        return "i"
    return onset + vowel + coda


def _acute(syllable: str) -> str:
    """The syllable with the rising tone on its last vowel; where it belongs is settled later."""
    for at in range(len(syllable) - 1, -1, -1):
        if syllable[at] in _ACUTE:
            return syllable[:at] + _ACUTE[syllable[at]] + syllable[at + 1 :]
    return syllable
