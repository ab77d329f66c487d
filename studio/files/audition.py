"""Auditions: the same text by several voices, and what listeners thought of them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from studio.files.base import FileModel
from studio.files.manifest import NoticeEntry

AUDITION_ID = r"^[0-9a-f]{16}$"
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
CANDIDATE = (
    r"^([a-z0-9][a-z0-9_-]{0,63})(?:\+([A-Za-z0-9_-]{1,40}))?(?:@(\d(?:\.\d{1,3})?))?"
    r"((?::[a-z0-9_]{1,40}=[A-Za-z0-9._-]{1,40})*)$"
)
"""A voice to be compared: its id, variant, speed and settings (see `rules.candidates`)."""
CandidateKey = Annotated[str, Field(pattern=CANDIDATE)]
Opinion = Annotated[int, Field(ge=1, le=5)]
"""Absolute category rating of ITU-T P.800: 1 bad, 2 poor, 3 fair, 4 good, 5 excellent."""
Preferred = Literal["first", "second", "none"]
LONGEST_NAME = 80


class Stimulus(FileModel):
    """The text by one voice; levels in LUFS and dBTP, `own_lufs` before the gain that matches it with the others."""

    file: Annotated[str, Field(pattern=r"^mau-\d+\.flac$")]
    sha256: Sha256
    """Of the samples as little-endian float32."""
    candidate: CandidateKey
    voice: str
    name: str
    engine: str
    engine_version: str
    variant: str
    speed: float
    accent: str
    gender: str
    licence: str
    attribution: str
    duration_s: float
    syllables_per_second: float
    own_lufs: float
    gain_db: float
    integrated_lufs: float
    true_peak_dbtp: float
    doubtful: tuple[NoticeEntry, ...] = ()
    """Lines whose sound is clipped or of odd length, also when spoken again."""


class Audition(FileModel):
    """`audition.json`: the same lines by several voices, level-matched."""

    format: Literal["phat-thanh-studio/audition"] = "phat-thanh-studio/audition"
    version: Literal[1] = 1
    id: Annotated[str, Field(pattern=AUDITION_ID)]
    made_at: datetime
    lines: tuple[str, ...]
    target_lufs: float
    stimuli: tuple[Stimulus, ...]


class Heard(FileModel):
    """One of two sounds that a listener heard, and the opinion of it."""

    candidate: CandidateKey
    sha256: Sha256
    opinion: Opinion


class Judgement(FileModel):
    """A line of `scores.jsonl`: one blind comparison; `first` is what the listener knew as A."""

    format: Literal["phat-thanh-studio/judgement"] = "phat-thanh-studio/judgement"
    version: Literal[1] = 1
    at: datetime
    listener: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    audition: Annotated[str, Field(pattern=AUDITION_ID)]
    first: Heard
    second: Heard
    preferred: Preferred
