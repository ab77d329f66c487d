"""Values of loudness: what a meter found, and what a master came to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measurement:
    """Loudness of a sound by ITU-R BS.1770-4 and EBU Tech 3341/3342; `None` where it cannot be measured.

    `gating_blocks` are the loudnesses in LUFS of the 400 ms blocks at 100 ms steps (full blocks
    only), from which the loudness of a join can be found without decoding it.
    """

    integrated_lufs: float | None
    true_peak_dbtp: float | None
    loudness_range_lu: float | None
    max_short_term_lufs: float | None
    frames: int
    rate_hz: int
    gating_blocks: tuple[float, ...] = ()
    max_momentary_lufs: float | None = None

    @property
    def duration_s(self) -> float:
        """Seconds."""
        return self.frames / self.rate_hz


@dataclass(frozen=True, slots=True)
class MasterInfo:
    """One segment at one profile, encoded, decoded and measured.

    `frames` counts the decoded frames at `rate_hz` the part takes in a join; `gain_db` is what
    mastering applied; `size_bytes` and `digest` (SHA-256) are of the encoded file.
    """

    fingerprint: str
    profile_id: str
    digest: str
    size_bytes: int
    rate_hz: int
    frames: int
    gain_db: float
    corrections: int
    measured: Measurement
