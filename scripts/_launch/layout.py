"""Where the environment lies and what is recorded of it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from .sets import CORE, in_order

CONSTRAINTS = "constraints.txt"


@dataclass(frozen=True, slots=True)
class Layout:
    """The places that the launchers use, all in the repository's root."""

    root: Path

    @property
    def venv(self) -> Path:
        """The environment."""
        return self.root / ".venv"

    @property
    def previous(self) -> Path:
        """The environment that is being replaced, until the new one stands."""
        return self.root / ".venv.previous"

    @property
    def lock(self) -> Path:
        """Held by the one launcher that changes the environment."""
        return self.root / ".venv.lock"

    @property
    def record(self) -> Path:
        """What the environment was made from."""
        return self.venv / "studio-environment.json"

    @property
    def log(self) -> Path:
        """What pip said last."""
        return self.venv / "install.log"

    @property
    def python(self) -> Path:
        """The environment's interpreter."""
        return self.venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def here() -> Layout:
    """The layout of the checkout that this file is part of."""
    return Layout(Path(__file__).resolve().parents[2])


@dataclass(frozen=True, slots=True)
class Record:
    """What an environment was made from.

    `finished` turns true when the environment is whole; `adding` names sets whose installing began.
    """

    python: str
    digest: str
    sets: tuple[str, ...]
    finished: bool = False
    adding: tuple[str, ...] = ()


def python_version() -> str:
    """The running Python as "3.11": what decides which wheels fit."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def digest_of(root: Path, sets: frozenset[str]) -> str:
    """SHA-256 over the requirement files of the sets and the constraints, whatever their line ends."""
    total = hashlib.sha256()
    for name in (*(item.requirements for item in in_order(sets)), CONSTRAINTS):
        lines = (root / name).read_bytes().replace(b"\r\n", b"\n")
        total.update(b"%s\0%d\0%s" % (name.encode(), len(lines), lines))
    return total.hexdigest()


def read_record(layout: Layout) -> Record | None:
    """The record; None where there is none that can be read."""
    try:
        found = json.loads(layout.record.read_text(encoding="utf-8"))
        return Record(
            str(found["python"]),
            str(found["digest"]),
            tuple(found["sets"]),
            found["finished"] is True,
            tuple(found["adding"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_record(layout: Layout, record: Record) -> None:
    """Writes the record whole or not at all."""
    beside = layout.record.with_suffix(".new")
    with beside.open("w", encoding="utf-8") as file:
        json.dump(asdict(record), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(layout.record)


def why_stale(layout: Layout) -> str | None:
    """Why the environment must be made anew; None where it stands."""
    if not layout.venv.exists():
        return "there is none yet"
    record = read_record(layout)
    if record is None or not record.finished:
        return "the last attempt at it did not end"
    if record.adding:
        return f"adding {', '.join(record.adding)} to it did not end"
    if not layout.python.exists():
        return "the Python it was made with is gone"
    if record.python != python_version():
        return f"it was made with Python {record.python}, this is {python_version()}"
    if record.digest != digest_of(layout.root, frozenset(record.sets)):
        return "its requirements changed"
    return None


def has(layout: Layout, sets: frozenset[str]) -> bool:
    """Whether the environment stands and holds the sets."""
    if why_stale(layout) is not None:
        return False
    record = read_record(layout)
    return record is not None and (sets | {CORE}) <= set(record.sets)


def is_ours(layout: Layout) -> bool:
    """Whether `.venv` was made by a launcher; an empty folder counts as ours."""
    if layout.record.exists():
        return True
    with contextlib.suppress(StopIteration):
        next(layout.venv.iterdir())
        return False
    return True
