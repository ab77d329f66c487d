"""Keeping other threads and processes away while something is changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from studio.errors import BusyError, StorageError


@contextmanager
def locked(path: Path, timeout_s: float, busy: BusyError) -> Iterator[None]:
    """Holds the lock file; raises `busy` where another holds it longer, StorageError where it cannot be made."""
    from filelock import FileLock, Timeout

    try:
        lock = FileLock(path)  # makes the folders it needs
        lock.acquire(timeout=timeout_s)
    except Timeout as error:
        raise busy from error
    except OSError as error:
        raise StorageError.of(error, path) from error
    try:
        yield
    finally:
        lock.release()
