"""Values of a segment's timeline: clips on layers, in integer frames at the studio's rate."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Layer(StrEnum):
    """Where a clip lies; clips of one layer never overlap on `VOICE`."""

    VOICE = "voice"
    CART = "cart"
    BED = "bed"


class SourceKind(StrEnum):
    """Which store a clip's sound comes from."""

    TAKE = "take"
    CART = "cart"


@dataclass(frozen=True, slots=True)
class Source:
    """The sound of a clip: a take by its fingerprint or a cart by its digest, with the digest of its samples."""

    kind: SourceKind
    key: str
    digest: str


@dataclass(frozen=True, slots=True)
class Clip:
    """A piece of a source on the timeline.

    `start` and `frames` are at the timeline's rate; `source_in` counts frames of the source
    at the source's own rate `source_rate_hz`. A bed `loop`s its source: from `source_in` to
    `source_out`, then again and again from `loop_in`, or from `source_in` where that is None.
    Fades are linear in amplitude, in frames of the timeline.
    """

    layer: Layer
    source: Source
    start: int
    frames: int
    source_rate_hz: int
    source_in: int
    source_out: int
    gain_db: float = 0.0
    fade_in: int = 0
    fade_out: int = 0
    loop: bool = False
    loop_in: int | None = None

    @property
    def end(self) -> int:
        """First frame after the clip."""
        return self.start + self.frames


@dataclass(frozen=True, slots=True)
class Timeline:
    """Clips of one segment, sorted by start; `frames` long at `rate_hz`, mono."""

    rate_hz: int
    frames: int
    clips: tuple[Clip, ...]
    bed_under_speech_lu: float = 15.0
    """How far the bed lies under the speech (positive)."""

    def on(self, layer: Layer) -> tuple[Clip, ...]:
        """Clips of one layer, in order."""
        return tuple(clip for clip in self.clips if clip.layer is layer)
