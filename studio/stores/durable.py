"""Writing that survives a crash: beside, fsynced, renamed."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from studio.errors import StorageError


def sync_file(path: Path) -> None:
    """Waits until the file's bytes are on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Waits until the folder's names are on the disk; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def written_beside(path: Path) -> Iterator[Path]:
    """Gives a path beside `path` to write; on success it is synced and renamed onto `path`, else removed.

    Raises StorageError for what the operating system refuses.
    """
    # The extension stays last: encoders and sound libraries go by it.
    beside = path.with_name(f".{path.stem}.{uuid.uuid4().hex}.part{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield beside
        sync_file(beside)
        beside.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        raise StorageError.of(error, path) from error
    finally:
        # Where it cannot be there is nothing to remove, and what failed before is what is told.
        with suppress(OSError):
            beside.unlink()


def write_bytes(path: Path, content: bytes) -> None:
    """Writes a small file whole or not at all."""
    with written_beside(path) as beside:
        beside.write_bytes(content)
