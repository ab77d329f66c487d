"""`scripts/studio setup`: adds the optional sets, and prepares or uses a folder of wheels for a PC without internet."""

from __future__ import annotations

import argparse
import json
import platform
from collections.abc import Sequence
from pathlib import Path

from . import pip
from .environment import ensure
from .layout import Layout, python_version, read_record, why_stale
from .say import LaunchError, say
from .sets import CORE, MEASURED_ON, SETS, in_order, size_line

FOLDER_RECORD = "studio-wheels.json"


def main(arguments: Sequence[str], layout: Layout) -> int:
    """Parses and does the work; raises LaunchError."""
    chosen = parser().parse_args(list(arguments))
    names = frozenset(chosen.sets)
    if chosen.download is not None:
        download(layout, names, chosen.download.resolve())
    elif chosen.wheels is not None:
        folder = chosen.wheels.resolve()
        check_folder(folder, names)
        ensure(layout, names, folder)
        say("the environment stands.")
    elif names:
        ensure(layout, names)
        say("the environment stands.")
    else:
        show(layout)
    return 0


def parser() -> argparse.ArgumentParser:
    """The options of `setup`."""
    result = argparse.ArgumentParser(
        prog="scripts/studio setup",
        description="Adds optional sets to the environment; without a set or option, lists them.",
    )
    result.add_argument("sets", nargs="*", metavar="SET", type=_set_name, help=", ".join(SETS))
    where = result.add_mutually_exclusive_group()
    where.add_argument(
        "--download", type=Path, metavar="FOLDER", help="only fill FOLDER with wheels of the core and the sets"
    )
    where.add_argument(
        "--from", dest="wheels", type=Path, metavar="FOLDER", help="install from FOLDER, without the network"
    )
    return result


def _set_name(text: str) -> str:
    if text not in SETS:
        raise argparse.ArgumentTypeError(f"no set {text}; there are {', '.join(SETS)}")
    return text


def show(layout: Layout) -> None:
    """Lists the sets with their sizes and whether they are there."""
    record = read_record(layout)
    installed = record.sets if record is not None and why_stale(layout) is None else ()
    for item in SETS.values():
        state = "installed" if item.name in installed else "not installed"
        say(f"{item.name:8} {state:14} {size_line(item)}: {item.what}")
    say(f"sizes beyond the core's, measured on {MEASURED_ON}.")


def this_system() -> dict[str, str]:
    """What decides which wheels fit a PC."""
    return {"python": python_version(), "system": platform.system(), "machine": platform.machine()}


def download(layout: Layout, names: frozenset[str], folder: Path) -> None:
    """Fills a folder with the wheels of the core and the sets."""
    ensure(layout)
    chosen = in_order(names)
    for item in chosen:
        say(f"downloading {item.name}: {size_line(item)}.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LaunchError(f"{folder} cannot be made: {error.strerror}. Choose another folder.") from error
    pip.make_wheels(layout, chosen, folder)
    record = this_system() | {"sets": [item.name for item in chosen]}
    (folder / FOLDER_RECORD).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    total = sum(path.stat().st_size for path in folder.iterdir()) // 1_000_000
    say(f"{folder} holds {total} MB of wheels, for {_system_words(this_system())}.")
    say("On the PC without internet: " + " ".join(["scripts/studio setup --from FOLDER", *sorted(names)]))


def check_folder(folder: Path, names: frozenset[str]) -> None:
    """Refuses a folder of wheels that was made for another system or lacks a set."""
    try:
        record = json.loads((folder / FOLDER_RECORD).read_text(encoding="utf-8"))
        made_for = {key: str(record[key]) for key in this_system()}
        held = frozenset(record["sets"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LaunchError(f"{folder} is not a folder made by `scripts/studio setup --download` ({error}).") from error
    if made_for != this_system():
        raise LaunchError(
            f"{folder} was made for {_system_words(made_for)}; this PC has {_system_words(this_system())}. "
            "Prepare it on a PC with the same system and the same Python."
        )
    missing = (names | {CORE}) - held
    if missing:
        raise LaunchError(f"{folder} lacks {', '.join(sorted(missing))}: prepare it again with these sets named.")


def _system_words(system: dict[str, str]) -> str:
    return f"Python {system['python']} on {system['system']} {system['machine']}"
