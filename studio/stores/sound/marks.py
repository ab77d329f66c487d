"""Reads back whether a finished file says that a machine speaks in it."""

from __future__ import annotations

from pathlib import Path

from studio.errors import SoundError
from studio.files.profile import EXTENSIONS
from studio.stores.sound.tagging import AI_MARK, MP4_AI_MARK

SAID = "true"


def ai_marked(path: Path) -> bool:
    """Whether the file's own tags carry the mark; raises SoundError `sound.damaged`."""
    if path.suffix == EXTENSIONS["wav"]:
        return _in_info(path)
    from mutagen import MutagenError

    try:
        return SAID in _marks(path)
    except MutagenError as error:
        raise SoundError("sound.damaged", path=path.name, reason=str(error)) from error


def _marks(path: Path) -> list[str]:
    """What stands under the mark's name in a tag, an MP4 item or a Vorbis comment."""
    from mutagen import flac, id3, mp4, oggopus

    if path.suffix == EXTENSIONS["mp3"]:
        return [str(text) for frame in id3.ID3(path).getall(f"TXXX:{AI_MARK}") for text in frame.text]
    if path.suffix == EXTENSIONS["aac"]:
        return [bytes(value).decode("utf-8", "replace") for value in mp4.MP4(path).get(MP4_AI_MARK, [])]
    kind = flac.FLAC if path.suffix == EXTENSIONS["flac"] else oggopus.OggOpus
    return list(kind(path).get(AI_MARK, []))


def _in_info(path: Path) -> bool:
    import soundfile

    try:
        with soundfile.SoundFile(path) as file:
            return f"{AI_MARK}={SAID}" in file.copy_metadata().get("comment", "")
    except soundfile.LibsndfileError as error:
        raise SoundError("sound.damaged", path=path.name, reason=str(error)) from error
