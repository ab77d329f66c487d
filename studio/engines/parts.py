"""The installed libraries an engine stands on, as part of what decides its sound."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import metadata

from studio.errors import MissingPartError


def versions(engine: str, parts: Iterable[str], remedy: str) -> str:
    """Name and version of each part; raises MissingPartError `engine.not_installed` for one that is not there."""
    found = []
    for part in parts:
        try:
            # What follows "+" names the device that a library was built for, which decides no sound.
            found.append(f"{part} {metadata.version(part).partition('+')[0]}")
        except metadata.PackageNotFoundError as error:
            raise MissingPartError("engine.not_installed", engine=engine, part=part, remedy=remedy) from error
    return ", ".join(found)
