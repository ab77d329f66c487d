"""What killed runs left half written: hidden names of ours that nobody writes any more."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path

from studio.ports import Clock
from studio.stores.durable import process_mark

UNTOUCHED = timedelta(days=1)
"""The longest file is written in minutes, and its time moves with every block."""

DEPTH = 2
"""Folders below that stores write in: `takes/3f`, `carts/cards`, those of a voice's weights."""

_STAMP = ".swept"

_HALF = re.compile(r"\..+\.(?:(?P<process>\d+)-(?P<mark>[0-9a-f]{8})-[0-9a-f]{16}|[0-9a-f]{32})\.part(?:\.[\w.]+)?")
"""A name of `durable.hidden_beside` (an encoder may have appended to it), or one from before it named the process."""


class FolderLeftovers:
    """Sweeps `<home>` and the folder of weights; fulfils the port `Leftovers`.

    What goes is a file or folder that all of this holds for: its name is one that only `hidden_beside` gives, it
    and what is in it were untouched for a day, and the process in its name is gone. Such a name is given once and
    never written again after its process ended, so nothing alive can be in it: a process of this machine that was
    asleep for a day still runs, and one of another machine that shares the home would have touched what it writes.
    (Windows, where a process cannot be asked for without harm, does not let go of a file that is open.) Partial
    downloads bear other names: a pull goes on with them. Links are neither followed nor removed.
    """

    def __init__(self, home: Path, models: Path, clock: Clock) -> None:
        self._folders = (home, models)
        self._stamp = home / _STAMP
        self._clock = clock

    def sweep(self) -> None:
        """Removes what is dead, at most once a day; what cannot be looked at or removed stays."""
        now = self._clock.now()
        with suppress(OSError):
            if 0 <= _age_s(self._stamp, now) < UNTOUCHED.total_seconds():
                return
        with suppress(OSError):
            # A home that cannot be written has nothing that could be swept.
            self._stamp.touch()
            for path in chain.from_iterable(_hidden(folder, DEPTH) for folder in self._folders):
                if is_dead(path, now):
                    remove(path)


def is_dead(path: Path, now: datetime) -> bool:
    """Whether a name is of something half written that nobody writes any more."""
    name = _HALF.fullmatch(path.name)
    return name is not None and not _is_running(name["process"], name["mark"]) and untouched(path, now)


def untouched(path: Path, now: datetime) -> bool:
    """Whether neither a file nor, of a folder, anything in it changed for a day; no link ever is."""
    try:
        if path.is_symlink():
            return False
        inside = path.rglob("*") if path.is_dir() else ()
        return min(_age_s(each, now) for each in (path, *inside)) >= UNTOUCHED.total_seconds()
    except OSError:
        return False


def remove(path: Path) -> None:
    """Deletes a file or a folder as far as that goes."""
    with suppress(OSError):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def _age_s(path: Path, now: datetime) -> float:
    return now.timestamp() - path.lstat().st_mtime


def _hidden(folder: Path, depth: int) -> Iterator[Path]:
    """What is hidden in a folder and in its visible folders, so many levels below; links are not followed."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                yield Path(entry.path)
            elif depth and entry.is_dir(follow_symlinks=False):
                yield from _hidden(Path(entry.path), depth - 1)


def _is_running(number: str | None, mark: str | None) -> bool:
    """Whether the process of that number and mark still runs here; never for a name that has none."""
    if number is None or os.name == "nt":
        return False
    if int(number) == os.getpid():
        return mark == process_mark()
    try:
        os.kill(int(number), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass  # somebody else's, and alive
    return True
