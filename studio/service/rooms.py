"""The rooms a service works with: every port, filled by `wiring`, and the house's defaults."""

from __future__ import annotations

from dataclasses import dataclass

from studio.ports import (
    Auditions,
    Audits,
    Booth,
    CartLibrary,
    CartStore,
    Clock,
    Engines,
    Journal,
    Leftovers,
    MasterStore,
    OpinionModel,
    Outlet,
    Pictures,
    PitchTracker,
    Profiles,
    Rundowns,
    ScoreBook,
    SoundFiles,
    TakeStore,
    UnitRules,
    Voices,
    WeightStore,
)
from studio.service.reading import Reader


@dataclass(frozen=True, slots=True)
class Rooms:
    """One value a process; safe to use from several threads."""

    auditions: Auditions
    audits: Audits
    booth: Booth
    cart_library: CartLibrary
    carts: CartStore
    clock: Clock
    engines: Engines
    journal: Journal
    leftovers: Leftovers
    masters: MasterStore
    opinions: OpinionModel
    outlet: Outlet
    pictures: Pictures
    pitch: PitchTracker
    profiles: Profiles
    rundowns: Rundowns
    scores: ScoreBook
    sounds: SoundFiles
    takes: TakeStore
    unit: UnitRules
    voices: Voices
    weights: WeightStore
    default_voice: str
    default_profiles: tuple[str, ...]
    workers: int
    reader: Reader
