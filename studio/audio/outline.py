"""A sound's loudness by cells, from which its loudness under any gain is found without hearing it again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.audio.avgraph import FilterChain
from studio.audio.blocks import in_blocks
from studio.audio.limiter import CELL, Cells, Timing, cell_gains
from studio.audio.meter import HOPS_PER_SECOND, MOMENTARY_HOPS, integrated_of_blocks
from studio.audio.weighting import OFFSET_LUFS, k_filters
from studio.sound import BlockSource

BLOCK_CELLS = 8_192
"""Cells weighed at a time: the filter handles whatever it is given as one frame."""

CHUNK_CELLS = 65_536
"""Cells whose gains are found at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """K-weighted energy of each cell of mono sound, its largest sample, and its length."""

    energies: Cells
    sample_peak: float
    frames: int
    rate_hz: int

    def integrated_lufs(self, gain_db: float = 0.0) -> float | None:
        """Integrated loudness times a gain; None where it cannot be measured."""
        return self._gated(self.energies, gain_db)

    def limited_lufs(self, peaks: Cells, ceiling_dbtp: float, gain_db: float, timing: Timing) -> float | None:
        """Integrated loudness after the limiter, whose gain moves too slowly for the K-weighting to notice."""
        energies = self.energies.copy()
        for first in range(0, energies.size, CHUNK_CELLS):
            last = min(first + CHUNK_CELLS, energies.size)
            gains = cell_gains(peaks, ceiling_dbtp, gain_db, timing, first, last + 1)
            if gains is not None:
                energies[first:last] *= np.square((gains[:-1] + gains[1:]) / 2)
        return self._gated(energies, gain_db)

    def _gated(self, energies: Cells, gain_db: float) -> float | None:
        hops = self.frames * HOPS_PER_SECOND // self.rate_hz
        if hops < MOMENTARY_HOPS:
            return None
        starts = np.rint(np.arange(hops + 1) * (self.rate_hz / HOPS_PER_SECOND / CELL)).astype(np.int64)
        ends = np.minimum(starts, energies.size)
        # Summed hop by hop: a running sum over all cells would be larger than the outline itself.
        sums = np.add.reduceat(energies[: ends[-1]], ends[:-1], dtype=np.float64)
        means = np.convolve(sums, np.ones(MOMENTARY_HOPS), mode="valid")
        means /= self.rate_hz * MOMENTARY_HOPS / HOPS_PER_SECOND
        loudness = OFFSET_LUFS + gain_db + 10.0 * np.log10(np.maximum(means, 1e-30))
        return integrated_of_blocks(loudness.tolist())


def outline(source: BlockSource, rate_hz: int) -> Outline:
    """Streams mono sound once."""
    weighting = FilterChain(k_filters(rate_hz), rate_hz)
    energies: list[Cells] = []
    peak, frames = 0.0, 0
    for block in in_blocks(source(), BLOCK_CELLS * CELL):
        frames += block.shape[0]
        peak = max(peak, float(np.abs(block).max()))
        for frame in weighting.push(block):
            weighted = frame.to_ndarray()[0]
            padded = np.pad(weighted, (0, -weighted.size % CELL)).reshape(-1, CELL)
            energies.append(np.einsum("ij,ij->i", padded, padded).astype(np.float32))
    return Outline(np.concatenate(energies) if energies else np.zeros(0, np.float32), peak, frames, rate_hz)
