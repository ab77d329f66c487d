"""What the launchers tell the user: lines on stderr, so that stdout stays the program's alone."""

from __future__ import annotations

import sys
import time
from types import TracebackType


class LaunchError(Exception):
    """A launcher cannot go on; the message says what is wrong and what to do."""

    def __init__(self, message: str, exit_code: int = 1) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def say(text: str) -> None:
    """One line on stderr."""
    print(f"studio: {text}", file=sys.stderr, flush=True)


class Ticker:
    """A line that counts seconds on a terminal; elsewhere only its beginning and its end are shown."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.begun = time.monotonic()
        self.live = sys.stderr.isatty()

    def __enter__(self) -> Ticker:
        if not self.live:
            say(f"{self.text} ...")
        return self

    def tick(self) -> None:
        """Shows the seconds so far."""
        if self.live:
            print(f"\rstudio: {self.text} ... {self.seconds:.0f} s ", end="", file=sys.stderr, flush=True)

    @property
    def seconds(self) -> float:
        """Seconds since the line began."""
        return time.monotonic() - self.begun

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.live:
            print("\r", end="", file=sys.stderr)
        outcome = "done in" if kind is None else "stopped after"
        say(f"{self.text}: {outcome} {self.seconds:.0f} s.")
