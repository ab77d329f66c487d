"""The error tree: every failure a user can meet, with a stable code and an exit code.

StudioError                 1    anything below; never raised itself
├── InputError              2    what the user gave cannot be used (file, key, line, option)
├── VoiceError              3    the voice is unknown, not installed, or cannot say the line
├── SoundError              4    a sound file is damaged, silent, too short or of no use
├── LoudnessError           5    a master missed its level or its peak: refused, with the figures
├── StorageError            6    a folder or disk cannot be written, or holds what is not ours
├── BusyError               7    another run is working on the same thing
├── MissingPartError        8    an optional part is not installed
└── CancelledError        130    the user stopped the work

An error carries a `code` ("rundown.unknown_key") and named `fields`; sentences are put to
it at the edge, in English on the command line and in Vietnamese on the page.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from pathlib import PurePath
from types import MappingProxyType
from typing import Self

Field = str | int | float | None


class StudioError(Exception):
    """A failure with a stable code and named fields."""

    exit_code = 1

    def __init__(self, code: str, /, **fields: Field) -> None:
        super().__init__(code, fields)
        self.code = code
        self.fields: Mapping[str, Field] = MappingProxyType(dict(fields))

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.fields.items())
        return f"{self.code}({shown})"

    def __reduce__(self) -> tuple[object, ...]:
        # Errors travel out of worker processes; keyword fields need their own way.
        return _rebuild, (type(self), self.code, dict(self.fields))


def _rebuild(kind: type[StudioError], code: str, fields: dict[str, Field]) -> StudioError:
    return kind(code, **fields)


class InputError(StudioError):
    """What the user gave cannot be used: a file, a key, a line, an option."""

    exit_code = 2


class VoiceError(StudioError):
    """A voice is unknown, not installed, or cannot say a line."""

    exit_code = 3


class SoundError(StudioError):
    """A sound is damaged, silent, too short or of the wrong kind."""

    exit_code = 4


class LoudnessError(StudioError):
    """A master missed its loudness or its true peak and is refused."""

    exit_code = 5


class StorageError(StudioError):
    """A folder or disk cannot be written, or holds what is not ours."""

    exit_code = 6

    @classmethod
    def of(cls, error: OSError, path: PurePath) -> Self:
        """What an operating system's refusal means to the user."""
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return cls("storage.disk_full", path=str(path))
        return cls("storage.unwritable", path=str(path), reason=error.strerror or type(error).__name__)


class BusyError(StudioError):
    """Another run is working on the same thing."""

    exit_code = 7


class MissingPartError(StudioError):
    """An optional part is not installed."""

    exit_code = 8


class CancelledError(StudioError):
    """The user stopped the work."""

    exit_code = 130
