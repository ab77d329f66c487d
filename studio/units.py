"""Units as types, and the conversions between them."""

from __future__ import annotations

from typing import NewType

Lufs = NewType("Lufs", float)
"""Loudness, units relative to full scale (ITU-R BS.1770)."""
Lu = NewType("Lu", float)
"""A difference of two loudnesses."""
DbTp = NewType("DbTp", float)
"""True peak in decibels relative to full scale (ITU-R BS.1770, annex 2)."""
Db = NewType("Db", float)
"""A gain or a level ratio in decibels."""
Hz = NewType("Hz", int)
"""A sample rate."""
Ms = NewType("Ms", int)
"""Milliseconds: pauses of the text."""
Frames = NewType("Frames", int)
"""Sample frames at a stated rate: time on a timeline."""

STUDIO_RATE_HZ = Hz(48_000)
"""The rate of every timeline (EBU R 128 delivery rate)."""


def frames_of_ms(ms: int, rate_hz: int = STUDIO_RATE_HZ) -> Frames:
    """Whole frames nearest to `ms` milliseconds."""
    return Frames((ms * rate_hz + 500) // 1000)


def seconds_of_frames(frames: int, rate_hz: int = STUDIO_RATE_HZ) -> float:
    """Seconds that `frames` last at `rate_hz`."""
    return frames / rate_hz


def resampled_frames(frames: int, from_hz: int, to_hz: int) -> Frames:
    """Frames after a change of rate: rounded up, so that no sample is lost."""
    return Frames(-(-frames * to_hz // from_hz))


def gain_of_db(db: float) -> float:
    """Linear factor of a gain in decibels."""
    return float(10.0 ** (db / 20.0))
