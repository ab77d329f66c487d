"""Ports of voices: their cards and weights, engines, takes, and how they are compared and measured."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    # Annotations only: whoever needs one port need not pay for loading what the others speak of.
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from studio.errors import InputError
    from studio.files.audit import DnsmosEntry, VoiceAudit
    from studio.files.audition import Audition, Judgement
    from studio.files.card import VoiceCard
    from studio.fingerprint import Value
    from studio.sound import PitchTrack, Sound
    from studio.values.voice import SpeechRequest, TakeInfo, VoiceSpec
    from studio.values.weights import WeightState


PullReport = Callable[[str, int, "int | None"], None]
"""Called with a file's path, the bytes that are there, and the bytes in all where they are known."""


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
        """All cards that are right, the unit's own before the shipped ones, sorted by id."""

    def faults(self) -> tuple[InputError, ...]:
        """What is wrong with the others, in the place of shipped ones of their ids too."""

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
