"""Values of speech: what is asked of a booth, and what is known of a kept take."""

from __future__ import annotations

from dataclasses import dataclass

EXCERPT_CHARACTERS = 60
"""How much of a line an error or a remark shows."""


@dataclass(frozen=True, slots=True)
class VoiceSpec:
    """A voice resolved for speaking: every field that changes its sound, and where its weights lie.

    `settings` are the engine's own named values, sorted by name. `speed` multiplies the
    voice's own rate (1.0 leaves it). `model_digest` is the SHA-256 of the weights, or names
    the bundled data.
    """

    voice_id: str
    engine: str
    engine_version: str
    variant: str
    model_digest: str
    rate_hz: int
    speed: float = 1.0
    pitch: float = 0.0
    precision: str = "float32"
    settings: tuple[tuple[str, str | int | float], ...] = ()
    weights: str = ""
    """The folder of the weights on this machine, for the worker that loads them; decides no sound by itself."""
    device: str = "cpu"
    """Where an engine on torch works, as torch names it; where a line was spoken is no part of what it is."""
    syllables_per_second: float = 0.0
    """How fast the voice is expected to speak at speed 1, to tell a line of odd length; 0 where nobody said."""
    most_characters: int = 0
    """The longest line that its engine speaks, so that a longer one is told before; 0 where nobody said."""


@dataclass(frozen=True, slots=True)
class SpeechRequest:
    """One line to speak: its spoken form, the voice, and which take (take n has seed n)."""

    spoken: str
    voice: VoiceSpec
    take: int = 1


@dataclass(frozen=True, slots=True)
class TakeInfo:
    """What is known of a kept recording without opening its sound.

    `cue_in` and `cue_out` are frames at `rate_hz` between which the take is louder than its
    own peak − 40 dB; `digest` is the SHA-256 of the samples as little-endian float32.
    """

    fingerprint: str
    digest: str
    rate_hz: int
    frames: int
    cue_in: int
    cue_out: int
    peak_dbfs: float
    clipped_runs: int = 0
    """How often it stays at full scale for several samples."""
    device: str = "cpu"
    """Where it was spoken, as torch names it."""


def excerpt(text: str) -> str:
    """The start of a line, to name it by."""
    return text if len(text) <= EXCERPT_CHARACTERS else text[: EXCERPT_CHARACTERS - 1] + "…"
