"""Ports of carts: prepared ones, and those a station keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # Annotations only: whoever needs one port need not pay for loading what the others speak of.
    from datetime import date
    from pathlib import Path

    from studio.files.card import Consent
    from studio.files.cart import CartCard
    from studio.sound import Samples
    from studio.values.cart import CartKind


class SoundReader(Protocol):
    """Random access to one sound, mono, at its own rate."""

    rate_hz: int
    frames: int

    def read(self, start: int, frames: int) -> Samples:
        """float32 (n, 1), fewer than `frames` only at the end."""


@dataclass(frozen=True, slots=True)
class CartInfo:
    """A prepared cart: mono at the studio's rate; cue points at its own peak − 40 dB, in frames."""

    digest: str
    name: str
    rate_hz: int
    frames: int
    cue_in: int
    cue_out: int
    integrated_lufs: float
    kind: str | None = None
    """A kept cart's kind (see `CartKind`); None for a file that is only named by a rundown."""
    rights: str | None = None
    """Who holds the rights; None where nobody said."""
    loop_in: int | None = None
    loop_out: int | None = None
    """A bed plays from its cue in to here, then again and again from `loop_in`; frames."""
    true_peak_dbtp: float | None = None


class CartStore(Protocol):
    """Prepared carts, by the digest of their samples."""

    def prepare(self, reference: str, beside: Path, air_date: date | None = None) -> CartInfo:
        """Finds, checks, converts once and measures a cart that may air on a day; raises SoundError or InputError."""

    def reader(self, digest: str) -> SoundReader:
        """Reads a prepared cart."""


@dataclass(frozen=True, slots=True)
class NewCart:
    """What is said of a sound that is to be kept; points left out are found, or there are none."""

    kind: CartKind
    name: str | None = None
    """The file's own where none is given; the cart's id is made from it."""
    rights: str | None = None
    licence: str | None = None
    consent: Consent | None = None
    synthetic: bool = False
    """Made by a machine."""
    cue_in_ms: int | None = None
    cue_out_ms: int | None = None
    loop_in_ms: int | None = None
    loop_out_ms: int | None = None
    replace: bool = False


@dataclass(frozen=True, slots=True)
class CartChange:
    """What is to be different about a kept cart; None leaves it as it is."""

    rights: str | None = None
    licence: str | None = None
    consent: Consent | None = None
    cue_in_ms: int | None = None
    cue_out_ms: int | None = None
    loop_in_ms: int | None = None
    loop_out_ms: int | None = None


class CartLibrary(Protocol):
    """The carts a station keeps, by id or name."""

    def add(self, path: Path, new: NewCart) -> CartCard:
        """Checks, converts, measures and keeps a sound file; raises InputError or SoundError."""

    def change(self, name: str, change: CartChange) -> CartCard:
        """Changes a card and measures what then plays; raises InputError or SoundError."""

    def cards(self) -> tuple[CartCard, ...]:
        """All cards, sorted by id."""

    def card(self, name: str) -> CartCard:
        """One card; raises InputError `cart.unknown`."""

    def picture(self, card: CartCard) -> Path:
        """A PNG of its sound over time."""

    def remove(self, name: str) -> CartCard:
        """Takes a cart away; raises InputError `cart.unknown`."""
