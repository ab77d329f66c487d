"""Progress on stderr: one bar a stage, once a run lasts over a second."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from studio.cli import stopping

PATIENCE_S = 1.0
STAGES = {"speak": "Speaking", "master": "Mastering", "deliver": "Delivering"}


class ProgressBars:
    """A Progress (see ports) that draws; also a context manager that tidies up after itself."""

    def __init__(self) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bars = Progress(*columns, console=Console(stderr=True), transient=True)
        self._tasks: dict[str, TaskID] = {}
        self._since = time.monotonic()

    def __call__(self, stage: str, done: int, total: int) -> None:
        stopping.check()
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(STAGES[stage], total=total)
        self._bars.update(self._tasks[stage], completed=done, total=total)
        if not self._bars.live.is_started and time.monotonic() - self._since > PATIENCE_S:
            self._bars.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()
