"""Ports: what the service asks of the world, as small protocols that adapters fulfil."""

from __future__ import annotations

from studio.ports.carts import CartChange, CartInfo, CartLibrary, CartStore, NewCart, SoundReader
from studio.ports.programmes import Clock, Journal, Leftovers, Outlet, Profiles, Progress, Rundowns, Stage, UnitRules
from studio.ports.sounds import MasterStore, Pictures, SoundFiles, SoundFormat, Tags
from studio.ports.texts import Documents, HouseChoices, Lexicons
from studio.ports.voices import (
    Auditions,
    Audits,
    Booth,
    Engine,
    Engines,
    OpinionModel,
    PitchTracker,
    PullReport,
    ScoreBook,
    TakeStore,
    Voices,
    WeightStore,
)

__all__ = [
    "Auditions",
    "Audits",
    "Booth",
    "CartChange",
    "CartInfo",
    "CartLibrary",
    "CartStore",
    "Clock",
    "Documents",
    "Engine",
    "Engines",
    "HouseChoices",
    "Journal",
    "Leftovers",
    "Lexicons",
    "MasterStore",
    "NewCart",
    "OpinionModel",
    "Outlet",
    "Pictures",
    "PitchTracker",
    "Profiles",
    "Progress",
    "PullReport",
    "Rundowns",
    "ScoreBook",
    "SoundFiles",
    "SoundFormat",
    "SoundReader",
    "Stage",
    "Tags",
    "TakeStore",
    "UnitRules",
    "Voices",
    "WeightStore",
]
