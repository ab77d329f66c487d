"""Kept audits: the last one of each voice."""

from __future__ import annotations

import re
from pathlib import Path

from studio.files.audit import VoiceAudit
from studio.stores.durable import write_bytes


class FolderAudits:
    """`<home>/audits/<voice>.json` and `.png`; fulfils the port `Audits`."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "audits"

    def save(self, audit: VoiceAudit, picture: bytes) -> tuple[Path, Path]:
        """Replaces an earlier audit of the same candidate, the picture first."""
        # Ids of voices hold no dot, so that a variation never takes the name of another voice.
        name = re.sub(r"[+@:=]", ".", audit.candidate)
        record, drawn = self._folder / f"{name}.json", self._folder / f"{name}.png"
        write_bytes(drawn, picture)
        write_bytes(record, audit.model_dump_json(indent=1).encode() + b"\n")
        return record, drawn
