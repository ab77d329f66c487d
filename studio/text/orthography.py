"""Writes a syllable as Vietnamese spelling has it, from the sounds that a foreign word asks for."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from studio.text.syllables import STOPS, is_syllable, tone_placed

_ACUTE: Final = dict(zip("aăâeêioôơuưy", "áắấéếíóốớúứý", strict=True))
_AFTER_I: Final = {"c": "ch", "ng": "nh"}
"""What a coda becomes after i and ê."""
_SIMPLER: Final = {
    "ai": "a", "au": "a", "ao": "a", "ây": "ê", "oa": "a", "oi": "o", "iu": "i", "ui": "u", "uy": "i", "e": "ê",
}  # fmt: skip
_AFTER_W: Final = {"a": "oa", "e": "oe", "i": "uy", "ê": "uê", "ơ": "uơ", "ây": "uây"}


@lru_cache(maxsize=4096)
def syllable_of(onset: str, rime: str, coda: str) -> str:
    """The first spelling that Vietnamese allows: the coda is given up before the vowel; empty where none is allowed.

    `onset` is a Vietnamese one or "w", and stop codas take the rising tone.
    """
    for vowel in (rime, _SIMPLER.get(rime, rime), "ơ"):
        for closing in (coda, _AFTER_I.get(coda, ""), ""):
            syllable = _written(onset, vowel, closing)
            if closing in STOPS:
                syllable = _acute(syllable)
            if is_syllable(syllable):
                return tone_placed(syllable, modern=False)
    return ""


def _written(onset: str, vowel: str, coda: str) -> str:
    front = vowel[0] in "eêiy"
    if onset == "c" and front:
        onset = "k"
    elif onset == "g" and front:
        onset = "gh"
    elif onset == "w":
        onset = ""
        vowel = _AFTER_W.get(vowel, vowel)
    elif onset == "gi" and vowel[0] == "i":
        onset = "g"
    elif onset == "gi" and vowel == "e" and not coda:
        # "gie" could be read in two ways; Geneva is "giơ ne vơ".
        vowel = "ơ"
    elif onset == "qu" and vowel == "i":
        vowel = "y"
    return onset + vowel + coda


def _acute(syllable: str) -> str:
    """The syllable with the rising tone on its last vowel; where it belongs is settled later."""
    for at in range(len(syllable) - 1, -1, -1):
        if syllable[at] in _ACUTE:
            return syllable[:at] + _ACUTE[syllable[at]] + syllable[at + 1 :]
    return syllable
