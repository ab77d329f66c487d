"""Where weights come from: an address, a folder, or a file that a technician carried over."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePosixPath

from studio.errors import StorageError, VoiceError
from studio.files.card import VoiceCard, WeightFile
from studio.ports import PullReport
from studio.stores.paths import is_file, is_folder
from studio.stores.weights import http
from studio.stores.weights.http import forget, forget_useless
from studio.stores.weights.room import check_room

__all__ = ["bring", "forget", "forget_useless"]

_CHUNK_BYTES = 1 << 20
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def bring(
    card: VoiceCard, file: WeightFile, source: str | None, part: Path, size_bytes: int | None, report: PullReport
) -> None:
    """Writes one file's bytes to `part`; raises VoiceError `weights.*`, StorageError."""

    def told(done: int, total: int | None) -> None:
        report(file.path, done, total if total is not None else size_bytes)

    if size_bytes is not None:
        check_room(part, size_bytes)
    place = source if source is not None else file.url
    if place is None:
        raise VoiceError("weights.no_source", voice=card.id, path=file.path)
    if place.lower().startswith(("http://", "https://")):
        # A mirror holds the card's files under their paths; the card's own address is the file's.
        http.fetch(place if source is None else f"{place.rstrip('/')}/{file.path}", part, size_bytes, told)
        return
    if not place or _ADDRESS.match(place):
        raise VoiceError("weights.bad_source", source=place)
    _copy(_local(card, file, Path(place)), part, told)


def _local(card: VoiceCard, file: WeightFile, place: Path) -> Path:
    """The file in a folder, by its path or its bare name; or the file itself, where it has the right name."""
    name = PurePosixPath(file.path).name
    candidates = (place / file.path, place / name) if is_folder(place) else (place, place.with_name(name))
    for candidate in candidates:
        if candidate.name == name and is_file(candidate):
            return candidate
    raise VoiceError("weights.not_there", voice=card.id, path=file.path, source=str(place))


def _copy(origin: Path, part: Path, told: http.Report) -> None:
    # With its note: a later attempt over HTTP must not go on from bytes of this place.
    forget(part)
    try:
        with origin.open("rb") as reading, part.open("wb") as writing:
            total, done = os.fstat(reading.fileno()).st_size, 0
            check_room(part, total)
            while chunk := reading.read(_CHUNK_BYTES):
                writing.write(chunk)
                done += len(chunk)
                told(done, total)
    except OSError as error:
        raise StorageError.of(error, part) from error
