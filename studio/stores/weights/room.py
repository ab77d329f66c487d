"""Room on the disk for weights, asked before they come: a full disk stops everything else as well."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

from studio.errors import StorageError

SPARE_BYTES = 64 << 20
"""Left free on the disk."""


def check_room(part: Path, size_bytes: int) -> None:
    """Raises StorageError `storage.disk_full` where `part` cannot grow to that size; OSError of the folder."""
    have = part.stat().st_size if part.is_file() else 0
    if shutil.disk_usage(part.parent).free < size_bytes - have + SPARE_BYTES:
        raise StorageError.of(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), part)
