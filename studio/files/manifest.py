"""The manifest of a delivery: what is in the folder, how loud, by whom, and under which licence."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from studio.files.base import FileModel
from studio.files.rundown import Priority

MANIFEST_FORMAT = "phat-thanh-studio/delivery"


class VoiceCredit(FileModel):
    """A voice heard in the delivery."""

    id: str
    name: str
    engine: str
    engine_version: str
    model_digest: str
    licence: str
    attribution: str
    devices: tuple[str, ...] = ("cpu",)
    """Where its lines were spoken, as torch names it; several where kept recordings came from elsewhere."""


class Loudness(FileModel):
    """Measured on the decoded file (ITU-R BS.1770-4); `None` where a sound is too short to measure."""

    integrated_lufs: float
    true_peak_dbtp: float
    loudness_range_lu: float | None
    max_short_term_lufs: float | None


class AudioFile(FileModel):
    """One audio file of the folder; `segment` is None for the whole programme."""

    name: str
    profile: str
    segment: int | None
    codec: str
    rate_hz: int
    channels: int
    bit_rate_bps: int | None
    duration_s: float
    size_bytes: int
    sha256: str
    loudness: Loudness


class NoticeEntry(FileModel):
    """Something to look at, as it stood when the delivery was made; `places` counts where the same holds."""

    code: str
    fields: dict[str, str]
    written: str | None = None
    places: int = 1


Kind = Literal[
    "opening",
    "greeting",
    "attention",
    "emergency",
    "headlines",
    "intro",
    "item",
    "recording",
    "sting",
    "notice",
    "closing",
    "ending",
]
"""The part a segment plays in the programme."""


class SegmentEntry(FileModel):
    """One segment in playing order; `offsets_s` is where it starts in each profile's whole programme."""

    index: int
    kind: Kind
    title: str
    slug: str
    voice: str | None
    lines: int
    offsets_s: dict[str, float]
    notices: tuple[NoticeEntry, ...]
    left_out: tuple[str, ...]


class TextFile(FileModel):
    """A text of the folder."""

    name: str
    sha256: str


class Manifest(FileModel):
    """`manifest.json` of a delivery."""

    format: Literal["phat-thanh-studio/delivery"] = "phat-thanh-studio/delivery"
    version: Literal[1] = 1
    title: str
    slug: str
    unit: str
    date: date
    made_at: datetime
    approved: bool
    priority: Priority = "thong_thuong"
    ai_generated: Literal[True] = True
    studio_version: str
    encoder_version: str
    written_sha256: str
    voices: tuple[VoiceCredit, ...]
    segments: tuple[SegmentEntry, ...]
    audio: tuple[AudioFile, ...]
    texts: tuple[TextFile, ...]
    remarks: tuple[NoticeEntry, ...]
