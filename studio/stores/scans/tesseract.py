"""The Tesseract program: whether it is here with its Vietnamese data, and the words it sees on a picture."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass

from studio.errors import InputError, MissingPartError

LANGUAGE = "vie"
CHECK_S = 20.0
_ERROR_TAIL_CHARS = 300


@dataclass(frozen=True, slots=True)
class Tesseract:
    """One program, used on the scan called `file`."""

    program: str
    file: str

    def check(self) -> None:
        """Raises MissingPartError `ocr.not_installed` where the program or its Vietnamese data is missing."""
        try:
            done = subprocess.run(  # noqa: S603 - a list, of a program that the settings or we name
                [self.program, "--list-langs"],
                capture_output=True,
                timeout=CHECK_S,
                check=True,
                stdin=subprocess.DEVNULL,
            )
        except subprocess.TimeoutExpired as error:
            raise self._missing("Tesseract", f"{self.program}: no answer in {CHECK_S:g} s") from error
        except subprocess.CalledProcessError as error:
            raise self._missing("Tesseract", f"{self.program}: {_last_words(error)}") from error
        except OSError as error:
            raise self._missing("Tesseract", f"{self.program}: {error.strerror}") from error
        # Old versions list their languages on stderr.
        if LANGUAGE not in (done.stdout + b"\n" + done.stderr).decode("utf-8", "replace").split():
            raise self._missing("Tesseract's Vietnamese data", f"{self.program} has no language {LANGUAGE}")

    def tsv(self, pgm: bytes, page: int, limit_s: float) -> str:
        """What it sees on a picture, as its TSV; raises InputError `ocr.timed_out` or `ocr.failed`."""
        try:
            done = subprocess.run(  # noqa: S603 - as above
                [self.program, "stdin", "stdout", "-l", LANGUAGE, "--dpi", "300", "tsv"],
                input=pgm,
                capture_output=True,
                timeout=limit_s,
                check=True,
                # On one thread: its threads wait for each other so busily that two take four times as long.
                env=os.environ | {"OMP_THREAD_LIMIT": "1"},
            )
        except subprocess.TimeoutExpired as error:
            raise InputError("ocr.timed_out", file=self.file, page=page, limit_s=round(limit_s, 1)) from error
        except subprocess.CalledProcessError as error:
            raise InputError("ocr.failed", file=self.file, page=page, reason=_last_words(error)) from error
        except OSError as error:
            raise InputError("ocr.failed", file=self.file, page=page, reason=error.strerror) from error
        return done.stdout.decode("utf-8", "replace")

    def _missing(self, part: str, reason: str) -> MissingPartError:
        return MissingPartError("ocr.not_installed", file=self.file, part=part, reason=reason)


def _last_words(error: subprocess.CalledProcessError) -> str:
    said = error.stderr.decode("utf-8", "replace").strip()
    return said.splitlines()[-1][-_ERROR_TAIL_CHARS:] if said else f"exit code {error.returncode}"
