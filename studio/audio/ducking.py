"""The bed's gain over time, computed from where the voice lies on the timeline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.audio.timeline import BED_REFERENCE_LUFS
from studio.units import frames_of_ms
from studio.values.timeline import Layer, Timeline

RAMP_DOWN_MS = 400
"""The bed sinks before a voice begins (house rule: 0.3 to 0.5 s)."""

RAMP_UP_MS = 1000
"""The bed rises after a voice ended (house rule: 0.8 to 1.2 s)."""

HOLD_MS = 500
"""The bed waits this long after a voice before it rises."""

RAISED_LU = 6.0
"""How far the bed rises above its level under speech."""

LEAST_UNDER_SPEECH_LU = 3.0
"""Even raised, the bed stays this far below the speech."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A gain in decibels over time: straight lines between points (frame, gain_db), flat outside."""

    frames: tuple[int, ...]
    gains_db: tuple[float, ...]

    def factors(self, start: int, count: int) -> NDArray[np.float32]:
        """Linear factors of frames `start` to `start + count`, shape (count, 1)."""
        at = np.arange(start, start + count, dtype=np.float64)
        return self.factors_at(at).astype(np.float32)[:, np.newaxis]

    def factors_at(self, frames: NDArray[np.float64]) -> NDArray[np.float64]:
        """Linear factors at the given frames."""
        factors: NDArray[np.float64] = np.power(10.0, np.interp(frames, self.frames, self.gains_db) / 20.0)
        return factors

    def lowered(self, by_db: float) -> Envelope:
        """The same shape, this much lower."""
        return Envelope(self.frames, tuple(gain_db - by_db for gain_db in self.gains_db))


@dataclass(frozen=True, slots=True)
class Keeping:
    """How much farther than the house's rule a bed keeps from the speech.

    It waits `wait_ms` longer before it rises, and is down `early_ms` sooner.
    """

    wait_ms: int = 0
    early_ms: int = 0


NEAREST = Keeping()


def bed_envelope(timeline: Timeline, speech_lufs: float, keeping: Keeping = NEAREST) -> Envelope:
    """The gain of a bed at `BED_REFERENCE_LUFS`, so that it lies as far under the speech as the timeline asks.

    Under speech, and in every gap too short to rise and sink again, it lies exactly
    `bed_under_speech_lu` below `speech_lufs`; elsewhere `RAISED_LU` higher, but never nearer to
    the speech than `LEAST_UNDER_SPEECH_LU`.
    """
    under = timeline.bed_under_speech_lu
    raised = max(under - RAISED_LU, min(under, LEAST_UNDER_SPEECH_LU))
    reference = speech_lufs - BED_REFERENCE_LUFS
    return _envelope(timeline, reference - under, reference - raised, keeping)


def jingle_envelope(timeline: Timeline, speech_lufs: float) -> Envelope:
    """The gain of a jingle at `BED_REFERENCE_LUFS`: as loud as the speech, and under it as a bed lies."""
    reference = speech_lufs - BED_REFERENCE_LUFS
    return _envelope(timeline, reference - timeline.bed_under_speech_lu, reference, NEAREST)


def _envelope(timeline: Timeline, low_db: float, high_db: float, keeping: Keeping) -> Envelope:
    points: list[tuple[int, float]] = []
    for first, last in _raised_gaps(timeline, keeping):
        up = 0 if first == 0 else frames_of_ms(RAMP_UP_MS, timeline.rate_hz)
        down = 0 if last == timeline.frames else frames_of_ms(RAMP_DOWN_MS, timeline.rate_hz)
        points.append((first, high_db if first == 0 else low_db))
        points.append((first + up, high_db))
        points.append((last - down, high_db))
        points.append((last, high_db if last == timeline.frames else low_db))
    if not points:
        points.append((0, low_db))
    return Envelope(tuple(frame for frame, _ in points), tuple(gain for _, gain in points))


def _raised_gaps(timeline: Timeline, keeping: Keeping) -> Iterator[tuple[int, int]]:
    """From where the bed may rise to where it must be down again, of each gap long enough for both."""
    hold = frames_of_ms(HOLD_MS + keeping.wait_ms, timeline.rate_hz)
    early = frames_of_ms(keeping.early_ms, timeline.rate_hz)
    ramps = frames_of_ms(RAMP_UP_MS, timeline.rate_hz) + frames_of_ms(RAMP_DOWN_MS, timeline.rate_hz)
    ended = 0
    for clip in timeline.on(Layer.VOICE):
        first = 0 if ended == 0 else ended + hold
        if clip.start - early - first > ramps:
            yield first, clip.start - early
        ended = max(ended, clip.end)
    first = ended + hold if ended else 0
    if timeline.frames - first > ramps:
        yield first, timeline.frames
