"""What a line must be before any engine speaks it: something to say, sayable, and not too long; and after: a sound."""

from __future__ import annotations

import unicodedata

import numpy as np

from studio.errors import VoiceError
from studio.sound import Samples, Sound
from studio.values.voice import SpeechRequest, excerpt

SPOKEN_PUNCTUATION = frozenset(",.;:?!…–—-()'\"“”‘’")
"""Marks of phrasing that a spoken form may carry."""

_SHOWN_AT_MOST = 8


def latin_line(request: SpeechRequest, *, max_characters: int) -> str:
    """The line in NFC with single spaces, for a voice that says Latin letters spelled out.

    Raises VoiceError: `voice.line_too_long`, `voice.nothing_to_say` (no letter), and
    `voice.cannot_say` for digits, symbols, control characters and letters of other scripts:
    an engine would leave those out or misread them, and nobody would hear of it.
    """
    voice = request.voice.voice_id
    if len(request.spoken) > max_characters:
        raise VoiceError(
            "voice.line_too_long",
            voice=voice,
            line=excerpt(request.spoken),
            characters=len(request.spoken),
            at_most=max_characters,
        )
    line = " ".join(unicodedata.normalize("NFC", request.spoken).split())
    strange = sorted({character for character in line if not _sayable(character)})
    if strange:
        raise VoiceError(
            "voice.cannot_say",
            voice=voice,
            line=excerpt(line),
            characters=" ".join(_shown(character) for character in strange[:_SHOWN_AT_MOST]),
        )
    if not any(character.isalpha() for character in line):
        raise VoiceError("voice.nothing_to_say", voice=voice, line=excerpt(line))
    return line


def as_sound(samples: Samples, request: SpeechRequest) -> Sound:
    """What a model gave for a line, float32 (frames,), as a sound; raises VoiceError `voice.silent_line`."""
    if not np.isfinite(samples).all() or not np.abs(samples).max(initial=0.0) > 0.0:
        raise VoiceError("voice.silent_line", voice=request.voice.voice_id, line=excerpt(request.spoken))
    return Sound(np.ascontiguousarray(samples[:, np.newaxis], np.float32), request.voice.rate_hz)


def _sayable(character: str) -> bool:
    if character == " " or character in SPOKEN_PUNCTUATION:
        return True
    return character.isalpha() and unicodedata.name(character, "").startswith("LATIN ")


def _shown(character: str) -> str:
    code = f"U+{ord(character):04X}"
    return f"{character} ({code})" if character.isprintable() else code
