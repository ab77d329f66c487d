"""Voices to be compared: a card as it is, or with another variant, speed or setting."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studio.errors import InputError
from studio.files.audition import CANDIDATE
from studio.files.card import Setting, VoiceCard

FORM = "ID[+VARIANT][@SPEED][:SETTING=VALUE]"
_WRITTEN = re.compile(CANDIDATE)
VARIATIONS: Mapping[str, tuple[str, ...]] = {"espeak": ("@0.85", "+f2", ":northern_tones=0")}
ANY_VARIATIONS = ("@0.85",)
"""By engine, what is offered beside a voice that is alone on its machine."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A voice and what differs from its card; `settings` are sorted by name."""

    voice_id: str
    variant: str | None = None
    speed: float = 1.0
    settings: tuple[tuple[str, Setting], ...] = ()

    @property
    def key(self) -> str:
        """The one way to write it, in the form FORM."""
        variant = f"+{self.variant}" if self.variant else ""
        speed = "" if self.speed == 1.0 else f"@{self.speed:g}"
        return self.voice_id + variant + speed + "".join(f":{name}={value}" for name, value in self.settings)

    def on(self, card: VoiceCard) -> VoiceCard:
        """The card with this candidate's variant and settings; its speed is given to the engine."""
        changes: dict[str, object] = {"settings": {**card.settings, **dict(self.settings)}}
        if self.variant:
            changes["variant"] = self.variant
        return card.model_copy(update=changes)

    def name(self, card: VoiceCard) -> str:
        """What a Vietnamese listener sees."""
        parts = [f"biến thể {self.variant}"] if self.variant else []
        if self.speed != 1.0:
            parts.append(f"tốc độ {self.speed:g}".replace(".", ","))
        parts += [f"{name} = {value}" for name, value in self.settings]
        return f"{card.name} ({', '.join(parts)})" if parts else card.name


def told_apart(named: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Pairs of shown name and key; where several share a name each has its key behind it."""
    names = Counter(name for name, _ in named)
    return tuple((name if names[name] == 1 else f"{name} – {key}", key) for name, key in named)


def candidate(written: str) -> Candidate:
    """The candidate that is written in the form FORM; raises InputError `audition.bad_candidate`."""
    found = _WRITTEN.fullmatch(written.strip())
    voice, variant, speed, settings = found.groups() if found is not None else ("", None, "0", "")
    if not float(speed or 1):
        raise InputError("audition.bad_candidate", value=written, form=FORM)
    pairs = (pair.partition("=") for pair in settings.split(":") if pair)
    changed = {name: _setting(value) for name, _, value in pairs}
    return Candidate(voice, variant, float(speed or 1), tuple(sorted(changed.items())))


def _setting(written: str) -> Setting:
    for kind in (int, float):
        try:
            return kind(written)
        except ValueError:
            continue
    return written


def offered(cards: Sequence[VoiceCard], default: str) -> tuple[Candidate, ...]:
    """What can be compared: the voices that can speak, or one that is alone and variations of it."""
    if len(cards) != 1:
        first = sorted(cards, key=lambda card: card.id != default)
        return tuple(Candidate(card.id) for card in first)
    (card,) = cards
    variations = VARIATIONS.get(card.engine, ANY_VARIATIONS)
    return (Candidate(card.id), *(candidate(card.id + variation) for variation in variations))
