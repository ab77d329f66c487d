"""Vietnamese syllables: their structure, their spelling, and how Hanoi says them.

A syllable is onset + medial + nucleus + coda + tone (Đoàn Thiện Thuật, *Ngữ âm tiếng Việt*);
sounds follow Kirby, "Vietnamese (Hanoi Vietnamese)", JIPA 41 (2011). Words are given in lower
case and NFC; both places of the tone mark (hòa, hoà) are understood.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Tone(StrEnum):
    """The six tones by their Vietnamese names without marks."""

    NGANG = "ngang"
    HUYEN = "huyen"
    SAC = "sac"
    HOI = "hoi"
    NGA = "nga"
    NANG = "nang"


@dataclass(frozen=True, slots=True)
class Syllable:
    """One syllable taken apart.

    `onset` and `coda` are spelled as written ("" when there is none). `medial` is "w" or "".
    `nucleus` is one of a ă â e ê i o ô ơ u ư iê uô ươ, whatever its spelling (ia, yê, y; ay is ă + y).
    """

    onset: str
    medial: str
    nucleus: str
    coda: str
    tone: Tone


_TONE_ORDER = (Tone.HUYEN, Tone.SAC, Tone.HOI, Tone.NGA, Tone.NANG)
_TONED = {
    "a": "àáảãạ", "ă": "ằắẳẵặ", "â": "ầấẩẫậ", "e": "èéẻẽẹ", "ê": "ềếểễệ", "i": "ìíỉĩị",
    "o": "òóỏõọ", "ô": "ồốổỗộ", "ơ": "ờớởỡợ", "u": "ùúủũụ", "ư": "ừứửữự", "y": "ỳýỷỹỵ",
}  # fmt: skip
_TONE_OF = {letter: tone for row in _TONED.values() for letter, tone in zip(row, _TONE_ORDER, strict=True)}
_BASE_OF = str.maketrans({letter: base for base, row in _TONED.items() for letter in row})
_VOWELS = frozenset(_TONED)

_ONSET_IPA = {
    "": "ʔ", "b": "ɓ", "c": "k", "ch": "tɕ", "d": "z", "đ": "ɗ", "g": "ɣ", "gh": "ɣ", "gi": "z", "h": "h", "k": "k",
    "kh": "x", "l": "l", "m": "m", "n": "n", "ng": "ŋ", "ngh": "ŋ", "nh": "ɲ", "p": "p", "ph": "f", "q": "k",
    "r": "z", "s": "s", "t": "t", "th": "tʰ", "tr": "tɕ", "v": "v", "x": "s",
}  # fmt: skip
_ONSETS = frozenset(_ONSET_IPA)
STOPS = frozenset(("c", "ch", "p", "t"))
"""Codas that close a syllable: it takes sắc or nặng alone."""

# Spelling of the vowel, medial, nucleus, codas it takes ("-" is none).
_RIME_ROWS = (
    ("a", "", "a", "- c ch i m n ng nh o p t"),
    ("a", "", "ă", "u y"),
    ("ă", "", "ă", "c m n ng p t"),
    ("â", "", "â", "c m n ng p t u y"),
    ("e", "", "e", "- c m n ng o p t"),
    ("ê", "", "ê", "- ch m n nh p t u"),
    ("i", "", "i", "- ch m n nh p t u"),
    ("y", "", "i", "-"),
    ("ia", "", "iê", "-"),
    ("iê", "", "iê", "c m n ng p t u"),
    ("yê", "", "iê", "m n ng t u"),
    ("o", "", "o", "- c i m n ng p t"),
    ("oo", "", "o", "c ng"),
    ("ô", "", "ô", "- c i m n ng p t"),
    ("ơ", "", "ơ", "- i m n p t"),
    ("u", "", "u", "- c i m n ng p t"),
    ("ua", "", "uô", "-"),
    ("uô", "", "uô", "c i m n ng t"),
    ("ư", "", "ư", "- c i m n ng t u"),
    ("ưa", "", "ươ", "-"),
    ("ươ", "", "ươ", "c i m n ng p t u"),
    ("oa", "w", "a", "- c ch i m n ng nh o p t"),
    ("oa", "w", "ă", "y"),
    ("oă", "w", "ă", "c m n ng t"),
    ("oe", "w", "e", "- m n ng o t"),
    ("uâ", "w", "â", "n ng t y"),
    ("uê", "w", "ê", "- ch nh u"),
    ("uơ", "w", "ơ", "-"),
    ("uy", "w", "i", "- ch n nh p t u"),
    ("uya", "w", "iê", "-"),
    ("uyê", "w", "iê", "n t"),
)
_Rime = tuple[str, str, str]
_RIMES: dict[str, _Rime] = {
    vowel + coda.strip("-"): (medial, nucleus, coda.strip("-"))
    for vowel, medial, nucleus, codas in _RIME_ROWS
    for coda in codas.split()
}
# After "qu" the medial is in the onset's spelling, so the rime is written without it.
_AFTER_QU: dict[str, _Rime] = {
    vowel + coda.strip("-"): ("w", nucleus, coda.strip("-"))
    for vowel, nucleus, codas in (
        ("a", "a", "- c ch i m n ng nh o p t"),
        ("a", "ă", "u y"),
        ("ă", "ă", "c m n ng p t"),
        ("â", "â", "c n ng t y"),
        ("e", "e", "- n o t"),
        ("ê", "ê", "- ch n nh t u"),
        ("i", "i", "- ch nh t"),
        ("y", "i", "- ch n nh t"),
        ("yê", "iê", "n t"),
        ("ơ", "ơ", "- n t"),
    )
    for coda in codas.split()
} | {"ôc": ("", "uô", "c")}
# "gi" swallows the i of the rime it stands before: gì, gìn, giếng.
_FRONT = frozenset("ieêy")
_Y_ONSETS = frozenset(("", "h", "k", "l", "m", "n", "s", "t", "th", "v"))
_NO_MEDIAL = frozenset(("c", "k", "gh", "ngh", "gi"))
_FRONT_ONLY = frozenset(("k", "gh", "ngh"))
_NEVER_FRONT = frozenset(("c", "g", "ng"))


@lru_cache(maxsize=65_536)
def is_syllable(word: str) -> bool:
    """Whether `word` (lower case, NFC) is spelled as a Vietnamese syllable can be."""
    return parse(word) is not None


def parse(word: str) -> Syllable | None:
    """The parts of `word` (lower case, NFC), or None when it is no Vietnamese syllable."""
    if not 0 < len(word) <= 7:
        return None
    marks = [_TONE_OF[letter] for letter in word if letter in _TONE_OF]
    if len(marks) > 1:
        return None
    tone = marks[0] if marks else Tone.NGANG
    onset, rime = _split(word.translate(_BASE_OF))
    if rime is None:
        return None
    medial, nucleus, coda = rime
    if coda in STOPS and tone not in (Tone.SAC, Tone.NANG):
        return None
    return Syllable(onset, medial, nucleus, coda, tone)


def _split(base: str) -> tuple[str, _Rime | None]:
    """Onset and rime of a word without tone marks; the rime is None when the spelling is not allowed."""
    if base.startswith("qu"):
        return "q", _AFTER_QU.get(base[2:])
    if base.startswith("gi"):
        rest = base[2:]
        if not rest or rest[0] not in _VOWELS or (rest[0] == "ê" and rest != "ê"):
            rest = "i" + rest
        return "gi", _fitting("gi", rest)
    for length in (3, 2, 1, 0):
        onset = base[:length]
        if onset in _ONSETS or not onset:
            return onset, _fitting(onset, base[length:])
    return "", None


def _fitting(onset: str, spelled: str) -> _Rime | None:
    """The rime when it may be written after that onset."""
    rime = _RIMES.get(spelled)
    if rime is None or onset == "q":
        return None
    first = spelled[0]
    fits = (
        (first != "y" or (onset in _Y_ONSETS if spelled == "y" else not onset))
        and (not spelled.startswith("iê") or onset != "")
        and (first in _FRONT or onset not in _FRONT_ONLY)
        and (first not in _FRONT or onset not in _NEVER_FRONT)
        and (not rime[0] or onset not in _NO_MEDIAL)
    )
    return rime if fits else None


_NUCLEUS_IPA = {
    "a": "aː", "ă": "a", "â": "ə", "e": "ɛ", "ê": "e", "i": "i", "o": "ɔ", "ô": "o", "ơ": "əː", "u": "u", "ư": "ɨ",
    "iê": "iə", "uô": "uə", "ươ": "ɨə",
}  # fmt: skip
_CODA_IPA = {
    "": "", "c": "k", "ch": "k", "i": "j", "m": "m", "n": "n", "ng": "ŋ", "nh": "ŋ", "o": "w", "p": "p", "t": "t",
    "u": "w", "y": "j",
}  # fmt: skip
# Rimes whose sound is more than nucleus + coda: velars rounded after o ô u, fronted after a.
_RIME_IPA = {
    ("a", "ch"): "ajk", ("a", "nh"): "ajŋ", ("o", "c"): "awk͡p", ("o", "ng"): "awŋ͡m", ("ô", "c"): "əwk͡p",
    ("ô", "ng"): "əwŋ͡m", ("u", "c"): "uk͡p", ("u", "ng"): "uŋ͡m",
}  # fmt: skip
_TONE_IPA = {
    Tone.NGANG: "˧", Tone.HUYEN: "˨˩", Tone.SAC: "˧˥", Tone.HOI: "˧˩˨", Tone.NGA: "˧ˀ˥", Tone.NANG: "˨˩ˀ",
}  # fmt: skip
_STOPPED_TONE_IPA = {Tone.SAC: "˦˥", Tone.NANG: "˨˩"}


def hanoi_ipa(word: str) -> str | None:
    """`word` (lower case, NFC) in IPA as Hanoi says it, tone letters last; None when it is no syllable.

    The Northern mergers are made: ch = tr [tɕ], d = gi = r [z], s = x [s].
    """
    syllable = parse(word)
    if syllable is None:
        return None
    rime = _RIME_IPA.get((syllable.nucleus, syllable.coda))
    if rime is None or "oo" in word.translate(_BASE_OF):
        rime = _NUCLEUS_IPA[syllable.nucleus] + _CODA_IPA[syllable.coda]
    tones = _STOPPED_TONE_IPA if syllable.coda in STOPS else _TONE_IPA
    return _ONSET_IPA[syllable.onset] + syllable.medial + rime + tones[syllable.tone]


def tone_placed(word: str, *, modern: bool) -> str:
    """`word` with its tone mark where one of the two spelling habits puts it.

    `modern` writes hoà, thuỷ (the mark on the nucleus); otherwise hòa, thủy. What is no syllable
    or has no choice comes back as it was, except that a mark on a wrong vowel (cuả) is moved.
    """
    if parse(word) is None:
        return word
    base = word.translate(_BASE_OF)
    mark = next((_TONE_OF[letter] for letter in word if letter in _TONE_OF), None)
    if mark is None:
        return word
    at = _mark_index(base, modern=modern)
    return base[:at] + _TONED[base[at]][_TONE_ORDER.index(mark)] + base[at + 1 :]


def _mark_index(base: str, *, modern: bool) -> int:
    """Index of the letter that carries the tone mark, in a syllable spelled without marks."""
    onset, _ = _split(base)
    start = 2 if onset == "q" else len(onset)
    if onset == "gi" and (len(base) == 2 or base[2] not in _VOWELS):
        start = 1  # gì, gìn: the i is the only vowel
    vowels = [i for i in range(start, len(base)) if base[i] in _VOWELS]
    accented = [i for i in vowels if base[i] in "ăâêôơư"]
    if accented:
        return accented[-1]
    closed = base[-1] not in _VOWELS
    pair = base[vowels[0] : vowels[-1] + 1]
    if closed or len(vowels) == 3:
        return vowels[-1] if closed else vowels[1]
    if len(vowels) == 2 and onset != "q" and pair in ("oa", "oe", "uy"):
        return vowels[1] if modern else vowels[0]
    return vowels[0]
