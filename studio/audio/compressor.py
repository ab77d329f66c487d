"""A gentle compressor with look-ahead: brings a voice's peaks nearer to its level, on cells, without feedback.

Each cell's peak is held against a threshold set by the sound's own loudness; above it the gain follows a ratio
with a soft knee. The least gain near a cell is held and smoothed, so the gain is down before a peak comes and
moves no quicker than some 20 ms. Nothing depends on what came long before or on how the sound comes in blocks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.audio.blocks import in_blocks
from studio.audio.limiter import CELL as OUTLINE_CELL
from studio.audio.limiter import Timing, eased, straight
from studio.audio.meter import HOPS_PER_SECOND, integrated_of_blocks
from studio.audio.outline import Outline, outline
from studio.files.profile import Compression
from studio.sound import Blocks, BlockSource
from studio.units import gain_of_db

CELL = 64
"""Frames that share one peak and one gain point (1.3 ms at 48 kHz); the gain runs straight from cell to cell."""

FINE = CELL // OUTLINE_CELL
"""An outline's cells in one of these."""

HOP_CELLS = 1024
HOP = HOP_CELLS * CELL

TIMING = Timing(ramp=7, hold=20)
"""Down and up in some 20 ms, held for some 27: longer than a low voice's period."""

CHUNK_CELLS = 65_536
"""Cells whose gains are found at a time."""

CREST_DB = 0.1
"""The threshold is sought until the crest factor is known this well."""

MAX_STEPS = 12

SILENCE = 1e-9

Cells = NDArray[np.float32]
"""One value a cell, shape (cells,)."""


@dataclass(frozen=True, slots=True, eq=False)
class Squeeze:
    """How one sound is compressed: its cells' peaks in dBFS, the threshold among them, and the curve."""

    peaks_db: Cells
    threshold_db: float
    curve: Compression

    def gains(self, first: int, last: int) -> Cells:
        """The gain (linear) at the start of each of the cells `first` to `last`."""
        from_cell, to_cell = max(0, first - TIMING.before), last + TIMING.after
        near = reduction_db(self.peaks_db[from_cell:to_cell], self.threshold_db, self.curve)
        smooth = eased(near, first - from_cell, last - first, TIMING, idle=0.0)
        gains: Cells = np.power(10.0, smooth / 20.0).astype(np.float32)
        return gains


def reduction_db(level_db: Cells, threshold_db: float, curve: Compression) -> NDArray[np.float64]:
    """The curve: gain in decibels (never positive) of a steady level."""
    over = level_db.astype(np.float64) - threshold_db
    half = curve.knee_db / 2
    excess = np.maximum(over, 0.0)
    if half > 0:
        excess = np.where(np.abs(over) < half, np.square(over + half) / (4 * half), excess)
    return -(1.0 - 1.0 / curve.ratio) * excess


def compressed(source: BlockSource, squeeze: Squeeze) -> Blocks:
    """Streams the source, mono, times the compressor's gain; same length, no delay."""
    for number, block in enumerate(in_blocks(source(), HOP)):
        first = number * HOP_CELLS
        points = squeeze.gains(first, first + HOP_CELLS + 1)
        yield np.asarray(block * straight(points, CELL)[: block.shape[0], np.newaxis], np.float32)


def fitting(source: BlockSource, rate_hz: int, curve: Compression) -> tuple[Squeeze | None, Outline]:
    """The highest threshold that brings the crest factor down to the curve's, at least the sound's loudness.

    None where nothing is to be done: the crest factor is small enough, or the sound is too short or too quiet to
    measure. Beside it the outline of the sound before it is compressed. Streams the source once.
    """
    heard = _Heard()
    plain = outline(heard.listening(source), rate_hz)
    loudness = plain.integrated_lufs()
    if loudness is None:
        return None, plain
    peaks_db, powers = heard.cells()
    hop_cells = rate_hz // HOPS_PER_SECOND // CELL
    if crest_db(peaks_db, powers, hop_cells, None) <= curve.crest_db:
        return None, plain
    low, high = loudness, float(peaks_db.max()) + curve.knee_db / 2
    threshold_db = low
    for _ in range(MAX_STEPS):
        crest = crest_db(peaks_db, powers, hop_cells, Squeeze(peaks_db, threshold_db, curve))
        if abs(crest - curve.crest_db) <= CREST_DB or (threshold_db == low and crest > curve.crest_db):
            break
        low, high = (low, threshold_db) if crest > curve.crest_db else (threshold_db, high)
        threshold_db = (low + high) / 2
    return Squeeze(peaks_db, round(threshold_db, 3), curve), plain


def outline_after(plain: Outline, squeeze: Squeeze) -> Outline:
    """The outline of the compressed sound: the gain moves too slowly for the K-weighting to notice.

    The energies of `plain`, which is of no use afterwards, are changed in place.
    """
    energies, highest = plain.energies, -np.inf
    for first in range(0, squeeze.peaks_db.size, CHUNK_CELLS):
        last = min(first + CHUNK_CELLS, squeeze.peaks_db.size)
        points = squeeze.gains(first, last + 1)
        fine = straight(points, FINE)
        part = energies[first * FINE : last * FINE]
        part *= np.square(fine[: part.size])
        largest = 20.0 * np.log10(np.maximum(points[:-1], points[1:]))
        highest = max(highest, float((squeeze.peaks_db[first:last] + largest).max()))
    return Outline(energies, gain_of_db(highest), plain.frames, plain.rate_hz)


def crest_db(peaks_db: Cells, powers: Cells, hop_cells: int, squeeze: Squeeze | None) -> float:
    """Highest sample over the RMS of what is loud, in decibels, after a compressor.

    Loud is what the two gates of ITU-R BS.1770 leave of pieces of 100 ms.
    """
    powers, highest = powers.copy(), -np.inf
    for first in range(0, powers.size, CHUNK_CELLS):
        last = min(first + CHUNK_CELLS, powers.size)
        peaks = peaks_db[first:last]
        if squeeze is not None:
            points = squeeze.gains(first, last + 1)
            gains = (points[:-1] + points[1:]) / 2
            powers[first:last] *= np.square(gains)
            raised = 20.0 * np.log10(gains)
            highest = max(highest, float((peaks + raised).max()))
        else:
            highest = max(highest, float(peaks.max()))
    hops = powers[: powers.size - powers.size % hop_cells].reshape(-1, hop_cells).mean(axis=1)
    level = integrated_of_blocks((10.0 * np.log10(np.maximum(hops, SILENCE**2))).tolist())
    return 0.0 if level is None else highest - level


class _Heard:
    """Notes each cell's peak and power of a sound that streams by."""

    def __init__(self) -> None:
        self._peaks: list[Cells] = []
        self._powers: list[Cells] = []

    def listening(self, source: BlockSource) -> BlockSource:
        """The same sound, noted while it streams."""

        def blocks() -> Blocks:
            for block in in_blocks(source(), HOP):
                cells = np.pad(block[:, 0], (0, -block.shape[0] % CELL)).reshape(-1, CELL)
                self._peaks.append(np.abs(cells).max(axis=1))
                self._powers.append((np.einsum("ij,ij->i", cells, cells) / CELL).astype(np.float32))
                yield block

        return blocks

    def cells(self) -> tuple[Cells, Cells]:
        """Peaks in dBFS, and mean squares."""
        peaks = np.concatenate(self._peaks)
        return (20.0 * np.log10(np.maximum(peaks, SILENCE))).astype(np.float32), np.concatenate(self._powers)
