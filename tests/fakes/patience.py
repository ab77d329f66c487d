"""A bound for work that would not end: hostile texts are made so long that more than linear work takes hours."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Never

PATIENCE_S = 120
"""Nothing is measured: what ends at all ends in a fraction of it, on the slowest machine too."""


@contextmanager
def ends() -> Iterator[None]:
    """Gives up on work that does not end; where the system knows no alarms (Windows) it is waited for."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def give_up(*_: object) -> Never:
        raise AssertionError("this does not end")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(PATIENCE_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
