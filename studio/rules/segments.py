"""A segment's timeline at one profile, and the fields that decide its master."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from studio.audio.timeline import PlacedLine, cart_segment, speech_segment
from studio.errors import InputError
from studio.files.profile import Profile
from studio.fingerprint import MASTER_RECIPE, Fields, Value
from studio.rules.planning import PlannedSegment
from studio.values.timeline import Timeline
from studio.values.voice import TakeInfo

# What a profile is called does not change its sound; how far its tolerance reaches does not either.
_SILENT_PROFILE_FIELDS = {"id", "name", "tolerance_lu", "bed_under_speech_lu"}


def segment_timeline(
    segment: PlannedSegment, takes: Mapping[str, TakeInfo], profile: Profile, under_speech_lu: float | None
) -> Timeline:
    """Lays a segment out; `under_speech_lu` is the rundown's own bed level, else the profile's holds."""
    prepared = segment.prepared
    if prepared.cart is not None:
        return cart_segment(prepared.cart)
    lines = [PlacedLine(takes[line.fingerprint], line.pause_after_ms) for line in segment.lines]
    if not lines:
        raise InputError("text.nothing_to_say", title=segment.source.title)
    return speech_segment(lines, prepared.bed, under_speech_lu or profile.bed_under_speech_lu)


def master_fields(timeline: Timeline, profile: Profile, encoder: str) -> Fields:
    """The fields that decide the bytes of one master."""
    resolved: dict[str, Value] = profile.model_dump(exclude=_SILENT_PROFILE_FIELDS)
    return {"recipe": MASTER_RECIPE, "timeline": asdict(timeline), "profile": resolved, "encoder": encoder}
