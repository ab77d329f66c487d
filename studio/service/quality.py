"""The quality report of a delivery: portraits of its masters joined, checked and drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from studio.audio.loudness_curve import momentary, short_term, thirds_lufs
from studio.audio.meter import MOMENTARY_HOPS, SHORT_TERM_HOPS
from studio.audio.portrait import BANDS, OUTLINE_PER_S, POWERS_PER_S, SPECTRA_PER_S
from studio.files.manifest import AudioFile, NoticeEntry
from studio.files.profile import Profile
from studio.files.quality import CheckEntry, CueEntry, ProfileQuality, QualityReport
from studio.ports import Stage
from studio.rules.planning import PlannedSegment
from studio.rules.quality import Check, Heard, Part, checks
from studio.rules.qualitypage import Drawings, page
from studio.service.joining import Whole
from studio.service.mastering import portrait_of
from studio.service.rooms import Rooms
from studio.sound import Portrait
from studio.values.loudness import MasterInfo
from studio.values.timeline import Timeline

Done = Mapping[tuple[int, str], MasterInfo]
Timelines = Mapping[tuple[int, str], Timeline]
QUIETEST_SHOWN_LUFS = -70.0
MOST_SPECTRA = 2_000
"""Columns of a spectrogram: more than a screen shows."""


@dataclass(frozen=True, slots=True)
class Quality:
    """The report, its page, and a remark for each check that failed."""

    report: QualityReport
    page: str
    remarks: tuple[NoticeEntry, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What was produced, as far as a report needs it."""

    title: str
    air_date: date
    segments: Sequence[PlannedSegment]
    profiles: Sequence[Profile]
    masters: Done
    timelines: Timelines
    wholes: Mapping[str, Whole]
    files: Sequence[AudioFile]


def quality(rooms: Rooms, made: Made, stage: Stage) -> Quality:
    """Checks every profile's whole programme; raises SoundError where a master cannot be read back."""
    entries: list[ProfileQuality] = []
    drawings: list[Drawings] = []
    for profile in made.profiles:
        portraits = _portraits(rooms, made, profile)
        joined = _Joined(portraits)
        entries.append(_entry(rooms, made, profile, portraits, joined, stage))
        picture = rooms.pictures.heat_png(joined.spectrum)
        drawings.append(Drawings([(float(low), float(high)) for low, high in joined.outline], picture))
    report = QualityReport(title=made.title, date=made.air_date, profiles=tuple(entries))
    shown = page(report, drawings, [profile.name for profile in made.profiles])
    return Quality(report, shown, _remarks(report))


def _remarks(report: QualityReport) -> tuple[NoticeEntry, ...]:
    return tuple(
        NoticeEntry(code=check.code, fields={"profile": entry.profile, **_said(check)})
        for entry in report.profiles
        for check in entry.checks
        if check.outcome == "fail"
    )


def _said(check: CheckEntry) -> dict[str, str]:
    return {name: "?" if value is None else f"{value}" for name, value in check.figures.items()}


def _portraits(rooms: Rooms, made: Made, profile: Profile) -> list[Portrait]:
    """A portrait for each part of the whole: its segments, or the one piece that it was mastered in."""
    whole = made.wholes[profile.id]
    if whole.in_one_piece:
        lines = [made.timelines[segment.index, profile.id] for segment in made.segments]
        empty = Timeline(lines[0].rate_hz, sum(line.frames for line in lines), ())
        return [portrait_of(rooms, whole.parts[0], empty)]
    places = [(segment.index, profile.id) for segment in made.segments]
    return [portrait_of(rooms, made.masters[place], made.timelines[place]) for place in places]


class _Joined:
    """Portraits one after the other, each at its true place: joints are exact to a step, not to a frame."""

    def __init__(self, portraits: Sequence[Portrait]) -> None:
        self.rate_hz = portraits[0].rate_hz
        starts = np.concatenate([[0], np.cumsum([portrait.frames for portrait in portraits])])
        self.frames = int(starts[-1])
        self.seconds = self.frames / self.rate_hz
        self.powers = np.zeros(int(self.seconds * POWERS_PER_S))
        self.outline = np.zeros((int(self.seconds * OUTLINE_PER_S) + 1, 2), np.float32)
        spectrum = np.zeros((int(self.seconds * SPECTRA_PER_S) + 1, BANDS), np.uint8)
        silences: list[tuple[int, int]] = []
        for portrait, start in zip(portraits, starts[:-1].tolist(), strict=True):
            _place(self.powers, portrait.powers, start * POWERS_PER_S / self.rate_hz)
            _place(self.outline, portrait.outline, start * OUTLINE_PER_S / self.rate_hz)
            _place(spectrum, portrait.spectrum, start * SPECTRA_PER_S / self.rate_hz)
            for first, end in portrait.silences:
                # Silence on both sides of a joint is one silence.
                if silences and silences[-1][1] == start + first:
                    silences[-1] = (silences[-1][0], start + end)
                else:
                    silences.append((start + first, start + end))
        self.spectrum = _loudest_columns(spectrum)
        self.clipped = sum(portrait.clipped for portrait in portraits)
        self.longest_silence_s = max((end - first for first, end in silences), default=0) / self.rate_hz


def _place(whole: NDArray[np.generic], part: NDArray[np.generic], at: float) -> None:
    first = round(at)
    kept = part[: max(0, len(whole) - first)]
    whole[first : first + len(kept)] = kept


def _loudest_columns(spectrum: NDArray[np.uint8]) -> NDArray[np.uint8]:
    every = max(1, -(-len(spectrum) // MOST_SPECTRA))
    return np.maximum.reduceat(spectrum, np.arange(0, len(spectrum), every), axis=0)


def _entry(
    rooms: Rooms, made: Made, profile: Profile, portraits: Sequence[Portrait], joined: _Joined, stage: Stage
) -> ProfileQuality:
    file = next(file for file in made.files if file.profile == profile.id and file.segment is None)
    whole = made.wholes[profile.id]
    gaps = [portrait.bed_gap_lu for portrait in portraits]
    if whole.in_one_piece:
        places = [(segment.index, profile.id) for segment in made.segments]
        gaps = [portrait_of(rooms, made.masters[place], made.timelines[place]).bed_gap_lu for place in places]
    parts = _parts(made, profile, gaps)
    heard = Heard(
        parts=parts,
        stated_s=file.duration_s,
        decoded_s=joined.seconds,
        integrated_lufs=file.loudness.integrated_lufs,
        true_peak_dbtp=file.loudness.true_peak_dbtp,
        target_lufs=profile.target_lufs,
        tolerance_lu=profile.tolerance_lu,
        max_true_peak_dbtp=profile.max_true_peak_dbtp,
        thirds_lufs=thirds_lufs(joined.powers),
        longest_silence_s=joined.longest_silence_s,
        clipped_runs=joined.clipped,
        lossy=profile.lossy,
        bit_rate_bps=file.bit_rate_bps,
        channels=file.channels,
        size_bytes=file.size_bytes,
        ai_marked=rooms.sounds.ai_marked(stage.path(file.name)),
    )
    return ProfileQuality(
        profile=profile.id,
        file=file.name,
        target_lufs=profile.target_lufs,
        integrated_lufs=file.loudness.integrated_lufs,
        true_peak_dbtp=file.loudness.true_peak_dbtp,
        duration_s=file.duration_s,
        checks=tuple(_check_entry(check) for check in checks(heard)),
        cues=_cues(made, parts),
        step_s=1 / POWERS_PER_S,
        momentary_lufs=_curve(momentary(joined.powers), MOMENTARY_HOPS),
        short_term_lufs=_curve(short_term(joined.powers), SHORT_TERM_HOPS),
    )


def _check_entry(check: Check) -> CheckEntry:
    return CheckEntry(code=check.code, outcome=check.outcome, figures=check.figures)


def _parts(made: Made, profile: Profile, gaps: Sequence[float | None]) -> tuple[Part, ...]:
    parts = []
    for segment, gap in zip(made.segments, gaps, strict=True):
        info = made.masters[segment.index, profile.id]
        parts.append(Part(segment.source.kind, info.frames / info.rate_hz, info.measured.integrated_lufs, gap))
    return tuple(parts)


def _cues(made: Made, parts: Sequence[Part]) -> tuple[CueEntry, ...]:
    cues: list[CueEntry] = []
    start_s = 0.0
    for segment, part in zip(made.segments, parts, strict=True):
        level = None if part.integrated_lufs is None else round(part.integrated_lufs, 2)
        cues.append(
            CueEntry(
                index=segment.index,
                kind=part.kind.value,
                title=segment.source.title,
                start_s=round(start_s, 3),
                duration_s=round(part.seconds, 3),
                integrated_lufs=level,
            )
        )
        start_s += part.seconds
    return tuple(cues)


def _curve(levels: NDArray[np.float64], steps: int) -> tuple[float | None, ...]:
    """The curve from the programme's first step on: a window's value stands at its end, as a meter shows it."""
    shown = [round(level, 1) if level > QUIETEST_SHOWN_LUFS else None for level in levels.tolist()]
    return (*[None] * (steps - 1), *shown)
