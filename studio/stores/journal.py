"""The record of what each programme was last made from, in a folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from studio.fingerprint import Fields
from studio.stores.durable import write_bytes


class FolderJournal:
    """`<home>/programmes/<slug>.json`: only to explain; losing it costs no sound."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "programmes"

    def last(self, slug: str) -> Mapping[str, Fields]:
        """The fields of the last run by name; empty when there is no readable record."""
        try:
            record = json.loads((self._folder / f"{slug}.json").read_bytes())
        except (OSError, ValueError):
            return {}
        return record if isinstance(record, dict) else {}

    def keep(self, slug: str, fields: Mapping[str, Fields]) -> None:
        """Replaces the record; raises StorageError."""
        write_bytes(self._folder / f"{slug}.json", json.dumps(fields, ensure_ascii=False).encode())
