"""Writes a delivery onto its stage: audio by segment and whole, playlists, script, manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from studio import __version__
from studio.files.manifest import AudioFile, Manifest, NoticeEntry, TextFile
from studio.files.profile import Profile
from studio.ports import Progress, Stage, Tags
from studio.rules.cues import segment_starts_s, spoken_cues, webvtt
from studio.rules.manifests import audio_entry, loudness_entry, segment_entries, voice_credits
from studio.rules.planning import PlannedSegment
from studio.rules.playlists import m3u8, script_text
from studio.service.joining import Whole
from studio.service.preparing import Preparation
from studio.service.quality import Made, quality
from studio.service.rooms import Rooms
from studio.values.loudness import MasterInfo, Measurement
from studio.values.timeline import Timeline
from studio.values.vietnam import VIETNAM
from studio.values.voice import TakeInfo

Done = Mapping[tuple[int, str], MasterInfo]
"""Masters by segment index and profile id."""

Takes = Mapping[str, TakeInfo]
"""The recordings of the plan's lines, by fingerprint."""

MANIFEST_NAME = "manifest.json"
SCRIPT_NAME = "kich-ban.txt"
QUALITY_NAMES = ("kiem-tra.html", "kiem-tra.json")


class Delivery:
    """One delivery being written; `remarks` are what the receiver should know of the whole."""

    def __init__(
        self, rooms: Rooms, ready: Preparation, done: Done, takes: Takes, air_date: date, stage: Stage
    ) -> None:
        self._rooms = rooms
        self._ready = ready
        self._done = done
        self._takes = takes
        self._date = air_date
        self._stage = stage
        self._made_at = rooms.clock.now()
        self._audio: list[AudioFile] = []
        self._texts: list[TextFile] = []

    def write_audio(self, wholes: Mapping[str, Whole], progress: Progress) -> None:
        """Every profile's segments and whole programme, with its playlist."""
        total = len(self._ready.profiles) * (len(self._ready.plan.segments) + 1)
        progress("deliver", 0, total)
        for nth, profile in enumerate(self._ready.profiles):
            for segment in self._ready.plan.segments:
                self._write_segment(segment, profile)
                progress("deliver", len(self._audio), total)
            self._write_whole(wholes[profile.id], profile)
            progress("deliver", len(self._audio), total)
            self._write_playlist(profile, "playlist.m3u8" if nth == 0 else f"playlist-{profile.id}.m3u8")

    def write_cues(self, timelines: Mapping[tuple[int, str], Timeline]) -> None:
        """What is said when, as WebVTT, for the first profile's whole programme."""
        profile = self._ready.profiles[0]
        segments = self._ready.plan.segments
        lines = {segment.index: timelines[segment.index, profile.id] for segment in segments}
        frames = {segment.index: self._done[segment.index, profile.id].frames for segment in segments}
        starts_s = segment_starts_s(frames, profile.rate_hz)
        name = f"{profile.id}-{self._ready.plan.programme.slug}.vtt"
        self._write_text(name, webvtt(spoken_cues(segments, lines, starts_s)))

    def write_quality(
        self, wholes: Mapping[str, Whole], timelines: Mapping[tuple[int, str], Timeline]
    ) -> tuple[NoticeEntry, ...]:
        """The report of what was checked, as a page and as JSON; gives a remark for each check that failed."""
        plan = self._ready.plan
        made = Made(
            title=plan.programme.title,
            air_date=self._date,
            segments=plan.segments,
            profiles=self._ready.profiles,
            masters=self._done,
            timelines=timelines,
            wholes=wholes,
            files=self._audio,
        )
        found = quality(self._rooms, made, self._stage)
        self._write_text(QUALITY_NAMES[0], found.page)
        self._write_text(QUALITY_NAMES[1], found.report.model_dump_json(indent=1) + "\n")
        return found.remarks

    def write_texts(self, remarks: tuple[NoticeEntry, ...]) -> Manifest:
        """The script and, last, the manifest that lists everything else."""
        plan = self._ready.plan
        programme = plan.programme
        self._write_text(SCRIPT_NAME, script_text(programme.title, programme.unit, plan.segments))
        manifest = Manifest(
            title=programme.title,
            slug=programme.slug,
            unit=programme.unit,
            date=self._date,
            made_at=self._made_at,
            approved=False,
            priority=programme.priority,
            studio_version=__version__,
            encoder_version=self._rooms.sounds.version(),
            written_sha256=programme.written_digest,
            voices=voice_credits(plan, self._takes),
            segments=segment_entries(plan, self._ready.profiles, self._done),
            audio=tuple(self._audio),
            texts=tuple(self._texts),
            remarks=remarks,
        )
        record = json.dumps(manifest.model_dump(mode="json"), ensure_ascii=False, indent=2) + "\n"
        self._stage.write_text(MANIFEST_NAME, record)
        return manifest

    def _write_segment(self, segment: PlannedSegment, profile: Profile) -> None:
        info = self._done[segment.index, profile.id]
        name = f"{profile.id}-{segment.index:02d}-{segment.source.slug}{profile.extension}"
        self._join((info,), profile, name, self._tags(segment.source.title, segment.index, info.measured))
        entry = loudness_entry(info.measured)
        self._audio.append(audio_entry(name, profile, segment.index, info.frames, entry, self._stage.seal(name)))

    def _write_whole(self, whole: Whole, profile: Profile) -> None:
        name = f"{profile.id}-{self._ready.plan.programme.slug}{profile.extension}"
        self._join(whole.parts, profile, name, self._tags(self._ready.plan.programme.title, None, whole.measured))
        frames = sum(part.frames for part in whole.parts)
        entry = loudness_entry(whole.measured)
        self._audio.append(audio_entry(name, profile, None, frames, entry, self._stage.seal(name)))

    def _join(self, parts: tuple[MasterInfo, ...], profile: Profile, name: str, tags: Tags) -> None:
        paths = [self._rooms.masters.path(part) for part in parts]
        self._rooms.sounds.join(paths, profile, self._stage.path(name), tags)

    def _tags(self, title: str, track: int | None, loudness: Measurement) -> Tags:
        programme = self._ready.plan.programme
        place = "" if track is None else f"-{track:02d}"
        return Tags(
            title=title,
            artist=programme.unit,
            album=programme.title,
            date=self._date.isoformat(),
            track=track,
            comment="Giọng đọc do máy tổng hợp",
            reference=f"{self._date:%Y%m%d}{place}-{programme.slug}",
            made_at=self._made_at.astimezone(VIETNAM),
            loudness=loudness,
        )

    def _write_playlist(self, profile: Profile, name: str) -> None:
        programme = self._ready.plan.programme
        titles = {segment.index: segment.source.title for segment in self._ready.plan.segments}
        entries = [
            (file.name, titles[file.segment], file.duration_s)
            for file in self._audio
            if file.profile == profile.id and file.segment is not None
        ]
        self._write_text(name, m3u8(programme.title, entries))

    def _write_text(self, name: str, text: str) -> None:
        self._stage.write_text(name, text)
        self._texts.append(TextFile(name=name, sha256=self._stage.seal(name)[1]))
