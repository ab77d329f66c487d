"""`kiem-tra.json` of a delivery: what was checked of its sound, with the figures."""

from __future__ import annotations

from datetime import date
from typing import Literal

from studio.files.base import FileModel

Outcome = Literal["pass", "fail", "not_applicable"]


class CheckEntry(FileModel):
    """One check: its code, how it came out, and the figures that decided it."""

    code: str
    outcome: Outcome
    figures: dict[str, float | str | None]


class CueEntry(FileModel):
    """Where a segment begins and how loud it is."""

    index: int
    kind: str
    title: str
    start_s: float
    duration_s: float
    integrated_lufs: float | None


class ProfileQuality(FileModel):
    """One whole programme; loudness over time in LUFS, a value every `step_s`, None below the meter's floor."""

    profile: str
    file: str
    target_lufs: float
    integrated_lufs: float
    true_peak_dbtp: float
    duration_s: float
    checks: tuple[CheckEntry, ...]
    cues: tuple[CueEntry, ...]
    step_s: float
    momentary_lufs: tuple[float | None, ...]
    short_term_lufs: tuple[float | None, ...]


class QualityReport(FileModel):
    """The report of a delivery."""

    format: Literal["phat-thanh-studio/quality"] = "phat-thanh-studio/quality"
    version: Literal[1] = 1
    title: str
    date: date
    profiles: tuple[ProfileQuality, ...]
