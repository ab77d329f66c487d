"""Ports of texts: documents, lexicons, choices of reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # Annotations only: whoever needs one port need not pay for loading what the others speak of.
    from pathlib import Path

    from studio.values.lexicon import Entry
    from studio.values.text import Document, ReadingChoices


class Documents(Protocol):
    """Texts in the formats of an office."""

    def reads_scans(self) -> bool:
        """Whether pictures of text can be read here and now."""

    def read(self, path: Path) -> str:
        """The text of a document; raises InputError naming the file."""

    def load(self, path: Path) -> Document:
        """The same with what was done to the text on the way."""

    def load_plain(self, path: Path) -> Document:
        """A file's text as it is, whatever its name ends in; raises InputError naming the file."""

    def decode(self, data: bytes, name: str) -> Document:
        """The text of plain bytes in any of an office's encodings; raises InputError naming `name`."""


class Lexicons(Protocol):
    """What the city, the unit and a bulletin want said for a written word."""

    def house(self) -> tuple[Entry, ...]:
        """The entries of the city and the unit, lowest layer first; raises InputError naming file and line."""

    def beside(self, document: Path) -> tuple[Entry, ...]:
        """The entries of a document's own lexicon, none where it has no such file."""

    def read(self, path: Path) -> tuple[Entry, ...]:
        """The entries of one file, for a bulletin; raises InputError naming file and line."""


class HouseChoices(Protocol):
    """How this house reads where there is a choice."""

    def choices(self) -> ReadingChoices:
        """The choices that hold now; raises InputError naming file, line and key."""
