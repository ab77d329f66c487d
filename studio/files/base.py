"""What every file model shares: frozen, and no key it does not know."""

from __future__ import annotations

from typing import Annotated
from unicodedata import category

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

ID_PATTERN = r"^[a-z0-9][a-z0-9_-]{0,63}$"
"""Identifiers that are safe in file names and addresses."""


CHOICE = "?"
"""Begins the tag of a form that a value can have where there are several, such as "?table": a tag is no key."""


def on_one_line(text: str) -> str:
    """Text without line breaks, tabs and other control characters: lists show a card on a line."""
    return " ".join("".join(" " if category(each) == "Cc" else each for each in text).split())


def _line_of(written: object) -> object:
    return on_one_line(written) if isinstance(written, str) else written


OneLine = Annotated[str, BeforeValidator(_line_of)]
"""Words that are shown on one line, whatever they were written on."""
Line = Annotated[str, Field(min_length=1, max_length=300), BeforeValidator(_line_of)]
"""Such words that must be there."""


class FileModel(BaseModel):
    """A model of a file or of a table in it."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class NamedModel(FileModel):
    """A file that has an id, after which it is named."""

    id: Annotated[str, Field(pattern=ID_PATTERN)]
