"""What an audit comes to: measured values as the entries of its file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from studio.files.audit import MergerEntry, SpeechEntry, TemplateEntry, ToneEntry, WordEntry
from studio.rules import tones
from studio.rules.auditlist import LINES, RIMES, TONES, Merger
from studio.rules.tones import TEMPLATES, ToneResult, is_broken
from studio.text.syllables import Tone
from studio.values.tones import Contour, Rime

MOST_MERGED_RATIO = 0.5
"""Onsets at most half as far apart as different ones count as said alike; ours."""
LEAST_PAUSE_S = 0.1
"""Shorter silences are the closures of stops."""

Rimes = Mapping[Tone, Sequence[Rime | None]]


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """A line as spoken: its syllables, length and inner pauses in seconds, and loudness."""

    syllables: int
    seconds: float
    pauses_s: tuple[float, ...]
    integrated_lufs: float


def rimes_of(measured: Mapping[str, Rime | None]) -> dict[Tone, list[Rime | None]]:
    """What was measured of each word, by tone in the order of the rows."""
    return {tone: [measured[row[at]] for row in RIMES] for at, tone in enumerate(TONES)}


def tone_entries(rimes: Rimes, mean_st: float) -> tuple[ToneEntry, ...]:
    """The tones in the order of the word list."""
    results = {result.tone: result for result in tones.tone_results(rimes, mean_st)}
    return tuple(_tone(results[tone], at, rimes[tone], mean_st) for at, tone in enumerate(TONES))


def _tone(result: ToneResult, at: int, rimes: Sequence[Rime | None], mean_st: float) -> ToneEntry:
    words = [row[at] for row in RIMES]
    template = TEMPLATES[result.tone]
    return ToneEntry(
        tone=result.tone.value,
        template_st=tuple(round(value, 2) for value in result.template),
        contour_st=_rounded(result.contour),
        words=tuple(_word(word, rime, mean_st) for word, rime in zip(words, rimes, strict=True) if rime is not None),
        unmeasured=tuple(word for word, rime in zip(words, rimes, strict=True) if rime is None),
        duration_ms=_milli(result.duration_s),
        duration_ratio=_two(result.duration_ratio),
        wanted_duration_ratio=template.duration_ratio,
        gap_ms=_milli(result.gap_s),
        dip_db=_two(result.dip_db),
        release_ms=_milli(result.release_s),
        broken_share=_two(result.broken_share),
        wanted_broken=template.broken,
        pitch_st=_two(result.pitch_st),
        duration_octaves=_two(result.duration_octaves),
        voicing=_two(result.voicing),
        distance=_two(result.distance),
    )


def _word(word: str, rime: Rime, mean_st: float) -> WordEntry:
    return WordEntry(
        word=word,
        contour_st=_rounded(tuple(None if value is None else value - mean_st for value in rime.contour)),
        duration_ms=round(1000 * rime.duration_s, 1),
        gap_ms=round(1000 * rime.gap_s, 1),
        dip_db=round(rime.dip_db, 2),
        release_ms=round(1000 * rime.release_s, 1),
        broken=is_broken(rime),
    )


def _rounded(contour: Contour) -> Contour:
    return tuple(_two(value) for value in contour)


def _two(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _milli(seconds: float | None) -> float | None:
    return None if seconds is None else round(1000 * seconds, 1)


def template_entry() -> TemplateEntry:
    """The template and its weights, as stated."""
    return TemplateEntry(
        source=tones.SOURCE,
        semitones_per_level=tones.SEMITONES_PER_LEVEL,
        duration_weight_st=tones.DURATION_WEIGHT_ST,
        voicing_weight_st=tones.VOICING_WEIGHT_ST,
        mean_over=tuple(tone.value for tone in tones.MODAL),
    )


def merger_entry(merger: Merger, distances: Mapping[tuple[str, str], float]) -> MergerEntry:
    """One merger; where even different onsets sound the same, nothing can be said to be merged."""
    apart = fmean(distances[pair] for pair in merger.pairs)
    contrast = fmean(distances[pair] for pair in merger.contrasts)
    ratio = apart / contrast if contrast > 0 else 1.0
    return MergerEntry(
        onsets=merger.onsets,
        pairs=tuple("–".join(pair) for pair in merger.pairs),
        contrasts=tuple("–".join(pair) for pair in merger.contrasts),
        pair_distance=round(apart, 2),
        contrast_distance=round(contrast, 2),
        ratio=round(ratio, 2),
        most_ratio=MOST_MERGED_RATIO,
        merged=ratio <= MOST_MERGED_RATIO,
    )


def speech_entry(lines: Sequence[SpokenLine]) -> SpeechEntry:
    """Rates, pauses and levels of running speech."""
    syllables = sum(line.syllables for line in lines)
    seconds = sum(line.seconds for line in lines)
    pauses = [pause for line in lines for pause in line.pauses_s]
    levels = tuple(round(line.integrated_lufs, 2) for line in lines)
    return SpeechEntry(
        lines=len(lines),
        syllables=syllables,
        syllables_per_second=round(syllables / seconds, 2),
        articulated_per_second=round(syllables / (seconds - sum(pauses)), 2),
        pauses=len(pauses),
        mean_pause_ms=_milli(fmean(pauses)) if pauses else None,
        longest_pause_ms=_milli(max(pauses)) if pauses else None,
        least_pause_ms=1000 * LEAST_PAUSE_S,
        levels_lufs=levels,
        level_spread_lu=round(max(levels) - min(levels), 2),
    )


def syllables_in(line: str) -> int:
    """Syllables of a line that is written out."""
    return len(line.split())


RUNNING_LINES = tuple((line, syllables_in(line)) for line in LINES)
