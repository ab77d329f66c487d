"""Holds a sound's true peak under a ceiling: a look-ahead gain from four times oversampled peaks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from studio.audio.blocks import in_blocks
from studio.sound import Blocks, BlockSource
from studio.units import gain_of_db

OVERSAMPLING = 4
"""ITU-R BS.1770-4, annex 2."""

TAPS_EACH_SIDE = 12
"""Samples on each side that the interpolation weighs (twice those of annex 2's example)."""

CELL = 16
"""Frames that share one peak and one gain point; the gain runs straight from cell to cell."""

HOP_CELLS = 2048
"""Cells worked on at a time, on a grid from the sound's start, whatever blocks come in."""

PRODUCT_CELLS = 128
"""Cells multiplied at a time: few enough that the matrix product stays on one core, which is quicker here."""

HOP = HOP_CELLS * CELL


@dataclass(frozen=True, slots=True)
class Timing:
    """How a reduction comes and goes, in cells: half of each ramp, and how long it is held."""

    ramp: int
    hold: int

    @property
    def before(self) -> int:
        """Cells before one that its gain depends on."""
        return 2 * self.ramp + 1 + self.hold

    @property
    def after(self) -> int:
        """Cells after one that its gain depends on."""
        return 2 * self.ramp + 2


GENTLE = Timing(ramp=15, hold=60)
"""Ramps of 10 ms, held for 20 ms at 48 kHz: longer than a low voice's period, so the voice is not modulated."""

DENSE = Timing(ramp=4, hold=0)
"""Ramps of 3 ms, not held: reaches the single pulses of a voice, for what the gentle timing cannot make loud enough."""

MARGIN_DB = 0.04
"""Aimed below the ceiling: another meter's interpolation differs from this one's."""

Cells = NDArray[np.float32]
"""One value a cell, shape (cells,)."""


def limit(source: BlockSource, ceiling_dbtp: float, gain_db: float = 0.0, timing: Timing = GENTLE) -> BlockSource:
    """Mono sound times a gain, its true peak held at `ceiling_dbtp`; same length, no delay.

    Where nothing nears the ceiling, samples are passed on times the gain, bit for bit. The result does not
    depend on how the sound comes in blocks. Each pass streams the source twice.
    """

    def blocks() -> Blocks:
        peaks = cell_peaks(source, gain_of_db(ceiling_dbtp - MARGIN_DB - gain_db))
        return apply(source, peaks, ceiling_dbtp, gain_db, timing)

    return blocks


def cell_peaks(source: BlockSource, least: float) -> Cells:
    """The true peak (linear) of each cell of mono sound; sample peaks alone where the true one stays under `least`."""
    found: list[Cells] = []
    before = np.zeros(CELL, np.float32)
    current: NDArray[np.float32] | None = None
    for block in in_blocks(source(), HOP):
        after = np.pad(block[:, 0], (0, HOP - block.shape[0]))
        if current is not None:
            found.append(_hop_peaks(before, current, after[:CELL], least))
            before = current[-CELL:]
        current = after
    if current is not None:
        found.append(_hop_peaks(before, current, np.zeros(CELL, np.float32), least))
    return np.concatenate(found) if found else np.zeros(0, np.float32)


def apply(source: BlockSource, peaks: Cells, ceiling_dbtp: float, gain_db: float, timing: Timing) -> Blocks:
    """Streams the source, mono, times the gain and what keeps its known `peaks` under the ceiling."""
    factor = np.float32(gain_of_db(gain_db))
    for number, block in enumerate(in_blocks(source(), HOP)):
        first = number * HOP_CELLS
        points = cell_gains(peaks, ceiling_dbtp, gain_db, timing, first, first + HOP_CELLS + 1)
        if points is None:
            yield block * factor
            continue
        gain = straight(points, CELL)[: block.shape[0], np.newaxis]
        yield np.asarray(block * (gain * factor), np.float32)


def cell_gains(
    peaks: Cells, ceiling_dbtp: float, gain_db: float, timing: Timing, first: int, last: int
) -> Cells | None:
    """The limiter's gain at the start of each of the cells `first` to `last`, besides `gain_db`; None for exactly 1.

    A cell needs the ceiling over its peak. The smallest need within reach is held (a minimum filter) and then
    smoothed by a triangle no longer than that reach: so the gain is down in time, and nowhere above a need.
    """
    from_cell, to_cell = max(0, first - timing.before), last + timing.after
    near = peaks[from_cell:to_cell]
    allowed = gain_of_db(ceiling_dbtp - MARGIN_DB - gain_db)
    if not near.size or float(near.max()) <= allowed:
        return None
    needs = allowed / np.maximum(near, allowed)
    gains: Cells = eased(needs, first - from_cell, last - first, timing, idle=1.0).astype(np.float32)
    return gains


def eased(
    needs: NDArray[np.float64] | Cells, before: int, count: int, timing: Timing, idle: float
) -> NDArray[np.float64]:
    """The needs of `count` cells, each held and ramped so that none is missed; `needs` begin `before` cells earlier.

    Where `needs` do not reach they are `idle`.
    """
    whole = np.full(timing.before + count + timing.after, idle)
    at = timing.before - before
    whole[at : at + needs.size] = needs
    # Reaches one cell more than half a ramp ahead, and as far back plus the hold.
    held = least_within(whole, back=timing.ramp + 1 + timing.hold, ahead=timing.ramp + 1)
    smooth = np.convolve(held, triangle(timing.ramp), mode="same")
    return smooth[timing.before : timing.before + count]


def straight(points: Cells, cell: int) -> Cells:
    """What runs straight from point to point, at each of the `cell` places between; one cell fewer than points."""
    within = ((np.arange(cell, dtype=np.float32) + np.float32(0.5)) / cell)[np.newaxis, :]
    between = points[:-1, np.newaxis] + np.diff(points)[:, np.newaxis] * within
    return np.asarray(between.reshape(-1), np.float32)


def least_within(values: NDArray[np.float64], back: int, ahead: int) -> NDArray[np.float64]:
    """At each place the least value from `back` places before it to `ahead` after; the ends go on as they are."""
    least = np.pad(values, (back, ahead), mode="edge")
    left = back + ahead
    reach = 1  # least[i] is the minimum of `reach` values from i on
    while left:
        step = min(reach, left)
        least = np.minimum(least[:-step], least[step:])
        reach, left = reach + step, left - step
    return least


def greatest_overshoot() -> float:
    """No true peak is above this many times the largest sample near it (the interpolation's greatest gain)."""
    return _interpolation()[1]


def _hop_peaks(
    before: NDArray[np.float32], hop: NDArray[np.float32], after: NDArray[np.float32], least: float
) -> Cells:
    interpolate, bound = _interpolation()
    around = np.concatenate([before, hop, after])
    cells: Cells = np.abs(around).reshape(-1, CELL).max(axis=1)
    reach = np.maximum(np.maximum(cells[:-2], cells[1:-1]), cells[2:])
    peaks = cells[1:-1].copy()
    hot = np.flatnonzero(reach * bound > least)
    windows = sliding_window_view(around[CELL - TAPS_EACH_SIDE :], CELL + 2 * TAPS_EACH_SIDE)[::CELL]
    for start in range(0, hot.size, PRODUCT_CELLS):
        some = hot[start : start + PRODUCT_CELLS]
        # Indexing copies, and only a copy of these overlapping windows is multiplied by the fast routine.
        between = windows[some] @ interpolate
        peaks[some] = np.maximum(peaks[some], np.abs(between, out=between).max(axis=1))
    return peaks


@cache
def triangle(ramp: int) -> NDArray[np.float64]:
    """Weights of a smoothing over `2 * ramp + 1` places, largest in the middle; their sum is 1."""
    triangle = np.bartlett(2 * ramp + 3)[1:-1]
    smoothing: NDArray[np.float64] = triangle / triangle.sum()
    return smoothing


@cache
def _interpolation() -> tuple[NDArray[np.float32], float]:
    """From a cell and its neighbours to the points between, as a matrix, and its greatest gain.

    Shape (CELL + 2 * TAPS_EACH_SIDE, (OVERSAMPLING - 1) * CELL). Column by column a sinc under a
    Kaiser window, delayed by a quarter, a half and three quarters of a frame.
    """
    taps = np.arange(-TAPS_EACH_SIDE + 1, TAPS_EACH_SIDE + 1)
    columns = []
    for frame in range(CELL):
        for phase in range(1, OVERSAMPLING):
            distance = taps - phase / OVERSAMPLING
            weights = np.sinc(distance) * np.i0(5.0 * np.sqrt(np.maximum(0.0, 1.0 - (distance / TAPS_EACH_SIDE) ** 2)))
            column = np.zeros(CELL + 2 * TAPS_EACH_SIDE)
            column[frame + 1 : frame + 1 + taps.size] = weights / weights.sum()
            columns.append(column)
    matrix = np.stack(columns, axis=1)
    return matrix.astype(np.float32), float(np.abs(matrix).sum(axis=0).max()) * 1.001
