"""Measured tones against a stated Northern template: one distance a tone, its parts apart.

The shapes follow the tone letters and the description of James Kirby, "Vietnamese (Hanoi Vietnamese)", Journal of the
International Phonetic Association 41 (2011): ngang ˧, huyền ˨˩, sắc ˧˥, hỏi ˧˩˨, ngã ˧ˀ˥ with a break in its middle,
nặng ˨˩ˀ short and cut off. The numbers below are ours, made after it, and no measurement of his.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from studio.text.syllables import Tone
from studio.values.tones import POINTS, Contour, Rime

SOURCE = 'after Kirby, "Vietnamese (Hanoi Vietnamese)", JIPA 41 (2011); the numbers are this program\'s own'
SEMITONES_PER_LEVEL = 2.5
"""One of the five levels of tone letters; all five span ten semitones."""

MODAL = (Tone.NGANG, Tone.HUYEN, Tone.SAC, Tone.HOI)
"""The speaker's mean is taken over these: ngã and nặng are partly creak, where pitch is not sure."""

DURATION_WEIGHT_ST = 4.0
"""Semitones that a rime twice or half as long as it should be counts for."""
VOICING_WEIGHT_ST = 4.0
"""Semitones that a break counts for where all words lack it, or all have one that should not."""
BREAK_GAP_S, BREAK_DIP_DB = 0.015, 8.0
"""A rime is broken where its voice stops this long, or its level falls this far and rises again."""
LEAST_SHARE = 0.5
"""A point counts where at least this share of the words has voice there."""


@dataclass(frozen=True, slots=True)
class Template:
    """A tone as it should be: levels (1 to 5) by place (0 to 1), length beside ngang's, whether the voice breaks."""

    places: tuple[float, ...]
    levels: tuple[float, ...]
    duration_ratio: float = 1.0
    broken: bool = False


TEMPLATES: Mapping[Tone, Template] = {
    Tone.NGANG: Template((0.0, 1.0), (3.1, 2.9)),
    Tone.HUYEN: Template((0.0, 1.0), (2.2, 1.2)),
    Tone.SAC: Template((0.0, 0.4, 1.0), (3.0, 3.1, 5.0)),
    Tone.HOI: Template((0.0, 0.6, 1.0), (3.0, 1.2, 2.0)),
    Tone.NGA: Template((0.0, 0.45, 0.55, 1.0), (3.0, 2.8, 4.2, 5.0), broken=True),
    Tone.NANG: Template((0.0, 1.0), (2.3, 1.0), duration_ratio=0.55),
}


@dataclass(frozen=True, slots=True)
class ToneResult:
    """One tone of a voice; contours in semitones from the speaker's mean, `distance` from the template in semitones.

    `distance` is the root of the sum of the squares of `pitch_st` (root mean square over the points),
    `duration_octaves` × DURATION_WEIGHT_ST and `voicing` (share of words broken that should not be, or not broken
    that should) × VOICING_WEIGHT_ST. None where no word could be measured.
    """

    tone: Tone
    template: tuple[float, ...]
    contour: Contour
    measured: int
    duration_s: float | None
    duration_ratio: float | None
    gap_s: float | None
    dip_db: float | None
    release_s: float | None
    broken_share: float | None
    pitch_st: float | None
    duration_octaves: float | None
    voicing: float | None
    distance: float | None


def is_broken(rime: Rime) -> bool:
    """Whether the voice breaks inside."""
    return rime.gap_s >= BREAK_GAP_S or rime.dip_db >= BREAK_DIP_DB


def template_st(tone: Tone) -> tuple[float, ...]:
    """The template in semitones from the mean of the modal tones' templates."""
    mean = fmean(value for modal in MODAL for value in _levels(TEMPLATES[modal]))
    return tuple(SEMITONES_PER_LEVEL * (level - mean) for level in _levels(TEMPLATES[tone]))


def _levels(template: Template) -> list[float]:
    return [_between((at + 0.5) / POINTS, template.places, template.levels) for at in range(POINTS)]


def _between(at: float, places: Sequence[float], values: Sequence[float]) -> float:
    for (left, low), (right, high) in zip(
        zip(places, values, strict=True), zip(places[1:], values[1:], strict=True), strict=False
    ):
        if at <= right:
            return low + (high - low) * (at - left) / (right - left)
    return values[-1]


def mean_st(rimes: Mapping[Tone, Sequence[Rime | None]]) -> float | None:
    """The speaker's mean pitch in semitones above 1 Hz, every modal tone as heavy; None where one has no word."""
    means = [_mean(value for rime in rimes[tone] if rime for value in rime.contour) for tone in MODAL]
    known = [mean for mean in means if mean is not None]
    return fmean(known) if len(known) == len(MODAL) else None


def tone_results(rimes: Mapping[Tone, Sequence[Rime | None]], mean: float) -> tuple[ToneResult, ...]:
    """Every tone's result; `rimes` hold one value a row of the word list, in the same order for every tone."""
    return tuple(_result(tone, rimes[tone], rimes[Tone.NGANG], mean) for tone in TEMPLATES)


def _result(tone: Tone, rimes: Sequence[Rime | None], level: Sequence[Rime | None], mean: float) -> ToneResult:
    found = [rime for rime in rimes if rime is not None]
    template = template_st(tone)
    contour = _contour(found, mean)
    pairs = [(own, beside) for own, beside in zip(rimes, level, strict=True) if own is not None and beside is not None]
    ratio = median(own.duration_s / beside.duration_s for own, beside in pairs) if pairs else None
    broken = fmean(is_broken(rime) for rime in found) if found else None
    apart = [value - wanted for value, wanted in zip(contour, template, strict=True) if value is not None]
    pitch = math.sqrt(fmean(value * value for value in apart)) if apart else None
    octaves = None if ratio is None else abs(math.log2(ratio / TEMPLATES[tone].duration_ratio))
    voicing = None if broken is None else abs(broken - TEMPLATES[tone].broken)
    return ToneResult(
        tone=tone,
        template=template,
        contour=contour,
        measured=len(found),
        duration_s=median(rime.duration_s for rime in found) if found else None,
        duration_ratio=ratio,
        gap_s=median(rime.gap_s for rime in found) if found else None,
        dip_db=median(rime.dip_db for rime in found) if found else None,
        release_s=median(rime.release_s for rime in found) if found else None,
        broken_share=broken,
        pitch_st=pitch,
        duration_octaves=octaves,
        voicing=voicing,
        distance=_distance(pitch, octaves, voicing),
    )


def _distance(pitch_st: float | None, octaves: float | None, voicing: float | None) -> float | None:
    if pitch_st is None or octaves is None or voicing is None:
        return None
    return math.hypot(pitch_st, octaves * DURATION_WEIGHT_ST, voicing * VOICING_WEIGHT_ST)


def _contour(rimes: Sequence[Rime], mean: float) -> Contour:
    points = []
    for at in range(POINTS):
        known = [value for rime in rimes if (value := rime.contour[at]) is not None]
        enough = len(known) >= LEAST_SHARE * len(rimes) and bool(known)
        points.append(fmean(known) - mean if enough else None)
    return tuple(points)


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None
