"""Values of weights: the files of a voice and whether they may be loaded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class WeightCondition(StrEnum):
    """What is known of one file of weights."""

    READY = "ready"
    """Its bytes were hashed and are what the card or the first pull says; untouched since."""
    MISSING = "missing"
    UNVERIFIED = "unverified"
    """It lies there, but nobody hashed it yet, or it was touched since."""
    DAMAGED = "damaged"
    """Its bytes are not those that the card or the first pull says."""


@dataclass(frozen=True, slots=True)
class WeightState:
    """One file of a voice's weights.

    `sha256` and `size_bytes` are those of the file as it lies there, None where it was not hashed.
    `recorded` says that no digest was known before, and that this one was written to the lock file now; `moves` that
    the card's address may give other bytes tomorrow.
    """

    path: str
    condition: WeightCondition
    size_bytes: int | None = None
    sha256: str | None = None
    recorded: bool = False
    moves: bool = False
