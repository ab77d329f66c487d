"""Says a line's tones as Hanoi does: all of them wider, four of them moved, ngã broken, nặng cut off.

espeak-ng's tones lie in little more than half of the range they should; ngã rises without a break, sắc stays low, hỏi
comes back up too high, nặng starts high and lasts as long as any tone. The range is asked of espeak-ng itself; the
rest is mended on the samples: pitch by overlap-add of pitch periods (Moulines and Charpentier, 1990), break and cut
by the level. espeak-ng says a tone alike in any place of a sentence, so each is moved by fixed steps from where it
lies. The shapes follow Kirby, "Vietnamese (Hanoi Vietnamese)", JIPA 41 (2011); the figures are ours. Nothing is moved
in time.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from studio.text.syllables import STOPS, Syllable, Tone, parse

Wave = NDArray[np.float32]
Marks = NDArray[np.float64]

RECIPE = 2
"""Raised when the same line comes out otherwise."""

WIDER, HIGHER = 1.6, 3
"""Times espeak-ng's pitch range, and steps of its pitch: a wider range alone would lower the voice."""
HIGHEST_STEP = 99

SHORTEST_RIME_S = 0.09
"""A shorter rime has no room for a break or a cut."""
LOWEST_HZ, HIGHEST_HZ = 90.0, 400.0
LEAST_PERIODICITY, LEAST_LEVEL, NEARLY = 0.5, 0.01, 0.92
"""Less periodic, or so much quieter than the rime's peak, is no voice and is left alone; lags within the third of the
best are as good."""
COARSE, FRESH_MARKS, LEAST_MARKS = 4, 4, 5
"""Frames taken together to find a period; it is found anew every so many marks; fewer marks are left alone."""
STEADY = 2
"""Marks to either side that a mark is the mean with."""
NEXT_FROM, NEXT_TO, TWICE = 0.94, 1.06, 1.5
"""Periods in which the next mark lies, lest it hop to another peak of the period; a leap above the last is to twice."""
HIGHEST_PEAK = 0.97
"""Of full scale, above which no gain lifts a rime."""

NGA_BREAK_AT, NGA_BREAK_S, NGA_BREAK_DB = 0.5, 0.045, -30.0
NANG_CUT_AT, NANG_CUT_NASAL_AT, NANG_FADE_S = 0.55, 0.62, 0.02
"""Shares of the rime: with a final nasal later, for an earlier cut would leave nothing of it."""

NASALS = ("m", "n", "ng", "nh")

Steps = tuple[tuple[float, ...], tuple[float, ...]]
"""Places from 0 to 1, and the semitones by which the pitch is moved there."""
MOVES: Final[Mapping[Tone, Steps]] = {
    Tone.SAC: ((0.0, 0.1, 0.4, 0.8, 1.0), (0.6, 1.3, 1.0, 1.6, 2.2)),
    Tone.HOI: ((0.0, 0.4, 0.8, 1.0), (0.0, -0.3, -2.3, -2.8)),
    Tone.NGA: ((0.0, 0.5, 0.500001, 1.0), (-1.8, -1.1, 2.0, 1.5)),
    Tone.NANG: ((0.0, 0.4, 0.75, 1.0), (-2.1, -1.5, -1.3, -1.9)),
}
"""Along the voiced part of the rime, of nặng before its cut."""


@dataclass(frozen=True, slots=True)
class SpokenSyllable:
    """A syllable as written, and the frames between which its rime sounds."""

    written: str
    rime_start: int
    end: int


def widened(pitch: int, pitch_range: int) -> tuple[int, int]:
    """espeak-ng's pitch and range, in its own steps from 0 to 99, for tones as wide as they should be."""
    return min(pitch + HIGHER, HIGHEST_STEP), min(round(pitch_range * WIDER), HIGHEST_STEP)


def relaid(line: Wave, rate_hz: int, syllables: Sequence[SpokenSyllable]) -> Wave:
    """The line, shape (frames,), with its sắc, hỏi, ngã and nặng re-laid; same length, the rest bit for bit."""
    changed = line.copy()
    for spoken in syllables:
        syllable = parse(spoken.written)
        if syllable is not None and syllable.tone in MOVES:
            _relay(changed[spoken.rime_start : spoken.end], rate_hz, syllable)
    return changed


def _relay(rime: Wave, rate_hz: int, syllable: Syllable) -> None:
    """Re-lays one rime in place; one without clear periods is left as it is."""
    cut = _cut_at(rime.size, syllable)
    if (syllable.tone is Tone.NGA or cut is not None) and rime.size < SHORTEST_RIME_S * rate_hz:
        return
    fade = round(NANG_FADE_S * rate_hz)
    sounding = rime if cut is None else rime[: cut + fade]
    runs = list(_voiced_runs(sounding, rate_hz))
    if not runs:
        return
    first, last = runs[0][0], runs[-1][-1]
    places, semitones = MOVES[syllable.tone]
    laid = sounding.copy()
    for marks in runs:
        at = (0.5 * (marks[1:] + marks[:-1]) - first) / (last - first)
        _lay(sounding, laid, marks, np.interp(at, places, semitones))
    sounding[:] = laid
    if syllable.tone is Tone.NGA:
        rime *= _broken(rime.size, rate_hz)
    if cut is not None:
        gain = np.clip((cut + fade - np.arange(rime.size)) / fade, 0.0, 1.0)
        rime *= np.square(np.sin(0.5 * np.pi * gain)).astype(np.float32)


def _cut_at(frames: int, syllable: Syllable) -> int | None:
    # Before a stop the rime is short and closed already.
    if syllable.tone is not Tone.NANG or syllable.coda in STOPS:
        return None
    return round((NANG_CUT_NASAL_AT if syllable.coda in NASALS else NANG_CUT_AT) * frames)


def _broken(frames: int, rate_hz: int) -> Wave:
    middle, half = NGA_BREAK_AT * frames, NGA_BREAK_S * rate_hz / 2
    distance = np.abs(np.arange(frames) - middle) / half
    depth = np.where(distance < 1.0, 0.5 + 0.5 * np.cos(np.pi * np.minimum(distance, 1.0)), 0.0)
    return np.power(10.0, NGA_BREAK_DB * np.sqrt(depth) / 20.0).astype(np.float32)


def _lay(wave: Wave, out: Wave, marks: Marks, semitones: NDArray[np.float64]) -> None:
    """Lays the periods between the first and the last of `marks` at new distances, each faded into the next.

    `semitones` holds one step for each period. First and last stay in their places, so that both ends join without a
    seam: all steps are off by at most half a period together.
    """
    turns = np.concatenate([[0.0], np.cumsum(2.0 ** (semitones / 12.0))])
    count = max(1, round(float(turns[-1])))
    places = np.interp(np.arange(count + 1) * (turns[-1] / count), turns, marks)
    sources = marks[np.rint(np.interp(places, marks, np.arange(marks.size))).astype(np.int64)]
    # Between frames until here: rounding twice would roughen what is high in the voice.
    moved = np.rint(sources - places).astype(np.int64)
    frames = np.arange(math.ceil(places[0]), math.ceil(places[-1]))
    turn = np.interp(frames, places, np.arange(count + 1))
    before = turn.astype(np.int64)
    fade = 0.5 - 0.5 * np.cos(np.pi * (turn - before))
    one, other = (wave.take(frames + moved[which], mode="clip") for which in (before, before + 1))
    laid = one + (other - one) * fade
    # As strong as it was, but for the first and the last period: fewer pulses are weaker, more are stronger.
    was, now = (float(np.square(part, dtype=np.float64).sum()) for part in (wave[frames], laid))
    # Rounded, so that the order in which a processor adds decides nothing.
    gain = round(min(math.sqrt(was / now), HIGHEST_PEAK / float(np.abs(laid).max())), 4) if now else 1.0
    edge = np.minimum(np.minimum(turn, count - turn), 1.0)
    out[frames] = laid * (1.0 + (gain - 1.0) * edge)


def _voiced_runs(rime: Wave, rate_hz: int) -> Iterator[Marks]:
    """A frame in each pitch period, at its largest sample, for each stretch with clear periods."""
    # Pitch lies far below the rate: four frames together find it as well, in a sixteenth of the time.
    whole = rime.size - rime.size % COARSE
    coarse = rime[:whole].reshape(-1, COARSE).mean(axis=1, dtype=np.float64)
    least = LEAST_LEVEL * float(rime.max(initial=0.0))
    at, longest = 0, int(rate_hz / LOWEST_HZ)
    while at + longest < rime.size:
        marks = _period_marks(rime, coarse, rate_hz, at, least)
        if len(marks) >= LEAST_MARKS:
            yield _steady(np.array(marks, np.float64))
        at = max(at + longest, marks[-1] + longest // 2 if marks else 0)


def _steady(marks: Marks) -> Marks:
    """Marks without their hops within a period: the largest sample is now this peak of it and now that."""
    before, after = 2 * marks[0] - marks[STEADY:0:-1], 2 * marks[-1] - marks[-2 : -STEADY - 2 : -1]
    taps = np.ones(2 * STEADY + 1) / (2 * STEADY + 1)
    return np.convolve(np.concatenate([before, marks, after]), taps, "valid")


def _period_marks(rime: Wave, coarse: NDArray[np.float64], rate_hz: int, at: int, least: float) -> list[int]:
    """Those from `at` on for as long as the voice goes on and is not quieter than `least`."""
    marks: list[int] = []
    period = _period_at(coarse, rate_hz, at)
    while period is not None:
        nearest, farthest = (NEXT_FROM, NEXT_TO) if marks else (0.0, 1.0)
        low, high = at + round(nearest * period), at + round(farthest * period) + 1
        if high > rime.size:
            break
        at = low + int(rime[low:high].argmax())
        if rime[at] < least:
            break
        marks.append(at)
        if len(marks) % FRESH_MARKS == 0:
            fresh = _period_at(coarse, rate_hz, at)
            # A voice that dies away is like itself at twice its period too.
            period = fresh if fresh is None or fresh < TWICE * period else fresh // 2
    return marks


def _period_at(coarse: NDArray[np.float64], rate_hz: int, at: int) -> int | None:
    """The pitch period in frames of the whole wave around its frame `at`; None where there is no clear one."""
    longest = int(rate_hz / LOWEST_HZ) // COARSE
    start = max(0, min(at // COARSE - longest, coarse.size - 3 * longest))
    piece = coarse[start : start + 3 * longest]
    if piece.size < 2 * longest:
        return None
    period = _periodicity(piece, rate_hz / COARSE)
    return None if period is None else round(period * COARSE)


def _periodicity(piece: NDArray[np.float64], rate_hz: float) -> float | None:
    """The period of a piece in its own frames by normalised autocorrelation, between frames by a parabola."""
    shortest, longest = int(rate_hz / HIGHEST_HZ), int(rate_hz / LOWEST_HZ) + 1
    piece = piece - piece.sum() / piece.size
    size = piece.size - longest
    products = np.correlate(piece, piece[:size], "valid")
    squares = np.concatenate([[0.0], np.cumsum(np.square(piece))])
    likeness = products / np.sqrt(np.maximum((squares[size:] - squares[:-size]) * squares[size], 1e-20))
    best = likeness[shortest:longest].max()
    if best < LEAST_PERIODICITY:
        return None
    # The first peak that is nearly as good: twice a period fits as well as one.
    lag = shortest + int((likeness[shortest:longest] > NEARLY * best).argmax())
    while lag + 1 < longest and likeness[lag + 1] > likeness[lag]:
        lag += 1
    before, here, after = likeness[lag - 1], likeness[lag], likeness[lag + 1]
    bend = before - 2.0 * here + after
    # Where the best lies at the shortest lag it is no peak, and a parabola's top lies far away.
    return lag + (min(max(0.5 * float((before - after) / bend), -0.5), 0.5) if bend < 0 else 0.0)
