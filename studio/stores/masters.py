"""Kept masters: encoded, measured segments by fingerprint, in a folder."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

from studio.errors import StorageError
from studio.files.profile import Profile
from studio.sound import Portrait
from studio.stores.durable import write_bytes, written_beside
from studio.stores.portraits import portrait_bytes, read_portrait
from studio.values.loudness import MasterInfo, Measurement


class FolderMasterStore:
    """`<home>/masters/<2 hex>/<fingerprint>.<ext>` with a `.json` beside it, written last."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "masters"

    def find(self, fingerprint: str) -> MasterInfo | None:
        """What is known of a kept master; None where there is none or its file changed since.

        A file of the recorded size and time is taken as whole; one of another time is hashed again.
        """
        try:
            record = json.loads(self._record(fingerprint).read_bytes())
            info = _info_of(record["info"])
            sound = self._sound(fingerprint, record["extension"])
            state = sound.stat()
            if state.st_size != info.size_bytes:
                return None
            if state.st_mtime_ns != record.get("mtime_ns"):
                if _digest(sound) != info.digest:
                    return None
                # Copied or restored: only its time is new.
                self._write_record(info, record["extension"])
        except (OSError, ValueError, KeyError, TypeError):
            return None  # what is lost or damaged is made again: nothing of an author's is in a master
        return info

    def path(self, info: MasterInfo) -> Path:
        """Where the encoded sound lies."""
        record = json.loads(self._record(info.fingerprint).read_bytes())
        return self._sound(info.fingerprint, record["extension"])

    def save(self, fingerprint: str, profile: Profile, make: Callable[[Path], MasterInfo]) -> MasterInfo:
        """Lets `make` encode at the path it is given, then keeps the file and what was measured."""
        sound = self._sound(fingerprint, profile.extension)
        with written_beside(sound) as beside:
            info = make(beside)
            info = replace(info, size_bytes=beside.stat().st_size, digest=_digest(beside))
        self._write_record(info, profile.extension)
        return info

    def portrait(self, fingerprint: str) -> Portrait | None:
        """The portrait of a kept master; None where there is none, or one that cannot be read: it is painted anew."""
        try:
            with self._portrait(fingerprint).open("rb") as file:
                return read_portrait(file)
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            return None

    def keep_portrait(self, fingerprint: str, portrait: Portrait) -> None:
        """Keeps a master's portrait beside it; raises StorageError."""
        write_bytes(self._portrait(fingerprint), portrait_bytes(portrait))

    def verify(self, info: MasterInfo) -> bool:
        """Whether the kept file still has the bytes it was kept with."""
        path = self.path(info)
        try:
            return _digest(path) == info.digest
        except OSError as error:
            raise StorageError.of(error, path) from error

    def _write_record(self, info: MasterInfo, extension: str) -> None:
        mtime_ns = self._sound(info.fingerprint, extension).stat().st_mtime_ns
        record = {"extension": extension, "mtime_ns": mtime_ns, "info": asdict(info)}
        write_bytes(self._record(info.fingerprint), json.dumps(record, separators=(",", ":")).encode())

    def _portrait(self, fingerprint: str) -> Path:
        return self._folder / fingerprint[:2] / f"{fingerprint}.npz"

    def _record(self, fingerprint: str) -> Path:
        return self._folder / fingerprint[:2] / f"{fingerprint}.json"

    def _sound(self, fingerprint: str, extension: str) -> Path:
        return self._folder / fingerprint[:2] / f"{fingerprint}{extension}"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _info_of(record: dict[str, object]) -> MasterInfo:
    measured = dict(record["measured"])  # type: ignore[call-overload]
    measured["gating_blocks"] = tuple(measured["gating_blocks"])
    return MasterInfo(**{**record, "measured": Measurement(**measured)})  # type: ignore[arg-type]
