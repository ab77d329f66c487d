"""Ports: what the service asks of the world, as small protocols that adapters fulfil."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # Annotations only: whoever needs one port need not pay for loading what the others speak of.
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date, datetime
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from studio.errors import InputError
    from studio.files.audit import DnsmosEntry, VoiceAudit
    from studio.files.audition import Audition, Judgement
    from studio.files.card import Consent, VoiceCard
    from studio.files.cart import CartCard
    from studio.files.profile import Profile
    from studio.files.rundown import Rundown
    from studio.files.unit import Unit
    from studio.fingerprint import Fields, Value
    from studio.sound import Blocks, BlockSource, PitchTrack, Portrait, Samples, Sound
    from studio.values.cart import CartKind
    from studio.values.lexicon import Entry
    from studio.values.location import Location
    from studio.values.loudness import MasterInfo, Measurement
    from studio.values.text import Document, ReadingChoices
    from studio.values.voice import SpeechRequest, TakeInfo, VoiceSpec
    from studio.values.weights import WeightState

    Levels = NDArray[np.uint8]

PullReport = Callable[[str, int, "int | None"], None]
"""Called with a file's path, the bytes that are there, and the bytes in all where they are known."""

Progress = Callable[[str, int, int], None]
"""Called with a stage ("speak", "master", …), how many are done, and how many there are."""


class Clock(Protocol):
    """The time, in UTC."""

    def now(self) -> datetime:
        """An aware time in UTC."""


class Engine(Protocol):
    """A loaded speech engine, inside one worker process."""

    def speak(self, request: SpeechRequest) -> Sound:
        """Sound of one line at the voice's rate, never normalised; raises VoiceError."""

    def close(self) -> None:
        """Lets go of models and libraries."""


class Engines(Protocol):
    """The engines that are known, without loading one."""

    @property
    def device(self) -> str:
        """Where engines work that can choose: "cpu" or "cuda"."""

    def resolve(self, card: VoiceCard, weights: Path, speed: float) -> VoiceSpec:
        """Every field that decides the card's sound; raises VoiceError or MissingPartError."""

    def usable(self, card: VoiceCard, weights: Path) -> bool:
        """Whether `resolve` would succeed."""


class Booth(Protocol):
    """Where lines become sound: in order, a bounded few held."""

    def speak(self, requests: Iterable[SpeechRequest]) -> Iterator[Sound]:
        """The sound of each line, in the order asked; raises VoiceError naming the line."""

    def close(self) -> None:
        """Ends the workers."""


class Voices(Protocol):
    """Voice cards and where their weights lie."""

    def cards(self) -> tuple[VoiceCard, ...]:
        """All cards, the unit's own before the shipped ones, sorted by id."""

    def card(self, voice_id: str) -> VoiceCard:
        """One card; raises VoiceError `voice.unknown`."""

    def weights(self, card: VoiceCard) -> Path:
        """The folder that holds, or would hold, the card's weights."""

    def audition_text(self) -> str:
        """What voices read where no other text is given; raises InputError."""


class WeightStore(Protocol):
    """The files of neural voices."""

    def states(self, card: VoiceCard) -> tuple[WeightState, ...]:
        """What lies there of each of the card's files, without hashing."""

    def pull(self, card: VoiceCard, source: str | None, report: PullReport) -> tuple[WeightState, ...]:
        """Brings what is not ready, from `source` (file, folder, address) or the card's own addresses."""

    def verify(self, card: VoiceCard) -> tuple[WeightState, ...]:
        """Hashes every file that lies there."""

    def remove(self, card: VoiceCard) -> int:
        """Deletes the card's files; gives the bytes freed."""


class TakeStore(Protocol):
    """Kept recordings of single lines, by fingerprint."""

    def find(self, fingerprint: str) -> TakeInfo | None:
        """What is known of a kept take; None where there is none or it was quarantined."""

    def save(self, fingerprint: str, fields: Mapping[str, Value], sound: Sound, *, device: str = "cpu") -> TakeInfo:
        """Keeps a take whole or not at all, and where it was spoken; raises StorageError, SoundError if silent."""

    def load(self, fingerprint: str) -> Sound:
        """The take's sound; raises SoundError `take.damaged`."""


class MasterStore(Protocol):
    """Kept masters, by fingerprint."""

    def find(self, fingerprint: str) -> MasterInfo | None:
        """What is known of a kept master."""

    def path(self, info: MasterInfo) -> Path:
        """Where its encoded sound lies."""

    def save(self, fingerprint: str, profile: Profile, make: Callable[[Path], MasterInfo]) -> MasterInfo:
        """Lets `make` write the encoded file at the path it is given, then keeps it whole or not at all."""

    def portrait(self, fingerprint: str) -> Portrait | None:
        """The portrait of a kept master; None where it has none that can be read."""

    def keep_portrait(self, fingerprint: str, portrait: Portrait) -> None:
        """Keeps a master's portrait beside it; raises StorageError."""


class SoundReader(Protocol):
    """Random access to one sound, mono, at its own rate."""

    rate_hz: int
    frames: int

    def read(self, start: int, frames: int) -> Samples:
        """float32 (n, 1), fewer than `frames` only at the end."""


@dataclass(frozen=True, slots=True)
class CartInfo:
    """A prepared cart: mono at the studio's rate; cue points at its own peak − 40 dB, in frames."""

    digest: str
    name: str
    rate_hz: int
    frames: int
    cue_in: int
    cue_out: int
    integrated_lufs: float
    kind: str | None = None
    """A kept cart's kind (see `CartKind`); None for a file that is only named by a rundown."""
    rights: str | None = None
    """Who holds the rights; None where nobody said."""
    loop_in: int | None = None
    loop_out: int | None = None
    """A bed plays from its cue in to here, then again and again from `loop_in`; frames."""
    true_peak_dbtp: float | None = None


class CartStore(Protocol):
    """Prepared carts, by the digest of their samples."""

    def prepare(self, reference: str, beside: Path, air_date: date | None = None) -> CartInfo:
        """Finds, checks, converts once and measures a cart that may air on a day; raises SoundError or InputError."""

    def reader(self, digest: str) -> SoundReader:
        """Reads a prepared cart."""


@dataclass(frozen=True, slots=True)
class NewCart:
    """What is said of a sound that is to be kept; points left out are found, or there are none."""

    kind: CartKind
    name: str | None = None
    """The file's own where none is given; the cart's id is made from it."""
    rights: str | None = None
    licence: str | None = None
    consent: Consent | None = None
    synthetic: bool = False
    """Made by a machine."""
    cue_in_ms: int | None = None
    cue_out_ms: int | None = None
    loop_in_ms: int | None = None
    loop_out_ms: int | None = None
    replace: bool = False


@dataclass(frozen=True, slots=True)
class CartChange:
    """What is to be different about a kept cart; None leaves it as it is."""

    rights: str | None = None
    licence: str | None = None
    consent: Consent | None = None
    cue_in_ms: int | None = None
    cue_out_ms: int | None = None
    loop_in_ms: int | None = None
    loop_out_ms: int | None = None


class CartLibrary(Protocol):
    """The carts a station keeps, by id or name."""

    def add(self, path: Path, new: NewCart) -> CartCard:
        """Checks, converts, measures and keeps a sound file; raises InputError or SoundError."""

    def change(self, name: str, change: CartChange) -> CartCard:
        """Changes a card and measures what then plays; raises InputError or SoundError."""

    def cards(self) -> tuple[CartCard, ...]:
        """All cards, sorted by id."""

    def card(self, name: str) -> CartCard:
        """One card; raises InputError `cart.unknown`."""

    def picture(self, card: CartCard) -> Path:
        """A PNG of its sound over time."""

    def remove(self, name: str) -> CartCard:
        """Takes a cart away; raises InputError `cart.unknown`."""


@dataclass(frozen=True, slots=True)
class SoundFormat:
    """What a sound file is; `frames` counts what decoding gives."""

    codec: str
    rate_hz: int
    channels: int
    bit_rate_bps: int | None
    duration_s: float


@dataclass(frozen=True, slots=True)
class Tags:
    """What a player or an archive shows of a file.

    Written as ID3v2.3 (MP3), `bext` and INFO (WAV), MP4 items (AAC) or Vorbis comments (FLAC, Opus).
    `loudness` is the file's own and `made_at` the local time it was made, for `bext`; `reference` tells
    this file from all others of its maker.
    """

    title: str
    artist: str
    album: str
    date: str
    track: int | None = None
    comment: str = ""
    ai_generated: bool = True
    reference: str = ""
    made_at: datetime | None = None
    loudness: Measurement | None = None


class SoundFiles(Protocol):
    """Decoding and encoding: the only way sound gets in and out of files."""

    def probe(self, path: Path) -> SoundFormat:
        """What the file is; raises SoundError."""

    def decode(self, path: Path, rate_hz: int | None = None) -> BlockSource:
        """A re-readable stream of the file's samples, at its own rate unless one is asked."""

    def encode_part(self, blocks: Blocks, profile: Profile, path: Path) -> int:
        """Encodes one segment so that it can be joined; returns the frames its part takes in the join."""

    def join(self, parts: Sequence[Path], profile: Profile, path: Path, tags: Tags) -> None:
        """Joins encoded parts, without encoding again, into one file with one header and tags.

        Several only where the profile `joins_parts`.
        """

    def ai_marked(self, path: Path) -> bool:
        """Whether a finished file says in its tags that a machine speaks in it."""

    def version(self) -> str:
        """The encoder's version."""


class Pictures(Protocol):
    """Pictures for a report."""

    def heat_png(self, levels: Levels) -> bytes:
        """A PNG of levels (columns, rows), 0 to 255, low rows at the bottom, coloured from dark to bright."""

    def tones_png(self, audit: VoiceAudit) -> bytes:
        """A PNG of an audit's tones against their template."""


class PitchTracker(Protocol):
    """Measures pitch; an optional part."""

    def track(self, sound: Sound, lowest_hz: float, highest_hz: float) -> PitchTrack:
        """The pitch of a mono sound; raises MissingPartError `audit.not_installed`."""

    def version(self) -> str:
        """What measures, with its version; raises MissingPartError `audit.not_installed`."""


class OpinionModel(Protocol):
    """Estimates what listeners would think of a sound; an optional part."""

    def opinion(self, sound: Sound) -> DnsmosEntry | None:
        """The estimate for mono speech of some seconds; None where the part is not installed."""


class Audits(Protocol):
    """Kept audits of voices: the last one of each."""

    def save(self, audit: VoiceAudit, picture: bytes) -> tuple[Path, Path]:
        """Keeps the audit and its PNG in the place of an earlier one; gives both paths. Raises StorageError."""


class Auditions(Protocol):
    """Kept auditions, by id."""

    def find(self, audition_id: str) -> Audition | None:
        """A kept audition with all its files; None where there is none."""

    def file(self, audition_id: str, name: str) -> Path:
        """Where one file of a kept audition lies."""

    def folder(self, audition_id: str) -> Path:
        """Where an audition lies, or would lie."""

    def save(self, audition: Audition, sounds: Sequence[Sound], page: str) -> None:
        """Keeps an audition whole or not at all, `sounds` in the order of its stimuli; raises StorageError."""


class ScoreBook(Protocol):
    """What listeners said: appended, never edited."""

    def add(self, judgement: Judgement) -> None:
        """Writes one judgement down for good; raises StorageError, BusyError."""

    def read(self) -> tuple[tuple[Judgement, ...], int]:
        """All judgements in order, and how many lines cannot be read; raises StorageError."""


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


class Stage(Protocol):
    """A delivery being made, out of everyone's sight."""

    def path(self, name: str) -> Path:
        """Where to write the file `name`."""

    def write_text(self, name: str, text: str) -> None:
        """Writes a text file in UTF-8."""

    def seal(self, name: str) -> tuple[int, str]:
        """Size in bytes and SHA-256 of a file written there."""

    def commit(self) -> Path:
        """Makes everything written durable, renames it into place as one, and gives the final folder."""


class Outlet(Protocol):
    """How a delivery leaves."""

    def stage(self, parent: Path, name: str) -> AbstractContextManager[Stage]:
        """Keeps other runs away from `parent/name` and proves that it can be written.

        Leaving without `commit` removes everything staged. Raises BusyError where another run
        holds it, StorageError where it cannot be written or holds what is not ours.
        """


class Profiles(Protocol):
    """Station profiles."""

    def profile(self, profile_id: str) -> Profile:
        """One profile; raises InputError `profile.unknown`."""

    def profiles(self) -> tuple[Profile, ...]:
        """All profiles, the unit's own before the shipped ones, sorted by id."""


class UnitRules(Protocol):
    """What this unit allows itself."""

    def rules(self) -> Unit:
        """The rules that hold now; raises InputError naming file, line and key."""


class Rundowns(Protocol):
    """Rundown files."""

    def read(self, path: Path) -> Rundown:
        """One rundown; raises InputError naming file, line and key."""

    def faults(self, path: Path) -> tuple[InputError, ...]:
        """Everything that is wrong in the file itself; empty where it can be read."""

    def line(self, path: Path, location: Location) -> int | None:
        """The line of a key of a rundown that can be read, or of the nearest table around it."""


class Journal(Protocol):
    """What the last run of a programme was made from, to say why something is made again."""

    def last(self, slug: str) -> Mapping[str, Fields]:
        """The fields of everything the programme last consisted of, by name; empty when there is none."""

    def keep(self, slug: str, fields: Mapping[str, Fields]) -> None:
        """Replaces the programme's record."""
