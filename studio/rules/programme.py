"""What a programme consists of: an ordered list of segments."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from studio.files.rundown import Priority
from studio.rules.naming import slugify
from studio.values.lexicon import Entry
from studio.values.location import Location
from studio.values.text import Document


class SegmentKind(StrEnum):
    """The part a segment plays in the programme."""

    OPENING = "opening"
    GREETING = "greeting"
    ATTENTION = "attention"
    EMERGENCY = "emergency"
    HEADLINES = "headlines"
    INTRO = "intro"
    ITEM = "item"
    RECORDING = "recording"
    STING = "sting"
    NOTICE = "notice"
    CLOSING = "closing"
    ENDING = "ending"


SEGMENT_SLUGS = {
    SegmentKind.OPENING: "nhac-hieu",
    SegmentKind.GREETING: "loi-chao",
    SegmentKind.ATTENTION: "tin-hieu-khan",
    SegmentKind.EMERGENCY: "tin-khan",
    SegmentKind.HEADLINES: "diem-tin",
    SegmentKind.STING: "nhac-cat",
    SegmentKind.CLOSING: "loi-ket",
    SegmentKind.ENDING: "nhac-ket",
}


@dataclass(frozen=True, slots=True)
class Speakers:
    """The voices of a dialogue: who asks and who answers, and whether the labels of their turns are said."""

    voices: tuple[str, str]
    say_labels: bool = False


@dataclass(frozen=True, slots=True)
class SegmentSource:
    """One segment before anything is read: text to speak, a cart to play, or a jingle that ends under a greeting."""

    kind: SegmentKind
    title: str
    slug: str
    written: Document | None = None
    cart: str | None = None
    voice_id: str | None = None
    speakers: Speakers | None = None
    bed: bool = False
    """Whether it has the programme's bed."""
    bed_cart: str | None = None
    """A bed of its own."""
    bed_under_speech_lu: float | None = None
    cart_under_ms: int = 0
    """How long the cart's end lies under the words, where there are both."""
    lexicon: tuple[Entry, ...] = ()
    keep_parts: frozenset[str] = frozenset()
    """Parts of the text's form (see `LeftOut.part`) that are broadcast all the same."""
    location: Location = ()
    """Where it stands in its rundown."""


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
    target_s: float | None = None
    priority: Priority = "thong_thuong"

    def keeping(self, parts: frozenset[str]) -> Programme:
        """The programme with more parts of its texts' forms broadcast."""
        kept = tuple(replace(segment, keep_parts=segment.keep_parts | parts) for segment in self.segments)
        return replace(self, segments=kept)

    @property
    def written_digest(self) -> str:
        """SHA-256 of everything that was written for it, in order."""
        texts = (segment.written.text for segment in self.segments if segment.written is not None)
        return hashlib.sha256("\0".join(texts).encode()).hexdigest()


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
