"""An exact engine for tests: each syllable one tone of a pitch and length that a test can compute."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from studio.engines.lines import latin_line
from studio.sound import Samples, Sound
from studio.values.voice import SpeechRequest, VoiceSpec

if TYPE_CHECKING:
    from studio.files.card import VoiceCard

SYLLABLE_MS = 200
GAP_MS = 50
AMPLITUDE = 0.25
FADE_MS = 5
MAX_CHARACTERS = 3_000


def pitch_hz(syllable: str) -> float:
    """Pitch of a syllable: 200 to 590 Hz in steps of 10, by the sum of its code points."""
    return 200.0 + 10.0 * (sum(map(ord, syllable)) % 40)


def syllable_frames(rate_hz: int, speed: float) -> int:
    """Frames of one syllable's tone."""
    return round(rate_hz * SYLLABLE_MS / 1000 / speed)


def gap_frames(rate_hz: int, speed: float) -> int:
    """Frames of silence after each syllable but the last."""
    return round(rate_hz * GAP_MS / 1000 / speed)


class ToneEngine:
    """One tone a syllable at AMPLITUDE, silence between; never delivered."""

    varies: ClassVar[bool] = False
    deliverable: ClassVar[bool] = False
    most_characters: ClassVar[int] = MAX_CHARACTERS

    @classmethod
    def devices(cls) -> frozenset[str]:
        """Where it can work."""
        return frozenset({"cpu"})

    @classmethod
    def resolve(cls, card: VoiceCard, weights: Path, speed: float) -> VoiceSpec:
        """The card's voice at `speed` times the card's speed, at the card's own rate."""
        return VoiceSpec(
            voice_id=card.id,
            engine="tone",
            engine_version="1",
            variant=card.variant,
            model_digest="computed",
            rate_hz=card.rate_hz,
            speed=round(card.speed * speed, 4),
        )

    def speak(self, request: SpeechRequest) -> Sound:
        """float32 (frames, 1): syllables are what spaces separate, punctuation and all."""
        rate_hz, speed = request.voice.rate_hz, request.voice.speed
        syllables = latin_line(request, max_characters=MAX_CHARACTERS).split()
        gap = np.zeros(gap_frames(rate_hz, speed), np.float32)
        pieces: list[Samples] = []
        for syllable in syllables:
            pieces += [_tone(pitch_hz(syllable), syllable_frames(rate_hz, speed), rate_hz), gap]
        return Sound(np.concatenate(pieces[:-1])[:, np.newaxis], rate_hz)

    def close(self) -> None:
        """Nothing is held."""


def _tone(pitch: float, frames: int, rate_hz: int) -> Samples:
    time_s = np.arange(frames) / rate_hz
    fade = np.minimum(1.0, np.minimum(time_s, time_s[::-1]) * 1000 / FADE_MS)
    return (AMPLITUDE * fade * np.sin(2 * np.pi * pitch * time_s)).astype(np.float32)
