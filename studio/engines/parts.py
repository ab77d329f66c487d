"""The installed libraries an engine stands on, as part of what decides its sound."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib import metadata

from studio.errors import MissingPartError
from studio.values.libraries import BUILT_FOR_CARDS


def stay_offline() -> None:
    """Nothing in these libraries may look for files on a hub: what they do not find they are to miss."""
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1")


def installed(part: str) -> str | None:
    """The version of a library; None where it is not there."""
    try:
        return metadata.version(part)
    except metadata.PackageNotFoundError:
        return None


def versions(engine: str, parts: Iterable[str], remedy: str) -> str:
    """Name and version of each part; raises MissingPartError `engine.not_installed` for one that is not there."""
    found = []
    for part in parts:
        version = installed(part) or installed(BUILT_FOR_CARDS.get(part, part))
        if version is None:
            raise MissingPartError("engine.not_installed", engine=engine, part=part, remedy=remedy)
        # What follows "+" names the device that a library was built for, which decides no sound.
        found.append(f"{part} {version.partition('+')[0]}")
    return ", ".join(found)
