"""A worker process: reads lines from its standard input, speaks them, writes sounds to its standard output.

Messages in: first the table of engines, then tuples of requests of one voice. Messages out, one for each tuple: a
list with a tuple (rate_hz, channels, samples as bytes) or a StudioError for each line. All are pickles between a
parent and the child it started. Any other failure ends the process with its trace on standard error.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Sequence
from functools import partial
from queue import SimpleQueue
from typing import IO

from studio.booths.retakes import Outcome, with_retakes
from studio.booths.wire import receive, send
from studio.engines.registry import EngineClass, EngineRegistry, SpeaksMany
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
        requests: tuple[SpeechRequest, ...] = pickle.loads(messages.get())  # noqa: S301 - as above
        try:
            name = requests[0].voice.engine
            engine = loaded.get(name)
            if engine is None:
                engine = loaded[name] = registry.load(name)
            outcomes = _outcomes(engine, requests)
        except StudioError as error:
            outcomes = [error] * len(requests)
        try:
            send(answers, pickle.dumps([_packed(outcome) for outcome in outcomes], pickle.HIGHEST_PROTOCOL))
        except BrokenPipeError:
            return


def _outcomes(engine: EngineClass, requests: Sequence[SpeechRequest]) -> Sequence[Outcome]:
    if not engine.varies:  # another take would be the same
        return _spoken(engine, requests)
    return with_retakes(partial(_spoken, engine), requests)


def _spoken(engine: EngineClass, requests: Sequence[SpeechRequest]) -> Sequence[Outcome]:
    if len(requests) > 1 and isinstance(engine, SpeaksMany):
        return engine.speak_many(requests)
    return [_outcome(engine, request) for request in requests]


def _outcome(engine: EngineClass, request: SpeechRequest) -> Outcome:
    try:
        return engine.speak(request)
    except StudioError as error:
        return error


def _packed(outcome: Outcome) -> object:
    if isinstance(outcome, StudioError):
        return outcome
    return outcome.rate_hz, outcome.channels, outcome.samples.tobytes()
