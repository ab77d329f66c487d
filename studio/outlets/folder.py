"""A delivery as a folder: staged out of sight, then renamed into place as one."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from studio.errors import BusyError, StorageError
from studio.files.manifest import MANIFEST_FORMAT
from studio.ports import Clock
from studio.stores.durable import sync_file, sync_folder
from studio.stores.leftovers import untouched

MANIFEST = "manifest.json"

_LOCK = re.compile(r"\.(\d{4}-\d{2}-\d{2}-.+)\.lock")
"""The lock file of a delivery named as the studio names them."""


class FolderOutlet:
    """Delivers into `parent/name/`; an existing folder is replaced only when its manifest is ours."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    @contextmanager
    def stage(self, parent: Path, name: str) -> Iterator[FolderStage]:
        """A stage for `parent/name`, alone; removed unless committed."""
        final = parent / name
        try:
            parent.mkdir(parents=True, exist_ok=True)
            lock = _acquired(parent, name)
        except Timeout as error:
            raise BusyError("delivery.busy", folder=str(final)) from error
        except OSError as error:
            raise StorageError.of(error, parent) from error
        try:
            _recover(parent, name)
            _sweep(parent, self._clock.now())
            _refuse_foreign(final)
            stage = FolderStage(parent / f".{name}.part", final)
            try:
                yield stage
            finally:
                shutil.rmtree(stage.folder, ignore_errors=True)
        finally:
            _let_go(lock)


class FolderStage:
    """The hidden folder beside the final one; the lock held around it makes its fixed name safe."""

    def __init__(self, folder: Path, final: Path) -> None:
        self.folder = folder
        self._final = final
        try:
            folder.mkdir()
        except OSError as error:
            raise StorageError.of(error, folder.parent) from error

    def path(self, name: str) -> Path:
        """Where to write the file `name`."""
        return self.folder / name

    def write_text(self, name: str, text: str) -> None:
        """Writes a text file in UTF-8 with Unix line ends; raises StorageError."""
        try:
            self.path(name).write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise StorageError.of(error, self.path(name)) from error

    def seal(self, name: str) -> tuple[int, str]:
        """Size in bytes and SHA-256 of a file written there."""
        path = self.path(name)
        with path.open("rb") as file:
            return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()

    def commit(self) -> Path:
        """Makes everything durable and renames it into place; raises StorageError."""
        try:
            for file in self.folder.iterdir():
                sync_file(file)
            sync_folder(self.folder)
            old = _old(self._final.parent, self._final.name)
            if self._final.exists():
                self._final.rename(old)
            self.folder.rename(self._final)
            sync_folder(self._final.parent)
        except OSError as error:
            raise StorageError.of(error, self._final) from error
        shutil.rmtree(old, ignore_errors=True)
        return self._final


def _acquired(parent: Path, name: str) -> FileLock:
    lock = FileLock(parent / f".{name}.lock", timeout=0)
    lock.acquire()
    return lock


def _let_go(lock: FileLock) -> None:
    # Unlinked while held, so that nobody is left holding a nameless file; Windows removes it on release.
    with suppress(OSError):
        Path(lock.lock_file).unlink()
    lock.release()


def _old(parent: Path, name: str) -> Path:
    return parent / f".{name}.old"


def _recover(parent: Path, name: str) -> None:
    """Undoes what a killed run left: an old delivery goes back where it was, a half-made one goes."""
    final, old = parent / name, _old(parent, name)
    try:
        if old.exists():
            if final.exists():
                shutil.rmtree(old)
            else:
                old.rename(final)
        shutil.rmtree(parent / f".{name}.part", ignore_errors=True)
    except OSError as error:
        raise StorageError.of(error, parent) from error


def _sweep(parent: Path, now: datetime) -> None:
    """Undoes what killed runs of other deliveries left; what cannot be looked at or removed stays.

    Safe because each run holds the lock of its delivery to its end: once it is held here, nobody writes there. The
    day beyond is for shared disks that do not tell other machines of locks.
    """
    with suppress(OSError):
        names = [found[1] for path in parent.iterdir() if (found := _LOCK.fullmatch(path.name))]
        for name in names:
            paths = (parent / f".{name}.{end}" for end in ("lock", "part", "old"))
            if all(untouched(path, now) for path in paths if path.is_symlink() or path.exists()):
                _undo(parent, name)


def _undo(parent: Path, name: str) -> None:
    with suppress(OSError, StorageError, Timeout):
        lock = _acquired(parent, name)
        try:
            _recover(parent, name)
        finally:
            _let_go(lock)


def _refuse_foreign(final: Path) -> None:
    if not final.exists():
        return
    try:
        manifest = json.loads((final / MANIFEST).read_bytes())
    except (OSError, ValueError) as error:
        raise StorageError("delivery.foreign", folder=str(final)) from error
    if not isinstance(manifest, dict) or manifest.get("format") != MANIFEST_FORMAT:
        raise StorageError("delivery.foreign", folder=str(final))
