"""What a short sound looks like: its outline, its spectrum and its pitch, in columns for a picture."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Wave = NDArray[np.float32]

COLUMNS = 1_200
"""Columns of a picture: as many as a screen shows."""
ROWS, TOP_HZ = 160, 8_000.0
WINDOW_S = 0.025
QUIETEST_DB: Final = -70.0
"""Below the loudest place of the sound."""

PITCH_STEP_S, PITCH_WINDOW_S = 0.01, 0.04
LOWEST_HZ, HIGHEST_HZ = 70.0, 500.0
WORKING_HZ = 8_000
LEAST_LIKENESS, NEARLY = 0.5, 0.9
"""A frame less like itself one period later is not voiced; the shortest period nearly as good as the best is taken."""
QUIETEST_VOICED_DB = -40.0
SMOOTHING_FRAMES = 5
MOST_FROM_MEDIAN = 2.0
"""A pitch more than an octave from the sound's median is taken for a mistake."""


def outline(wave: Wave, columns: int = COLUMNS) -> tuple[tuple[float, float], ...]:
    """Lowest and highest sample of each column of a sound, shape (frames,)."""
    pieces = np.array_split(wave, max(1, min(columns, wave.size)))
    return tuple((float(piece.min(initial=0.0)), float(piece.max(initial=0.0))) for piece in pieces)


def spectrogram(wave: Wave, rate_hz: int, columns: int = COLUMNS) -> NDArray[np.uint8]:
    """Levels of a sound, shape (columns, ROWS), rows evenly from 0 Hz up; 0 for QUIETEST_DB, 255 for its loudest."""
    size = 1 << max(8, round(rate_hz * WINDOW_S).bit_length())
    frames = _frames(np.pad(wave, size // 2), size, max(1, wave.size // columns))
    bins = np.abs(np.fft.rfft(frames * np.hanning(size).astype(np.float32), axis=1))
    wanted = np.linspace(0.0, min(TOP_HZ, rate_hz / 2) * size / rate_hz, ROWS)
    nearest = np.minimum(np.rint(wanted).astype(np.int64), bins.shape[1] - 1)
    levels = bins[:, nearest]
    loudest = float(levels.max(initial=0.0))
    if loudest == 0.0:
        return np.zeros(levels.shape, np.uint8)
    decibels = 20.0 * np.log10(np.maximum(levels / loudest, 1e-9))
    return np.clip((decibels - QUIETEST_DB) * (255.0 / -QUIETEST_DB), 0, 255).astype(np.uint8)


def pitches_hz(wave: Wave, rate_hz: int) -> tuple[float | None, ...]:
    """Pitch each PITCH_STEP_S, None where there is no voice, by normalised autocorrelation; for looking at.

    A measurement asks a real pitch tracker (see the port `PitchTracker`).
    """
    # Pitch lies far below the rate: a few frames together find it as well, in far less time.
    coarse = max(1, rate_hz // WORKING_HZ)
    thin = wave[: wave.size - wave.size % coarse].reshape(-1, coarse).mean(axis=1)
    thin_hz = rate_hz / coarse
    longest, shortest = int(thin_hz / LOWEST_HZ) + 2, int(thin_hz / HIGHEST_HZ)
    kept = round(thin_hz * PITCH_WINDOW_S)
    frames = _frames(np.pad(thin, (kept + longest) // 2), kept + longest, round(thin_hz * PITCH_STEP_S))
    energies = np.square(frames).mean(axis=1)
    quiet = energies < float(energies.max(initial=0.0)) * 10.0 ** (QUIETEST_VOICED_DB / 10.0)
    likeness = _likeness(frames, kept, longest)
    lags = np.array([_lag(row, shortest, longest - 1) for row in likeness])
    lags[quiet] = np.nan
    return tuple(None if np.isnan(lag) else float(thin_hz / lag) for lag in _plausible(_smoothed(lags)))


def _frames(wave: Wave, size: int, step: int) -> NDArray[np.float32]:
    if wave.size < size:
        return np.zeros((0, size), np.float32)
    view: NDArray[np.float32] = np.lib.stride_tricks.sliding_window_view(wave, size)[::step]
    return view


def _likeness(frames: NDArray[np.float32], kept: int, longest: int) -> NDArray[np.float64]:
    """How like each frame's first `kept` samples are to those `lag` later, 1 for the same; shape (frames, lags)."""
    centred = frames.astype(np.float64) - frames.mean(axis=1, keepdims=True)
    size = 1 << (2 * frames.shape[1] - 1).bit_length()
    head = np.fft.rfft(centred[:, :kept], size, axis=1)
    products = np.fft.irfft(np.conj(head) * np.fft.rfft(centred, size, axis=1), size, axis=1)[:, :longest]
    sums = np.cumsum(np.square(np.pad(centred, ((0, 0), (1, 0)))), axis=1)
    powers = sums[:, kept : kept + longest] - sums[:, :longest]
    found: NDArray[np.float64] = products / np.sqrt(np.maximum(powers * powers[:, :1], 1e-20))
    return found


def _lag(row: NDArray[np.float64], shortest: int, longest: int) -> float:
    """The period in samples, between samples by a parabola; NaN where there is none."""
    best = float(row[shortest:longest].max())
    if best < LEAST_LIKENESS:
        return float("nan")
    lag = shortest + int(np.argmax(row[shortest:longest] > NEARLY * best))
    while lag + 1 < longest and row[lag + 1] > row[lag]:
        lag += 1
    bend = float(row[lag - 1] - 2.0 * row[lag] + row[lag + 1])
    return lag + (0.5 * float(row[lag - 1] - row[lag + 1]) / bend if bend < 0 else 0.0)


def _smoothed(lags: NDArray[np.float64]) -> NDArray[np.float64]:
    """The median of the voiced neighbours, so that a single leap by an octave goes; unvoiced frames stay so."""
    half = SMOOTHING_FRAMES // 2
    around = np.lib.stride_tricks.sliding_window_view(np.pad(lags, half, constant_values=np.nan), SMOOTHING_FRAMES)
    result = np.full(lags.size, np.nan)
    voiced = ~np.isnan(lags)
    if voiced.any():
        result[voiced] = np.nanmedian(around[voiced], axis=1)
    return result


def _plausible(lags: NDArray[np.float64]) -> NDArray[np.float64]:
    if np.isnan(lags).all():
        return lags
    ratio = lags / np.nanmedian(lags)
    return np.where((ratio < MOST_FROM_MEDIAN) & (ratio > 1.0 / MOST_FROM_MEDIAN), lags, np.nan)
