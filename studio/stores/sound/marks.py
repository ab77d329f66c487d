"""Reads back whether a finished file says that a machine speaks in it."""

from __future__ import annotations

from pathlib import Path

from studio.errors import SoundError
from studio.stores.sound.joiner import AI_MARK


def ai_marked(path: Path) -> bool:
    """Whether the file's own tags carry the mark; raises SoundError `sound.damaged`."""
    if path.suffix == ".mp3":
        from mutagen import MutagenError, id3

        try:
            return any("true" in frame.text for frame in id3.ID3(path).getall(f"TXXX:{AI_MARK}"))
        except MutagenError as error:
            raise SoundError("sound.damaged", path=path.name, reason=str(error)) from error
    import soundfile

    try:
        with soundfile.SoundFile(path) as file:
            return f"{AI_MARK}=true" in file.copy_metadata().get("comment", "")
    except soundfile.LibsndfileError as error:
        raise SoundError("sound.damaged", path=path.name, reason=str(error)) from error
