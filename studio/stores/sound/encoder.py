"""Encodes one segment into a part that joins exactly: MP3 through ffmpeg's LAME, WAV through libsndfile."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import numpy as np

from studio.audio.blocks import BLOCK_FRAMES, in_blocks
from studio.errors import SoundError, StorageError
from studio.files.profile import Profile
from studio.sound import Blocks
from studio.stores.sound import decoder, mp3
from studio.stores.sound.process import Ffmpeg, FfmpegFailedError

MP3_QUALITY = 5
"""LAME's own default between speed and care (0 best, 9 fastest)."""


TONE_HZ = 1000
TONE_SECONDS = 1
TONE_PEAK = 0.25


def encode_mp3(blocks: Blocks, profile: Profile, path: Path, ffmpeg: str, factor: float = 1.0) -> int:
    """Writes a part of whole frames, padded with silence; returns the samples it takes in a join.

    The samples are multiplied by `factor` on the way in (see `lame_factor`).
    """
    raw = path.with_name(f"{path.name}.raw")
    counter = _Counter(factor)
    try:
        with raw.open("w+b") as file:
            _run_lame(counter.padded(blocks), profile, file, ffmpeg, path)
            file.seek(0)
            try:
                _write_part(file, counter.frames // mp3.FRAME_SAMPLES, path)
            except ValueError as error:
                raise SoundError("sound.encoder_failed", path=path.name, reason=str(error)) from error
    except OSError as error:
        raise StorageError.of(error, path) from error
    finally:
        raw.unlink(missing_ok=True)
    return counter.frames


def lame_factor(profile: Profile, beside: Path, ffmpeg: str) -> float:
    """What makes encoding keep the level: LAME turns its input down (by 5 % at low bit rates), found with a tone."""
    tone_path = beside.with_name(f"{beside.name}.tone")
    at = np.arange(TONE_SECONDS * profile.rate_hz) * (2.0 * np.pi * TONE_HZ / profile.rate_hz)
    tone = (TONE_PEAK * np.sin(at)).astype(np.float32)[:, np.newaxis]
    try:
        encode_mp3(iter([tone]), profile, tone_path, ffmpeg)
        heard = np.concatenate(list(decoder.decode(tone_path)))[: tone.shape[0]]
    finally:
        tone_path.unlink(missing_ok=True)
    middle = slice(tone.shape[0] // 4, tone.shape[0] * 3 // 4)
    return round(float(np.sqrt(np.mean(np.square(tone[middle])) / np.mean(np.square(heard[middle])))), 3)


def encode_wav(blocks: Blocks, profile: Profile, path: Path) -> int:
    """Writes a WAV of the profile's sample size; returns its frames."""
    import soundfile

    frames = 0
    try:
        with soundfile.SoundFile(
            path, "w", profile.rate_hz, profile.channels, subtype=f"PCM_{profile.sample_bits}", format="WAV"
        ) as file:
            for block in blocks:
                file.write(block)
                frames += block.shape[0]
    except soundfile.LibsndfileError as error:
        raise unwritten(error, path) from error
    return frames


def unwritten(error: Exception, path: Path) -> StorageError:
    """What libsndfile's failure to write means: it does not say whether the disk is full, the disk does."""
    statvfs = getattr(os, "statvfs", None)
    full = statvfs is not None and path.parent.is_dir() and statvfs(path.parent).f_bavail == 0
    if full:
        return StorageError.of(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), path)
    return StorageError("storage.unwritable", path=str(path), reason=str(error))


def _run_lame(pieces: Iterator[bytes], profile: Profile, file: BinaryIO, ffmpeg: str, path: Path) -> None:
    try:
        with Ffmpeg(_arguments(profile, ffmpeg), feed=True, to=file) as run:
            run.feed(pieces)
            run.finish()
    except FfmpegFailedError as error:
        reason = str(error)
        if os.strerror(errno.ENOSPC) in reason:
            raise StorageError("storage.disk_full", path=str(path)) from error
        raise SoundError("sound.encoder_failed", path=path.name, reason=reason) from error


def _arguments(profile: Profile, ffmpeg: str) -> list[str]:
    # Imported here: only encoding needs it.
    from ffmpeg import input as ffmpeg_input

    stream = ffmpeg_input("pipe:0", f="f32le", ar=profile.rate_hz, ac=profile.channels, protocol_whitelist="pipe,fd")
    stream = stream.output(
        "pipe:1",
        f="mp3",
        acodec="libmp3lame",
        audio_bitrate=profile.bit_rate_bps,
        compression_level=MP3_QUALITY,
        reservoir=0,
        write_xing=0,
        id3v2_version=0,
    )
    arguments: list[str] = stream.global_args("-v", "error", "-nostdin").compile(cmd=ffmpeg)
    return arguments


def _write_part(raw: BinaryIO, count: int, path: Path) -> None:
    """Keeps `count` frames and the one that finishes them, behind an Info header."""
    kept = islice(mp3.frames(raw), count + 1)
    with path.open("w+b") as file:
        written = mp3.write_with_info(file, kept)
    if written != count + 1:
        raise ValueError(f"{written} MP3 frames instead of {count + 1}")


class _Counter:
    """Counts the samples that go by, and pads them to whole MP3 frames."""

    def __init__(self, factor: float) -> None:
        self.frames = 0
        self._factor = np.float32(factor)

    def padded(self, blocks: Blocks) -> Iterator[bytes]:
        # Larger pieces than the limiter's: each crosses to another process.
        for block in in_blocks(blocks, BLOCK_FRAMES):
            self.frames += block.shape[0]
            yield np.ascontiguousarray(block * self._factor, "<f4").tobytes()
        missing = -self.frames % mp3.FRAME_SAMPLES
        self.frames += missing
        yield bytes(4 * missing)
