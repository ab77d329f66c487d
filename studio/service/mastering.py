"""One master: found by its fingerprint, or mixed, mastered, encoded, decoded and measured."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from studio.audio.loudness_curve import gap_lu
from studio.audio.mastering import master
from studio.audio.mix import ducked_bed, mix, stem
from studio.audio.portrait import Painter, painted, step_powers, with_bed_gap
from studio.errors import CancelledError, StudioError
from studio.files.profile import Profile
from studio.fingerprint import Fields
from studio.ports import SoundReader
from studio.service.rooms import Rooms
from studio.sound import Blocks, BlockSource, Portrait, Samples, Sound
from studio.values.loudness import MasterInfo
from studio.values.timeline import Layer, Source, SourceKind, Timeline


@dataclass(frozen=True, slots=True)
class MasterJob:
    """One segment to master at one profile."""

    fingerprint: str
    fields: Fields
    timeline: Timeline
    profile: Profile
    title: str


def master_segment(rooms: Rooms, job: MasterJob, stop: threading.Event) -> tuple[MasterInfo, bool]:
    """The master, and whether it was made now; raises LoudnessError or SoundError naming the segment."""
    kept = kept_master(rooms, job.fingerprint, job.profile)
    if kept is not None:
        return kept, False
    source = stoppable(mix(job.timeline, lambda source: open_source(rooms, source)), stop)
    try:
        return make_master(rooms, source, job), True
    except StudioError as error:
        if "title" in error.fields:
            raise
        fields = {**error.fields, "title": job.title}
        if error.code == "sound.encoder_failed":
            # Not the name of a file that nobody knows.
            fields["path"] = f"{job.title} ({job.profile.id})"
        raise type(error)(error.code, **fields) from error


def kept_master(rooms: Rooms, key: str, profile: Profile) -> MasterInfo | None:
    """A master that was made before, unless the profile has become stricter since: how strict it is makes no sound."""
    kept = rooms.masters.find(key)
    return kept if kept is not None and profile.is_on_target(kept.measured.integrated_lufs) else None


def make_master(rooms: Rooms, source: BlockSource, job: MasterJob) -> MasterInfo:
    """Masters `source` (at the timeline's rate) to the job's profile and keeps it."""

    painter = Painter(job.profile.rate_hz)

    def make(path: Path) -> MasterInfo:
        frames = 0

        def decoded() -> BlockSource:
            # Each encoding is decoded once to be measured; the last one, which stands, is the one that is kept.
            nonlocal painter
            painter = Painter(job.profile.rate_hz)
            return painted(rooms.sounds.decode(path), painter)

        def encode(blocks: Blocks) -> None:
            nonlocal frames
            frames = rooms.sounds.encode_part(blocks, job.profile, path)

        result = master(source, job.timeline.rate_hz, job.profile, encode, decoded)
        return MasterInfo(
            fingerprint=job.fingerprint,
            profile_id=job.profile.id,
            digest="",
            size_bytes=0,
            rate_hz=job.profile.rate_hz,
            frames=frames,
            gain_db=result.gain_db,
            corrections=result.corrections,
            measured=result.measured,
        )

    info = rooms.masters.save(job.fingerprint, job.profile, make)
    rooms.masters.keep_portrait(job.fingerprint, with_bed_gap(painter.portrait(), bed_gap(rooms, job.timeline)))
    return info


def portrait_of(rooms: Rooms, info: MasterInfo, timeline: Timeline) -> Portrait:
    """The portrait that was kept with a master, or one painted of it now."""
    kept = rooms.masters.portrait(info.fingerprint)
    if kept is not None:
        return kept
    painter = Painter(info.rate_hz)
    for block in rooms.sounds.decode(rooms.masters.path(info))():
        painter.push(block)
    portrait = with_bed_gap(painter.portrait(), bed_gap(rooms, timeline))
    rooms.masters.keep_portrait(info.fingerprint, portrait)
    return portrait


def bed_gap(rooms: Rooms, timeline: Timeline) -> float | None:
    """How far the bed stays below the speech where it comes nearest, found on the stems; None without a bed."""
    if not timeline.on(Layer.BED):
        return None

    def opened(source: Source) -> SoundReader:
        return open_source(rooms, source)

    speech = step_powers(stem(timeline, Layer.VOICE, opened), timeline.rate_hz)
    return gap_lu(speech, step_powers(ducked_bed(timeline, opened), timeline.rate_hz))


def open_source(rooms: Rooms, source: Source) -> SoundReader:
    """A reader for a clip's sound."""
    if source.kind is SourceKind.CART:
        return rooms.carts.reader(source.key)
    return _WholeSound(rooms.takes.load(source.key))


def stoppable(source: BlockSource, stop: threading.Event) -> BlockSource:
    """The same sound, ending in CancelledError once `stop` is set."""

    def blocks() -> Iterable[Samples]:
        for block in source():
            if stop.is_set():
                raise CancelledError("run.cancelled")
            yield block

    return lambda: iter(blocks())


class _WholeSound:
    """A sound in memory as a reader."""

    def __init__(self, sound: Sound) -> None:
        self._samples = sound.samples
        self.rate_hz = sound.rate_hz
        self.frames = sound.frames

    def read(self, start: int, frames: int) -> Samples:
        return self._samples[start : start + frames]
