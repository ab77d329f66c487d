"""How alike two words sound at their onset: cepstra of mel bands, compared along the best alignment in time."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from studio.audio.inspect import find_cues
from studio.sound import Sound

ONSET_S = 0.2
"""An onset and the way out of it into the vowel."""
WINDOW_S, STEP_S = 0.025, 0.01
BANDS, CEPSTRA = 26, 12
LOWEST_HZ, HIGHEST_HZ = 80.0, 7_600.0
QUIETEST_DB = -60.0
"""Below the loudest band of the word nothing is compared: no listener hears it."""


def onset_distance(first: Sound, second: Sound) -> float:
    """The mean distance in dB of the cepstra of two mono words' onsets; 0 for the same sound."""
    return _aligned(_cepstra(first), _cepstra(second))


def _cepstra(sound: Sound) -> NDArray[np.float64]:
    """Shape (steps, CEPSTRA), the first coefficient (level) left out."""
    cue_in, _ = find_cues(sound.samples, sound.rate_hz)
    size, step = round(WINDOW_S * sound.rate_hz), round(STEP_S * sound.rate_hz)
    wave = sound.samples[cue_in : cue_in + round(ONSET_S * sound.rate_hz) + size, 0]
    wave = np.pad(wave, (0, max(0, size - wave.size)))
    frames = np.lib.stride_tricks.sliding_window_view(wave, size)[::step]
    powers = np.square(np.abs(np.fft.rfft(frames * np.hanning(size), axis=1)))
    bands = powers @ _mel_filters(size, sound.rate_hz).T
    floor = max(float(bands.max(initial=0.0)) * 10.0 ** (QUIETEST_DB / 10.0), 1e-12)
    decibels = 10.0 * np.log10(np.maximum(bands, floor))
    orders, places = np.arange(1, CEPSTRA + 1), np.arange(BANDS) + 0.5
    basis = np.cos(np.pi * orders[:, np.newaxis] * places / BANDS) * np.sqrt(2.0 / BANDS)
    found: NDArray[np.float64] = decibels @ basis.T
    return found


def _mel_filters(size: int, rate_hz: int) -> NDArray[np.float64]:
    """Triangles evenly on the mel scale (O'Shaughnessy), shape (BANDS, bins)."""
    edges_mel = np.linspace(_mel(LOWEST_HZ), _mel(min(HIGHEST_HZ, rate_hz / 2)), BANDS + 2)
    edges = 700.0 * (10.0 ** (edges_mel / 2595.0) - 1.0)
    bins = np.fft.rfftfreq(size, 1.0 / rate_hz)
    low, middle, high = edges[:-2, np.newaxis], edges[1:-1, np.newaxis], edges[2:, np.newaxis]
    return np.maximum(0.0, np.minimum((bins - low) / (middle - low), (high - bins) / (high - middle)))


def _mel(hz: float) -> float:
    return 2595.0 * math.log10(1.0 + hz / 700.0)


def _aligned(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """The least mean distance along a path through both (dynamic time warping)."""
    costs = np.linalg.norm(first[:, np.newaxis, :] - second[np.newaxis, :, :], axis=2)
    total = np.full((costs.shape[0] + 1, costs.shape[1] + 1), np.inf)
    total[0, 0] = 0.0
    for row in range(costs.shape[0]):
        for column in range(costs.shape[1]):
            least = min(total[row, column], total[row, column + 1], total[row + 1, column])
            total[row + 1, column + 1] = costs[row, column] + least
    return float(total[-1, -1]) / float(sum(costs.shape))
