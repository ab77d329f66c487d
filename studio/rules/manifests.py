"""The manifest of a delivery, built from what was planned, mastered and written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from studio.files.card import VoiceCard
from studio.files.manifest import AudioFile, Loudness, NoticeEntry, SegmentEntry, VoiceCredit
from studio.files.profile import Profile
from studio.rules.planning import Plan, PlannedSegment
from studio.text.findings import Finding, findings
from studio.units import seconds_of_frames
from studio.values.loudness import MasterInfo, Measurement
from studio.values.text import Script
from studio.values.voice import TakeInfo, VoiceSpec

Masters = Mapping[tuple[int, str], MasterInfo]
"""Masters by segment index and profile id."""


def loudness_entry(measured: Measurement) -> Loudness:
    """A measurement for the manifest; mastering has already refused what cannot be measured."""
    assert measured.integrated_lufs is not None
    assert measured.true_peak_dbtp is not None
    return Loudness(
        integrated_lufs=round(measured.integrated_lufs, 2),
        true_peak_dbtp=round(measured.true_peak_dbtp, 2),
        loudness_range_lu=_rounded(measured.loudness_range_lu),
        max_short_term_lufs=_rounded(measured.max_short_term_lufs),
    )


def audio_entry(
    name: str, profile: Profile, segment: int | None, frames: int, loudness: Loudness, sealed: tuple[int, str]
) -> AudioFile:
    """One audio file; `sealed` is its size in bytes and its SHA-256."""
    return AudioFile(
        name=name,
        profile=profile.id,
        segment=segment,
        codec=profile.codec,
        rate_hz=profile.rate_hz,
        channels=profile.channels,
        bit_rate_bps=profile.bit_rate_bps,
        duration_s=round(seconds_of_frames(frames, profile.rate_hz), 3),
        size_bytes=sealed[0],
        sha256=sealed[1],
        loudness=loudness,
    )


def segment_entries(plan: Plan, profiles: Iterable[Profile], masters: Masters) -> tuple[SegmentEntry, ...]:
    """Every segment in playing order with where it starts in each profile's programme."""
    starts = {profile.id: (0, profile.rate_hz) for profile in profiles}
    entries = []
    for segment in plan.segments:
        offsets = {name: round(seconds_of_frames(start, rate), 3) for name, (start, rate) in starts.items()}
        entries.append(_segment_entry(segment, offsets))
        starts = {name: (start + masters[segment.index, name].frames, rate) for name, (start, rate) in starts.items()}
    return tuple(entries)


def _segment_entry(segment: PlannedSegment, offsets_s: dict[str, float]) -> SegmentEntry:
    script, card = segment.prepared.script, segment.prepared.card
    return SegmentEntry(
        index=segment.index,
        kind=segment.source.kind.value,
        title=segment.source.title,
        slug=segment.source.slug,
        voice=card.id if card else None,
        lines=len(segment.lines),
        offsets_s=offsets_s,
        notices=tuple(_found_entry(found, script) for found in findings(script)) if script else (),
        left_out=tuple(part.part for part in script.left_out) if script else (),
    )


def _found_entry(found: Finding, script: Script) -> NoticeEntry:
    """A finding for the manifest, with the written words it speaks of."""
    notice = found.notice
    written = script.written[notice.span.start : notice.span.end] if notice.span else None
    return NoticeEntry(code=notice.code, fields=dict(notice.fields), written=written, places=found.places)


def voice_credits(plan: Plan, takes: Mapping[str, TakeInfo]) -> tuple[VoiceCredit, ...]:
    """Each voice once, in order of its first line; `takes` are the recordings of the lines, by fingerprint."""
    devices: dict[str, set[str]] = {}
    for line in plan.lines:
        devices.setdefault(line.request.voice.voice_id, set()).add(takes[line.fingerprint].device)
    credits_by_id: dict[str, VoiceCredit] = {}
    for segment in plan.segments:
        for card, voice in segment.prepared.voices:
            where = tuple(sorted(devices.get(card.id, {voice.device})))
            credits_by_id.setdefault(card.id, _credit(card, voice, where))
    return tuple(credits_by_id.values())


def _credit(card: VoiceCard, voice: VoiceSpec, devices: tuple[str, ...]) -> VoiceCredit:
    return VoiceCredit(
        id=card.id,
        name=card.name,
        engine=card.engine,
        engine_version=voice.engine_version,
        model_digest=voice.model_digest,
        licence=card.licence,
        attribution=card.attribution,
        devices=devices,
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
