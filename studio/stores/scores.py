"""What listeners said of voices: one line of JSON each, appended and never edited."""

from __future__ import annotations

import os
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import ValidationError

from studio.errors import BusyError, StorageError
from studio.files.audition import Judgement
from studio.stores.durable import sync_folder

LOCK_TIMEOUT_S = 20.0


class FileScoreBook:
    """`<home>/auditions/scores.jsonl`; fulfils the port `ScoreBook`.

    A line that a power cut tore is counted as unreadable and costs no other.
    """

    def __init__(self, home: Path) -> None:
        self._path = home / "auditions" / "scores.jsonl"

    def add(self, judgement: Judgement) -> None:
        """Appends one judgement; it is on the disk when this returns."""
        line = judgement.model_dump_json().encode() + b"\n"
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self._path.with_name(".scores.lock"), timeout=LOCK_TIMEOUT_S):
                existed = self._path.exists()
                with self._path.open("ab") as file:
                    file.write(line if self._ends_whole() else b"\n" + line)
                    file.flush()
                    os.fsync(file.fileno())
                if not existed:
                    sync_folder(self._path.parent)
        except Timeout as error:
            raise BusyError("audition.scores_busy", path=str(self._path)) from error
        except OSError as error:
            raise StorageError.of(error, self._path) from error

    def read(self) -> tuple[tuple[Judgement, ...], int]:
        """All judgements in the order they were given, and how many lines cannot be read."""
        try:
            lines = self._path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return (), 0
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise StorageError("storage.unreadable", path=str(self._path), reason=reason) from error
        judgements: list[Judgement] = []
        torn = 0
        for line in filter(None, lines):
            try:
                judgements.append(Judgement.model_validate_json(line))
            except ValidationError:
                torn += 1
        return tuple(judgements), torn

    def _ends_whole(self) -> bool:
        with self._path.open("rb") as file:
            if file.seek(0, os.SEEK_END) == 0:
                return True
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"
