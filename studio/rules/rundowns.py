"""A rundown as a programme: its segments in playing order, and where it names what else must be there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from studio.files.rundown import Item, Rundown
from studio.rules.naming import slugify
from studio.rules.programme import SEGMENT_SLUGS, Programme, SegmentKind, SegmentSource
from studio.rules.templates import fill, unknown_in, values_of
from studio.values.lexicon import Entry
from studio.values.location import Location
from studio.values.text import Document

Lexicons = Mapping[str, tuple[Entry, ...]]
"""Entries by the name of their file, and by that of the document they stand beside."""

Named = tuple[Location, str]
"""Where a rundown names something, and what."""


def of_rundown(
    rundown: Rundown,
    texts: Mapping[str, Document],
    folder: Path,
    stem: str,
    air_date: date,
    lexicons: Lexicons = MappingProxyType({}),
) -> Programme:
    """A rundown's segments in playing order; `texts` holds each item's document by its file's name.

    Placeholders of the rundown's own words are filled for `air_date`; those that are not known stay.
    Of lexicon entries the item's own win over those beside its document, and those over the rundown's.
    """
    shared = lexicons.get(rundown.lexicon or "", ())
    values = values_of(air_date, rundown.unit, rundown.title)
    items = [_item(item, ("items", place), texts, shared, lexicons) for place, item in enumerate(rundown.items)]
    if rundown.stings is not None:
        sting = _cart(SegmentKind.STING, "Nhạc cắt", rundown.stings.cart, ("stings", "cart"))
        items = [segment for item in items for segment in (item, sting) if segment is not None][:-1]
    parts = (
        _cart(SegmentKind.OPENING, "Nhạc hiệu", rundown.opening.cart, ("opening", "cart")),
        _words(SegmentKind.GREETING, "Lời chào", _filled(rundown.opening.text, values), shared, ("opening", "text")),
        *items,
        _words(SegmentKind.CLOSING, "Lời kết", _filled(rundown.closing.text, values), shared, ("closing", "text")),
        _cart(SegmentKind.ENDING, "Nhạc kết", rundown.closing.cart, ("closing", "cart")),
    )
    return Programme(
        title=rundown.title,
        unit=rundown.unit,
        slug=rundown.slug or slugify(stem),
        folder=folder,
        segments=tuple(part for part in parts if part is not None),
        voice_id=rundown.voice,
        speed=rundown.speed or 1.0,
        profiles=rundown.profiles,
        bed_cart=rundown.bed.cart if rundown.bed else None,
        bed_under_speech_lu=rundown.bed.under_speech_lu if rundown.bed else None,
    )


def carts_of(rundown: Rundown) -> Iterator[Named]:
    """Every cart it names."""
    named = (
        (("opening", "cart"), rundown.opening.cart),
        (("bed", "cart"), rundown.bed and rundown.bed.cart),
        (("stings", "cart"), rundown.stings and rundown.stings.cart),
        (("closing", "cart"), rundown.closing.cart),
    )
    yield from ((location, cart) for location, cart in named if cart)


def voices_of(rundown: Rundown) -> Iterator[Named]:
    """Every voice it names."""
    if rundown.voice:
        yield ("voice",), rundown.voice
    yield from ((("items", place, "voice"), item.voice) for place, item in enumerate(rundown.items) if item.voice)


def lexicons_of(rundown: Rundown) -> Iterator[Named]:
    """Every lexicon it names."""
    if rundown.lexicon:
        yield ("lexicon",), rundown.lexicon
    yield from ((("items", place, "lexicon"), item.lexicon) for place, item in enumerate(rundown.items) if item.lexicon)


def documents_of(rundown: Rundown) -> Iterator[Named]:
    """Every bulletin it names."""
    yield from ((("items", place, "file"), item.file) for place, item in enumerate(rundown.items) if item.file)


def templates_of(rundown: Rundown) -> Iterator[Named]:
    """Every text that may hold placeholders: the rundown's own words, not those of a bulletin."""
    named = ((("opening", "text"), rundown.opening.text), (("closing", "text"), rundown.closing.text))
    yield from ((location, text) for location, text in named if text)


def unknown_placeholders(rundown: Rundown) -> Iterator[Named]:
    """Every placeholder that nothing stands for."""
    for location, text in templates_of(rundown):
        yield from ((location, name) for name in unknown_in(text))


def _filled(text: str | None, values: Mapping[str, str]) -> str | None:
    return None if text is None else fill(text, values)


def _item(
    item: Item, location: Location, texts: Mapping[str, Document], shared: tuple[Entry, ...], lexicons: Lexicons
) -> SegmentSource:
    written = Document(item.text) if item.text is not None else texts[item.file or ""]
    own = lexicons.get(item.file or "", ()) + lexicons.get(item.lexicon or "", ())
    return SegmentSource(
        SegmentKind.ITEM,
        item.title,
        slugify(item.title),
        written=written,
        voice_id=item.voice,
        bed=item.bed,
        lexicon=shared + own,
        keep_parts=frozenset(item.keep),
        location=(*location, "file" if item.text is None else "text"),
    )


def _words(
    kind: SegmentKind, title: str, written: str | None, lexicon: tuple[Entry, ...], location: Location
) -> SegmentSource | None:
    if written is None:
        return None
    slug = SEGMENT_SLUGS[kind]
    return SegmentSource(kind, title, slug, written=Document(written), bed=True, lexicon=lexicon, location=location)


def _cart(kind: SegmentKind, title: str, cart: str | None, location: Location) -> SegmentSource | None:
    return None if cart is None else SegmentSource(kind, title, SEGMENT_SLUGS[kind], cart=cart, location=location)
