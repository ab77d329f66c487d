"""Re-lays two tones of a finished line as Hanoi says them: ngã broken and high at its end, nặng low and cut off.

espeak-ng gives ngã a rise without a break and lets nặng last as long as any tone. Both are mended on the samples:
pitch by overlap-add of pitch periods (Moulines and Charpentier, 1990), break and cut by the level. The shapes follow
Kirby, "Vietnamese (Hanoi Vietnamese)", JIPA 41 (2011); the figures are ours. Nothing is moved in time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from studio.text.syllables import Tone, parse

Wave = NDArray[np.float32]

SHORTEST_RIME_S = 0.09
"""A shorter rime has no room for a break."""
LOWEST_HZ, HIGHEST_HZ = 90.0, 400.0
LEAST_PERIODICITY, NEARLY = 0.5, 0.92
"""Less than the first is no voice, and is left alone; lags within the second of the best are as good."""
COARSE, MIDDLE_STEP, FRESH_MARKS = 4, 10, 4
"""Frames taken together to find a period; the middle pitch is looked for every so many hundredths of a second, a
rime's period anew every so many marks."""

NGA_BREAK_AT, NGA_BREAK_S, NGA_BREAK_DB = 0.5, 0.045, -30.0
NGA_BEFORE: Final = (0.4, -1.0)
NGA_AFTER: Final = (3.0, 6.0)
"""Semitones from the line's middle pitch: from the rime's start to the break, and from there to its end."""
NANG_CUT_AT, NANG_FADE_S = 0.62, 0.02
NANG_PITCH: Final = (-1.0, -4.0)


@dataclass(frozen=True, slots=True)
class SpokenSyllable:
    """A syllable as written, and the frames between which its rime sounds."""

    written: str
    rime_start: int
    end: int


def relaid(line: Wave, rate_hz: int, syllables: Sequence[SpokenSyllable]) -> Wave:
    """The line, shape (frames,), with its ngã and nặng re-laid; same length, other syllables bit for bit."""
    changed = line.copy()
    middle_hz = _middle_hz(line, rate_hz)
    if middle_hz is None:
        return changed
    for syllable in syllables:
        parsed = parse(syllable.written)
        frames = syllable.end - syllable.rime_start
        if parsed is None or frames < SHORTEST_RIME_S * rate_hz:
            continue
        rime = changed[syllable.rime_start : syllable.end]
        if parsed.tone is Tone.NGA:
            rime[:] = _broken(rime, rate_hz, middle_hz)
        elif parsed.tone is Tone.NANG and parsed.coda not in ("c", "ch", "p", "t"):
            # Before a stop the rime is short and closed already.
            rime[:] = _cut_off(rime, rate_hz, middle_hz)
    return changed


def _broken(rime: Wave, rate_hz: int, middle_hz: float) -> Wave:
    at = np.arange(rime.size) / rime.size
    contour = np.interp(at, (0.0, NGA_BREAK_AT, NGA_BREAK_AT + 1e-6, 1.0), (*NGA_BEFORE, *NGA_AFTER))
    moved = _with_pitch(rime, rate_hz, middle_hz * 2.0 ** (contour / 12.0))
    middle, half = NGA_BREAK_AT * rime.size, NGA_BREAK_S * rate_hz / 2
    distance = np.abs(np.arange(rime.size) - middle) / half
    depth = np.where(distance < 1.0, 0.5 + 0.5 * np.cos(np.pi * np.minimum(distance, 1.0)), 0.0)
    return (moved * np.power(10.0, NGA_BREAK_DB * np.sqrt(depth) / 20.0)).astype(np.float32)


def _cut_off(rime: Wave, rate_hz: int, middle_hz: float) -> Wave:
    at = np.arange(rime.size) / (NANG_CUT_AT * rime.size)
    contour = np.interp(at, (0.0, 1.0), NANG_PITCH)
    moved = _with_pitch(rime, rate_hz, middle_hz * 2.0 ** (contour / 12.0))
    cut, fade = round(NANG_CUT_AT * rime.size), round(NANG_FADE_S * rate_hz)
    gain = np.clip((cut + fade - np.arange(rime.size)) / fade, 0.0, 1.0)
    return (moved * np.square(np.sin(0.5 * np.pi * gain))).astype(np.float32)


def _with_pitch(rime: Wave, rate_hz: int, wanted_hz: NDArray[np.float64]) -> Wave:
    """The rime at another pitch, its periods laid at new distances; as it was where it has no clear periods."""
    marks = _period_marks(rime, rate_hz)
    if len(marks) < 4:
        return rime
    out = np.zeros(rime.size, np.float64)
    weight = np.zeros(rime.size, np.float64)
    place, last = float(marks[0]), marks[-1]
    while place <= last:
        nearest = int(np.argmin(np.abs(marks - place)))
        period = int(marks[min(nearest + 1, len(marks) - 1)] - marks[max(nearest - 1, 0)])
        period = period // 2 if 0 < nearest < len(marks) - 1 else period
        _lay(rime, out, weight, int(marks[nearest]), round(place), period)
        place += rate_hz / float(wanted_hz[min(round(place), rime.size - 1)])
    covered = weight > 0.05
    laid = np.where(covered, out / np.maximum(weight, 0.05), rime)
    # The ends belong to the neighbours: what was there fades into what was laid.
    edge = int(min(marks[1] - marks[0], rime.size // 4))
    ramp = np.clip(np.minimum(np.arange(rime.size), np.arange(rime.size)[::-1]) / max(1, edge), 0.0, 1.0)
    return (rime * (1.0 - ramp) + laid * ramp).astype(np.float32)


def _lay(rime: Wave, out: NDArray[np.float64], weight: NDArray[np.float64], mark: int, place: int, period: int) -> None:
    """Adds the two periods around `mark` at `place`."""
    window = _window(period)
    before = min(period, mark, place)
    after = min(period, rime.size - 1 - mark, rime.size - 1 - place)
    if before + after <= 0:
        return
    part = window[period - before : period + after + 1]
    out[place - before : place + after + 1] += rime[mark - before : mark + after + 1] * part
    weight[place - before : place + after + 1] += part


@lru_cache(maxsize=512)
def _window(period: int) -> NDArray[np.float64]:
    return np.hanning(2 * period + 1)


def _period_marks(rime: Wave, rate_hz: int) -> NDArray[np.int64]:
    """A frame in each pitch period, at its largest sample; empty where the rime is not voiced throughout."""
    marks: list[int] = []
    period = _period_at(rime, rate_hz, 0)
    at = 0
    while True:
        if period is None:
            break
        low, high = (0, period) if not marks else (at + round(0.8 * period), at + round(1.25 * period) + 1)
        if high > rime.size:
            break
        at = low + int(np.argmax(rime[low:high]))
        marks.append(at)
        if len(marks) % FRESH_MARKS == 0:
            period = _period_at(rime, rate_hz, at)
    return np.array(marks, np.int64)


def _period_at(wave: Wave, rate_hz: int, at: int) -> int | None:
    """The pitch period in frames around `at`; None where there is no clear one."""
    longest = int(rate_hz / LOWEST_HZ)
    start = max(0, min(at - longest, wave.size - 3 * longest))
    piece = wave[start : start + 3 * longest]
    if piece.size < 2 * longest:
        return None
    # Pitch lies far below the rate: four frames together find it as well, in a sixteenth of the time.
    whole = piece.size - piece.size % COARSE
    period = _periodicity(piece[:whole].reshape(-1, COARSE).mean(axis=1, dtype=np.float64), rate_hz / COARSE)
    return None if period is None else round(period * COARSE)


def _periodicity(piece: NDArray[np.float64], rate_hz: float) -> float | None:
    """The period of a piece in its own frames by normalised autocorrelation, between frames by a parabola."""
    shortest, longest = int(rate_hz / HIGHEST_HZ), int(rate_hz / LOWEST_HZ) + 1
    piece = piece - piece.mean()
    size = piece.size - longest
    products = np.correlate(piece, piece[:size], "valid")
    squares = np.concatenate([[0.0], np.cumsum(np.square(piece))])
    likeness = products / np.sqrt(np.maximum((squares[size:] - squares[:-size]) * squares[size], 1e-20))
    best = float(likeness[shortest:longest].max())
    if best < LEAST_PERIODICITY:
        return None
    # The first peak that is nearly as good: twice a period fits as well as one.
    lag = shortest + int(np.argmax(likeness[shortest:longest] > NEARLY * best))
    while lag + 1 < longest and likeness[lag + 1] > likeness[lag]:
        lag += 1
    before, here, after = likeness[lag - 1], likeness[lag], likeness[lag + 1]
    bend = before - 2.0 * here + after
    return lag + (0.5 * float((before - after) / bend) if bend < 0 else 0.0)


def _middle_hz(line: Wave, rate_hz: int) -> float | None:
    """The median pitch of a line; None where nothing in it is voiced."""
    loud = 0.1 * float(np.abs(line).max(initial=0.0))
    step = rate_hz // 100
    found = []
    for at in range(0, line.size - step, MIDDLE_STEP * step):
        if float(np.abs(line[at : at + step]).max()) > loud:
            period = _period_at(line, rate_hz, at)
            if period is not None:
                found.append(rate_hz / period)
    return float(np.median(found)) if found else None
