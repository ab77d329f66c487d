"""Files of settings in TOML: read whole, checked against a model, and wrong in one named place."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from studio.errors import Field, InputError
from studio.files.base import CHOICE, FileModel
from studio.files.faults import reason_of
from studio.stores.paths import refuse_special
from studio.stores.tomlplaces import known_keys, line_of_key
from studio.values.location import Location, dotted

FileModelT = TypeVar("FileModelT", bound=FileModel)

MOST_BYTES = 1 << 20
"""No hand-written file is larger than 1 MiB."""

MOST_FAULTS = 200
"""A file with more is no such file at all."""

_ENDLESS_KEY = re.compile(r"""(?<![\w-])(?:(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){64}""")
"""The library's memory grows with the square of a dotted key's parts."""

_AT_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)\s*$")


def read_toml(path: Path, model: type[FileModelT], kind: str) -> FileModelT:
    """The content of a TOML file as a `model`.

    Raises InputError with a code that begins with `kind`: `.not_found`, `.unreadable`,
    `.too_large`, `.bad_syntax`, `.unknown_key`, `.missing_key`, `.bad_value`; those about a
    place name file, line and dotted key (items counted from 1) and what was wrong there. Of
    several faults an unknown key comes first, for it is often why another is missing.
    """
    text = _read_text(path, kind)
    content = _parsed(text, path, kind)
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise next(_faults(error, text, path, model, kind)) from error


def toml_faults(path: Path, model: type[FileModel], kind: str) -> tuple[InputError, ...]:
    """What `read_toml` could say of a file, in its order, at most MOST_FAULTS; empty where the file is right."""
    try:
        text = _read_text(path, kind)
        content = _parsed(text, path, kind)
    except InputError as error:
        return (error,)
    try:
        model.model_validate(content)
    except ValidationError as error:
        return tuple(islice(_faults(error, text, path, model, kind), MOST_FAULTS))
    return ()


def line_in_file(path: Path, location: Location, kind: str) -> int | None:
    """The line of a key in a file that parses, see `line_of_key`; raises InputError where it cannot be read."""
    return line_of_key(_read_text(path, kind), location)


def _read_text(path: Path, kind: str) -> str:
    try:
        refuse_special(path)
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise InputError(f"{kind}.not_found", file=str(path)) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError(f"{kind}.unreadable", file=str(path), reason=reason) from error
    if len(content) > MOST_BYTES:
        raise InputError(f"{kind}.too_large", file=str(path), at_most_bytes=MOST_BYTES)
    try:
        # Windows' editors may put a mark at the start of UTF-8.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(f"{kind}.bad_syntax", file=str(path), line=line, reason="not UTF-8 text") from error


def _parsed(text: str, path: Path, kind: str) -> dict[str, Any]:
    if endless := _ENDLESS_KEY.search(text):
        line = text.count("\n", 0, endless.start()) + 1
        raise InputError(f"{kind}.bad_syntax", file=str(path), line=line, reason="a key of too many parts")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        place = _AT_LINE.search(message)
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        reason = _AT_LINE.sub("", message)
        raise InputError(f"{kind}.bad_syntax", file=str(path), line=line, reason=reason) from error
    except ValueError as error:
        # What TOML allows and Python does not: a number of thousands of figures.
        raise InputError(f"{kind}.bad_syntax", file=str(path), line=None, reason=str(error)) from error
    except RecursionError as error:
        raise InputError(f"{kind}.bad_syntax", file=str(path), line=None, reason="nested too deep") from error


def _faults(error: ValidationError, text: str, path: Path, model: type[FileModel], kind: str) -> Iterator[InputError]:
    faults = sorted(error.errors(include_url=False), key=lambda fault: fault["type"] != "extra_forbidden")
    return (_fault(fault, text, path, model, kind) for fault in faults)


def _fault(fault: ErrorDetails, text: str, path: Path, model: type[FileModel], kind: str) -> InputError:
    # What a value could have been is no key: see `studio.files.base.CHOICE`.
    location = tuple(part for part in fault["loc"] if not str(part).startswith(CHOICE))
    place: dict[str, Field] = {
        "file": str(path),
        "key": dotted(location),
        "line": line_of_key(text, location),
    }
    if fault["type"] == "extra_forbidden":
        known = known_keys(model, location[:-1])
        close = difflib.get_close_matches(str(location[-1]), known, n=1)
        return InputError(f"{kind}.unknown_key", **place, suggestion=", ".join(close or known) or None)
    if fault["type"] == "missing":
        return InputError(f"{kind}.missing_key", **place)
    return InputError(f"{kind}.bad_value", **place, **reason_of(fault))
