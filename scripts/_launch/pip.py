"""Runs pip in the environment, shows the time it takes, and keeps what it said."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from .layout import CONSTRAINTS, Layout
from .say import LaunchError, Ticker
from .sets import PackageSet

# Settings of the caller's that would send packages elsewhere or bring foreign ones in.
MEDDLING = ("PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIREMENT", "PIP_CONSTRAINT")
QUIET = ("--no-input", "--disable-pip-version-check", "--progress-bar", "off")
TAIL_LINES = 12


def clean_environment() -> dict[str, str]:
    """The caller's environment variables without those that meddle."""
    kept = {name: value for name, value in os.environ.items() if name not in MEDDLING}
    return kept | {"PYTHONUTF8": "1"}


def run_step(command: Sequence[str], what: str, log: Path, env: Mapping[str, str] | None = None) -> None:
    """Runs one step with its output in `log`; raises LaunchError with the end of what it said."""
    with Ticker(what) as line, log.open("ab") as file:
        begin = file.tell()
        # close_fds=False hands on the lock, the one handle that is inheritable.
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT, env=env, close_fds=False
        ) as child:
            try:
                while _still_running(child):
                    line.tick()
            except BaseException:
                child.kill()
                raise
        if child.returncode != 0:
            raise LaunchError(f"{what} failed; its last words:\n{last_words(log, begin)}")


def _still_running(child: subprocess.Popen[bytes]) -> bool:
    try:
        child.wait(timeout=1)
    except subprocess.TimeoutExpired:
        return True
    return False


def last_words(log: Path, begin: int = 0) -> str:
    """The errors that pip named, or the last lines it said."""
    said = log.read_bytes()[begin:].decode("utf-8", "replace").splitlines()
    errors = [line for line in said if line.lstrip().startswith("ERROR")]
    return "\n".join(f"    {line}" for line in (errors or said)[-TAIL_LINES:])


def requirement_options(layout: Layout, sets: Sequence[PackageSet]) -> list[str]:
    """pip's options for the sets and the pins of what they bring along."""
    options = [part for item in sets for part in ("-r", str(layout.root / item.requirements))]
    return [*options, "-c", str(layout.root / CONSTRAINTS)]


def install(layout: Layout, sets: Sequence[PackageSet], wheels: Path | None) -> None:
    """Installs the sets into the environment, without the network where a folder of wheels is given."""
    offline = [] if wheels is None else ["--no-index", "--find-links", str(wheels)]
    command = [str(layout.python), "-m", "pip", "install", *QUIET, *offline, *requirement_options(layout, sets)]
    names = ", ".join(item.name for item in sets)
    run_step(command, f"installing {names}", layout.log, clean_environment())


def make_wheels(layout: Layout, sets: Sequence[PackageSet], folder: Path) -> None:
    """Fills a folder with wheels of the sets and all they need, building those that exist as source alone."""
    command = [str(layout.python), "-m", "pip", "wheel", *QUIET, "--wheel-dir", str(folder)]
    names = ", ".join(item.name for item in sets)
    run_step([*command, *requirement_options(layout, sets)], f"downloading {names}", layout.log, clean_environment())
