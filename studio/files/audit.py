"""`audits/<voice>.json`: how Hanoi a voice sounds, with every figure that says so."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from studio.files.audition import CandidateKey
from studio.files.base import FileModel
from studio.files.manifest import NoticeEntry


class WordEntry(FileModel):
    """One word said alone; contour in semitones from the speaker's mean, None where there is no voice."""

    word: str
    contour_st: tuple[float | None, ...]
    duration_ms: float
    gap_ms: float
    dip_db: float
    release_ms: float
    broken: bool


class ToneEntry(FileModel):
    """One tone; `distance` in semitones, its parts before their weights. None where nothing could be measured.

    `duration_ratio` is beside ngang on the same rime; `gap_ms` the longest stretch without voice inside, `dip_db` how
    far the level falls inside and rises again, `release_ms` from 10 to 30 dB below the highest level at the end.
    """

    tone: str
    template_st: tuple[float, ...]
    contour_st: tuple[float | None, ...]
    words: tuple[WordEntry, ...]
    unmeasured: tuple[str, ...]
    duration_ms: float | None
    duration_ratio: float | None
    wanted_duration_ratio: float
    gap_ms: float | None
    dip_db: float | None
    release_ms: float | None
    broken_share: float | None
    wanted_broken: bool
    pitch_st: float | None
    duration_octaves: float | None
    voicing: float | None
    distance: float | None


class TemplateEntry(FileModel):
    """What the tones are held against, and what the parts of a distance weigh."""

    source: str
    semitones_per_level: float
    duration_weight_st: float
    voicing_weight_st: float
    mean_over: tuple[str, ...]


class MergerEntry(FileModel):
    """Onsets that Hanoi says alike: how far apart they sound beside onsets that differ there too.

    Distances in dB of cepstra; `merged` where the ratio is below `most_ratio`.
    """

    onsets: str
    pairs: tuple[str, ...]
    contrasts: tuple[str, ...]
    pair_distance: float
    contrast_distance: float
    ratio: float
    most_ratio: float
    merged: bool


class SpeechEntry(FileModel):
    """Running speech: rates with and without the pauses inside lines, those pauses, levels of lines in LUFS."""

    lines: int
    syllables: int
    syllables_per_second: float
    articulated_per_second: float
    pauses: int
    mean_pause_ms: float | None
    longest_pause_ms: float | None
    least_pause_ms: float
    levels_lufs: tuple[float, ...]
    level_spread_lu: float


class DnsmosEntry(FileModel):
    """Estimates of the DNSMOS P.835 models, 1 to 5; made for noisy telephony, so they compare voices and no more."""

    overall: float
    signal: float
    background: float
    p808: float
    version: str


class VoiceAudit(FileModel):
    """The audit of one voice."""

    format: Literal["phat-thanh-studio/audit"] = "phat-thanh-studio/audit"
    version: Literal[1] = 1
    word_list: int
    made_at: datetime
    candidate: CandidateKey
    voice: str
    name: str
    engine: str
    engine_version: str
    variant: str
    speed: float
    settings: dict[str, str | int | float]
    tracker: str
    pitch_range_hz: tuple[float, float]
    mean_pitch_hz: float
    template: TemplateEntry
    tones: tuple[ToneEntry, ...]
    mergers: tuple[MergerEntry, ...]
    speech: SpeechEntry
    dnsmos: DnsmosEntry | None
    doubtful: tuple[NoticeEntry, ...] = ()
    """Words and lines whose sound is clipped or of odd length, also when spoken again."""
