"""Joins encoded parts into one file with one header and its tags, without encoding again."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.audio.blocks import BLOCK_FRAMES
from studio.errors import SoundError, StorageError
from studio.files.profile import EXTENSIONS
from studio.ports import Tags
from studio.stores.sound import bwf, mp3, tagging
from studio.stores.sound.encoder import unwritten

BITS = {"PCM_16": 16, "PCM_24": 24}


def join_mp3(parts: Sequence[Path], path: Path, tags: Tags, cover: bytes) -> None:
    """ID3v2.3 tag, one Info header, each part's own frames, and the last part's finishing frame."""
    try:
        with path.open("w+b") as file:
            file.write(tagging.id3(tags, cover))
            mp3.write_with_info(file, _joined_frames(parts))
    except OSError as error:
        raise StorageError.of(error, path) from error


def join_wav(parts: Sequence[Path], path: Path, tags: Tags) -> None:
    """One Broadcast Wave with the parts' samples one after another, unchanged."""
    form = _common_form(parts)
    try:
        with path.open("w+b") as file:
            bwf.write(file, bwf.Form(form[0], form[1], BITS[form[2]]), _joined_samples(parts), tags)
    except OSError as error:
        raise StorageError.of(error, path) from error
    except ValueError as error:
        raise StorageError("storage.unwritable", path=str(path), reason=str(error)) from error


def join_flac(parts: Sequence[Path], path: Path, tags: Tags, cover: bytes) -> None:
    """One FLAC with the parts' samples one after another, unchanged."""
    import soundfile

    form = _common_form(parts)
    try:
        with soundfile.SoundFile(path, "w", form[0], form[1], subtype=form[2], format="FLAC") as file:
            for block in _joined_samples(parts):
                file.write(block)
    except soundfile.LibsndfileError as error:
        raise unwritten(error, path) from error
    tagging.tag_flac(path, tags, cover)


def copy_packets(part: Path, path: Path, tags: Tags, cover: bytes) -> None:
    """A whole AAC or Opus file as it is, with tags."""
    try:
        shutil.copyfile(part, path)
    except FileNotFoundError as error:
        raise SoundError("sound.missing", path=part.name) from error
    except OSError as error:
        raise StorageError.of(error, path) from error
    if path.suffix == EXTENSIONS["aac"]:
        tagging.tag_mp4(path, tags, cover)
    else:
        tagging.tag_opus(path, tags, cover)


def _joined_samples(parts: Sequence[Path]) -> Iterator[NDArray[np.int32]]:
    """Integers keep 24-bit samples bit for bit (in the upper bits, as libsndfile gives them)."""
    import soundfile

    for part in parts:
        try:
            with soundfile.SoundFile(part) as source:
                while len(block := source.read(BLOCK_FRAMES, dtype="int32", always_2d=True)):
                    yield block
        except soundfile.LibsndfileError as error:
            raise SoundError("sound.damaged", path=part.name, reason=str(error)) from error


def _joined_frames(parts: Sequence[Path]) -> Iterator[bytes]:
    kind: tuple[int, int, int] | None = None
    for number, part in enumerate(parts, 1):
        # One frame is held back: the one that finishes a part is kept only at the very end.
        held: deque[bytes] = deque()
        try:
            with part.open("rb") as file:
                for frame in mp3.frames(file):
                    if mp3.is_info(frame):
                        continue
                    kind = _same_kind(kind, frame, part)
                    held.append(frame)
                    if len(held) > 1:
                        yield held.popleft()
        except ValueError as error:
            raise SoundError("sound.damaged", path=part.name, reason=str(error)) from error
        except FileNotFoundError as error:
            raise SoundError("sound.missing", path=part.name) from error
        if number == len(parts):
            yield from held


def _same_kind(kind: tuple[int, int, int] | None, frame: bytes, part: Path) -> tuple[int, int, int]:
    header = mp3.read_header(frame)
    if header is None:
        raise SoundError("sound.damaged", path=part.name, reason="not an MP3 frame")
    found = (header.rate_hz, header.channels, header.bit_rate_bps)
    if kind not in (None, found):
        raise SoundError("sound.parts_differ", path=part.name)
    return found


def _common_form(parts: Sequence[Path]) -> tuple[int, int, str]:
    """Rate, channels and sample format that all parts share."""
    import soundfile

    forms: list[tuple[int, int, str]] = []
    for part in parts:
        try:
            info = soundfile.info(part)
        except soundfile.LibsndfileError as error:
            raise SoundError("sound.damaged", path=part.name, reason=str(error)) from error
        forms.append((info.samplerate, info.channels, info.subtype))
        if forms[-1] != forms[0]:
            raise SoundError("sound.parts_differ", path=part.name)
    if not forms:
        raise ValueError("nothing to join")
    return forms[0]
