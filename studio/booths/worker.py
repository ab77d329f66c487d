"""A worker process: reads lines from its standard input, speaks them, writes sounds to its standard output.

Messages in: first the table of engines, then requests. Messages out, one for each request: a
tuple (rate_hz, channels, samples as bytes) or a StudioError. All are pickles between a parent
and the child it started. Any other failure ends the process with its trace on standard error.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from queue import SimpleQueue
from typing import IO

from studio.booths.wire import receive, send
from studio.engines.registry import EngineClass, EngineRegistry
from studio.errors import StudioError
from studio.values.voice import SpeechRequest


def main() -> None:
    """Speaks until the parent closes the pipe or ends."""
    # Ctrl-C reaches every process of a terminal: the parent decides what ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = _private_output()
    messages: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, messages), daemon=True).start()
    _speak_all(messages, answers)


def _private_output() -> IO[bytes]:
    """The pipe to the parent; what a library prints goes to standard error instead."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def _listen(requests: IO[bytes], messages: SimpleQueue[bytes]) -> None:
    while (message := receive(requests)) is not None:
        messages.put(message)
    # The parent is done or dead. A line still being spoken is for nobody.
    os._exit(0)


def _speak_all(messages: SimpleQueue[bytes], answers: IO[bytes]) -> None:
    registry = EngineRegistry(engines=pickle.loads(messages.get()))  # noqa: S301 - from the parent that started us
    loaded: dict[str, EngineClass] = {}
    while True:
        request: SpeechRequest = pickle.loads(messages.get())  # noqa: S301 - as above
        try:
            engine = loaded.get(request.voice.engine)
            if engine is None:
                engine = loaded[request.voice.engine] = registry.load(request.voice.engine)
            sound = engine.speak(request)
            answer: object = (sound.rate_hz, sound.channels, sound.samples.tobytes())
        except StudioError as error:
            answer = error
        try:
            send(answers, pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
        except BrokenPipeError:
            return
