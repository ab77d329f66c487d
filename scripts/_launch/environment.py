"""Makes the environment when it is missing or out of date, and adds sets to it: whole, or as it was before."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path

from . import pip
from .layout import Layout, Record, digest_of, has, is_ours, python_version, read_record, why_stale, write_record
from .lock import exclusive
from .say import LaunchError, say
from .sets import CORE, SETS, in_order, size_line


def ensure(layout: Layout, sets: frozenset[str] = frozenset(), wheels: Path | None = None) -> None:
    """Brings the environment to hold the sets; raises LaunchError, and then leaves what was there before."""
    if has(layout, sets):
        return
    with exclusive(layout.lock, lambda: say("another launcher is at work on the environment; waiting for it ...")):
        recover(layout)
        reason = why_stale(layout)
        record = read_record(layout)
        if reason is not None:
            known = sets | frozenset(record.sets if record else ())
            remake(layout, frozenset(name for name in known if name in SETS) | {CORE}, reason, wheels)
        elif record is not None and not sets <= set(record.sets):
            add(layout, record, sets - set(record.sets), wheels)


def recover(layout: Layout) -> None:
    """Puts back the environment that a killed launcher was replacing, or clears it where the new one stands."""
    if not layout.previous.exists():
        return
    record = read_record(layout)
    if record is not None and record.finished:
        shutil.rmtree(layout.previous)
        return
    if layout.venv.exists():
        shutil.rmtree(layout.venv)
    layout.previous.rename(layout.venv)


def remake(layout: Layout, sets: frozenset[str], reason: str, wheels: Path | None) -> None:
    """Makes the environment from nothing beside the old one, which comes back if that fails."""
    _check_possible(layout, sets)
    chosen = in_order(sets)
    say(f"making the environment in {layout.venv} ({reason}).")
    for item in chosen:
        say(f"  {item.name}: {item.what}; {size_line(item)}")
    if layout.venv.exists():
        _set_aside(layout)
    try:
        layout.venv.mkdir()
        record = Record(python_version(), digest_of(layout.root, sets), tuple(item.name for item in chosen))
        write_record(layout, record)
        pip.run_step([sys.executable, "-m", "venv", str(layout.venv)], "making an empty environment", layout.log)
        pip.install(layout, chosen, wheels)
        write_record(layout, Record(record.python, record.digest, record.sets, finished=True))
    except BaseException as error:
        shutil.rmtree(layout.venv, ignore_errors=True)
        if layout.previous.exists():
            layout.previous.rename(layout.venv)
        if isinstance(error, LaunchError):
            raise LaunchError(f"{error}\n{_remedy(wheels)}", error.exit_code) from error
        raise
    shutil.rmtree(layout.previous, ignore_errors=True)


def _set_aside(layout: Layout) -> None:
    """Moves the old environment away; half-made ones are not worth keeping."""
    record = read_record(layout)
    if record is None or not record.finished:
        shutil.rmtree(layout.venv)
        return
    try:
        layout.venv.rename(layout.previous)
    except OSError as error:
        message = f"{layout.venv} cannot be replaced ({error.strerror}): close every running studio, then try again."
        raise LaunchError(message) from error


def add(layout: Layout, record: Record, names: frozenset[str], wheels: Path | None) -> None:
    """Adds sets to a standing environment; a failure that changed nothing leaves it standing."""
    new = tuple(item for item in in_order(names) if item.name != CORE)
    _check_disk(layout, names)
    for item in new:
        say(f"adding {item.name} ({item.what}): {size_line(item)}.")
    everything = frozenset(record.sets) | names
    digest = digest_of(layout.root, everything)
    before = _installed(layout)
    write_record(layout, Record(record.python, record.digest, record.sets, True, tuple(item.name for item in new)))
    try:
        pip.install(layout, in_order(everything), wheels)
    except BaseException as error:
        if _installed(layout) == before:
            write_record(layout, record)
        if isinstance(error, LaunchError):
            raise LaunchError(f"{error}\n{_remedy(wheels)}", error.exit_code) from error
        raise
    write_record(layout, Record(record.python, digest, tuple(item.name for item in in_order(everything)), True))


def _installed(layout: Layout) -> list[str]:
    """The names of what lies in the environment's package folders."""
    return sorted(str(path) for folder in layout.venv.glob("[lL]ib*/**/site-packages") for path in folder.iterdir())


def _check_possible(layout: Layout, sets: frozenset[str]) -> None:
    if layout.venv.exists() and not is_ours(layout):
        raise LaunchError(f"{layout.venv} was not made by this launcher: move it away or delete it, then try again.")
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        raise LaunchError(
            f"{sys.executable} cannot make environments: its modules venv and ensurepip are missing. "
            f"On Debian or Ubuntu: sudo apt install python{python_version()}-venv; else get Python from python.org."
        )
    _check_disk(layout, sets)


def _check_disk(layout: Layout, sets: frozenset[str]) -> None:
    needed_mb = sum(SETS[name].installed_mb for name in sets)
    free_mb = shutil.disk_usage(layout.root).free // 1_000_000
    if free_mb < needed_mb:
        raise LaunchError(f"{layout.root} has {free_mb} MB free; {needed_mb} MB are needed. Make room, then try again.")


def _remedy(wheels: Path | None) -> str:
    if wheels is not None:
        return (
            f"Prepare {wheels} anew on a PC with internet, the same system and the same Python {python_version()}: "
            "scripts/studio setup --download FOLDER [neural] [cluster] [dev]"
        )
    return (
        "With internet: try again. Without: on another PC of the same system and Python run "
        "`scripts/studio setup --download FOLDER`, bring the folder here, then `scripts/studio setup --from FOLDER`."
    )
