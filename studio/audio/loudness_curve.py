"""Loudness over time, from the K-weighted power of steps of 100 ms: momentary, short-term, of parts, of stems."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.audio.meter import LOUDNESS_FLOOR_LUFS, MOMENTARY_HOPS, SHORT_TERM_HOPS, integrated_of_blocks
from studio.audio.weighting import OFFSET_LUFS

Powers = NDArray[np.float64]
SPEECH_LUFS = -50.0
"""A step of the speech stem that is louder than this holds speech."""
WINDOW_STEPS, SPEECH_STEPS = 30, 10
"""Windows of 3 s that hold at least 1 s of speech are compared."""


def loudness(powers: Powers, steps: int) -> NDArray[np.float64]:
    """LUFS of each window of so many steps, the first when it is whole; very quiet ones at the floor."""
    if powers.size < steps:
        return np.zeros(0)
    sums = np.concatenate([[0.0], np.cumsum(powers)])
    means = (sums[steps:] - sums[:-steps]) / steps
    found = OFFSET_LUFS + 10.0 * np.log10(np.maximum(means, 1e-30))
    floored: NDArray[np.float64] = np.maximum(found, LOUDNESS_FLOOR_LUFS)
    return floored


def momentary(powers: Powers) -> NDArray[np.float64]:
    """Momentary loudness (400 ms), a value each 100 ms."""
    return loudness(powers, MOMENTARY_HOPS)


def short_term(powers: Powers) -> NDArray[np.float64]:
    """Short-term loudness (3 s), a value each 100 ms."""
    return loudness(powers, SHORT_TERM_HOPS)


def thirds_lufs(powers: Powers) -> tuple[float | None, ...]:
    """Integrated loudness of each third of a sound; None where it cannot be measured."""
    return tuple(integrated_of_blocks(momentary(part).tolist()) for part in np.array_split(powers, 3))


def gap_lu(speech: Powers, bed: Powers) -> float | None:
    """How far the bed lies below the speech in the window where it comes nearest; None without such a window.

    Windows last 3 s and hold at least 1 s of speech. Where the bed is silent there is nothing to compare.
    """
    steps = min(speech.size, bed.size)
    spoken = loudness(speech[:steps], 1) > SPEECH_LUFS
    if steps < WINDOW_STEPS or not spoken.any():
        return None
    counts = np.convolve(spoken, np.ones(WINDOW_STEPS), "valid")
    over = loudness(speech[:steps], WINDOW_STEPS)
    under = loudness(bed[:steps], WINDOW_STEPS)
    fits = (counts >= SPEECH_STEPS) & (under > SPEECH_LUFS - 40.0)
    return round(float((over - under)[fits].min()), 2) if fits.any() else None
