"""The tone of a syllable spoken alone: its voiced part, the pitch along it, and where the voice breaks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.sound import PitchTrack, Sound
from studio.values.tones import POINTS, Rime

LEVEL_WINDOW_S = 0.02
QUIETEST_DB = -25.0
"""What is called voiced but is this far below the loudest place is an echo or breath, and belongs to no rime."""
FIRST_STEPS = 3
"""Steps of pitch in a row that make a start: a single one may be the onset's burst."""
LEAST_DURATION_S = 0.04
EDGE = 0.12
"""Share of the rime at either end in which no break is looked for."""
RELEASE_FROM_DB, RELEASE_TO_DB = -10.0, -30.0
QUIET_DB = -120.0


def rime_of(sound: Sound, track: PitchTrack) -> Rime | None:
    """The syllable of a mono sound that holds one, with a voiceless onset; None where no voice is found."""
    times = track.first_s + track.step_s * np.arange(track.hz.size, dtype=np.float64)
    levels = levels_db(sound, times)
    voiced = ~np.isnan(track.hz) & (levels > levels.max(initial=QUIET_DB) + QUIETEST_DB)
    first = _first_run(voiced)
    if first is None:
        return None
    last = int(np.flatnonzero(voiced)[-1])
    duration_s = (last - first + 1) * track.step_s
    if duration_s < LEAST_DURATION_S:
        return None
    inside = slice(first, last + 1)
    return Rime(
        contour=_contour(track.hz[inside], voiced[inside]),
        duration_s=duration_s,
        gap_s=_longest_gap(voiced[inside]) * track.step_s,
        dip_db=_dip_db(levels[inside]),
        release_s=_release_s(levels, first, track.step_s),
    )


def levels_db(sound: Sound, times_s: NDArray[np.float64]) -> NDArray[np.float64]:
    """The level in dBFS (root mean square over a window) at each time."""
    size = max(1, round(LEVEL_WINDOW_S * sound.rate_hz))
    window = np.hanning(size + 2)[1:-1]
    powers = np.convolve(np.square(sound.samples[:, 0], dtype=np.float64), window / window.sum(), "same")
    at = np.rint(times_s * sound.rate_hz).astype(np.int64)
    inside = (at >= 0) & (at < sound.frames)
    found = np.full(times_s.size, QUIET_DB)
    found[inside] = 10.0 * np.log10(np.maximum(powers[at[inside]], 1e-12))
    return found


def _first_run(voiced: NDArray[np.bool_]) -> int | None:
    runs = np.convolve(voiced, np.ones(FIRST_STEPS), "valid") if voiced.size >= FIRST_STEPS else np.zeros(0)
    starts = np.flatnonzero(runs == FIRST_STEPS)
    return int(starts[0]) if starts.size else None


def _contour(hz: NDArray[np.float64], voiced: NDArray[np.bool_]) -> tuple[float | None, ...]:
    """Semitones above 1 Hz in the middle of each tenth, from the nearest voiced steps; None inside a gap."""
    places = np.flatnonzero(voiced)
    semitones = 12.0 * np.log2(hz[places])
    wanted = (np.arange(POINTS) + 0.5) / POINTS * (hz.size - 1)
    values = np.interp(wanted, places, semitones)
    near = np.abs(wanted[:, np.newaxis] - places[np.newaxis, :]).min(axis=1) <= 1.0
    return tuple(float(value) if close else None for value, close in zip(values, near, strict=True))


def _longest_gap(voiced: NDArray[np.bool_]) -> int:
    return int(np.diff(np.flatnonzero(voiced)).max(initial=1)) - 1


def _dip_db(levels: NDArray[np.float64]) -> float:
    edge = round(EDGE * levels.size)
    before = np.maximum.accumulate(levels)
    after = np.maximum.accumulate(levels[::-1])[::-1]
    depths = (np.minimum(before, after) - levels)[edge : levels.size - edge]
    return float(depths.max(initial=0.0))


def _release_s(levels: NDArray[np.float64], first: int, step_s: float) -> float:
    own = levels[first:]
    highest = float(own.max())
    high = int(np.flatnonzero(own >= highest + RELEASE_FROM_DB)[-1])
    low = int(np.flatnonzero(own >= highest + RELEASE_TO_DB)[-1])
    return (low - high) * step_s
