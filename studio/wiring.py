"""The only module that names concrete adapters: settings in, a Studio out.

Adapters are imported where they are wired, so that reading a line does not load the sound floor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from studio.files.card import Consent
    from studio.service.reading import Reader
    from studio.service.studio import Studio
    from studio.settings import Settings
    from studio.stores.lexicons import FolderLexicons
    from studio.stores.probe import Part as MachinePart
    from studio.text.announcer import Part

DEFAULT_VOICE = "hanoi-espeak"
DEFAULT_PROFILES = ("loa", "goc")
GPU_WORKERS = 2
"""One keeps the card busy while the other reads its next lines and hands over its last sounds."""


def open_reader(settings: Settings | None = None, chosen: Sequence[str] = ()) -> Reader:
    """The reading room alone; without settings it reads as the reader is shipped, whatever a unit has added.

    `chosen` are choices ("name=value") above those of the unit's file.
    """
    from studio.service.reading import Reader
    from studio.stores.choices import TomlChoices
    from studio.stores.documents import FileDocuments
    from studio.stores.lexicons import FolderLexicons
    from studio.stores.scans import installed_scans

    home = settings.home if settings else None
    ocr = installed_scans(settings.tesseract) if settings else None
    return Reader(FileDocuments(ocr), FolderLexicons(home), TomlChoices(home, chosen))


def open_lexicons(settings: Settings) -> FolderLexicons:
    """The lexicons of this house."""
    from studio.stores.lexicons import FolderLexicons

    return FolderLexicons(settings.home)


def write_announcer_docx(title: str, parts: Iterable[Part]) -> bytes:
    """A script for a human announcer as a Word document."""
    from studio.stores.announcerdocx import announcer_docx

    return announcer_docx(title, parts)


def read_consent(path: Path) -> Consent:
    """A person's consent from a TOML file; raises InputError `consent.*` naming file, line and key."""
    from studio.files.card import Consent
    from studio.stores.tomlfiles import read_toml

    return read_toml(path, Consent, "consent")


def write_output(path: Path, content: bytes) -> None:
    """Writes a file that a command was asked for, whole or not at all; raises StorageError."""
    from studio.stores.durable import write_bytes

    write_bytes(path, content)


def open_studio(settings: Settings) -> Studio:
    """A Studio on this machine; nothing is started or loaded until it is used."""
    from studio.booths.local import LocalBooth
    from studio.engines.registry import EngineRegistry
    from studio.outlets.folder import FolderOutlet
    from studio.service.studio import Studio
    from studio.stores.auditions import FolderAuditions
    from studio.stores.audits import FolderAudits
    from studio.stores.carts import FileCartStore
    from studio.stores.carts.library import FileCartLibrary
    from studio.stores.catalogs import FolderProfiles, TomlRundowns
    from studio.stores.clock import SystemClock
    from studio.stores.journal import FolderJournal
    from studio.stores.leftovers import FolderLeftovers
    from studio.stores.masters import FolderMasterStore
    from studio.stores.opinions import Dnsmos
    from studio.stores.pictures import PillowPictures
    from studio.stores.pitch import PraatPitch
    from studio.stores.scores import FileScoreBook
    from studio.stores.soundfiles import FfmpegSoundFiles
    from studio.stores.takes import FolderTakeStore
    from studio.stores.unit import TomlUnitRules
    from studio.stores.voices import FolderVoices
    from studio.stores.weights import FolderWeights

    sounds = FfmpegSoundFiles(settings.ffmpeg, settings.home)
    clock, unit = SystemClock(), TomlUnitRules(settings.home)
    return Studio(
        auditions=FolderAuditions(settings.home),
        audits=FolderAudits(settings.home),
        booth=LocalBooth(settings.workers if settings.device == "cpu" else min(settings.workers, GPU_WORKERS)),
        cart_library=FileCartLibrary(settings.home, sounds, clock),
        carts=FileCartStore(settings.home, settings.folders("samples/carts"), sounds, unit, clock),
        clock=clock,
        engines=EngineRegistry(allow_test_engines=settings.allow_test_engines, device=settings.device),
        journal=FolderJournal(settings.home),
        leftovers=FolderLeftovers(settings.home, settings.models, clock),
        masters=FolderMasterStore(settings.home),
        opinions=Dnsmos(),
        outlet=FolderOutlet(clock),
        pictures=PillowPictures(),
        pitch=PraatPitch(),
        profiles=FolderProfiles(settings.folders("outlets/profiles")),
        reader=open_reader(settings),
        rundowns=TomlRundowns(),
        scores=FileScoreBook(settings.home),
        sounds=sounds,
        takes=FolderTakeStore(settings.home),
        unit=unit,
        voices=FolderVoices(settings.folders("voices"), settings.models),
        weights=FolderWeights(settings.models),
        default_voice=DEFAULT_VOICE,
        default_profiles=DEFAULT_PROFILES,
        workers=settings.workers,
    )


def probe_machine(settings: Settings) -> tuple[MachinePart, ...]:
    """What this machine has and lacks."""
    from studio.stores.probe import probe

    return probe(settings.home, settings.models, settings.ffmpeg, settings.tesseract)
