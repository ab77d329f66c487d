"""The studio launcher: makes sure of the environment, then becomes the program."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence

from .layout import Layout, here
from .say import LaunchError, say

INTERRUPTED = 130


def main(arguments: Sequence[str], layout: Layout | None = None, module: str = "studio") -> int:
    """Runs a module with the arguments, or `setup`; gives the exit code."""
    layout = layout or here()
    return in_words(layout, lambda: _launch(arguments, layout, module))


def in_words(layout: Layout, work: Callable[[], int]) -> int:
    """Does the work; gives its exit code, or says in one line what stopped it and gives that one's."""
    try:
        return work()
    except LaunchError as error:
        say(str(error))
        return error.exit_code
    except OSError as error:
        say(f"{error}: check that {layout.root} is whole and can be written.")
        return 1
    except KeyboardInterrupt:
        say("stopped.")
        return INTERRUPTED


def _launch(arguments: Sequence[str], layout: Layout, module: str) -> int:
    if arguments and arguments[0] == "setup":
        # Imported here: a warm start of the program needs none of it.
        from . import setup

        return setup.main(arguments[1:], layout)
    from .layout import has

    if not has(layout, frozenset()):
        from .environment import ensure

        ensure(layout)
    return run_module(layout, module, arguments)


def program_environment(layout: Layout) -> dict[str, str]:
    """Environment variables for a program of the checkout: UTF-8, and modules from the root alone."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH")}
    return kept | {"PYTHONUTF8": "1", "PYTHONPATH": str(layout.root)}


def run_module(layout: Layout, module: str, arguments: Sequence[str]) -> int:
    """Runs a module of the checkout in the environment; where the system can, this process becomes it."""
    # -P: a file in the folder one happens to stand in must not take a module's place.
    command = [str(layout.python), "-P", "-m", module, *arguments]
    env = program_environment(layout)
    if os.name == "posix":
        sys.stdout.flush()
        sys.stderr.flush()
        os.execve(command[0], command, env)  # noqa: S606
    # On Windows exec would give the prompt back at once; wait, and leave Ctrl-C to the program.
    with subprocess.Popen(command, env=env) as child:
        while True:
            try:
                return child.wait()
            except KeyboardInterrupt:
                continue
