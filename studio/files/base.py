"""What every file model shares: frozen, and no key it does not know."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

ID_PATTERN = r"^[a-z0-9][a-z0-9_-]{0,63}$"
"""Identifiers that are safe in file names and addresses."""


CHOICE = "?"
"""Begins the tag of a form that a value can have where there are several, such as "?table": a tag is no key."""


class FileModel(BaseModel):
    """A model of a file or of a table in it."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class NamedModel(FileModel):
    """A file that has an id, after which it is named."""

    id: Annotated[str, Field(pattern=ID_PATTERN)]
