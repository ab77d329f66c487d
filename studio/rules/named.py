"""Where a rundown names what else must be there: carts, voices, lexicons, bulletins, words for the day."""

from __future__ import annotations

from collections.abc import Iterator

from studio.files.rundown import FACTS, Bed, Item, Rundown
from studio.rules.templates import unknown_in
from studio.values.location import Location

Named = tuple[Location, str]
"""Where something is named, and what."""


def carts_of(rundown: Rundown) -> Iterator[Named]:
    """Every cart and recording."""
    if rundown.opening.cart:
        yield ("opening", "cart"), rundown.opening.cart
    if rundown.bed:
        yield ("bed", "cart"), rundown.bed.cart
    if rundown.stings:
        yield ("stings", "cart"), rundown.stings.cart
    if rundown.emergency:
        yield ("emergency", "tone"), rundown.emergency.tone
    for location, item in items_of(rundown):
        if item.audio:
            yield (*location, "audio"), item.audio
        if isinstance(item.bed, Bed):
            yield (*location, "bed", "cart"), item.bed.cart
    if rundown.closing.cart:
        yield ("closing", "cart"), rundown.closing.cart


def voices_of(rundown: Rundown) -> Iterator[Named]:
    """Every voice."""
    if rundown.voice:
        yield ("voice",), rundown.voice
    if rundown.headlines and rundown.headlines.voice:
        yield ("headlines", "voice"), rundown.headlines.voice
    if rundown.emergency and rundown.emergency.voice:
        yield ("emergency", "voice"), rundown.emergency.voice
    for location, item in items_of(rundown):
        if item.voice:
            yield (*location, "voice"), item.voice
        yield from (((*location, "voices", place), voice) for place, voice in enumerate(item.voices or ()))


def lexicons_of(rundown: Rundown) -> Iterator[Named]:
    """Every lexicon."""
    if rundown.lexicon:
        yield ("lexicon",), rundown.lexicon
    yield from (((*location, "lexicon"), item.lexicon) for location, item in items_of(rundown) if item.lexicon)


def documents_of(rundown: Rundown) -> Iterator[Named]:
    """Every bulletin's file."""
    yield from (((*location, "file"), item.file) for location, item in items_of(rundown) if item.file)


def templates_of(rundown: Rundown) -> Iterator[Named]:
    """Every text that may hold placeholders: the rundown's own words, not those of a bulletin."""
    if rundown.opening.text:
        yield ("opening", "text"), rundown.opening.text
    if rundown.headlines:
        yield ("headlines", "text"), rundown.headlines.text
    if rundown.emergency:
        yield from ((("emergency", fact), getattr(rundown.emergency, fact)) for fact in FACTS)
    if rundown.closing.text:
        yield ("closing", "text"), rundown.closing.text
    yield from (((*location, "intro"), item.intro) for location, item in items_of(rundown) if item.intro)


def unknown_placeholders(rundown: Rundown) -> Iterator[Named]:
    """Every placeholder that nothing stands for."""
    for location, text in templates_of(rundown):
        yield from ((location, name) for name in unknown_in(text))


def items_of(rundown: Rundown) -> Iterator[tuple[Location, Item]]:
    """Every item and notice with its place."""
    yield from ((("items", place), item) for place, item in enumerate(rundown.items))
    yield from ((("notices", place), item) for place, item in enumerate(rundown.notices))
