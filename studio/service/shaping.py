"""How each segment is shaped once its lines are recorded: voices of a dialogue evened out, the slot filled."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial

from studio.audio.meter import measure
from studio.files.manifest import NoticeEntry
from studio.files.profile import Profile
from studio.rules.fitting import NEAR_MS, Fit, fitted
from studio.rules.planning import Plan, PlannedSegment
from studio.rules.segments import Shape, Takes, segment_timeline, voice_gains_db
from studio.service.rooms import Rooms
from studio.sound import Blocks
from studio.values.voice import TakeInfo


def shape_of(rooms: Rooms, segment: PlannedSegment, takes: Takes) -> Shape:
    """The shape of a segment alone, all of whose takes are there."""
    return Shape(gains_db=voice_gains_db(segment, takes, partial(_loudness, rooms)))


def fit_of(rooms: Rooms, plan: Plan, profile: Profile, takes: Takes) -> Fit | None:
    """Everything fitted into the programme's slot; None where it has none. All takes must be there.

    Timelines are equally long at every profile, so that any will do.
    """
    target_s = plan.programme.target_s
    if target_s is None:
        return None
    shapes = {segment.index: shape_of(rooms, segment, takes) for segment in plan.segments}
    timelines = {
        segment.index: segment_timeline(segment, takes, profile, None, shapes[segment.index])
        for segment in plan.segments
    }
    return fitted(plan.segments, timelines, shapes, target_s)


def fit_remarks(plan: Plan, fit: Fit | None) -> tuple[NoticeEntry, ...]:
    """What the receiver should know where the slot is missed: by how much, and what to shorten first."""
    target_s = plan.programme.target_s
    if fit is None or target_s is None or abs(fit.off_s) * 1000 <= NEAR_MS:
        return ()
    seconds, target = str(math.ceil(abs(fit.off_s))), f"{target_s:g}"
    if fit.off_s < 0:
        return (NoticeEntry(code="programme.under_target", fields={"seconds": seconds, "target_s": target}),)
    longest = next(segment.source.title for segment in plan.segments if segment.index == fit.longest)
    over = {"seconds": seconds, "target_s": target, "longest": longest}
    return (NoticeEntry(code="programme.over_target", fields=over),)


def _loudness(rooms: Rooms, takes: Sequence[TakeInfo]) -> float | None:
    """Integrated loudness of one voice's takes, one after the other."""

    def blocks() -> Blocks:
        return (rooms.takes.load(take.fingerprint).samples for take in takes)

    return measure(blocks, takes[0].rate_hz, true_peak=False).integrated_lufs
