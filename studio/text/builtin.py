"""The lowest layer of lexicons: what the reader's own tables say wherever a word stands."""

from __future__ import annotations

from studio.text import tables
from studio.values.lexicon import LAYERS, Entry


def built_in() -> tuple[Entry, ...]:
    """Foreign words, and abbreviations with one sure reading that asks for no context.

    The rules read these, so that a layer above is the only way to change one.
    """
    foreign = (Entry(row["written"], row["spoken"], row["source"], LAYERS[0]) for row in tables.rows("foreign"))
    short = (
        Entry(written, readings[0].spoken, "", LAYERS[0])
        for written, readings in tables.abbreviations().items()
        if len(readings) == 1 and readings[0].sure and not readings[0].before and not readings[0].after
    )
    return (*foreign, *short)
