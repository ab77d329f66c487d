"""Finds the file that a rundown means by a cart's path or name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from studio.stores.paths import is_file

EXTENSIONS = (".wav", ".flac", ".mp3", ".ogg", ".opus", ".m4a", ".aac", ".aif", ".aiff", ".wma")
"""What is tried where a reference leaves its extension out; written out, any other will do."""


def is_name(reference: str) -> bool:
    """Whether a reference names a cart alone, without saying in which folder."""
    return Path(reference).name == reference


def find_file(reference: str, folders: Sequence[Path]) -> Path | None:
    """The first file of that name, or of that name and a sound file's extension."""
    for folder in folders:
        for name in (reference, *(reference + extension for extension in EXTENSIONS)):
            path = folder / name
            if is_file(path):
                return path
    return None
