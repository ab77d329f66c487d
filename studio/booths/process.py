"""The parent's end of one worker process: start it, hand it a line, take the sound, end it."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from studio.booths.wire import receive, send
from studio.errors import StudioError
from studio.sound import Sound
from studio.values.voice import SpeechRequest

_BOOT = "import sys; sys.path.insert(0, sys.argv[1]); from studio.booths.worker import main; main()"
_CODE_FOLDER = str(Path(__file__).resolve().parents[2])
_ERROR_TAIL_BYTES = 2_000
_END_TIMEOUT_S = 10.0


class WorkerDiedError(Exception):
    """The process ended, or was ended after its time, before it answered."""

    def __init__(self, exit_code: int, detail: str, *, timed_out: bool) -> None:
        super().__init__(exit_code, detail)
        self.exit_code = exit_code
        self.detail = detail
        self.timed_out = timed_out


class WorkerProcess:
    """One worker, started at once; used by one thread at a time, `kill` by any.

    A process of its own by command line, not `multiprocessing`: that would load the parent's
    main module, page and all, into each worker, or fail where there is none to load.
    """

    def __init__(self, engines: Mapping[str, str]) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the worker
        self._timed_out = False
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter, our own code
            [sys.executable, "-P", "-c", _BOOT, _CODE_FOLDER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) if os.name == "nt" else 0,
        )
        self._first_message: bytes | None = pickle.dumps(dict(engines))

    @property
    def pid(self) -> int:
        """The operating system's number of the process."""
        return self._process.pid

    def speak(self, requests: tuple[SpeechRequest, ...], timeout_s: float) -> list[Sound | StudioError]:
        """The sound of each line or the engine's error about it; raises WorkerDiedError."""
        timer = threading.Timer(timeout_s, self._give_up)
        timer.start()
        try:
            answer = self._answer_to(pickle.dumps(requests, pickle.HIGHEST_PROTOCOL))
        finally:
            timer.cancel()
        if answer is None:
            raise self._death()
        return [_unpacked(packed) for packed in pickle.loads(answer)]  # noqa: S301 - from the child we started

    def kill(self) -> None:
        """Ends the process at once; harmless where it has ended."""
        self._process.kill()

    def reap(self) -> None:
        """Kills, waits for the end, and lets go of pipes and files."""
        self.kill()
        self._process.wait(_END_TIMEOUT_S)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # bytes were left for a process that is gone
                    continue
        self._errors.close()

    def _answer_to(self, message: bytes) -> bytes | None:
        requests, answers = self._process.stdin, self._process.stdout
        if requests is None or answers is None:
            raise ValueError("a worker has pipes")
        try:
            if self._first_message is not None:
                send(requests, self._first_message)
                self._first_message = None
            send(requests, message)
            return receive(answers)
        except OSError:
            return None

    def _give_up(self) -> None:
        self._timed_out = True
        self.kill()

    def _death(self) -> WorkerDiedError:
        self.kill()
        exit_code = self._process.wait(_END_TIMEOUT_S)
        self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, self._errors.tell() - _ERROR_TAIL_BYTES))
        detail = self._errors.read().decode(errors="replace").strip()
        return WorkerDiedError(exit_code, detail, timed_out=self._timed_out)


def _unpacked(packed: StudioError | tuple[int, int, bytes]) -> Sound | StudioError:
    if isinstance(packed, StudioError):
        return packed
    rate_hz, channels, samples = packed
    return Sound(np.frombuffer(samples, np.float32).reshape(-1, channels), rate_hz)
