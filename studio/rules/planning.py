"""What must be spoken and what is already kept, and why: one reason each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from studio.files.card import VoiceCard
from studio.fingerprint import Fields, Value, changed_fields, fingerprint, take_fields
from studio.ports import CartInfo
from studio.rules.programme import Programme, SegmentSource
from studio.values.text import Script, Utterance
from studio.values.voice import SpeechRequest, TakeInfo, VoiceSpec

_FIGURES = re.compile(r"(?:\b(?:không|một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín)\b,?\s*){7}", re.IGNORECASE)
"""As many figures as the shortest telephone number has, one after the other."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is kept or made again: "kept", "new", "changed" (these fields) or "lost" (kept sound is gone)."""

    code: str
    changed: tuple[str, ...] = ()


KEPT = Reason("kept")


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One line of a segment: what is asked of the voice, and the take that already answers it."""

    request: SpeechRequest
    fingerprint: str
    pause_after_ms: int
    take: TakeInfo | None
    reason: Reason
    bare: bool = False
    """No bed may sound with it: a number to be written down."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A segment with its text read and its voice and carts found; nothing spoken yet."""

    source: SegmentSource
    script: Script | None = None
    card: VoiceCard | None = None
    voice: VoiceSpec | None = None
    speakers: tuple[tuple[VoiceCard, VoiceSpec], ...] = ()
    """Who says each line of a dialogue; empty where `card` says all."""
    cart: CartInfo | None = None
    bed: CartInfo | None = None

    @property
    def voices(self) -> tuple[tuple[VoiceCard, VoiceSpec], ...]:
        """Who speaks: line by line in a dialogue, else the one who says all; empty without words."""
        if self.card is None or self.voice is None:
            return ()
        return self.speakers or ((self.card, self.voice),)


@dataclass(frozen=True, slots=True)
class PlannedSegment:
    """A prepared segment with its lines looked up."""

    index: int
    prepared: Prepared
    lines: tuple[PlannedLine, ...]

    @property
    def source(self) -> SegmentSource:
        """What the segment is."""
        return self.prepared.source

    @property
    def to_speak(self) -> tuple[PlannedLine, ...]:
        """Lines without a kept take."""
        return tuple(line for line in self.lines if line.take is None)


@dataclass(frozen=True, slots=True)
class Plan:
    """A programme with every line looked up."""

    programme: Programme
    segments: tuple[PlannedSegment, ...]

    @property
    def lines(self) -> tuple[PlannedLine, ...]:
        """All lines in playing order."""
        return tuple(line for segment in self.segments for line in segment.lines)

    @property
    def to_speak(self) -> tuple[PlannedLine, ...]:
        """Lines without a kept take, each spoken form and voice once, in playing order."""
        missing = {line.fingerprint: line for line in self.lines if line.take is None}
        return tuple(missing.values())


def plan(
    programme: Programme,
    prepared: tuple[Prepared, ...],
    find_take: Callable[[str], TakeInfo | None],
    before: Mapping[str, Fields],
) -> Plan:
    """Looks every line up; `before` maps spoken forms to the take fields of the programme's last run."""
    segments = tuple(
        PlannedSegment(index, each, _lines(each, find_take, before)) for index, each in enumerate(prepared, 1)
    )
    return Plan(programme, segments)


def _lines(
    prepared: Prepared, find_take: Callable[[str], TakeInfo | None], before: Mapping[str, Fields]
) -> tuple[PlannedLine, ...]:
    if prepared.script is None or prepared.voice is None or prepared.card is None:
        return ()
    utterances = prepared.script.utterances
    speakers = prepared.speakers or ((prepared.card, prepared.voice),) * len(utterances)
    lines = []
    for utterance, (card, voice) in zip(utterances, speakers, strict=True):
        request = SpeechRequest(utterance.spoken, voice)
        fields = take_fields(request)
        key = fingerprint(fields)
        take = find_take(key)
        reason = KEPT if take else why_again(before.get(utterance.spoken), fields)
        pause_ms = round(utterance.pause_after_ms * card.pauses)
        lines.append(PlannedLine(request, key, pause_ms, take, reason, is_bare(utterance)))
    return tuple(lines)


def is_bare(utterance: Utterance) -> bool:
    """Whether a line holds a number to be written down: a telephone number, or as many figures said one by one.

    Such figures may stand in an inline mark, or in words: that is no telephone number to the reader.
    """
    return any(token.kind == "phone" for token in utterance.tokens) or _FIGURES.search(utterance.spoken) is not None


def why_again(before: Mapping[str, Value] | None, now: Mapping[str, Value]) -> Reason:
    """Why something without a kept result is made: compares its fields with those of the last run."""
    if before is None:
        return Reason("new")
    changed = changed_fields(before, now)
    return Reason("changed", changed) if changed else Reason("lost")
