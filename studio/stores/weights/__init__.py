"""Weights of voices in `<models>/<folder of the card>/`: pulled, checked by digest, sealed, removed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from studio.errors import BusyError, StorageError, VoiceError
from studio.files.card import VoiceCard, WeightFile
from studio.files.weights import SEAL_NAME, LockedFile
from studio.ports import PullReport
from studio.stores.durable import sync_file, sync_folder
from studio.stores.weights import ledger
from studio.stores.weights.sources import bring, forget, forget_useless
from studio.values.weights import WeightCondition, WeightState

if TYPE_CHECKING:
    from filelock import FileLock

LOCK_TIMEOUT_S = 1800.0
"""Another process may be pulling the same voice over a slow line."""
WAIT_S = 1.0
"""How often one that waits says how far the other has come."""


class FolderWeights:
    """Fulfils the port `WeightStore`; several processes at once are safe."""

    def __init__(self, models: Path, lock_timeout_s: float = LOCK_TIMEOUT_S) -> None:
        self._models = models
        self._lock_timeout_s = lock_timeout_s

    def states(self, card: VoiceCard) -> tuple[WeightState, ...]:
        """What lies there, by size, time and seal: nothing is hashed."""
        return tuple(self._state(card, file) for file in card.files)

    def pull(self, card: VoiceCard, source: str | None, report: PullReport) -> tuple[WeightState, ...]:
        """Brings every file of the card that is not ready; from `source` (file, folder, address) or the card's own.

        A file appears under its name only when its size and digest are right. A digest that nobody stated is
        written to `<models>/LOCK`. Raises VoiceError `weights.*`, BusyError `weights.busy`, StorageError.
        """
        if not card.files:
            raise VoiceError("weights.none", voice=card.id)
        with self._held(card, report):
            return tuple(self._pulled(card, file, source, report) for file in card.files)

    def verify(self, card: VoiceCard) -> tuple[WeightState, ...]:
        """Hashes every file; what is right is sealed, what is not loses its seal."""
        if not (self._models / card.folder).is_dir():
            return self.states(card)
        with self._held(card):
            return tuple(self._verified(card, file) for file in card.files)

    def remove(self, card: VoiceCard) -> int:
        """Deletes the card's files, the seal first; gives the bytes freed. The lock file keeps what it learned."""
        folder = self._models / card.folder
        if not folder.is_dir():
            return 0
        freed = 0
        with self._held(card):
            try:
                (folder / SEAL_NAME).unlink(missing_ok=True)
                for file in card.files:
                    path = folder / file.path
                    if path.is_file():
                        freed += path.stat().st_size
                        path.unlink()
                    forget(_part(path))
            except OSError as error:
                raise StorageError.of(error, folder) from error
        return freed

    @contextmanager
    def _held(self, card: VoiceCard, report: PullReport | None = None) -> Iterator[None]:
        from filelock import FileLock, Timeout

        folder = self._models / card.folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(folder / ".lock")
            with self._acquired(lock, card, report):
                for file in card.files:
                    forget_useless(_part(folder / file.path))
                yield
        except Timeout as error:
            raise BusyError("weights.busy", voice=card.id) from error
        except OSError as error:
            raise StorageError.of(error, folder) from error

    def _acquired(self, lock: FileLock, card: VoiceCard, report: PullReport | None) -> AbstractContextManager[object]:
        """The lock, once it is free; until then `report` is told how far the process that holds it has come."""
        from filelock import Timeout

        until = time.monotonic() + self._lock_timeout_s
        while True:
            try:
                return lock.acquire(timeout=min(WAIT_S, self._lock_timeout_s))
            except Timeout:
                if time.monotonic() >= until:
                    raise
            if report is not None:
                self._tell_of_other(card, report)

    def _tell_of_other(self, card: VoiceCard, report: PullReport) -> None:
        for file in card.files:
            with suppress(OSError):
                report(file.path, _part(self._models / card.folder / file.path).stat().st_size, file.size_bytes)

    def _state(self, card: VoiceCard, file: WeightFile) -> WeightState:
        folder = self._models / card.folder
        path = folder / file.path
        if not path.is_file():
            return WeightState(file.path, WeightCondition.MISSING)
        digest = ledger.sealed_digest(folder, file.path)
        condition = self._condition(card, file, path.stat().st_size, digest)
        return WeightState(file.path, condition, path.stat().st_size, digest)

    def _condition(self, card: VoiceCard, file: WeightFile, size_bytes: int, digest: str | None) -> WeightCondition:
        wanted_size, wanted_digest = self._wanted(card, file)
        if wanted_size is not None and size_bytes != wanted_size:
            return WeightCondition.DAMAGED
        if digest is None:
            return WeightCondition.UNVERIFIED
        return WeightCondition.DAMAGED if wanted_digest not in (None, digest) else WeightCondition.READY

    def _wanted(self, card: VoiceCard, file: WeightFile) -> tuple[int | None, str | None]:
        """Size and digest by the card, else by the first pull, else unknown."""
        locked = ledger.read_lock(self._models).files.get(f"{card.folder}/{file.path}")
        if locked is None:
            return file.size_bytes, file.sha256
        return file.size_bytes if file.size_bytes is not None else locked.size_bytes, file.sha256 or locked.sha256

    def _verified(self, card: VoiceCard, file: WeightFile) -> WeightState:
        folder = self._models / card.folder
        path = folder / file.path
        if not path.is_file():
            ledger.break_seal(folder, file.path)
            return WeightState(file.path, WeightCondition.MISSING)
        digest, size_bytes = ledger.file_digest(path), path.stat().st_size
        condition = self._condition(card, file, size_bytes, digest)
        if condition is not WeightCondition.READY:
            ledger.break_seal(folder, file.path)
            return WeightState(file.path, condition, size_bytes, digest)
        recorded = self._record(card, file, size_bytes, digest)
        ledger.seal(folder, file.path, digest)
        forget(_part(path))
        return WeightState(file.path, condition, size_bytes, digest, recorded, file.moves)

    def _pulled(self, card: VoiceCard, file: WeightFile, source: str | None, report: PullReport) -> WeightState:
        present = self._state(card, file)
        if present.condition is WeightCondition.READY:
            # Brought by other ways since: nobody goes on with what a broken pull left.
            forget(_part(self._models / card.folder / file.path))
            return present
        if present.condition is WeightCondition.UNVERIFIED:
            verified = self._verified(card, file)
            if verified.condition is WeightCondition.READY:
                return verified
        path = self._models / card.folder / file.path
        part = _part(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        wanted_size, wanted_digest = self._wanted(card, file)
        bring(card, file, source, part, wanted_size, report)
        self._check(card, file, part, wanted_size, wanted_digest)
        sync_file(part)
        part.replace(path)
        sync_folder(path.parent)
        return self._verified(card, file)

    def _check(self, card: VoiceCard, file: WeightFile, part: Path, size: int | None, digest: str | None) -> None:
        found_size, found = part.stat().st_size, ledger.file_digest(part)
        if not found_size and size != 0:
            forget(part)
            raise VoiceError("weights.empty", voice=card.id, path=file.path)
        wrong_size = size is not None and found_size != size
        wrong_digest = digest is not None and found != digest
        if not wrong_size and not wrong_digest:
            return
        # Going on from bytes that are wrong could never end right.
        forget(part)
        fields = {"voice": card.id, "path": file.path}
        if file.sha256 is None and (file.size_bytes is None or not wrong_size):
            # The card states nothing of the kind: the first pull did, and may have been the wrong one.
            lock = str(self._models / ledger.LOCK_NAME)
            raise VoiceError("weights.other_than_first", **fields, lock=lock, folder=card.folder)
        if wrong_size:
            raise VoiceError("weights.wrong_size", **fields, size_bytes=found_size, wanted_bytes=size)
        raise VoiceError("weights.wrong_digest", **fields, found=found[:12], wanted=(digest or "")[:12])

    def _record(self, card: VoiceCard, file: WeightFile, size_bytes: int, digest: str) -> bool:
        """Writes down a digest that neither the card nor an earlier pull states."""
        from filelock import FileLock

        if file.sha256 is not None:
            return False
        key = f"{card.folder}/{file.path}"
        with FileLock(self._models / ".lock", timeout=self._lock_timeout_s):
            if key in ledger.read_lock(self._models).files:
                return False
            address = file.url if file.moves else None
            entry = LockedFile(sha256=digest, size_bytes=size_bytes, moving_address=address)
            ledger.add_to_lock(self._models, key, entry)
        return True


def _part(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")
