"""One run: speak what is missing, master what changed, join, check, deliver."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor

from studio.files.manifest import NoticeEntry
from studio.fingerprint import Fields, fingerprint, take_fields
from studio.ports import Progress, Stage
from studio.rules.carts import cart_remarks
from studio.rules.fitting import Fit
from studio.rules.mastering import master_name
from studio.rules.planning import PlannedSegment
from studio.rules.programme import Programme
from studio.rules.reports import Results, segment_reports
from studio.rules.segments import master_fields, segment_timeline
from studio.rules.takes import take_remarks
from studio.rules.voices import device_remarks
from studio.service.delivering import Delivery
from studio.service.joining import Whole, whole
from studio.service.mastering import MasterJob, master_segment
from studio.service.preparing import Preparation, prepare
from studio.service.requests import Produced, ProduceOptions
from studio.service.rooms import Rooms
from studio.service.shaping import fit_of, fit_remarks, shape_of
from studio.service.verifying import verify
from studio.values.loudness import MasterInfo
from studio.values.timeline import Timeline
from studio.values.voice import TakeInfo


def produce(rooms: Rooms, programme: Programme, options: ProduceOptions, progress: Progress) -> Produced:
    """See Studio.produce."""
    ready = prepare(rooms, programme, options)
    rooms.leftovers.sweep()
    name = f"{options.air_date.isoformat()}-{programme.slug}"
    with rooms.outlet.stage(options.out, name) as stage:
        jobs = _MasterJobs(rooms, ready, progress)
        with jobs:
            takes = _speak(rooms, ready, jobs, progress)
            done = jobs.results()
        known = fit_remarks(ready.plan, jobs.fit) + cart_remarks(ready.plan)
        known += device_remarks(ready.plan, rooms.engines.device) + take_remarks(ready.plan, takes)
        produced = _deliver(rooms, ready, done, jobs.timelines, known, takes, options, stage, progress)
    rooms.journal.keep(programme.slug, _record(ready, takes, jobs.fields))
    return produced


def _deliver(
    rooms: Rooms,
    ready: Preparation,
    done: Results,
    timelines: Mapping[tuple[int, str], Timeline],
    known: tuple[NoticeEntry, ...],
    takes: Mapping[str, TakeInfo],
    options: ProduceOptions,
    stage: Stage,
    progress: Progress,
) -> Produced:
    masters = {place: info for place, (info, _) in done.items()}
    wholes = {}
    for profile in ready.profiles:
        places = [(segment.index, profile.id) for segment in ready.plan.segments]
        parts, lines = [masters[place] for place in places], [timelines[place] for place in places]
        wholes[profile.id] = whole(rooms, profile, parts, lines, ready.plan.programme.title)
    delivery = Delivery(rooms, ready, masters, takes, options.air_date, stage)
    delivery.write_audio(wholes, progress)
    delivery.write_cues(timelines)
    failed = delivery.write_quality(wholes, timelines)
    manifest = delivery.write_texts(known + remarks_of(wholes) + failed)
    if options.verify:
        verify(rooms, manifest, stage)
    folder = stage.commit()
    return Produced(folder, ready.plan, segment_reports(ready.plan, done), manifest)


def remarks_of(wholes: Mapping[str, Whole]) -> tuple[NoticeEntry, ...]:
    """What the receiver should know of the whole delivery."""
    return tuple(
        NoticeEntry(code="programme.in_one_piece", fields={"profile": profile_id})
        for profile_id, whole in wholes.items()
        if whole.off_target
    )


def _speak(rooms: Rooms, ready: Preparation, jobs: _MasterJobs, progress: Progress) -> Mapping[str, TakeInfo]:
    """Speaks the missing lines in playing order, handing each segment to mastering as soon as it is whole."""
    missing = ready.plan.to_speak
    takes = {line.fingerprint: line.take for line in ready.plan.lines if line.take is not None}
    waiting = list(ready.plan.segments)
    jobs.start_whole(waiting, takes)
    if missing:
        progress("speak", 0, len(missing))
    sounds = rooms.booth.speak(line.request for line in missing)
    for done, (line, sound) in enumerate(zip(missing, sounds, strict=True), 1):
        device = line.request.voice.device
        takes[line.fingerprint] = rooms.takes.save(line.fingerprint, take_fields(line.request), sound, device=device)
        progress("speak", done, len(missing))
        jobs.start_whole(waiting, takes)
    return takes


class _MasterJobs:
    """Masters running beside the speaking: one job a segment and profile, the same master only once."""

    def __init__(self, rooms: Rooms, ready: Preparation, progress: Progress) -> None:
        self._rooms = rooms
        self._ready = ready
        self._progress = progress
        self._stop = threading.Event()
        self._pool = ThreadPoolExecutor(max_workers=rooms.workers, thread_name_prefix="master")
        self._futures: dict[tuple[int, str], Future[tuple[MasterInfo, bool]]] = {}
        self._by_key: dict[str, Future[tuple[MasterInfo, bool]]] = {}
        self.fields: dict[str, Fields] = {}
        self.timelines: dict[tuple[int, str], Timeline] = {}
        self.fit: Fit | None = None

    def __enter__(self) -> None:
        return None

    def __exit__(self, *exc_info: object) -> None:
        # On success nothing is left to stop; on failure the running masters give up at their next block.
        self._stop.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def start_whole(self, waiting: list[PlannedSegment], takes: Mapping[str, TakeInfo]) -> None:
        """Starts every waiting segment at the front whose takes are all there.

        What is to fit into a slot waits for the last line: only then is it known how long everything is.
        """
        if waiting and self._ready.plan.programme.target_s is not None:
            if any(line.fingerprint not in takes for line in self._ready.plan.lines):
                return
            self.fit = fit_of(self._rooms, self._ready.plan, self._ready.profiles[0], takes)
        while waiting and all(line.fingerprint in takes for line in waiting[0].lines):
            self._start(waiting.pop(0), takes)

    def _start(self, segment: PlannedSegment, takes: Mapping[str, TakeInfo]) -> None:
        programme = self._ready.plan.programme
        shape = self.fit.shapes[segment.index] if self.fit else shape_of(self._rooms, segment, takes)
        for profile in self._ready.profiles:
            timeline = segment_timeline(segment, takes, profile, programme.bed_under_speech_lu, shape)
            self.timelines[segment.index, profile.id] = timeline
            fields = master_fields(timeline, profile, self._rooms.sounds.version())
            key = fingerprint(fields)
            if key not in self._by_key:
                job = MasterJob(key, fields, timeline, profile, segment.source.title)
                self._by_key[key] = self._pool.submit(master_segment, self._rooms, job, self._stop)
            self._futures[segment.index, profile.id] = self._by_key[key]
            self.fields[master_name(segment, profile)] = fields

    def results(self) -> dict[tuple[int, str], tuple[MasterInfo, bool]]:
        """Every master with whether it was made now; raises the first failure."""
        results = {}
        for done, (place, future) in enumerate(self._futures.items(), 1):
            results[place] = future.result()
            self._progress("master", done, len(self._futures))
        return results


def _record(ready: Preparation, takes: Mapping[str, TakeInfo], masters: Mapping[str, Fields]) -> dict[str, Fields]:
    lines = {line.request.spoken: take_fields(line.request) for line in ready.plan.lines if line.fingerprint in takes}
    return {**lines, **masters}
