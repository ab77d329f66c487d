"""Weights as engines see them: only files that were hashed and not touched since."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from studio.errors import VoiceError

if TYPE_CHECKING:
    from studio.files.card import VoiceCard


def sealed_digest(card: VoiceCard, weights: Path) -> str:
    """One SHA-256 over the paths and digests of all the card's files.

    Raises VoiceError `voice.not_pulled` naming the first file that is missing, unverified or touched.
    """
    # Imported here: workers load engines and need no file models.
    from pydantic import ValidationError

    from studio.files.weights import SEAL_NAME, WeightSeal

    try:
        sealed = WeightSeal.model_validate_json((weights / SEAL_NAME).read_bytes()).files
    except (OSError, ValidationError):
        # No seal, or one that nobody can read: nothing is verified.
        sealed = {}
    digest = hashlib.sha256()
    for file in sorted(card.files, key=lambda file: file.path):
        entry = sealed.get(file.path)
        path = weights / file.path
        if entry is None or not path.is_file():
            raise VoiceError("voice.not_pulled", voice=card.id, path=file.path)
        state = path.stat()
        touched = (state.st_size, state.st_mtime_ns) != (entry.size_bytes, entry.mtime_ns)
        if touched or file.sha256 not in (None, entry.sha256):
            raise VoiceError("voice.not_pulled", voice=card.id, path=file.path)
        digest.update(f"{file.path}\0{entry.sha256}\n".encode())
    return digest.hexdigest()
