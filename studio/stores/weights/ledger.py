"""Digests of weights on disk: the lock file of first pulls, and the seal of each voice's folder."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from studio.errors import StorageError
from studio.files.base import FileModel
from studio.files.faults import first_fault, reason_of
from studio.files.weights import SEAL_NAME, LockedFile, SealedFile, WeightLock, WeightSeal
from studio.stores.durable import write_bytes

LOCK_NAME = "LOCK"
MOST_BYTES = 16 << 20
"""No ledger is larger; what is comes from somewhere else."""
_CHUNK_BYTES = 1 << 20

ModelT = TypeVar("ModelT", bound=FileModel)


def file_digest(path: Path) -> str:
    """SHA-256 of a file, read once in chunks; raises StorageError."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK_BYTES):
                digest.update(chunk)
    except OSError as error:
        raise StorageError("storage.unreadable", path=str(path), reason=error.strerror or str(error)) from error
    return digest.hexdigest()


def read_lock(models: Path) -> WeightLock:
    """The digests that first pulls recorded; raises StorageError `weights.bad_ledger`."""
    return _read(models / LOCK_NAME, WeightLock)


def add_to_lock(models: Path, key: str, entry: LockedFile) -> None:
    """Records a digest; the caller holds the lock of the folder."""
    lock = read_lock(models)
    _write(models / LOCK_NAME, lock.model_copy(update={"files": dict(sorted({**lock.files, key: entry}.items()))}))


def read_seal(folder: Path) -> WeightSeal:
    """The files of a voice that were hashed; a damaged seal is none: they are hashed again before they are loaded."""
    try:
        return _read(folder / SEAL_NAME, WeightSeal)
    except StorageError as error:
        if error.code != "weights.bad_ledger":
            raise
        return WeightSeal()


def seal(folder: Path, path: str, digest: str) -> None:
    """Notes that a file was hashed as it lies there now."""
    state = (folder / path).stat()
    entry = SealedFile(sha256=digest, size_bytes=state.st_size, mtime_ns=state.st_mtime_ns)
    _write_seal(folder, {**read_seal(folder).files, path: entry})


def break_seal(folder: Path, path: str) -> None:
    """Takes back that a file may be loaded."""
    files = dict(read_seal(folder).files)
    if files.pop(path, None) is not None:
        _write_seal(folder, files)


def sealed_digest(folder: Path, path: str) -> str | None:
    """The digest of a file that was hashed and not touched since, else None."""
    entry = read_seal(folder).files.get(path)
    if entry is None:
        return None
    try:
        state = (folder / path).stat()
    except OSError:
        # Gone, or not to be seen: either way nothing that may be loaded.
        return None
    return entry.sha256 if (state.st_size, state.st_mtime_ns) == (entry.size_bytes, entry.mtime_ns) else None


def _write_seal(folder: Path, files: dict[str, SealedFile]) -> None:
    _write(folder / SEAL_NAME, WeightSeal(files=dict(sorted(files.items()))))


def _read(path: Path, model: type[ModelT]) -> ModelT:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES)
        return model.model_validate_json(content)
    except FileNotFoundError:
        return model()
    except OSError as error:
        raise StorageError("storage.unreadable", path=str(path), reason=error.strerror or str(error)) from error
    except ValidationError as error:
        raise StorageError("weights.bad_ledger", path=str(path), **reason_of(first_fault(error))) from error


def _write(path: Path, model: FileModel) -> None:
    write_bytes(path, (model.model_dump_json(indent=2) + "\n").encode())
