"""A booth on this machine: worker processes that speak lines side by side, given back in order."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import CancelledError as FutureCancelledError
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from studio.booths.process import WorkerDiedError, WorkerProcess
from studio.engines.registry import ENGINES
from studio.errors import CancelledError, StudioError, VoiceError
from studio.sound import Sound
from studio.values.voice import SpeechRequest

LINES_IN_FLIGHT = 4
"""Lines held for each worker: asked for, being spoken, or waiting for an earlier one."""
LINE_TIMEOUT_S = 300.0
"""A worker that takes longer over one line hangs; loading a model counts."""
ATTEMPTS = 2
_POLL_S = 0.5
_EXCERPT_CHARACTERS = 60


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
        waiting: deque[Future[Sound]] = deque()
        limit = LINES_IN_FLIGHT * self._workers
        try:
            for request in requests:
                waiting.append(self._submit(request))
                while waiting and (len(waiting) >= limit or waiting[0].done()):
                    yield _result(waiting.popleft())
            while waiting:
                yield _result(waiting.popleft())
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

    def _submit(self, request: SpeechRequest) -> Future[Sound]:
        with self._lock:
            if self._closed:
                raise CancelledError("booth.closed")
            if self._drivers is None:
                self._drivers = ThreadPoolExecutor(self._workers, thread_name_prefix="booth")
            return self._drivers.submit(self._speak_line, request)

    def _speak_line(self, request: SpeechRequest) -> Sound:
        for attempt in range(1, ATTEMPTS + 1):
            process = self._process()
            try:
                return process.speak(request, self._line_timeout_s)
            except WorkerDiedError as death:
                self._bury(process)
                if self._closed:
                    raise CancelledError("booth.closed") from death
                if death.timed_out or attempt == ATTEMPTS:
                    raise _death_of(request, death) from death
        raise AssertionError("every attempt returns or raises")

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


def _result(future: Future[Sound]) -> Sound:
    # Waiting in short turns lets Ctrl-C through on Windows too.
    while True:
        try:
            return future.result(_POLL_S)
        except TimeoutError:
            continue  # a worker's own errors are StudioErrors
        except FutureCancelledError as error:
            raise CancelledError("booth.closed") from error


def _death_of(request: SpeechRequest, death: WorkerDiedError) -> StudioError:
    return VoiceError(
        "voice.line_timed_out" if death.timed_out else "voice.worker_died",
        voice=request.voice.voice_id,
        line=request.spoken[:_EXCERPT_CHARACTERS],
        exit_code=death.exit_code,
        detail=death.detail,
    )
