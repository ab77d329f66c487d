"""The cards of kept carts and where everything of a cart lies."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from studio.errors import BusyError, StorageError
from studio.files.cart import CartCard
from studio.stores.durable import write_bytes
from studio.stores.locks import locked
from studio.stores.tomlfolders import TomlFolders
from studio.stores.tomlwriting import toml_text

LOCK_TIMEOUT_S = 60.0
"""Held only while files are put in their places, never while sound is converted."""


def samples_path(kept: Path, digest: str) -> Path:
    """Where the samples of that digest lie."""
    return kept / f"{digest}.flac"


def place_samples(file: Path, kept: Path, digest: str) -> None:
    """Moves converted samples to where they are found; raises StorageError."""
    try:
        file.replace(samples_path(kept, digest))
    except OSError as error:
        raise StorageError.of(error, file) from error


class CartCards:
    """`<home>/carts/cards/<id>.toml`, and beside each the picture of its sound.

    Folders of sound files may hold cards too (`shipped`): they say of a file there what no file can say itself.
    """

    def __init__(self, home: Path, shipped: Sequence[Path] = (), lock_timeout_s: float = LOCK_TIMEOUT_S) -> None:
        self._folder = home / "carts" / "cards"
        self._lock_timeout_s = lock_timeout_s
        self._cards = TomlFolders((self._folder,), CartCard, "cart_card")
        self._shipped = TomlFolders(shipped, CartCard, "cart_card")

    def all(self) -> tuple[CartCard, ...]:
        """Every card, sorted by id; raises InputError `cart_card.*` naming file, line and key of a wrong one."""
        return self._cards.all()

    def named(self, name: str) -> CartCard | None:
        """The card of that id, else the first of that name, whatever its capitals."""
        card = self._cards.get(name)
        wanted = _folded(name)
        return card or next((card for card in self.all() if _folded(card.name) == wanted), None)

    def get(self, cart_id: str) -> CartCard | None:
        """The card of exactly that id."""
        return self._cards.get(cart_id)

    def of_sound(self, digest: str) -> CartCard | None:
        """The first card of exactly that sound, a kept cart's before one beside a file."""
        cards = chain(self.all(), self._shipped.all())
        return next((card for card in cards if card.digest == digest), None)

    def picture(self, cart_id: str) -> Path:
        """Where the picture of a cart's sound lies."""
        return self._folder / f"{cart_id}.png"

    def write(self, card: CartCard, picture: bytes) -> None:
        """Puts a card in its place after its picture: what has a card is whole. The caller holds the lock."""
        write_bytes(self.picture(card.id), picture)
        write_bytes(self._folder / f"{card.id}.toml", toml_text(card).encode())

    def delete(self, card: CartCard) -> None:
        """Takes the card away, then its picture. The caller holds the lock."""
        path = self._folder / f"{card.id}.toml"
        try:
            path.unlink(missing_ok=True)
            self.picture(card.id).unlink(missing_ok=True)
        except OSError as error:
            raise StorageError.of(error, path) from error

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keeps other processes from changing the carts; raises BusyError `cart.busy`."""
        folder = self._folder.parent
        with locked(folder / ".lock", self._lock_timeout_s, BusyError("cart.busy", folder=str(folder))):
            yield


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
