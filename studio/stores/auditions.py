"""Kept auditions: a folder each, with its page, its sounds and its record."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from studio.errors import StorageError
from studio.files.audition import AUDITION_ID, Audition
from studio.sound import Sound, samples_digest
from studio.stores.durable import hidden_beside, sync_file, sync_folder
from studio.stores.takesound import decoded, write_flac

RECORD, PAGE = "audition.json", "index.html"


class FolderAuditions:
    """`<home>/auditions/<id>/`: written beside and renamed, whole or not at all. Fulfils the port `Auditions`."""

    def __init__(self, home: Path) -> None:
        self._home = home / "auditions"

    def folder(self, audition_id: str) -> Path:
        """Where an audition lies, or would lie."""
        if not re.fullmatch(AUDITION_ID, audition_id):
            raise ValueError(f"no id of an audition: {audition_id}")
        return self._home / audition_id

    def file(self, audition_id: str, name: str) -> Path:
        """Where one file of an audition lies; `name` is one that its record names."""
        return self.folder(audition_id) / name

    def find(self, audition_id: str) -> Audition | None:
        """The audition of a readable record whose page and very sounds are there: judgements are of these."""
        folder = self.folder(audition_id)
        try:
            record = Audition.model_validate_json((folder / RECORD).read_bytes())
        except (OSError, ValidationError):
            return None
        whole = (folder / PAGE).is_file() and all(_holds(folder / each.file, each.sha256) for each in record.stimuli)
        return record if whole else None

    def save(self, audition: Audition, sounds: Sequence[Sound], page: str) -> None:
        """Keeps an audition; one that is whole already stays. `sounds` are of 24 bits, in the order of the stimuli."""
        final = self.folder(audition.id)
        beside = hidden_beside(final)
        try:
            beside.mkdir(parents=True)
            for stimulus, sound in zip(audition.stimuli, sounds, strict=True):
                write_flac(beside / stimulus.file, sound)
            (beside / PAGE).write_text(page, encoding="utf-8", newline="\n")
            (beside / RECORD).write_text(audition.model_dump_json(indent=1) + "\n", encoding="utf-8", newline="\n")
            for path in beside.iterdir():
                sync_file(path)
            sync_folder(beside)
            self._put(audition.id, beside, final)
        except OSError as error:
            raise StorageError.of(error, final) from error
        finally:
            shutil.rmtree(beside, ignore_errors=True)

    def _put(self, audition_id: str, beside: Path, final: Path) -> None:
        if self.find(audition_id) is not None:
            return
        # What is there is not whole: something was deleted from it.
        shutil.rmtree(final, ignore_errors=True)
        try:
            beside.rename(final)
        except OSError:
            # Another process was quicker; the same id holds the same sound.
            if self.find(audition_id) is None:
                raise
        sync_folder(final.parent)


def _holds(path: Path, sha256: str) -> bool:
    try:
        return samples_digest(decoded(path.read_bytes()).samples) == sha256
    except (OSError, ValueError):
        # Gone, cut or another thing: not what the record speaks of.
        return False
