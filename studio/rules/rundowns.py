"""A rundown as a programme: its segments in playing order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from studio.files.rundown import FACTS, Bed, Emergency, Item, Rundown
from studio.rules.naming import slugify
from studio.rules.programme import SEGMENT_SLUGS, Programme, SegmentKind, SegmentSource, Speakers
from studio.rules.templates import fill, values_of
from studio.values.lexicon import Entry
from studio.values.location import Location
from studio.values.text import PARTS, Document

Lexicons = Mapping[str, tuple[Entry, ...]]
"""Entries by the name of their file, and by that of the document they stand beside."""

AGAIN = "Xin nhắc lại."
BETWEEN_READINGS_MS = 1_200
"""Silence between two readings of an emergency (house rule for items: 1.0 to 1.5 s)."""

_ENDS = ".!?…"


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
    In an emergency nothing has a bed, nor words over its jingle.
    """
    making = _Making(rundown, texts, lexicons, values_of(air_date, rundown.unit, rundown.title))
    segments = making.segments()
    if rundown.priority == "khan_cap":
        segments = tuple(replace(segment, bed=False, bed_cart=None, cart_under_ms=0) for segment in segments)
    return Programme(
        title=rundown.title,
        unit=rundown.unit,
        slug=rundown.slug or slugify(stem),
        folder=folder,
        segments=segments,
        voice_id=rundown.voice,
        speed=rundown.speed or 1.0,
        profiles=rundown.profiles,
        bed_cart=rundown.bed.cart if rundown.bed else None,
        bed_under_speech_lu=rundown.bed.under_speech_lu if rundown.bed else None,
        target_s=rundown.target_s,
        priority=rundown.priority,
    )


def emergency_text(emergency: Emergency, values: Mapping[str, str]) -> str:
    """The five facts as they are read out, again after a silence as often as is asked."""
    reading = "\n\n".join(_sentence(fill(getattr(emergency, fact), values)) for fact in FACTS)
    return f"\n\n{{|{BETWEEN_READINGS_MS}}}\n\n{AGAIN}\n\n".join([reading] * emergency.times)


def headlines_text(intro: str, items: tuple[Item, ...]) -> str:
    """The words before the headlines, and a sentence for each item that is to be told."""
    told = (item.title if item.headline is None else item.headline for item in items)
    return "\n\n".join([intro, *(_sentence(headline) for headline in told if headline)])


def _sentence(words: str) -> str:
    words = words.strip()
    return words if words.endswith(tuple(_ENDS)) else f"{words.rstrip(',;:')}."


@dataclass(frozen=True, slots=True)
class _Making:
    """What every segment is made from."""

    rundown: Rundown
    texts: Mapping[str, Document]
    lexicons: Lexicons
    values: Mapping[str, str]

    @property
    def shared(self) -> tuple[Entry, ...]:
        """The rundown's own lexicon."""
        return self.lexicons.get(self.rundown.lexicon or "", ())

    def segments(self) -> tuple[SegmentSource, ...]:
        """Everything in playing order."""
        rundown = self.rundown
        items = [self._item(item, ("items", place)) for place, item in enumerate(rundown.items)]
        notices = [self._item(item, ("notices", place)) for place, item in enumerate(rundown.notices)]
        groups = [*([self._headlines()] if rundown.headlines else []), *items, *map(_as_notice, notices)]
        parts = (
            *self._opening(),
            *self._emergency(),
            *self._with_stings(groups),
            self._words(SegmentKind.CLOSING, "Lời kết", rundown.closing.text, ("closing", "text")),
            _cart(SegmentKind.ENDING, "Nhạc kết", rundown.closing.cart, ("closing", "cart")),
        )
        return tuple(part for part in parts if part is not None)

    def _with_stings(self, groups: list[list[SegmentSource]]) -> list[SegmentSource | None]:
        stings = self.rundown.stings
        sting = _cart(SegmentKind.STING, "Nhạc cắt", stings.cart, ("stings", "cart")) if stings else None
        return [segment for group in groups for segment in (*group, sting)][:-1]

    def _opening(self) -> tuple[SegmentSource | None, ...]:
        opening = self.rundown.opening
        jingle = _cart(SegmentKind.OPENING, "Nhạc hiệu", opening.cart, ("opening", "cart"))
        greeting = self._words(SegmentKind.GREETING, "Lời chào", opening.text, ("opening", "text"))
        if opening.under_greeting_s is None or greeting is None:
            return jingle, greeting
        under_ms = round(1000 * opening.under_greeting_s)
        both = replace(greeting, kind=SegmentKind.OPENING, title="Nhạc hiệu và lời chào", cart=opening.cart)
        return (replace(both, slug=SEGMENT_SLUGS[SegmentKind.OPENING], cart_under_ms=under_ms),)

    def _emergency(self) -> tuple[SegmentSource | None, ...]:
        emergency = self.rundown.emergency
        if emergency is None:
            return ()
        kind = SegmentKind.EMERGENCY
        spoken = SegmentSource(
            kind,
            self.rundown.title,
            SEGMENT_SLUGS[kind],
            written=Document(emergency_text(emergency, self.values)),
            voice_id=emergency.voice,
            lexicon=self.shared,
            # Its words are all to be heard, whatever they look like.
            keep_parts=PARTS,
            location=("emergency",),
        )
        return _cart(SegmentKind.ATTENTION, "Tín hiệu báo khẩn", emergency.tone, ("emergency", "tone")), spoken

    def _headlines(self) -> list[SegmentSource]:
        headlines = self.rundown.headlines
        assert headlines is not None  # asked for only where there are some
        kind = SegmentKind.HEADLINES
        written = headlines_text(fill(headlines.text, self.values), self.rundown.items)
        # A name is said among the headlines as in its item.
        lexicon = self.shared + tuple(entry for item in self.rundown.items for entry in self._own(item))
        segment = SegmentSource(
            kind,
            "Điểm tin",
            SEGMENT_SLUGS[kind],
            written=Document(written),
            voice_id=headlines.voice,
            bed=True,
            lexicon=lexicon,
            keep_parts=PARTS,
            location=("headlines", "text"),
        )
        return [segment]

    def _own(self, item: Item) -> tuple[Entry, ...]:
        return self.lexicons.get(item.file or "", ()) + self.lexicons.get(item.lexicon or "", ())

    def _item(self, item: Item, location: Location) -> list[SegmentSource]:
        """An item's intro, where it has one, and the item."""
        key = "audio" if item.audio else "text" if item.text is not None else "file"
        own_bed = item.bed if isinstance(item.bed, Bed) else None
        base = SegmentSource(
            SegmentKind.ITEM,
            item.title,
            slugify(item.title),
            voice_id=item.voice,
            bed=item.bed is True,
            bed_cart=own_bed.cart if own_bed else None,
            bed_under_speech_lu=own_bed.under_speech_lu if own_bed else None,
            lexicon=self.shared + self._own(item),
            location=(*location, key),
        )
        if item.audio:
            main = replace(base, kind=SegmentKind.RECORDING, cart=item.audio, bed=False, bed_cart=None)
        else:
            written = Document(item.text) if item.text is not None else self.texts[item.file or ""]
            speakers = Speakers(item.voices, item.say_labels) if item.voices else None
            main = replace(base, written=written, speakers=speakers, keep_parts=frozenset(item.keep))
        return [*self._intro(item, base, location), main]

    def _intro(self, item: Item, base: SegmentSource, location: Location) -> tuple[SegmentSource, ...]:
        if item.intro is None:
            return ()
        said = Document(fill(item.intro, self.values))
        title, slug = f"Lời dẫn: {item.title}", slugify(f"lời dẫn {item.title}")
        intro = replace(base, kind=SegmentKind.INTRO, title=title, slug=slug, written=said)
        return (replace(intro, location=(*location, "intro")),)

    def _words(self, kind: SegmentKind, title: str, written: str | None, location: Location) -> SegmentSource | None:
        if written is None:
            return None
        said = Document(fill(written, self.values))
        slug = SEGMENT_SLUGS[kind]
        return SegmentSource(kind, title, slug, written=said, bed=True, lexicon=self.shared, location=location)


def _as_notice(group: list[SegmentSource]) -> list[SegmentSource]:
    *before, last = group
    kind = SegmentKind.NOTICE if last.kind is SegmentKind.ITEM else last.kind
    return [*before, replace(last, kind=kind)]


def _cart(kind: SegmentKind, title: str, cart: str | None, location: Location) -> SegmentSource | None:
    return None if cart is None else SegmentSource(kind, title, SEGMENT_SLUGS[kind], cart=cart, location=location)
