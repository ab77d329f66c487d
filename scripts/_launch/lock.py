"""One launcher at a time changes the environment: a lock that the system drops when its holder dies."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


HELD = {errno.EAGAIN, errno.EACCES, errno.EDEADLK}
"""How systems say that somebody else has the lock."""


@contextmanager
def exclusive(path: Path, on_wait: Callable[[], None], pause_s: float = 0.2) -> Iterator[None]:
    """Holds the lock `path`; calls `on_wait` once where another process has it, and waits.

    The file itself stays: removing it would let two processes lock two files of one name.
    """
    # Closing the handle, which the end of a process does too, gives the lock back.
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    if os.name == "posix":
        # A pip that outlives its killed launcher keeps the lock until it too has ended.
        os.set_inheritable(handle, True)
    try:
        waiting = False
        while True:
            try:
                _take(handle)
                break
            except OSError as error:
                if error.errno not in HELD:
                    raise
                if not waiting:
                    on_wait()
                waiting = True
                time.sleep(pause_s)
        yield
    finally:
        os.close(handle)
