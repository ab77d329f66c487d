"""Draws a portrait of a sound while it streams by: loudness steps, outline, spectrum, silences, clipping."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from studio.audio.blocks import in_blocks, mono
from studio.audio.inspect import SILENCE_DBFS
from studio.audio.weighted import WeightedSteps
from studio.sound import Blocks, BlockSource, Portrait, Samples
from studio.units import gain_of_db

POWERS_PER_S, OUTLINE_PER_S, SPECTRA_PER_S, LEVELS_PER_S = 10, 20, 5, 100
BANDS = 96
LOWEST_HZ = 60.0
QUIETEST_DB = -100.0
KEPT_SILENCE_S = 0.5
FULL_SCALE, CLIPPED_FRAMES = 0.999, 3
"""So many frames in a row at full scale are a clipped run."""


class Painter:
    """Hears a sound and paints it; the result does not depend on how the sound comes in blocks."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._powers = WeightedSteps(rate_hz, POWERS_PER_S)
        self._steps: dict[int, _Steps] = {per_s: _Steps(rate_hz // per_s) for per_s in (OUTLINE_PER_S, LEVELS_PER_S)}
        self._outline: list[NDArray[np.float32]] = []
        self._loud: list[NDArray[np.bool_]] = []
        self._spectra = _Spectra(rate_hz)
        self._clipping = _Clipping()
        self._frames = 0

    def push(self, block: Samples) -> None:
        """Hears a block, shape (frames, channels)."""
        single = mono(block)[:, 0]
        self._frames += single.size
        self._powers.push(block)
        self._clipping.push(single)
        self._spectra.push(single)
        self._paint(single, last=False)

    def _paint(self, single: NDArray[np.float32], *, last: bool) -> None:
        outline = self._steps[OUTLINE_PER_S].cut(single, last=last)
        if outline.size:
            self._outline.append(np.stack([outline.min(axis=1), outline.max(axis=1)], axis=1))
        levels = self._steps[LEVELS_PER_S].cut(single, last=last)
        if levels.size:
            self._loud.append(np.abs(levels).max(axis=1) >= gain_of_db(SILENCE_DBFS))

    def portrait(self) -> Portrait:
        """The portrait of everything heard."""
        self._paint(np.zeros(0, np.float32), last=True)
        loud = np.concatenate(self._loud) if self._loud else np.zeros(0, np.bool_)
        return Portrait(
            rate_hz=self._rate_hz,
            frames=self._frames,
            powers=self._powers.energies() / self._powers.length,
            outline=np.concatenate(self._outline) if self._outline else np.zeros((0, 2), np.float32),
            spectrum=self._spectra.all(),
            silences=_silences(loud, self._rate_hz // LEVELS_PER_S, self._frames, self._rate_hz),
            clipped=self._clipping.runs,
        )


def painted(source: BlockSource, painter: Painter) -> BlockSource:
    """The same sound, which the painter hears as it passes; for one passing alone."""

    def blocks() -> Blocks:
        for block in source():
            painter.push(block)
            yield block

    return blocks


def with_bed_gap(portrait: Portrait, gap_lu: float | None) -> Portrait:
    """The portrait with what was found on the stems."""
    return replace(portrait, bed_gap_lu=gap_lu)


class _Steps:
    """Cuts a stream into rows of equal length; the last one is filled up with its own last sample."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._rest = np.zeros(0, np.float32)

    def cut(self, single: NDArray[np.float32], *, last: bool) -> NDArray[np.float32]:
        """Rows that are whole now, shape (rows, length)."""
        joined = np.concatenate([self._rest, single])
        if last and joined.size:
            joined = np.pad(joined, (0, -joined.size % self._length), mode="edge")
        whole = joined.size - joined.size % self._length
        self._rest = joined[whole:]
        return joined[:whole].reshape(-1, self._length)


class _Spectra:
    """Levels in bands that widen with frequency, of steps of 200 ms."""

    def __init__(self, rate_hz: int) -> None:
        self._steps = _Steps(rate_hz // SPECTRA_PER_S)
        size = 2048
        self._size = size
        self._window = np.hanning(size).astype(np.float32)
        edges = np.geomspace(LOWEST_HZ, rate_hz / 2, BANDS + 1)
        bins = np.maximum(1, np.rint(edges * size / rate_hz).astype(int))
        self._first = np.minimum(bins[:-1], size // 2)
        self._found: list[NDArray[np.uint8]] = []

    def push(self, single: NDArray[np.float32]) -> None:
        """Looks at the middle of each whole step."""
        rows = self._steps.cut(single, last=False)
        if not rows.size:
            return
        start = max(0, (rows.shape[1] - self._size) // 2)
        piece = rows[:, start : start + self._size]
        spectrum = np.abs(np.fft.rfft(piece * self._window[: piece.shape[1]], self._size)) * (4.0 / self._size)
        bands = np.maximum.reduceat(spectrum, self._first, axis=1)
        decibels = 20.0 * np.log10(np.maximum(bands, 1e-6))
        self._found.append(np.clip((decibels - QUIETEST_DB) * (255.0 / -QUIETEST_DB), 0, 255).astype(np.uint8))

    def all(self) -> NDArray[np.uint8]:
        """Every whole step, shape (steps, bands)."""
        return np.concatenate(self._found) if self._found else np.zeros((0, BANDS), np.uint8)


class _Clipping:
    """Counts runs at full scale, also over the borders of blocks."""

    def __init__(self) -> None:
        self.runs = 0
        self._open = 0

    def push(self, single: NDArray[np.float32]) -> None:
        """Counts each run once, when it becomes long enough."""
        full = np.abs(single) >= FULL_SCALE
        if not full.any():
            self._open = 0
            return
        edges = np.flatnonzero(np.diff(np.concatenate(([False], full, [False])).astype(np.int8)))
        for first, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            before = self._open if first == 0 else 0
            if before < CLIPPED_FRAMES <= before + end - first:
                self.runs += 1
            self._open = before + end - first
        if not full[-1]:
            self._open = 0


def _silences(loud: NDArray[np.bool_], step: int, frames: int, rate_hz: int) -> tuple[tuple[int, int], ...]:
    edges = np.flatnonzero(np.diff(np.concatenate(([True], loud, [True])).astype(np.int8)))
    runs = [
        (int(first) * step, min(frames, int(end) * step)) for first, end in zip(edges[::2], edges[1::2], strict=True)
    ]
    kept = KEPT_SILENCE_S * rate_hz
    return tuple((first, end) for first, end in runs if end - first >= kept or first == 0 or end >= frames)


def step_powers(source: BlockSource, rate_hz: int) -> NDArray[np.float64]:
    """K-weighted mean squares of each 100 ms of a sound, streamed once."""
    powers = WeightedSteps(rate_hz, POWERS_PER_S)
    for block in in_blocks(source(), rate_hz):
        powers.push(block)
    return powers.energies() / powers.length
