"""Failures of a command as one plain line on stderr and an exit code."""

from __future__ import annotations

import functools
import os
import sys
import traceback
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import typer

from studio.cli import stopping
from studio.cli.words import english
from studio.errors import CancelledError, StudioError

FAULT = 70
"""Exit code of a fault in the program (EX_SOFTWARE)."""

P = ParamSpec("P")
R = TypeVar("R")


def plainly(command: Callable[P, R]) -> Callable[P, R]:
    """Lets a command's StudioError, Ctrl-C or termination end it with words and the right exit code."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        stopping.listen()
        try:
            return command(*args, **kwargs)
        except StudioError as error:
            raise typer.Exit(_say(error)) from error
        except KeyboardInterrupt as error:
            raise typer.Exit(_say(CancelledError("run.cancelled"))) from error
        except (typer.Exit, typer.Abort, SystemExit):
            raise
        except BrokenPipeError as error:
            # Whoever reads us has heard enough, as `head` does; what is still buffered has nowhere to go.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from error
        except Exception as error:
            # The last door: a fault of the program still ends in words, below the trace that explains it.
            traceback.print_exc()
            sys.stderr.write("error: a fault in the program, not in what you gave; please report the lines above\n")
            raise typer.Exit(FAULT) from error

    return wrapped


def _say(error: StudioError) -> int:
    sys.stderr.write(f"error: {english(error.code, error.fields)}\n")
    return error.exit_code
