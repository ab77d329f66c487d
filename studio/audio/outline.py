"""A sound's loudness by cells, from which its loudness under any gain is found without hearing it again."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from studio.audio.avgraph import FilterChain
from studio.audio.blocks import in_blocks
from studio.audio.limiter import CELL, Cells, Timing, cell_gains
from studio.audio.meter import HOPS_PER_SECOND, MOMENTARY_HOPS, integrated_of_blocks
from studio.sound import BlockSource
from studio.units import gain_of_db

OFFSET_LUFS = -0.691
"""ITU-R BS.1770-4, equation 2."""

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
        sums = np.concatenate([[0.0], np.cumsum(energies, dtype=np.float64)])[np.minimum(starts, energies.size)]
        means = (sums[MOMENTARY_HOPS:] - sums[:-MOMENTARY_HOPS]) / (self.rate_hz * MOMENTARY_HOPS / HOPS_PER_SECOND)
        loudness = OFFSET_LUFS + gain_db + 10.0 * np.log10(np.maximum(means, 1e-30))
        return integrated_of_blocks(loudness.tolist())


def outline(source: BlockSource, rate_hz: int) -> Outline:
    """Streams mono sound once."""
    weighting = FilterChain([("biquad", _options(section)) for section in k_weighting(rate_hz)], rate_hz)
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


def _options(section: NDArray[np.float64]) -> str:
    """A second-order section as options of ffmpeg's biquad filter, worked in double precision."""
    named = zip(("b0", "b1", "b2", "a0", "a1", "a2"), section.tolist(), strict=True)
    return ":".join(f"{name}={value!r}" for name, value in named) + ":precision=f64"


def k_weighting(rate_hz: int) -> NDArray[np.float64]:
    """The two filters of ITU-R BS.1770-4 (tables 1 and 2, for 48 kHz) at any rate, as rows b0 b1 b2 a0 a1 a2.

    Both are the bilinear transforms of second-order sections whose frequency, quality and gain give the
    tables' coefficients at 48 kHz.
    """
    shelf_hz, shelf_db, shelf_q = 1681.974450955533, 3.999843853973347, 0.7071752369554196
    pass_hz, pass_q = 38.13547087602444, 0.5003270373238773
    tan = math.tan(math.pi * shelf_hz / rate_hz)
    high = gain_of_db(shelf_db)
    band = high**0.4996667741545416
    over = 1.0 + tan / shelf_q + tan * tan
    shelf = [
        (high + band * tan / shelf_q + tan * tan) / over,
        2.0 * (tan * tan - high) / over,
        (high - band * tan / shelf_q + tan * tan) / over,
        1.0,
        2.0 * (tan * tan - 1.0) / over,
        (1.0 - tan / shelf_q + tan * tan) / over,
    ]
    tan = math.tan(math.pi * pass_hz / rate_hz)
    over = 1.0 + tan / pass_q + tan * tan
    passing = [1.0, -2.0, 1.0, 1.0, 2.0 * (tan * tan - 1.0) / over, (1.0 - tan / pass_q + tan * tan) / over]
    return np.array([shelf, passing])
