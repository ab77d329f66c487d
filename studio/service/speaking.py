"""Lines outside a programme: spoken once, then answered by their kept takes."""

from __future__ import annotations

from collections.abc import Sequence

from studio.fingerprint import fingerprint, take_fields
from studio.ports import Progress
from studio.rules.candidates import Candidate
from studio.rules.voices import refusal
from studio.service.rooms import Rooms
from studio.values.vietnam import day_in_vietnam
from studio.values.voice import SpeechRequest, TakeInfo, VoiceSpec


def spec_of(rooms: Rooms, candidate: Candidate) -> VoiceSpec:
    """The candidate's voice, resolved; raises VoiceError where it may not or cannot speak."""
    card = rooms.voices.card(candidate.voice_id)
    today = day_in_vietnam(rooms.clock.now())
    refused = refusal(card, rooms.unit.rules(), today, today)
    if refused is not None:
        raise refused
    return rooms.engines.resolve(candidate.on(card), rooms.voices.weights(card), candidate.speed)


def takes_of(rooms: Rooms, requests: Sequence[SpeechRequest], progress: Progress) -> tuple[TakeInfo, ...]:
    """The take of each line, in order; what is missing is spoken and kept."""
    asked = {fingerprint(take_fields(request)): request for request in requests}
    kept = {key: info for key in asked if (info := rooms.takes.find(key)) is not None}
    missing = [(key, request) for key, request in asked.items() if key not in kept]
    sounds = rooms.booth.speak(request for _, request in missing)
    for done, ((key, request), sound) in enumerate(zip(missing, sounds, strict=True), 1):
        kept[key] = rooms.takes.save(key, take_fields(request), sound, device=request.voice.device)
        progress("speak", done, len(missing))
    return tuple(kept[fingerprint(take_fields(request))] for request in requests)
