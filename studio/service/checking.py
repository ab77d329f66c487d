"""Everything that keeps a rundown from being produced, found without speaking a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from studio.audio.timeline import HEAD_MS, TAIL_MS
from studio.errors import StudioError
from studio.files.rundown import Rundown
from studio.rules.cues import estimated_cues
from studio.rules.named import Named, carts_of, documents_of, lexicons_of, voices_of
from studio.rules.programme import Programme, SegmentSource
from studio.rules.rundowns import of_rundown
from studio.service.preparing import (
    fact_faults,
    line_voices,
    placeholder_faults,
    read_lines,
    read_segment,
    ready_voice,
    refuse_long_lines,
)
from studio.service.rooms import Rooms
from studio.values.location import Location, dotted
from studio.values.text import Document
from studio.values.voice import VoiceSpec

T = TypeVar("T")
FoundBy = TypeVar("FoundBy")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to be put right: the key (None for the whole file), its line, and what is wrong there."""

    key: str | None
    line: int | None
    error: StudioError


def check_rundown(rooms: Rooms, path: Path, air_date: date) -> tuple[Problem, ...]:
    """All problems of a rundown in the order of its lines; empty where it can be produced on that day.

    Where the file itself is wrong, nothing that it names is looked for.
    """
    faults = rooms.rundowns.faults(path)
    if faults:
        return tuple(_of_the_file(fault) for fault in faults)
    check = _Check(rooms, path, rooms.rundowns.read(path), air_date)
    return tuple(sorted(check.problems(), key=lambda problem: problem.line or 0))


def estimated_s(rooms: Rooms, programme: Programme, air_date: date | None = None) -> float:
    """About how many seconds a programme lasts: words at each voice's usual rate, music and recordings as they are."""
    return sum(_estimated_s(rooms, programme, segment, air_date) for segment in programme.segments)


def _estimated_s(rooms: Rooms, programme: Programme, segment: SegmentSource, air_date: date | None) -> float:
    seconds = (HEAD_MS + (TAIL_MS if segment.written is not None else 0)) / 1000
    if segment.cart is not None:
        info = rooms.carts.prepare(segment.cart, programme.folder, air_date)
        seconds += (info.cue_out - info.cue_in) / info.rate_hz - segment.cart_under_ms / 1000
    if segment.written is None:
        return seconds
    voice = segment.speakers.voices[0] if segment.speakers else segment.voice_id or programme.voice_id
    card = rooms.voices.card(voice or rooms.default_voice)
    rate = card.syllables_per_second * card.speed * programme.speed
    return seconds + estimated_cues([read_segment(rooms, segment)], rate)[-1].end_s


def _of_the_file(fault: StudioError) -> Problem:
    key, line = fault.fields.get("key"), fault.fields.get("line")
    return Problem(key if isinstance(key, str) else None, line if isinstance(line, int) else None, fault)


class _Check:
    """One rundown that can be read, being held against the rooms."""

    def __init__(self, rooms: Rooms, path: Path, rundown: Rundown, air_date: date) -> None:
        self._rooms = rooms
        self._path = path
        self._rundown = rundown
        self._date = air_date
        self._found: list[Problem] = []
        self._ready: dict[str, VoiceSpec] = {}

    def problems(self) -> list[Problem]:
        """All problems, in the order in which they are looked for."""
        rooms, folder = self._rooms, self._path.parent
        for place, profile in enumerate(self._rundown.profiles or ()):
            self._tried(("profiles", place), rooms.profiles.profile, profile)
        speed = self._rundown.speed or 1.0
        for location, voice in self._voices():
            ready = self._tried(location, lambda name: ready_voice(rooms, name, self._date, speed), voice)
            if ready is not None:
                self._ready[voice] = ready[1]
        for location, cart in carts_of(self._rundown):
            self._tried(location, lambda name: rooms.carts.prepare(name, folder, self._date), cart)
        self._found += map(_of_the_file, placeholder_faults(rooms, self._path, self._rundown))
        self._found += map(_of_the_file, fact_faults(rooms, self._path, self._rundown, self._date))
        self._read_texts()
        return self._found

    def _voices(self) -> Iterator[Named]:
        if self._rundown.voice is None:
            yield (), self._rooms.default_voice
        yield from voices_of(self._rundown)

    def _read_texts(self) -> None:
        reader, folder = self._rooms.reader, self._path.parent
        lexicons = self._all(lexicons_of(self._rundown), lambda name: reader.lexicons.read(folder / name))
        texts = self._all(documents_of(self._rundown), lambda name: reader.documents.load(folder / name))
        # A bulletin's own lexicon is told at the bulletin.
        beside = ((location, name) for location, name in documents_of(self._rundown) if name in texts)
        lexicons |= self._all(beside, lambda name: reader.lexicons.beside(folder / name))
        unread = {location for location, name in documents_of(self._rundown) if name not in texts}
        nothing = {name: Document("") for _, name in documents_of(self._rundown)}
        programme = of_rundown(self._rundown, nothing | texts, folder, self._path.stem, self._date, lexicons)
        self._read_segments(programme, unread)

    def _read_segments(self, programme: Programme, unread: set[Location]) -> None:
        for segment in programme.segments:
            if segment.written is not None and segment.location not in unread:
                self._tried(segment.location, lambda source: self._read_segment(programme, source), segment)

    def _read_segment(self, programme: Programme, source: SegmentSource) -> None:
        script, who = read_lines(self._rooms, source)
        names = line_voices(self._rooms, programme, source, script, who)
        # A voice that is not ready is told where it is named.
        refuse_long_lines(source, script, [self._ready.get(name) for name in names])

    def _all(self, named: Iterator[Named], find: Callable[[str], T]) -> dict[str, T]:
        """What can be found of all that is named."""
        found: dict[str, T] = {}
        for location, name in named:
            value = self._tried(location, find, name)
            if value is not None:
                found[name] = value
        return found

    def _tried(self, location: Location, find: Callable[[FoundBy], T], by: FoundBy) -> T | None:
        try:
            return find(by)
        except StudioError as error:
            line = self._rooms.rundowns.line(self._path, location) if location else None
            self._found.append(Problem(dotted(location), line, error))
            return None
