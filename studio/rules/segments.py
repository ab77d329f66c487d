"""A segment's timeline at one profile, and the fields that decide its master."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field

from studio.audio.timeline import Jingle, PlacedLine, cart_segment, speech_segment
from studio.errors import InputError
from studio.files.profile import Profile
from studio.fingerprint import MASTER_RECIPE, Fields, Value
from studio.rules.planning import PlannedSegment
from studio.values.timeline import Layer, Timeline
from studio.values.voice import TakeInfo

DUCKING_RECIPE = 2
"""Raised when the way a bed is laid under speech changes its sound."""

# What a profile is called does not change its sound; how far its tolerance reaches does not either.
_SILENT_PROFILE_FIELDS = {"id", "name", "tolerance_lu", "bed_under_speech_lu"}

Takes = Mapping[str, TakeInfo]
"""Takes by the fingerprint of their line."""

LoudnessOf = Callable[[tuple[TakeInfo, ...]], float | None]
"""How loud takes are together in LUFS; None where they are too short to tell."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How one segment differs from the plain one: gains of its voices by id, and what fits it into its slot.

    `extra_pauses` are frames more (or fewer) for the pause after each line, `extra_tail` frames of bed after the
    last word, `music_frames` the length to which a cart alone is faded out early.
    """

    gains_db: Mapping[str, float] = field(default_factory=dict)
    extra_pauses: tuple[int, ...] = ()
    extra_tail: int = 0
    music_frames: int | None = None


PLAIN = Shape()


def segment_timeline(
    segment: PlannedSegment, takes: Takes, profile: Profile, under_speech_lu: float | None, shape: Shape = PLAIN
) -> Timeline:
    """Lays a segment out; `under_speech_lu` is the rundown's own bed level, else the profile's holds."""
    prepared, source = segment.prepared, segment.source
    if prepared.cart is not None and prepared.script is None:
        return cart_segment(prepared.cart, most_frames=shape.music_frames)
    extra = shape.extra_pauses or (0,) * len(segment.lines)
    lines = [
        PlacedLine(
            takes[line.fingerprint],
            line.pause_after_ms,
            extra_frames,
            shape.gains_db.get(line.request.voice.voice_id, 0.0),
            line.bare,
        )
        for line, extra_frames in zip(segment.lines, extra, strict=True)
    ]
    if not lines:
        raise InputError("text.nothing_to_say", title=source.title)
    return speech_segment(
        lines,
        prepared.bed,
        source.bed_under_speech_lu or under_speech_lu or profile.bed_under_speech_lu,
        extra_tail=shape.extra_tail,
        jingle=Jingle(prepared.cart, source.cart_under_ms) if prepared.cart else None,
    )


def voice_gains_db(segment: PlannedSegment, takes: Takes, loudness: LoudnessOf) -> dict[str, float]:
    """The gain that brings each voice of a dialogue to the loudness of the first; empty where one voice says all."""
    if not segment.prepared.speakers:
        return {}
    by_voice: dict[str, dict[str, TakeInfo]] = {}
    for line in segment.lines:
        by_voice.setdefault(line.request.voice.voice_id, {})[line.fingerprint] = takes[line.fingerprint]
    if len(by_voice) < 2:
        return {}
    levels = {voice: loudness(tuple(said.values())) for voice, said in by_voice.items()}
    first = next((level for level in levels.values() if level is not None), 0.0)
    return {voice: round(first - level, 1) for voice, level in levels.items() if level is not None}


def master_fields(timeline: Timeline, profile: Profile, encoder: str) -> Fields:
    """The fields that decide the bytes of one master."""
    resolved: dict[str, Value] = profile.model_dump(exclude=_SILENT_PROFILE_FIELDS)
    fields: Fields = {
        "recipe": MASTER_RECIPE,
        "timeline": asdict(timeline),
        "profile": resolved,
        "encoder": encoder,
    }
    if timeline.on(Layer.BED):
        # Only what has a bed is made again where beds change.
        fields["ducking"] = DUCKING_RECIPE
    return fields
