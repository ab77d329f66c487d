"""Writing that survives a crash: beside, fsynced, renamed."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
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


def hidden_beside(path: Path) -> Path:
    """A new hidden name beside `path` for what is not whole yet: the name says which process writes it.

    What a killed process leaves under such a name is swept (see `stores.leftovers`).
    """
    # The extension stays last: encoders and sound libraries go by it.
    return path.with_name(f".{path.stem}.{os.getpid()}-{process_mark()}-{uuid.uuid4().hex[:16]}.part{path.suffix}")


@cache
def process_mark() -> str:
    """Tells this process from an earlier one of the same number."""
    return uuid.uuid4().hex[:8]


@contextmanager
def written_beside(path: Path) -> Iterator[Path]:
    """Gives a path beside `path` to write; on success it is synced and renamed onto `path`, else removed.

    Raises StorageError for what the operating system refuses.
    """
    beside = hidden_beside(path)
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
