"""From a file to a plan: texts read, voices and carts found, every refusal made before a line is spoken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from studio.errors import InputError
from studio.files.card import VoiceCard
from studio.files.manifest import NoticeEntry
from studio.files.profile import Profile
from studio.files.rundown import FACTS, Rundown
from studio.ports import CartInfo
from studio.rules.carts import cart_remarks
from studio.rules.mastering import PlannedMaster, plan_masters
from studio.rules.named import documents_of, lexicons_of, unknown_placeholders
from studio.rules.naming import shown
from studio.rules.planning import Plan, PlannedSegment, Prepared, plan
from studio.rules.programme import Programme, SegmentSource, of_bulletin
from studio.rules.rundowns import of_rundown
from studio.rules.segments import Shape, Takes
from studio.rules.templates import PLACEHOLDERS, fill, values_of
from studio.rules.voices import device_remarks, refusal
from studio.service.mastering import kept_master
from studio.service.requests import ProduceOptions
from studio.service.rooms import Rooms
from studio.service.shaping import fit_of, fit_remarks, shape_of
from studio.values.location import Location, dotted
from studio.values.text import PARTS, Script
from studio.values.vietnam import day_in_vietnam
from studio.values.voice import VoiceSpec, excerpt

RUNDOWN_SUFFIX = ".toml"


@dataclass(frozen=True, slots=True)
class Preparation:
    """A plan, the profiles it will be mastered to, and what is known of the masters beforehand."""

    plan: Plan
    profiles: tuple[Profile, ...]
    masters: tuple[PlannedMaster, ...]
    remarks: tuple[NoticeEntry, ...] = ()
    """What is known beforehand that the receiver should know."""


def open_programme(rooms: Rooms, path: Path, air_date: date | None = None) -> Programme:
    """Reads a rundown with the documents it names, or one document as a programme of its own.

    `air_date` is the day that a rundown's placeholders are filled for, today in Vietnam where it is left out.
    """
    reader = rooms.reader
    if path.suffix.lower() != RUNDOWN_SUFFIX:
        lexicon = reader.lexicons.beside(path)
        return of_bulletin(shown(path.stem), reader.documents.load(path), path.parent, lexicon=lexicon)
    rundown = rooms.rundowns.read(path)
    day = air_date or day_in_vietnam(rooms.clock.now())
    for fault in chain(placeholder_faults(rooms, path, rundown), fact_faults(rooms, path, rundown, day)):
        raise fault
    files = [file for _, file in documents_of(rundown)]
    texts = {file: reader.documents.load(path.parent / file) for file in files}
    lexicons = {file: reader.lexicons.beside(path.parent / file) for file in files}
    lexicons |= {file: reader.lexicons.read(path.parent / file) for _, file in lexicons_of(rundown)}
    return of_rundown(rundown, texts, path.parent, path.stem, day, lexicons)


def placeholder_faults(rooms: Rooms, path: Path, rundown: Rundown) -> Iterator[InputError]:
    """InputError `rundown.unknown_placeholder` for every placeholder that nothing stands for."""
    for location, name in unknown_placeholders(rundown):
        yield InputError(
            "rundown.unknown_placeholder",
            file=str(path),
            line=rooms.rundowns.line(path, location),
            key=dotted(location),
            placeholder=f"{{{name}}}",
            known=", ".join(f"{{{known}}}" for known in PLACEHOLDERS),
        )


def fact_faults(rooms: Rooms, path: Path, rundown: Rundown, air_date: date) -> Iterator[InputError]:
    """InputError `rundown.silent_fact` for every fact of an emergency of which nothing would be heard."""
    if rundown.emergency is None:
        return
    values = values_of(air_date, rundown.unit, rundown.title)
    for fact in FACTS:
        written = fill(getattr(rundown.emergency, fact), values)
        if not rooms.reader.read(written, keep_parts=PARTS).utterances:
            place: Location = ("emergency", fact)
            line = rooms.rundowns.line(path, place)
            yield InputError("rundown.silent_fact", file=str(path), line=line, key=dotted(place))


def read_segment(rooms: Rooms, source: SegmentSource) -> Script:
    """The script of a segment's text; raises InputError `text.nothing_to_say`, `rundown.no_turns`."""
    return read_lines(rooms, source)[0]


def read_lines(rooms: Rooms, source: SegmentSource) -> tuple[Script, tuple[int | None, ...]]:
    """The script, and in a dialogue who says each line; raises as `read_segment` does."""
    assert source.written is not None  # asked only of a segment with words
    reader, speakers = rooms.reader, source.speakers
    who: tuple[int | None, ...] = ()
    if speakers is None:
        script = reader.read_document(source.written, source.lexicon, source.keep_parts)
    else:
        script, who = reader.read_turns(
            source.written, source.lexicon, source.keep_parts, say_labels=speakers.say_labels
        )
        if set(who) <= {None} and source.written.text.strip():
            raise InputError("rundown.no_turns", title=source.title)
    if not script.utterances:
        raise InputError("text.nothing_to_say", title=source.title)
    return script, who


def prepare(rooms: Rooms, programme: Programme, options: ProduceOptions) -> Preparation:
    """Finds everything a programme needs; raises a StudioError for whatever is missing or unusable."""
    names = options.profiles or programme.profiles or rooms.default_profiles
    profiles = tuple(rooms.profiles.profile(name) for name in dict.fromkeys(names))
    day = options.air_date
    bed = rooms.carts.prepare(programme.bed_cart, programme.folder, day) if programme.bed_cart else None
    prepared = tuple(_prepare_segment(rooms, programme, source, options, bed) for source in programme.segments)
    before = rooms.journal.last(programme.slug)
    planned = plan(programme, prepared, rooms.takes.find, before)
    kept = {line.fingerprint: line.take for line in planned.lines if line.take is not None}
    fit = None if planned.to_speak else fit_of(rooms, planned, profiles[0], kept)

    def shape(segment: PlannedSegment, takes: Takes) -> Shape | None:
        if programme.target_s is None:
            return shape_of(rooms, segment, takes)
        return None if fit is None else fit.shapes[segment.index]

    masters = plan_masters(
        planned.segments,
        profiles,
        programme.bed_under_speech_lu,
        rooms.sounds.version(),
        lambda key, profile: kept_master(rooms, key, profile) is not None,
        before,
        shape,
    )
    remarks = fit_remarks(planned, fit) + cart_remarks(planned) + device_remarks(planned, rooms.engines.device)
    return Preparation(planned, profiles, masters, remarks)


def _prepare_segment(
    rooms: Rooms, programme: Programme, source: SegmentSource, options: ProduceOptions, bed: CartInfo | None
) -> Prepared:
    day = options.air_date
    cart = rooms.carts.prepare(source.cart, programme.folder, day) if source.cart is not None else None
    if source.written is None:
        return Prepared(source, cart=cart)
    script, who = read_lines(rooms, source)
    speed = options.speed or programme.speed
    names = [options.voice_id or name for name in line_voices(rooms, programme, source, script, who)]
    voices = {name: ready_voice(rooms, name, day, speed) for name in dict.fromkeys(names)}
    refuse_long_lines(source, script, [voices[name][1] for name in names])
    card, voice = voices[names[0]]
    own_bed = rooms.carts.prepare(source.bed_cart, programme.folder, day) if source.bed_cart else None
    return Prepared(
        source,
        script=script,
        card=card,
        voice=voice,
        speakers=tuple(voices[name] for name in names) if who else (),
        cart=cart,
        bed=own_bed or (bed if source.bed else None),
    )


def line_voices(
    rooms: Rooms, programme: Programme, source: SegmentSource, script: Script, who: Sequence[int | None]
) -> list[str]:
    """The id of the voice that each line asks for."""
    main = source.voice_id or programme.voice_id or rooms.default_voice
    speakers = source.speakers.voices if source.speakers else ()
    return [main if each is None else speakers[each] for each in who or [None] * len(script.utterances)]


def refuse_long_lines(source: SegmentSource, script: Script, voices: Sequence[VoiceSpec | None]) -> None:
    """Raises InputError `text.line_too_long` for a line that its voice will not speak; None is a voice not known.

    A script is cut between words wherever it has no clauses: only what has no space in it can be so long.
    """
    for line, voice in zip(script.utterances, voices, strict=True):
        if voice is not None and 0 < voice.most_characters < len(line.spoken):
            raise InputError(
                "text.line_too_long",
                title=source.title,
                voice=voice.voice_id,
                line=excerpt(line.spoken),
                characters=len(line.spoken),
                at_most=voice.most_characters,
            )


def ready_voice(rooms: Rooms, voice_id: str, air_date: date, speed: float) -> tuple[VoiceCard, VoiceSpec]:
    """A voice that may and can speak on a day, at a speed besides its card's own; raises StudioError."""
    card = rooms.voices.card(voice_id)
    refused = refusal(card, rooms.unit.rules(), air_date, day_in_vietnam(rooms.clock.now()))
    if refused is not None:
        raise refused
    return card, rooms.engines.resolve(card, rooms.voices.weights(card), speed)
