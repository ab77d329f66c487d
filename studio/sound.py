"""Sound as a value: samples with their rate; never compared, never hashed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FULL_SCALE_24_BITS = 2**23

Samples = NDArray[np.float32]
"""float32, shape (frames, channels), full scale at ±1."""

Blocks = Iterator[Samples]
"""Consecutive pieces of one sound, any number of frames each."""

BlockSource = Callable[[], Blocks]
"""A sound that can be streamed again from its start: each call gives a fresh iterator."""


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """A whole short sound held in memory: `samples` float32 (frames, channels) at `rate_hz`."""

    samples: Samples
    rate_hz: int

    def __post_init__(self) -> None:
        if self.samples.ndim != 2 or self.samples.dtype != np.float32:
            raise ValueError(
                f"samples must be float32 (frames, channels), not {self.samples.dtype} {self.samples.shape}"
            )

    @property
    def frames(self) -> int:
        """Sample frames."""
        return int(self.samples.shape[0])

    @property
    def channels(self) -> int:
        """Channels."""
        return int(self.samples.shape[1])

    @property
    def seconds(self) -> float:
        """Duration in seconds."""
        return self.frames / self.rate_hz


@dataclass(frozen=True, slots=True, eq=False)
class Portrait:
    """What a decoded master looks like, in steps from its start; small enough to keep beside it.

    `powers` are K-weighted mean squares of 100 ms (ITU-R BS.1770, channel weights included), `outline` the lowest
    and highest sample of each 50 ms, shape (steps, 2), `spectrum` levels of each 200 ms in bands from low to high,
    shape (steps, bands), 0 for -100 dB and 255 for 0 dB, `silences` runs (first, end) of frames under -60 dBFS that
    last half a second or touch an end. `bed_gap_lu` is how far the bed stays below the speech where it comes
    nearest, None where there is no bed under speech.
    """

    rate_hz: int
    frames: int
    powers: NDArray[np.float64]
    outline: NDArray[np.float32]
    spectrum: NDArray[np.uint8]
    silences: tuple[tuple[int, int], ...]
    clipped: int
    bed_gap_lu: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class PitchTrack:
    """Pitch of a sound at `first_s`, `first_s + step_s`, … seconds; `hz` is NaN where there is no voice."""

    first_s: float
    step_s: float
    hz: NDArray[np.float64]


def samples_digest(samples: Samples) -> str:
    """SHA-256 of the samples as little-endian float32."""
    little = np.ascontiguousarray(samples, dtype="<f4")
    return hashlib.sha256(little.data).hexdigest()


def rounded_to_24_bits(samples: Samples) -> Samples:
    """Each sample at the nearest of 24 bits, as a file of them is read again."""
    # Powers of two: nothing but the rounding to 24 bits is lost in float32.
    levels = np.minimum(np.rint(samples * np.float32(FULL_SCALE_24_BITS)), np.float32(FULL_SCALE_24_BITS - 1))
    # Adding zero turns the −0 that rounding leaves into the 0 that is read again.
    rounded: Samples = levels / np.float32(FULL_SCALE_24_BITS) + np.float32(0)
    return rounded
