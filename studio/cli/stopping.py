"""Ctrl-C and termination: the same orderly way out, and one that cannot be lost."""

from __future__ import annotations

import signal
import threading
from types import FrameType

_asked = threading.Event()


def listen() -> None:
    """From now on both signals raise KeyboardInterrupt: stages are removed, workers ended."""
    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)


def check() -> None:
    """Raises what was asked for once more: a library's callback may have swallowed the first."""
    if _asked.is_set():
        raise KeyboardInterrupt


def _stop(_signal: int, _frame: FrameType | None) -> None:
    _asked.set()
    raise KeyboardInterrupt
