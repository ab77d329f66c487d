"""What a programme consists of: a rundown or a single bulletin as an ordered list of segments."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from studio.files.rundown import Item, Rundown
from studio.rules.naming import slugify
from studio.values.lexicon import Entry
from studio.values.text import Document


class SegmentKind(StrEnum):
    """The part a segment plays in the programme."""

    OPENING = "opening"
    GREETING = "greeting"
    ITEM = "item"
    STING = "sting"
    CLOSING = "closing"
    ENDING = "ending"


SEGMENT_SLUGS = {
    SegmentKind.OPENING: "nhac-hieu",
    SegmentKind.GREETING: "loi-chao",
    SegmentKind.STING: "nhac-cat",
    SegmentKind.CLOSING: "loi-ket",
    SegmentKind.ENDING: "nhac-ket",
}


@dataclass(frozen=True, slots=True)
class SegmentSource:
    """One segment before anything is read: either text to speak or a cart to play."""

    kind: SegmentKind
    title: str
    slug: str
    written: Document | None = None
    cart: str | None = None
    voice_id: str | None = None
    bed: bool = False
    lexicon: tuple[Entry, ...] = ()
    keep_parts: frozenset[str] = frozenset()
    """Parts of the text's form (see `LeftOut.part`) that are broadcast all the same."""


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme to produce. `folder` is where carts named by a relative path are looked for."""

    title: str
    unit: str
    slug: str
    folder: Path
    segments: tuple[SegmentSource, ...]
    voice_id: str | None = None
    speed: float = 1.0
    profiles: tuple[str, ...] | None = None
    bed_cart: str | None = None
    bed_under_speech_lu: float | None = None

    def keeping(self, parts: frozenset[str]) -> Programme:
        """The programme with more parts of its texts' forms broadcast."""
        kept = tuple(replace(segment, keep_parts=segment.keep_parts | parts) for segment in self.segments)
        return replace(self, segments=kept)

    @property
    def written_digest(self) -> str:
        """SHA-256 of everything that was written for it, in order."""
        texts = (segment.written.text for segment in self.segments if segment.written is not None)
        return hashlib.sha256("\0".join(texts).encode()).hexdigest()


Lexicons = Mapping[str, tuple[Entry, ...]]
"""Entries by the name of their file, and by that of the document they stand beside."""


def of_bulletin(
    title: str,
    written: Document,
    folder: Path,
    unit: str = "",
    lexicon: tuple[Entry, ...] = (),
    keep_parts: frozenset[str] = frozenset(),
) -> Programme:
    """A programme of one segment without carts."""
    slug = slugify(title)
    segment = SegmentSource(SegmentKind.ITEM, title, slug, written=written, lexicon=lexicon, keep_parts=keep_parts)
    return Programme(title=title, unit=unit, slug=slug, folder=folder, segments=(segment,))


def of_rundown(
    rundown: Rundown,
    texts: Mapping[str, Document],
    folder: Path,
    stem: str,
    lexicons: Lexicons = MappingProxyType({}),
) -> Programme:
    """A rundown's segments in playing order; `texts` holds each item's document by its file's name.

    Of lexicon entries the item's own win over those beside its document, and those over the rundown's.
    """
    shared = lexicons.get(rundown.lexicon or "", ())
    items = [_item(item, texts, shared, lexicons) for item in rundown.items]
    if rundown.stings is not None:
        sting = _cart(SegmentKind.STING, "Nhạc cắt", rundown.stings.cart)
        items = [segment for item in items for segment in (item, sting) if segment is not None][:-1]
    parts = (
        _cart(SegmentKind.OPENING, "Nhạc hiệu", rundown.opening.cart),
        _words(SegmentKind.GREETING, "Lời chào", rundown.opening.text, shared),
        *items,
        _words(SegmentKind.CLOSING, "Lời kết", rundown.closing.text, shared),
        _cart(SegmentKind.ENDING, "Nhạc kết", rundown.closing.cart),
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


def _item(item: Item, texts: Mapping[str, Document], shared: tuple[Entry, ...], lexicons: Lexicons) -> SegmentSource:
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
    )


def _words(kind: SegmentKind, title: str, written: str | None, lexicon: tuple[Entry, ...]) -> SegmentSource | None:
    if written is None:
        return None
    return SegmentSource(kind, title, SEGMENT_SLUGS[kind], written=Document(written), bed=True, lexicon=lexicon)


def _cart(kind: SegmentKind, title: str, cart: str | None) -> SegmentSource | None:
    return None if cart is None else SegmentSource(kind, title, SEGMENT_SLUGS[kind], cart=cart)
