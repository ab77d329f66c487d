"""Checks of a programme's sound: figures in, pass or fail out. House rules; a unit reads the law itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from studio.files.quality import Outcome
from studio.rules.programme import SegmentKind

SIGNATURE_S = 10.0
"""A receiver that comes late seeks into the file: so long there is nhạc hiệu and no news."""
MUSIC_SHARE = 0.17
"""Music alone, of the whole (Circular 09/2020, read in a summary)."""
DURATION_S = 1.0
ITEMS_LU, JINGLES_LU, DRIFT_LU, BED_LU = 1.0, 2.0, 3.0, 10.0
LEAST_THIRD_S = 3.0
"""A shorter third has no level of its own: it is a word and a pause."""
SILENCE_S = 3.0
MOST_BPS, MOST_BYTES = 192_000, 50_000_000
PUSH_BYTES_PER_S = 8_000
"""What 4G is planned at when a file is pushed to a receiver."""

MUSIC = frozenset((SegmentKind.OPENING, SegmentKind.STING, SegmentKind.ENDING))
ITEMS = frozenset((SegmentKind.ITEM, SegmentKind.NOTICE, SegmentKind.RECORDING, SegmentKind.EMERGENCY))

Figures = dict[str, float | str | None]


@dataclass(frozen=True, slots=True)
class Part:
    """One segment of a programme as it was mastered."""

    kind: SegmentKind
    seconds: float
    integrated_lufs: float | None
    bed_gap_lu: float | None


@dataclass(frozen=True, slots=True)
class Heard:
    """What was found in a whole programme's decoded sound and its file."""

    parts: tuple[Part, ...]
    stated_s: float
    decoded_s: float
    integrated_lufs: float
    true_peak_dbtp: float
    target_lufs: float
    tolerance_lu: float
    max_true_peak_dbtp: float
    thirds_lufs: tuple[float | None, ...]
    longest_silence_s: float
    clipped_runs: int
    lossy: bool
    bit_rate_bps: int | None
    channels: int
    size_bytes: int
    ai_marked: bool


@dataclass(frozen=True, slots=True)
class Check:
    """One check, how it came out, and the figures that decided it."""

    code: str
    outcome: Outcome
    figures: Figures = field(default_factory=dict)


def checks(heard: Heard) -> tuple[Check, ...]:
    """Every check of sound, in the order of a report."""
    return (
        _opening_and_closing(heard.parts),
        _signature_first(heard.parts),
        _music_share(heard.parts),
        _verdict("quality.duration", abs(heard.stated_s - heard.decoded_s) <= DURATION_S,
                 stated_s=round(heard.stated_s, 2), decoded_s=round(heard.decoded_s, 2)),
        _verdict("quality.level", abs(heard.integrated_lufs - heard.target_lufs) <= heard.tolerance_lu,
                 measured_lufs=round(heard.integrated_lufs, 2), target_lufs=heard.target_lufs,
                 tolerance_lu=heard.tolerance_lu),
        _verdict("quality.peak", heard.true_peak_dbtp <= heard.max_true_peak_dbtp,
                 measured_dbtp=round(heard.true_peak_dbtp, 2), most_dbtp=heard.max_true_peak_dbtp),
        _item_levels(heard.parts),
        _jingle_levels(heard.parts),
        _verdict("quality.silence", heard.longest_silence_s <= SILENCE_S,
                 longest_s=round(heard.longest_silence_s, 2), most_s=SILENCE_S),
        _verdict("quality.clipping", heard.clipped_runs == 0, runs=heard.clipped_runs),
        _drift(heard),
        _bed(heard.parts),
        _device_file(heard),
        Check("quality.lead_time", "pass", {"lead_s": round(heard.size_bytes / PUSH_BYTES_PER_S)}),
        _verdict("quality.ai_mark", heard.ai_marked),
    )  # fmt: skip


def _verdict(code: str, passed: bool, **figures: float | str | None) -> Check:
    return Check(code, "pass" if passed else "fail", figures)


def _idle(code: str) -> Check:
    return Check(code, "not_applicable")


def _is_single(parts: Sequence[Part]) -> bool:
    """A bulletin alone is no programme, nor is an emergency: nothing opens or closes it."""
    return len(parts) == 1 or any(part.kind is SegmentKind.EMERGENCY for part in parts)


def _opening_and_closing(parts: Sequence[Part]) -> Check:
    if _is_single(parts):
        return _idle("quality.opening_closing")
    opens = parts[0].kind in (SegmentKind.OPENING, SegmentKind.GREETING)
    closes = parts[-1].kind in (SegmentKind.CLOSING, SegmentKind.ENDING)
    return _verdict("quality.opening_closing", opens and closes, first=parts[0].kind.value, last=parts[-1].kind.value)


def _signature_first(parts: Sequence[Part]) -> Check:
    if _is_single(parts):
        return _idle("quality.signature_first")
    seconds = parts[0].seconds if parts[0].kind is SegmentKind.OPENING else 0.0
    return _verdict("quality.signature_first", seconds >= SIGNATURE_S, seconds=round(seconds, 1), least_s=SIGNATURE_S)


def _music_share(parts: Sequence[Part]) -> Check:
    if _is_single(parts):
        return _idle("quality.music_share")
    whole = sum(part.seconds for part in parts)
    share = sum(part.seconds for part in parts if part.kind in MUSIC) / whole if whole else 0.0
    return _verdict(
        "quality.music_share", share <= MUSIC_SHARE, percent=round(100 * share, 1), most_percent=100 * MUSIC_SHARE
    )


def _levels(parts: Sequence[Part], *, music: bool) -> Iterator[float]:
    for part in parts:
        if part.integrated_lufs is not None and (part.kind in MUSIC) == music:
            yield part.integrated_lufs


def _item_levels(parts: Sequence[Part]) -> Check:
    levels = list(_levels([part for part in parts if part.kind in ITEMS], music=False))
    if len(levels) < 2:
        return _idle("quality.item_levels")
    spread = max(levels) - min(levels)
    return _verdict("quality.item_levels", spread <= ITEMS_LU, spread_lu=round(spread, 2), most_lu=ITEMS_LU)


def _jingle_levels(parts: Sequence[Part]) -> Check:
    voices, jingles = list(_levels(parts, music=False)), list(_levels(parts, music=True))
    if not voices or not jingles:
        return _idle("quality.jingle_levels")
    farthest = max(
        abs(voice - jingle) for voice in (min(voices), max(voices)) for jingle in (min(jingles), max(jingles))
    )
    return _verdict("quality.jingle_levels", farthest <= JINGLES_LU, farthest_lu=round(farthest, 2), most_lu=JINGLES_LU)


def _drift(heard: Heard) -> Check:
    known = [third for third in heard.thirds_lufs if third is not None]
    if len(known) < len(heard.thirds_lufs) or not known or heard.decoded_s < len(known) * LEAST_THIRD_S:
        return _idle("quality.drift")
    drift = max(known) - min(known)
    return _verdict("quality.drift", drift <= DRIFT_LU, drift_lu=round(drift, 2), most_lu=DRIFT_LU)


def _bed(parts: Sequence[Part]) -> Check:
    gaps = [part.bed_gap_lu for part in parts if part.bed_gap_lu is not None]
    if not gaps:
        return _idle("quality.bed")
    return _verdict("quality.bed", min(gaps) >= BED_LU, nearest_lu=round(min(gaps), 2), least_lu=BED_LU)


def _device_file(heard: Heard) -> Check:
    """What receivers play: constant bit rate, mono, not too large. Masters for keeping are no such files."""
    if not heard.lossy:
        return _idle("quality.device_file")
    fits = heard.channels == 1 and (heard.bit_rate_bps or 0) <= MOST_BPS and heard.size_bytes <= MOST_BYTES
    return _verdict(
        "quality.device_file",
        fits,
        kbps=None if heard.bit_rate_bps is None else heard.bit_rate_bps / 1000,
        channels=heard.channels,
        megabytes=round(heard.size_bytes / 1e6, 1),
    )
