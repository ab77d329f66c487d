"""Whether a voice may speak for a unit: its accent, its licence, and the consent of the person it imitates."""

from __future__ import annotations

from datetime import date

from studio.errors import VoiceError
from studio.files.card import VoiceCard
from studio.files.manifest import NoticeEntry
from studio.files.unit import Unit
from studio.rules.planning import Plan


def refusal(card: VoiceCard, unit: Unit, on: date, today: date) -> VoiceError | None:
    """Why a voice may not speak in what airs on a day, None where it may.

    A voice trained or cloned from a person needs that person's consent, and no rule of a unit replaces it; a card
    with a recording among its files is such a voice, whatever it says of its origin. What is dated after today,
    nobody has given yet.
    """
    if card.origin != "published" or card.recordings:
        if card.consent is None:
            return VoiceError("voice.no_consent", voice=card.id)
        if card.consent.is_to_come(today):
            return VoiceError("voice.consent_to_come", voice=card.id, given=card.consent.given.isoformat())
        if card.consent.has_ended(on):
            return VoiceError("voice.consent_ended", voice=card.id, until=str(card.consent.until))
    if card.accent != "hanoi" and not unit.allow_other_accents:
        return VoiceError("voice.other_accent", voice=card.id, accent=card.accent)
    if not card.commercial and not unit.allow_non_commercial:
        return VoiceError("voice.non_commercial", voice=card.id, licence=card.licence)
    return None


def device_remarks(plan: Plan, device: str) -> tuple[NoticeEntry, ...]:
    """A notice for every voice that has weights and speaks on the CPU though another device was asked for."""
    speakers = [speaker for segment in plan.segments for speaker in segment.prepared.voices]
    on_cpu = {card.id for card, voice in speakers if card.files and voice.device != device}
    return tuple(NoticeEntry(code="voice.on_cpu", fields={"voice": each, "device": device}) for each in sorted(on_cpu))
