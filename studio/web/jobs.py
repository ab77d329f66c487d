"""One production at a time, on a thread of its own, watched and stopped from the page."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace

from studio.errors import BusyError, CancelledError, StudioError
from studio.ports import Progress
from studio.service.requests import Produced

log = logging.getLogger(__name__)

Work = Callable[[Progress], Produced]
Counts = tuple[tuple[str, int, int], ...]
"""Per stage: its name, how many are done, how many there are; in the order they began."""


@dataclass(frozen=True, slots=True)
class Status:
    """How a production stands; `produced` or `error` once it has ended."""

    number: int
    title: str
    counts: Counts = ()
    stopping: bool = False
    produced: Produced | None = None
    error: StudioError | None = None

    @property
    def running(self) -> bool:
        """Whether it is still at work."""
        return self.produced is None and self.error is None


class Productions:
    """Starts, watches and stops; outlives the click and the page that started one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._status: Status | None = None
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()

    def start(self, title: str, work: Work) -> Status:
        """Begins at once; raises BusyError `page.busy` while another is at work."""
        with self._lock:
            if self._status is not None and self._status.running:
                raise BusyError("page.busy", title=self._status.title)
            number = 1 if self._status is None else self._status.number + 1
            self._stop.clear()
            self._status = Status(number, title)
            self._thread = threading.Thread(target=self._run, args=(work,), name="production")
            self._thread.start()
            return self._status

    def status(self) -> Status | None:
        """The production at work, or the last one; None before the first."""
        with self._lock:
            return self._status

    def stop(self) -> None:
        """Asks the production at work to end at its next step."""
        self._stop.set()
        self._change(lambda status: replace(status, stopping=status.running))

    def close(self, patience_s: float) -> None:
        """Stops and waits, so that nothing is left half-made when the process ends."""
        self.stop()
        if self._thread is not None:
            self._thread.join(patience_s)

    def _run(self, work: Work) -> None:
        try:
            produced = work(self._progress)
        except StudioError as error:
            failure = error
        except Exception as error:  # noqa: BLE001 - the page turns whatever goes wrong into words
            # The place alone: an exception's message may hold words of the bulletin.
            log.error(
                "production failed: %s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__))
            )
            failure = StudioError("page.unexpected", kind=type(error).__name__)
        else:
            self._change(lambda status: replace(status, produced=produced))
            return
        self._change(lambda status: replace(status, error=failure))

    def _progress(self, stage: str, done: int, total: int) -> None:
        if self._stop.is_set():
            raise CancelledError("run.cancelled")
        self._change(lambda status: replace(status, counts=_counted(status.counts, stage, done, total)))

    def _change(self, change: Callable[[Status], Status]) -> None:
        with self._lock:
            if self._status is not None:
                self._status = change(self._status)


def _counted(counts: Counts, stage: str, done: int, total: int) -> Counts:
    if any(name == stage for name, _, _ in counts):
        return tuple((stage, done, total) if entry[0] == stage else entry for entry in counts)
    return (*counts, (stage, done, total))
