"""Kept takes: one lossless file for each fingerprint, with a record written last."""

from __future__ import annotations

import hashlib
import logging
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from studio.errors import BusyError, SoundError, StorageError
from studio.fingerprint import Value
from studio.sound import Sound, samples_digest
from studio.stores.durable import hidden_beside, written_beside
from studio.stores.locks import locked
from studio.stores.takerecord import StoredFile, TakeRecord, read_record
from studio.stores.takesound import decoded, in_24_bits, take_info, write_flac
from studio.values.voice import TakeInfo, excerpt

LOCK_TIMEOUT_S = 60.0

_log = logging.getLogger(__name__)


class FolderTakeStore:
    """`<home>/takes/<2 hex>/<fingerprint>.flac` with a `.json` beside it; fulfils the port `TakeStore`.

    A take exists once its record does, and the record is renamed into place last. The first
    of several savers of one take wins. What is found bad goes to `<home>/quarantine/`.
    """

    def __init__(self, home: Path) -> None:
        self._folder = home / "takes"
        self._quarantine_folder = home / "quarantine"

    def find(self, fingerprint: str) -> TakeInfo | None:
        """What is known of a kept take; None where there is none or it was quarantined now.

        A file of the recorded size and time is taken as whole; any other is hashed again.
        Raises StorageError, BusyError.
        """
        info = self._unchanged(fingerprint)
        if info is not None or not self._record_path(fingerprint).exists():
            return info
        with self._locked(fingerprint):
            return self._rehashed(fingerprint)

    def verify(self, fingerprint: str) -> bool:
        """Whether the take is there with the very bytes it was kept with; a bad one is quarantined."""
        if not self._record_path(fingerprint).exists():
            return False
        with self._locked(fingerprint):
            return self._rehashed(fingerprint) is not None

    def save(self, fingerprint: str, fields: Mapping[str, Value], sound: Sound, *, device: str = "cpu") -> TakeInfo:
        """Keeps a mono take in 24 bits, whole or not at all; the take kept first stays.

        `device` is where it was spoken, which is told of it and decides nothing.
        Raises StorageError, BusyError `take.busy`, and SoundError `take.silent`,
        `take.not_finite`, `take.over_full_scale` or `take.not_mono`.
        """
        speaker = fields.get("voice")
        voice = str(speaker.get("voice_id", "?")) if isinstance(speaker, Mapping) else "?"
        sound = in_24_bits(sound, excerpt(str(fields.get("spoken", ""))), voice)
        info = take_info(fingerprint, sound, device)
        path = self._sound_path(fingerprint)
        with self._locked(fingerprint):
            if self._record_path(fingerprint).exists():
                kept = self._unchanged(fingerprint) or self._rehashed(fingerprint)
                if kept is not None:
                    return kept
            with written_beside(path) as beside:
                write_flac(beside, sound)
                content = beside.read_bytes()
            self._write_record(TakeRecord(info, dict(fields), _stored(path, content)))
        return info

    def load(self, fingerprint: str) -> Sound:
        """The take's sound, float32 (frames, 1), proved against its digest.

        Raises SoundError `take.damaged` (what there is goes to quarantine), StorageError.
        """
        path = self._sound_path(fingerprint)
        try:
            record = read_record(self._record_path(fingerprint), fingerprint)
            sound = decoded(path.read_bytes())
            if sound.rate_hz == record.info.rate_hz and samples_digest(sound.samples) == record.info.digest:
                return sound
        except (ValueError, FileNotFoundError):
            pass  # damaged, as a wrong digest is
        except OSError as error:
            raise _unreadable(error, path) from error
        with self._locked(fingerprint):
            self._quarantine(fingerprint)
        raise SoundError("take.damaged", fingerprint=fingerprint, path=str(path))

    def _unchanged(self, fingerprint: str) -> TakeInfo | None:
        """The take whose file has the size and time it was kept with."""
        path = self._sound_path(fingerprint)
        try:
            record = read_record(self._record_path(fingerprint), fingerprint)
            stat = path.stat()
        except (ValueError, FileNotFoundError):
            return None
        except OSError as error:
            raise _unreadable(error, path) from error
        same = (stat.st_size, stat.st_mtime_ns) == (record.file.size_bytes, record.file.mtime_ns)
        return record.info if same else None

    def _rehashed(self, fingerprint: str) -> TakeInfo | None:
        """The take whose bytes are those kept; else None, and it is quarantined. Under the lock."""
        path = self._sound_path(fingerprint)
        try:
            record = read_record(self._record_path(fingerprint), fingerprint)
            stored = _stored(path, path.read_bytes())
        except (ValueError, FileNotFoundError):
            self._quarantine(fingerprint)
            return None
        except OSError as error:
            raise _unreadable(error, path) from error
        if stored.sha256 != record.file.sha256:
            self._quarantine(fingerprint)
            return None
        if stored != record.file:  # copied or restored: only its time is new
            self._write_record(TakeRecord(record.info, record.fields, stored))
        return record.info

    def _quarantine(self, fingerprint: str) -> None:
        """Moves what there is of a bad take out of the way. Under the lock."""
        mark = uuid.uuid4().hex[:8]
        for path in (self._record_path(fingerprint), self._sound_path(fingerprint)):
            try:
                self._quarantine_folder.mkdir(parents=True, exist_ok=True)
                path.replace(self._quarantine_folder / f"{fingerprint}.{mark}{path.suffix}")
                _log.warning("take.quarantined path=%s", path)
            except FileNotFoundError:
                continue
            except OSError as error:
                raise StorageError.of(error, path) from error

    def _write_record(self, record: TakeRecord) -> None:
        # Not synced: a record that a power cut tears is unreadable, and its line is spoken again.
        path = self._record_path(record.info.fingerprint)
        beside = hidden_beside(path)
        try:
            beside.write_text(record.to_json(), encoding="utf-8")
            beside.replace(path)
        except OSError as error:
            raise StorageError.of(error, path) from error
        finally:
            beside.unlink(missing_ok=True)

    @contextmanager
    def _locked(self, fingerprint: str) -> Iterator[None]:
        """Keeps other threads and processes from the takes of one folder."""
        path = self._folder / fingerprint[:2] / ".lock"
        with locked(path, LOCK_TIMEOUT_S, BusyError("take.busy", path=str(path))):
            yield

    def _sound_path(self, fingerprint: str) -> Path:
        return self._folder / fingerprint[:2] / f"{fingerprint}.flac"

    def _record_path(self, fingerprint: str) -> Path:
        return self._folder / fingerprint[:2] / f"{fingerprint}.json"


def _stored(path: Path, content: bytes) -> StoredFile:
    return StoredFile(len(content), path.stat().st_mtime_ns, hashlib.sha256(content).hexdigest())


def _unreadable(error: OSError, path: Path) -> StorageError:
    return StorageError("storage.unreadable", path=str(path), reason=error.strerror or type(error).__name__)
