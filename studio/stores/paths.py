"""What lies at a path that somebody wrote; where a path cannot be, nothing does."""

from __future__ import annotations

import errno
import stat
from pathlib import Path


def is_file(path: Path) -> bool:
    """Whether a file lies there: not for a name too long for the disk, nor in a folder that may not be entered."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether a folder lies there, likewise."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def refuse_special(path: Path) -> None:
    """Raises OSError for a pipe, a socket or a device: opening one may wait for ever, and reading one never end."""
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, "it is a pipe or a device, not a file", str(path))
