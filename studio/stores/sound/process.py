"""Runs ffmpeg with a stream going in or coming out, a time limit on each step, and its last words kept."""

from __future__ import annotations

import re
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import BinaryIO, Self

STEP_SECONDS = 120.0
"""A step (one block in or out, or the end) that takes longer is stuck."""


SPEAKER = re.compile(r"^\s*(?:\[[^\]]*\]\s*)+")
"""Which of ffmpeg's parts says a line ("[flac @ 0x55f4aac65a80]")."""

MOST_WORDS = 65_536


class FfmpegFailedError(Exception):
    """ffmpeg ended with a failure; the message is the last line it wrote."""


class Ffmpeg:
    """One run of ffmpeg; leaving the block kills what is still running.

    `arguments` is the whole command as a list. The streams not asked for lead nowhere.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        *,
        feed: bool = False,
        to: BinaryIO | None = None,
        step_seconds: float = STEP_SECONDS,
    ) -> None:
        self._step_seconds = step_seconds
        self._stuck = False
        self._words = tempfile.TemporaryFile()  # noqa: SIM115 - closed in __exit__
        try:
            self._process = subprocess.Popen(  # noqa: S603 - a list, no shell
                list(arguments),
                stdin=subprocess.PIPE if feed else subprocess.DEVNULL,
                stdout=subprocess.PIPE if to is None else to,
                stderr=self._words,
            )
        except OSError as error:
            self._words.close()
            raise FfmpegFailedError(str(error)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                # What is still buffered has nowhere to go after a failure.
                try:
                    stream.close()
                except OSError:
                    continue
        self._process.wait()
        self._words.close()

    def feed(self, pieces: Iterable[bytes]) -> None:
        """Writes everything and closes the stream; raises FfmpegFailedError when ffmpeg stops taking it."""
        stream = self._process.stdin
        if stream is None:
            raise ValueError("this run takes no input")
        try:
            for piece in pieces:
                with self._limited():
                    stream.write(piece)
            with self._limited():
                stream.close()
        except BrokenPipeError as error:
            self._process.wait()
            raise FfmpegFailedError(self._last_words()) from error

    def read(self, size: int) -> Iterator[bytes]:
        """What comes out, in pieces of `size` bytes but for the last."""
        stream = self._process.stdout
        if stream is None:
            raise ValueError("this run gives no output")
        while True:
            with self._limited():
                piece = stream.read(size)
            if not piece:
                return
            yield piece

    def finish(self) -> None:
        """Waits for the end; raises FfmpegFailedError unless it was a good one."""
        try:
            code = self._process.wait(self._step_seconds)
        except subprocess.TimeoutExpired as error:
            raise FfmpegFailedError("took too long") from error
        if code != 0:
            raise FfmpegFailedError(self._last_words())

    def complaints(self) -> str:
        """The last line written so far; empty where there is none."""
        self._words.seek(0)
        lines = self._words.read().decode("utf-8", "replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "")

    def first_complaint(self) -> str:
        """The first line written, without the part of ffmpeg that says it; empty where there is none.

        Of damage in a file this is the cause, and what follows are consequences ("Task finished with error …").
        """
        self._words.seek(0)
        lines = self._words.read(MOST_WORDS).decode("utf-8", "replace").split("\n")
        return next((said for line in lines if (said := SPEAKER.sub("", line).strip())), "")

    def _last_words(self) -> str:
        if self._stuck:
            return "took too long"
        return self.complaints() or f"exit status {self._process.returncode}"

    @contextmanager
    def _limited(self) -> Iterator[None]:
        timer = threading.Timer(self._step_seconds, self._kill_stuck)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _kill_stuck(self) -> None:
        self._stuck = True
        self._process.kill()
