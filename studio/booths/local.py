"""A booth on this machine: worker processes that speak lines side by side, given back in order.

On a graphics card, consecutive lines of a voice go to a worker together where the engine speaks many at once.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import CancelledError as FutureCancelledError
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from studio.booths.process import WorkerDiedError, WorkerProcess
from studio.booths.retakes import Outcome
from studio.engines.registry import ENGINES, EngineRegistry
from studio.errors import CancelledError, StudioError, VoiceError
from studio.sound import Sound
from studio.values.voice import SpeechRequest, excerpt

LINES_IN_FLIGHT = 4
"""Lines held for each worker: asked for, being spoken, or waiting for an earlier one."""
LINES_TOGETHER = 64
"""Lines handed over at once where they are spoken together: ten minutes of speech, some 50 MB."""
GROUPS_IN_FLIGHT = 2
"""Groups of lines held for each worker: one is spoken, one waits or is taken."""
LINE_TIMEOUT_S = 300.0
"""A worker that takes longer over one line hangs; loading a model counts."""
ATTEMPTS = 2
Group = tuple[SpeechRequest, ...]
"""Lines handed to a worker at once, all of one voice."""
Outcomes = list[Outcome]
"""For each of these lines its sound, or what is wrong with it."""

_POLL_S = 0.5


class LocalBooth:
    """Worker processes started when the first lines come; fulfils the port `Booth`.

    Several threads may speak at once and share the workers. A process is driven by one thread
    of a pool, which replaces it when it dies. Workers end with `close`, with Ctrl-C, and by
    themselves when this process ends in any way, for their pipe ends then.
    """

    def __init__(
        self, workers: int, *, engines: Mapping[str, str] = ENGINES, line_timeout_s: float = LINE_TIMEOUT_S
    ) -> None:
        if workers < 1:
            raise ValueError("a booth needs a worker")
        self._workers = workers
        self._engines = dict(engines)
        self._registry = EngineRegistry(engines=engines)
        self._line_timeout_s = line_timeout_s
        self._lock = threading.Lock()
        self._own = threading.local()
        self._processes: set[WorkerProcess] = set()
        self._drivers: ThreadPoolExecutor | None = None
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def speak(self, requests: Iterable[SpeechRequest]) -> Iterator[Sound]:
        """The sound of each line in the order asked, a bounded few held.

        Raises what the engine raises about a line, VoiceError `voice.worker_died` or
        `voice.line_timed_out`, CancelledError `booth.closed`.
        """
        waiting: deque[Future[Outcomes]] = deque()
        try:
            for group in self._groups(requests):
                waiting.append(self._submit(group))
                held = (LINES_IN_FLIGHT if len(group) == 1 else GROUPS_IN_FLIGHT) * self._workers
                while waiting and (len(waiting) >= held or waiting[0].done()):
                    yield from _sounds(waiting.popleft())
            while waiting:
                yield from _sounds(waiting.popleft())
        except KeyboardInterrupt:
            self.close()
            raise
        finally:
            for future in waiting:
                future.cancel()

    def close(self) -> None:
        """Ends the workers at once, lines and all; a second time does nothing."""
        with self._lock:
            self._closed = True
            drivers, self._drivers = self._drivers, None
            processes = set(self._processes)
        for process in processes:
            process.kill()
        if drivers is not None:
            drivers.shutdown(wait=True, cancel_futures=True)
        with self._lock:
            left, self._processes = self._processes, set()
        for process in left:
            process.reap()

    def worker_pids(self) -> tuple[int, ...]:
        """Numbers of the processes that run now, sorted."""
        with self._lock:
            return tuple(sorted(process.pid for process in self._processes))

    def _groups(self, requests: Iterable[SpeechRequest]) -> Iterator[Group]:
        """Lines one by one, or those of a voice together where they are better spoken so."""
        group: Group = ()
        for request in requests:
            if group and (request.voice != group[0].voice or len(group) == LINES_TOGETHER):
                yield group
                group = ()
            if self._registry.together(request.voice):
                group += (request,)
            else:
                yield (request,)
        if group:
            yield group

    def _submit(self, group: Group) -> Future[Outcomes]:
        with self._lock:
            if self._closed:
                raise CancelledError("booth.closed")
            if self._drivers is None:
                self._drivers = ThreadPoolExecutor(self._workers, thread_name_prefix="booth")
            return self._drivers.submit(self._speak_group, group)

    def _speak_group(self, group: Group) -> Outcomes:
        if len(group) > 1:
            try:
                return self._asked(group)
            except WorkerDiedError:
                # One after the other, the line that ends a worker is found, and the others are spoken.
                return [outcome for request in group for outcome in self._speak_group((request,))]
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._asked(group)
            except WorkerDiedError as death:
                if death.timed_out or attempt == ATTEMPTS:
                    return [_death_of(group[0], death)]
        raise AssertionError("every attempt returns")

    def _asked(self, group: Group) -> Outcomes:
        process = self._process()
        try:
            return process.speak(group, self._line_timeout_s)
        except WorkerDiedError as death:
            self._bury(process)
            if self._closed:
                raise CancelledError("booth.closed") from death
            raise

    def _process(self) -> WorkerProcess:
        """This thread's worker, started where there is none."""
        process: WorkerProcess | None = getattr(self._own, "process", None)
        if process is None:
            with self._lock:
                if self._closed:
                    raise CancelledError("booth.closed")
                process = WorkerProcess(self._engines)
                self._processes.add(process)
            self._own.process = process
        return process

    def _bury(self, process: WorkerProcess) -> None:
        self._own.process = None
        with self._lock:
            self._processes.discard(process)
        process.reap()


def _sounds(future: Future[Outcomes]) -> Iterator[Sound]:
    for outcome in _result(future):
        if isinstance(outcome, StudioError):
            raise outcome
        yield outcome


def _result(future: Future[Outcomes]) -> Outcomes:
    # Waiting in short turns lets Ctrl-C through on Windows too.
    while True:
        try:
            return future.result(_POLL_S)
        except TimeoutError:
            continue
        except FutureCancelledError as error:
            raise CancelledError("booth.closed") from error


def _death_of(request: SpeechRequest, death: WorkerDiedError) -> StudioError:
    return VoiceError(
        "voice.line_timed_out" if death.timed_out else "voice.worker_died",
        voice=request.voice.voice_id,
        line=excerpt(request.spoken),
        exit_code=death.exit_code,
        detail=death.detail,
    )
