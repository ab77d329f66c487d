"""Lexicons as tables: written form, spoken form and a note, parted by tabs; and what every entry must fulfil."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from studio.errors import InputError
from studio.text.lexicon import MOST_WRITTEN, is_speakable
from studio.text.surface import surface_of
from studio.text.unicode import compose
from studio.values.lexicon import Entry

HEADER = ("written", "spoken", "note")
MOST_ENTRIES = 50_000


def checked(entry: Entry) -> Entry:
    """The entry as the reader compares it: clean Unicode, one kind of dash and quote, tone marks in the house's places.

    Raises InputError lexicon.bad_entry (file, line, written, spoken) for a written form without a letter or
    figure, over 100 characters or after a "#", and for a spoken form that is not made of Vietnamese letters and spaces.
    """
    written = _one_line(entry.written)
    spoken = _one_line(entry.spoken)
    known = any(map(str.isalnum, written)) and len(written) <= MOST_WRITTEN and not written.startswith("#")
    if not known or not is_speakable(spoken):
        raise InputError(
            "lexicon.bad_entry", file=entry.file, line=entry.line, written=entry.written[:80], spoken=entry.spoken[:80]
        )
    return entry._replace(written=written, spoken=spoken, note=" ".join(entry.note.split()))


def read_tsv(text: str, file: str, layer: str) -> tuple[Entry, ...]:
    """The entries of a table; lines that begin with "#" are remarks, a first line of column names is optional.

    Raises InputError lexicon.bad_entry, lexicon.bad_row (file, line) for a line without a spoken form, and
    lexicon.too_many (file, at_most).
    """
    entries: list[Entry] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if not entries and tuple(cell.lower() for cell in cells) in (HEADER, HEADER[:2]):
            continue
        if len(cells) not in (2, 3):
            raise InputError("lexicon.bad_row", file=file, line=number)
        if len(entries) == MOST_ENTRIES:
            raise InputError("lexicon.too_many", file=file, at_most=MOST_ENTRIES)
        entries.append(checked(Entry(cells[0], cells[1], cells[2] if len(cells) > 2 else "", layer, file, number)))
    return tuple(entries)


def write_tsv(entries: Iterable[Entry]) -> str:
    """Entries as a table with column names."""
    return "\n".join(("\t".join(HEADER), *_rows(entries))) + "\n"


def _rows(entries: Iterable[Entry]) -> Iterator[str]:
    for entry in entries:
        yield "\t".join((entry.written, entry.spoken, entry.note)).rstrip("\t")


def _one_line(text: str) -> str:
    return " ".join(surface_of(compose(text).text).text.split())
