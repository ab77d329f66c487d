"""The record beside a kept take: what it was made from, what it holds, and what its file looked like."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from studio.fingerprint import Value
from studio.values.voice import TakeInfo


@dataclass(frozen=True, slots=True)
class StoredFile:
    """The take's file as it was kept; `sha256` is of its bytes."""

    size_bytes: int
    mtime_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TakeRecord:
    """`fields` are those the fingerprint was made of, so that a miss can be explained."""

    info: TakeInfo
    fields: dict[str, Value]
    file: StoredFile

    def to_json(self) -> str:
        """One line of JSON."""
        content = {"info": asdict(self.info), "fields": self.fields, "file": asdict(self.file)}
        return json.dumps(content, ensure_ascii=False, allow_nan=False)


def read_record(path: Path, fingerprint: str) -> TakeRecord:
    """The record of a take; raises OSError, or ValueError where it is damaged or another take's."""
    try:
        content = json.loads(path.read_bytes())
        record = TakeRecord(TakeInfo(**content["info"]), content["fields"], StoredFile(**content["file"]))
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a take's record: {path}") from error
    if record.info.fingerprint != fingerprint:
        raise ValueError(f"the record of another take: {path}")
    return record
