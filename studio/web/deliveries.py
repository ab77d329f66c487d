"""Finished deliveries as the page lists and hands them out: only folders and files that a manifest names."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from tempfile import SpooledTemporaryFile

from pydantic import ValidationError

from studio.errors import InputError
from studio.files.manifest import Manifest

MANIFEST_NAME = "manifest.json"
FOLDER_NAME = re.compile(r"\d{4}-\d{2}-\d{2}-[a-z0-9][a-z0-9-]*")
MEMORY_FOR_ZIP_BYTES = 8_000_000
CHUNK_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Delivered:
    """One delivery folder with its manifest."""

    folder: Path
    manifest: Manifest

    @property
    def names(self) -> tuple[str, ...]:
        """Every file of the delivery, the manifest last."""
        audio = (file.name for file in self.manifest.audio)
        texts = (file.name for file in self.manifest.texts)
        return (*audio, *texts, MANIFEST_NAME)


class Deliveries:
    """The page's window on one folder of deliveries."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def since(self, day: date) -> tuple[Delivered, ...]:
        """Deliveries made on or for `day` or later (their air date), newest first."""
        if not self.folder.is_dir():
            return ()
        names = (entry.name for entry in self.folder.iterdir() if FOLDER_NAME.fullmatch(entry.name))
        found = [self.find(name) for name in names if name[:10] >= day.isoformat()]
        whole = [delivered for delivered in found if delivered is not None]
        return tuple(sorted(whole, key=lambda delivered: delivered.manifest.made_at, reverse=True))

    def find(self, name: str) -> Delivered | None:
        """A delivery by its folder's name; None where there is none of ours."""
        if not FOLDER_NAME.fullmatch(name):
            return None
        folder = self.folder / name
        try:
            manifest = Manifest.model_validate_json((folder / MANIFEST_NAME).read_bytes())
        except (OSError, ValidationError):
            return None
        return Delivered(folder, manifest)

    def free_slug(self, day: date, slug: str, written_sha256: str) -> str:
        """The slug, or the slug with a number: many bulletins are called the same, and none may take another's place.

        A delivery of the very same text is replaced.
        """
        numbered = (slug if number == 1 else f"{slug}-{number}" for number in count(1))
        return next(each for each in numbered if self._is_free(f"{day.isoformat()}-{each}", written_sha256))

    def _is_free(self, name: str, written_sha256: str) -> bool:
        if not (self.folder / name).exists():
            return True
        delivered = self.find(name)
        return delivered is not None and delivered.manifest.written_sha256 == written_sha256

    def file(self, name: str, file: str) -> Path:
        """A file that the delivery's manifest names; raises InputError `page.file_gone`."""
        delivered = self.find(name)
        if delivered is None or file not in delivered.names or not (delivered.folder / file).is_file():
            raise InputError("page.file_gone", name=name, file=file)
        return delivered.folder / file

    def zipped(self, name: str) -> SpooledTemporaryFile[bytes]:
        """The whole delivery as one archive, stored (sound does not pack); raises InputError `page.file_gone`."""
        delivered = self.find(name)
        if delivered is None:
            raise InputError("page.file_gone", name=name, file=f"{name}.zip")
        paths = [self.file(name, file) for file in delivered.names]
        archive = SpooledTemporaryFile(max_size=MEMORY_FOR_ZIP_BYTES, dir=str(self.folder))  # noqa: SIM115
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as packed:
            for path in paths:
                packed.write(path, f"{name}/{path.name}")
        archive.seek(0)
        return archive


def chunks(archive: SpooledTemporaryFile[bytes]) -> Iterator[bytes]:
    """The archive piece by piece; closes it at the end."""
    with archive:
        while piece := archive.read(CHUNK_BYTES):
            yield piece
