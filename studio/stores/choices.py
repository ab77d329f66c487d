"""The house's choices of reading, from its file and from the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

from studio.errors import InputError
from studio.values.text import ReadingChoices

FILE_NAME = "reading.toml"


class TomlChoices:
    """Choices of `<home>/reading.toml`, with `chosen` ("name=value") above them. Fulfils the port `HouseChoices`.

    Where there is neither file nor choice, the defaults hold and no model is loaded.
    """

    def __init__(self, home: Path | None, chosen: Sequence[str] = ()) -> None:
        self._path = None if home is None else home / FILE_NAME
        self._chosen = tuple(chosen)
        self._kept: tuple[tuple[int, int] | None, ReadingChoices] | None = None

    def choices(self) -> ReadingChoices:
        """The choices that hold now; raises InputError choices.* (file, line, key) or option.bad_choice."""
        state = self._state()
        if self._kept is None or self._kept[0] != state:
            self._kept = (state, self._read(from_file=state is not None))
        return self._kept[1]

    def _state(self) -> tuple[int, int] | None:
        try:
            found = None if self._path is None else self._path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise InputError("choices.unreadable", file=str(self._path), reason=reason) from error
        return None if found is None else (found.st_mtime_ns, found.st_size)

    def _read(self, *, from_file: bool) -> ReadingChoices:
        choices = ReadingChoices()
        if from_file and self._path is not None:
            from studio.files.choices import Choices
            from studio.stores.tomlfiles import read_toml

            found = read_toml(self._path, Choices, "choices")
            choices = replace(choices, **found.model_dump(exclude_none=True))
        for each in self._chosen:
            choices = _with_choice(choices, each)
        return choices


def _with_choice(choices: ReadingChoices, written: str) -> ReadingChoices:
    """The choices with one "name=value" more; parts to keep are parted by commas."""
    from pydantic import ValidationError

    from studio.files.choices import Choices
    from studio.files.faults import first_fault, reason_of

    name, equals, value = (part.strip() for part in written.partition("="))
    known = [field.name for field in fields(ReadingChoices)]
    if not equals or name not in known:
        raise InputError("option.unknown_choice", value=written, known=", ".join(known))
    content = {name: [part for part in value.split(",") if part] if name == "keep_parts" else value}
    try:
        found = Choices.model_validate(content)
    except ValidationError as error:
        reason = reason_of(first_fault(error))
        raise InputError("option.bad_choice", name=name, value=value, **reason) from error
    return replace(choices, **found.model_dump(exclude_none=True))
