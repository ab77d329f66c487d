"""The whole programme at one profile: its masters joined, checked as a whole, mastered in one piece if need be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from studio.audio.loudness_curve import momentary
from studio.audio.meter import integrated_of_blocks, measure
from studio.audio.mix import mix
from studio.audio.shaping import Shaped
from studio.errors import LoudnessError
from studio.files.profile import Profile
from studio.fingerprint import Fields, fingerprint
from studio.service.mastering import MasterJob, kept_master, make_master, open_source, portrait_of
from studio.service.rooms import Rooms
from studio.sound import BlockSource, Samples
from studio.units import Hz, gain_of_db
from studio.values.loudness import MasterInfo, Measurement
from studio.values.timeline import Timeline

SURE_SECONDS = 60
"""A shorter join is heard whole: its blocks are so few that where they begin moves its loudness."""

SURE_LU = 0.03
"""A join whose joints move its loudness farther is heard whole."""


@dataclass(frozen=True, slots=True)
class Whole:
    """The parts whose join is the programme, and how loud it is.

    `in_one_piece`: one part holds everything, made because the parts' join would have been `off_target`
    or because the profile's codec joins no parts.
    """

    parts: tuple[MasterInfo, ...]
    measured: Measurement
    in_one_piece: bool
    off_target: bool = False


def whole(
    rooms: Rooms, profile: Profile, masters: Sequence[MasterInfo], timelines: Sequence[Timeline], title: str
) -> Whole:
    """The masters as they are when they join and their join is on target, else one master of everything."""
    joined = measured_join(masters, profile.rate_hz)
    if profile.joins_parts and not _is_sure(rooms, joined, masters, timelines):
        joined = _heard_join(rooms, masters, profile.rate_hz)
    if joined.integrated_lufs is None:
        raise LoudnessError("programme.unmeasurable", title=title, profile=profile.id)
    off_target = not profile.is_on_target(joined.integrated_lufs)
    if not off_target and (profile.joins_parts or len(masters) == 1):
        return Whole(tuple(masters), joined, in_one_piece=False)
    piece = _in_one_piece(rooms, profile, masters, timelines, title)
    return Whole((piece,), piece.measured, in_one_piece=True, off_target=off_target)


def measured_join(masters: Sequence[MasterInfo], rate_hz: int) -> Measurement:
    """Loudness of a join from its parts' gating blocks.

    The few blocks that would span a joint are left out: joints lie in silence, which both gates of
    BS.1770 drop. The range of a join is not known from its parts.
    """
    parts = [info.measured for info in masters]
    return Measurement(
        integrated_lufs=integrated_of_blocks(chain.from_iterable(part.gating_blocks for part in parts)),
        true_peak_dbtp=_highest(part.true_peak_dbtp for part in parts),
        loudness_range_lu=None,
        max_short_term_lufs=_highest(part.max_short_term_lufs for part in parts),
        max_momentary_lufs=_highest(part.max_momentary_lufs for part in parts),
        frames=sum(info.frames for info in masters),
        rate_hz=rate_hz,
    )


def _is_sure(rooms: Rooms, joined: Measurement, masters: Sequence[MasterInfo], timelines: Sequence[Timeline]) -> bool:
    """Whether the loudness found from the parts' blocks is that of their join.

    The join's own blocks lie otherwise over each part, which tells in a short programme; and some span joints, which
    tells where many parts end loud.
    """
    if len(masters) == 1:
        return True
    if joined.integrated_lufs is None or joined.duration_s < SURE_SECONDS:
        return False
    powers = [portrait_of(rooms, info, timeline).powers for info, timeline in zip(masters, timelines, strict=True)]
    spanning = integrated_of_blocks(momentary(np.concatenate(powers)).tolist())
    return spanning is not None and abs(spanning - joined.integrated_lufs) <= SURE_LU


def _heard_join(rooms: Rooms, masters: Sequence[MasterInfo], rate_hz: int) -> Measurement:
    """The parts decoded one after the other and measured as one."""
    paths = [rooms.masters.path(info) for info in masters]
    return measure(lambda: chain.from_iterable(rooms.sounds.decode(path)() for path in paths), rate_hz, true_peak=True)


def _highest(values: Iterator[float | None] | Sequence[float | None]) -> float | None:
    return max((value for value in values if value is not None), default=None)


def _in_one_piece(
    rooms: Rooms, profile: Profile, masters: Sequence[MasterInfo], timelines: Sequence[Timeline], title: str
) -> MasterInfo:
    fields: Fields = {"one_piece": [info.fingerprint for info in masters], "target_lufs": profile.target_lufs}
    key = fingerprint(fields)
    kept = kept_master(rooms, key, profile)
    if kept is not None:
        return kept
    source = _chained(rooms, profile, masters, timelines)
    frames = sum(info.frames for info in masters)
    # The segments come shaped and at the profile's rate: only the level and the peak are left to hold.
    job = MasterJob(key, fields, Timeline(Hz(profile.rate_hz), frames, ()), profile.unshaped, title)
    return make_master(rooms, source, job)


def _chained(
    rooms: Rooms, profile: Profile, masters: Sequence[MasterInfo], timelines: Sequence[Timeline]
) -> BlockSource:
    """Every segment's mix, shaped as for its own master, at the gain and of the length that came to, in a row."""

    def blocks() -> Iterator[Samples]:
        for info, timeline in zip(masters, timelines, strict=True):
            gain = gain_of_db(info.gain_db)
            source = mix(timeline, lambda source: open_source(rooms, source))
            missing = info.frames
            for block in Shaped(source, timeline.rate_hz, profile).blocks():
                missing -= block.shape[0]
                yield block * gain
            # What the master's encoder padded: so every segment starts where the manifest says.
            yield np.zeros((missing, 1), np.float32)

    return blocks
