"""Which segments must be mastered again, and why: one reason each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from studio.files.profile import Profile
from studio.fingerprint import Fields, fingerprint
from studio.rules.planning import KEPT, PlannedSegment, Reason, why_again
from studio.rules.segments import Shape, Takes, master_fields, segment_timeline

SPEECH = Reason("speech")
"""Lines must be spoken first; only then is it known what the master is made of."""


@dataclass(frozen=True, slots=True)
class PlannedMaster:
    """One segment at one profile, and why it is kept or made again."""

    segment: int
    profile_id: str
    reason: Reason


def master_name(segment: PlannedSegment, profile: Profile) -> str:
    """Under which name a programme's record holds a master's fields; no spoken line holds a digit."""
    return f"master {segment.index} {profile.id}"


def plan_masters(
    segments: tuple[PlannedSegment, ...],
    profiles: tuple[Profile, ...],
    under_speech_lu: float | None,
    encoder: str,
    is_kept: Callable[[str, Profile], bool],
    before: Mapping[str, Fields],
    shape_of: Callable[[PlannedSegment, Takes], Shape | None],
) -> tuple[PlannedMaster, ...]:
    """Looks every master up whose takes are all kept; `before` is the record of the programme's last run.

    `shape_of` gives None where a segment's shape waits for lines of others.
    """
    planned = []
    for segment in segments:
        takes = {line.fingerprint: line.take for line in segment.lines if line.take is not None}
        shape = None if segment.to_speak else shape_of(segment, takes)
        for profile in profiles:
            reason = SPEECH
            if shape is not None:
                timeline = segment_timeline(segment, takes, profile, under_speech_lu, shape)
                fields = master_fields(timeline, profile, encoder)
                kept = is_kept(fingerprint(fields), profile)
                reason = KEPT if kept else why_again(before.get(master_name(segment, profile)), fields)
            planned.append(PlannedMaster(segment.index, profile.id, reason))
    return tuple(planned)
