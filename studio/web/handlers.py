"""From what an editor gave to one service call and back; every failure in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from studio.errors import InputError, StudioError
from studio.rules.candidates import told_apart
from studio.rules.programme import of_bulletin
from studio.service.requests import ProduceOptions
from studio.service.studio import Studio
from studio.text.edited import edited
from studio.text.legacy import to_unicode
from studio.values.text import Document, Notice, Script
from studio.values.vietnam import VIETNAM, day_in_vietnam
from studio.web.deliveries import Deliveries
from studio.web.doubts import parts_of
from studio.web.jobs import Productions, Status
from studio.web.listening import Listening
from studio.web.reading_view import Pace
from studio.web.words import vietnamese

MOST_CHARACTERS = 200_000
LONGEST_TITLE = 80
DAY_FORMAT = "%d/%m/%Y"


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen on the page: pairs of shown name and id, and what is chosen at first."""

    voices: tuple[tuple[str, str], ...]
    voice: str | None
    profiles: tuple[tuple[str, str], ...]
    chosen_profiles: tuple[str, ...]
    reads_scans: bool
    """Whether pictures of text can be uploaded."""


@dataclass(frozen=True, slots=True)
class Order:
    """One bulletin as the page's fields hold it."""

    title: str
    unit: str
    written: str
    voice_id: str | None
    profile_ids: Sequence[str]
    day: str
    keep: Sequence[str] = ()
    """Parts of the form to be spoken all the same."""
    source: Document | None = None
    """The document that the text was taken from, before the editor changed it."""

    @property
    def document(self) -> Document:
        """The text with what was done to it on its way here, as far as that still holds."""
        return Document(self.written) if self.source is None else edited(self.source, self.written)


@dataclass(frozen=True, slots=True)
class Look:
    """A document's script, the parts of its form that can be brought back, and which of them are."""

    document: Document
    script: Script
    parts: tuple[str, ...]
    kept: tuple[str, ...]


class Desk:
    """The page's desk: reads, starts productions, and knows what can be chosen."""

    def __init__(self, studio: Studio, deliveries: Deliveries, productions: Productions) -> None:
        self._studio = studio
        self.deliveries = deliveries
        self.productions = productions
        self.listening = Listening(studio)

    def choices(self) -> Choices:
        """Voices that can speak here and now, and all station profiles."""
        cards = [state.card for state in self._studio.voice_states() if state.usable]
        ids = [card.id for card in cards]
        first = self._studio.default_voice if self._studio.default_voice in ids else next(iter(ids), None)
        names = self.profile_names()
        chosen = tuple(each for each in self._studio.default_profiles if each in names)
        profiles = tuple((names[each], each) for each in dict.fromkeys((*chosen, *names)))
        scans = self._studio.reader.documents.reads_scans()
        return Choices(told_apart([(card.name, card.id) for card in cards]), first, profiles, chosen, scans)

    def profile_names(self) -> dict[str, str]:
        """Shown names by profile id."""
        return {profile.id: profile.name for profile in self._studio.station_profiles()}

    def today(self) -> date:
        """The date in Vietnam."""
        return day_in_vietnam(self._studio.clock.now())

    def read(self, written: str, keep: Sequence[str] = ()) -> Script:
        """The script of a text with the parts to keep; raises InputError where there is nothing to speak."""
        script = self._studio.reader.read(checked(written), keep_parts=frozenset(keep))
        if not script.utterances:
            raise nothing_to_say(written)
        return script

    def look(self, document: Document, keep: Sequence[str] = ()) -> Look:
        """The script to show, of the text in Unicode, even where there is nothing to speak; raises InputError.

        What was done to the text is said with it.

        Of the parts to keep only those count that the text has.
        """
        reader = self._studio.reader
        converted = to_unicode(checked(document.text))
        if converted:
            document = Document(converted.text, (Notice("text.converted", (("encoding", converted.encoding),)),))
        script = reader.read_document(document)
        parts = parts_of(script)
        kept = tuple(part for part in parts if part in keep)
        if kept:
            script = reader.read_document(document, keep_parts=frozenset(kept))
        return Look(document, script, parts, kept)

    def document(self, path: Path) -> Document:
        """The text of an upload, and what was done to it; raises InputError naming the file."""
        document = self._studio.reader.documents.load(path)
        checked(document.text)
        return document

    def pace(self, voice_id: str | None) -> Pace:
        """How fast a voice speaks; raises VoiceError for an unknown one."""
        card = self._studio.voices.card(voice_id or self._studio.default_voice)
        return Pace(card.name, card.syllables_per_second * card.speed)

    def start(self, order: Order) -> Status:
        """Begins a production; raises InputError for what is missing, BusyError while another runs."""
        self.read(order.written, order.keep)
        if not order.voice_id:
            raise InputError("page.no_voice")
        if not order.profile_ids:
            raise InputError("page.no_profile")
        day = self._day(order.day)
        title = " ".join(order.title.split()) or title_of(order.written)
        programme = of_bulletin(
            title,
            order.document,
            self.deliveries.folder,
            " ".join(order.unit.split()),
            keep_parts=frozenset(order.keep),
        )
        slug = self.deliveries.free_slug(day, programme.slug, programme.written_digest)
        programme = replace(programme, slug=slug)
        options = ProduceOptions(self.deliveries.folder, day, order.voice_id, tuple(order.profile_ids))
        return self.productions.start(title, lambda progress: self._studio.produce(programme, options, progress))

    def _day(self, written: str) -> date:
        if not written.strip():
            return self.today()
        try:
            return datetime.strptime(written.strip(), DAY_FORMAT).replace(tzinfo=VIETNAM).date()
        except ValueError as error:
            raise InputError("page.bad_date", value=written.strip()) from error


def checked(written: str) -> str:
    """The text, unless it is blank or too long for one bulletin."""
    if not written.strip():
        raise InputError("page.no_text")
    if len(written) > MOST_CHARACTERS:
        raise InputError("page.text_too_long", length=len(written), most=MOST_CHARACTERS)
    return written


def nothing_to_say(written: str) -> InputError:
    """The refusal of a text of which nothing is left."""
    return InputError("text.nothing_to_say", title=title_of(written))


def title_of(written: str) -> str:
    """A title for a text that was given none: its first line, cut between words."""
    line = " ".join(next((line for line in written.splitlines() if line.strip()), "").split())
    if len(line) <= LONGEST_TITLE:
        return line
    return line[:LONGEST_TITLE].rpartition(" ")[0] or line[:LONGEST_TITLE]


def words_of(error: StudioError) -> str:
    """A failure as a Vietnamese sentence."""
    return vietnamese(error.code, error.fields)
