"""From a file to a plan: texts read, voices and carts found, every refusal made before a line is spoken."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studio.errors import InputError
from studio.files.card import VoiceCard
from studio.files.profile import Profile
from studio.ports import CartInfo
from studio.rules.mastering import PlannedMaster, plan_masters
from studio.rules.planning import Plan, Prepared, plan
from studio.rules.programme import Programme, SegmentSource, of_bulletin, of_rundown
from studio.service.requests import ProduceOptions
from studio.values.voice import VoiceSpec

if TYPE_CHECKING:
    from studio.service.studio import Studio

RUNDOWN_SUFFIX = ".toml"


@dataclass(frozen=True, slots=True)
class Preparation:
    """A plan, the profiles it will be mastered to, and what is known of the masters beforehand."""

    plan: Plan
    profiles: tuple[Profile, ...]
    masters: tuple[PlannedMaster, ...]


def open_programme(studio: Studio, path: Path) -> Programme:
    """Reads a rundown with the documents it names, or one document as a programme of its own."""
    if path.suffix.lower() != RUNDOWN_SUFFIX:
        return of_bulletin(path.stem, studio.reader.documents.load(path), path.parent)
    rundown = studio.rundowns.read(path)
    texts = {item.file: studio.reader.documents.load(path.parent / item.file) for item in rundown.items if item.file}
    return of_rundown(rundown, texts, path.parent, path.stem)


def prepare(studio: Studio, programme: Programme, options: ProduceOptions) -> Preparation:
    """Finds everything a programme needs; raises a StudioError for whatever is missing or unusable."""
    names = options.profiles or programme.profiles or studio.default_profiles
    profiles = tuple(studio.profiles.profile(name) for name in dict.fromkeys(names))
    bed = studio.carts.prepare(programme.bed_cart, programme.folder) if programme.bed_cart else None
    prepared = tuple(_prepare_segment(studio, programme, source, options, bed) for source in programme.segments)
    before = studio.journal.last(programme.slug)
    planned = plan(programme, prepared, studio.takes.find, before)
    masters = plan_masters(
        planned.segments,
        profiles,
        programme.bed_under_speech_lu,
        studio.sounds.version(),
        lambda key: studio.masters.find(key) is not None,
        before,
    )
    return Preparation(planned, profiles, masters)


def _prepare_segment(
    studio: Studio, programme: Programme, source: SegmentSource, options: ProduceOptions, bed: CartInfo | None
) -> Prepared:
    if source.cart is not None:
        return Prepared(source, cart=studio.carts.prepare(source.cart, programme.folder))
    assert source.written is not None  # a segment has either a cart or a text
    script = studio.reader.read_document(source.written)
    if not script.utterances:
        raise InputError("text.nothing_to_say", title=source.title)
    card, voice = _voice(studio, options.voice_id or source.voice_id or programme.voice_id, programme, options)
    return Prepared(source, script=script, card=card, voice=voice, bed=bed if source.bed else None)


def _voice(
    studio: Studio, voice_id: str | None, programme: Programme, options: ProduceOptions
) -> tuple[VoiceCard, VoiceSpec]:
    card = studio.voices.card(voice_id or studio.default_voice)
    speed = card.speed * (options.speed or programme.speed)
    return card, studio.engines.resolve(card, studio.voices.weights(card), speed)
