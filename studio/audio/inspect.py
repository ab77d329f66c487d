"""What can be told of a sound by looking at its samples: peak, silence, clipping, where it starts and ends."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from studio.sound import Samples

SILENCE_DBFS = -60.0
"""A whole sound that never gets louder than this counts as silent."""
STEP_MS = 1
"""Cue points lie on steps of this length."""
SMOOTHING_STEPS = 5
"""Steps over which the envelope is smoothed: a click alone does not make a start."""


def peak_dbfs(samples: Samples) -> float:
    """The largest sample of float32 (frames, channels) in dB relative to full scale; -inf for nothing but zeros."""
    peak = float(np.abs(samples).max(initial=0.0))
    return 20.0 * math.log10(peak) if peak > 0 else -math.inf


def is_silent(samples: Samples, *, below_dbfs: float = SILENCE_DBFS) -> bool:
    """Whether no sample of (frames, channels) reaches `below_dbfs`; true for no samples at all."""
    return peak_dbfs(samples) < below_dbfs


def clipped_runs(samples: Samples, *, at: float = 0.999, at_least: int = 3) -> int:
    """How many times `at_least` or more frames in a row of (frames, channels) stay at full scale."""
    full = np.abs(samples).max(axis=1, initial=0.0) >= at
    edges = np.flatnonzero(np.diff(np.concatenate(([False], full, [False])).astype(np.int8)))
    starts, ends = edges[::2], edges[1::2]
    return int(np.count_nonzero(ends - starts >= at_least))


def find_cues(samples: Samples, rate_hz: int, under_peak_db: float = 40.0) -> tuple[int, int]:
    """Frames (in, out) between which a sound (frames, channels) is louder than its own peak - `under_peak_db`.

    Loudness here is the root mean square of SMOOTHING_STEPS steps of STEP_MS, the peak is its
    largest value. `in` is the first frame of the first loud step, `out` follows the last frame
    of the last; (0, 0) for a sound of zeros.
    """
    step = max(1, rate_hz * STEP_MS // 1000)
    frames = len(samples)
    envelope = _smoothed(_step_powers(samples, step))
    loudest = float(envelope.max(initial=0.0))
    if loudest == 0.0:
        return 0, 0
    loud = np.flatnonzero(envelope > loudest * 10.0 ** (-under_peak_db / 10.0))
    return int(loud[0]) * step, min(frames, (int(loud[-1]) + 1) * step)


def inner_pauses_s(samples: Samples, rate_hz: int, *, at_least_s: float, under_peak_db: float = 35.0) -> list[float]:
    """Lengths in seconds of the stretches inside a line (frames, channels) that stay below its peak - `under_peak_db`.

    The peak is that of the smoothed envelope; silence before the first and after the last sound is no pause.
    """
    step = max(1, rate_hz * STEP_MS // 1000)
    envelope = _smoothed(_step_powers(samples, step))
    loud = np.flatnonzero(envelope > float(envelope.max(initial=0.0)) * 10.0 ** (-under_peak_db / 10.0))
    gaps = (np.diff(loud) - 1) * (step / rate_hz)
    return [float(gap) for gap in gaps if gap >= at_least_s]


def _step_powers(samples: Samples, step: int) -> NDArray[np.float64]:
    """Mean square of each step, over the channels; a last short step counts as filled up with zeros."""
    frames, channels = samples.shape
    whole = np.zeros((-(-frames // step) * step, channels), np.float32)
    whole[:frames] = samples
    steps = whole.reshape(-1, step * channels)
    return np.asarray(np.einsum("ij,ij->i", steps, steps) / (step * channels), np.float64)


def _smoothed(powers: NDArray[np.float64]) -> NDArray[np.float64]:
    if len(powers) == 0:
        return powers
    # "full" and a cut keep the length right for sounds shorter than the window.
    whole = np.convolve(powers, np.full(SMOOTHING_STEPS, 1.0 / SMOOTHING_STEPS), "full")
    return whole[SMOOTHING_STEPS // 2 :][: len(powers)]
