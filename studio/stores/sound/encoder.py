"""Encodes one segment into a part: MP3, AAC and Opus through ffmpeg, WAV and FLAC through libsndfile."""

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

AAC_FRAME_SAMPLES = 1024
"""Samples of an AAC-LC frame (ISO/IEC 14496-3): what a file's length is a multiple of."""

LOSSLESS = {"wav": "WAV", "flac": "FLAC"}
"""Container by codec, as libsndfile names it."""

TONE_HZ = 1000
TONE_SECONDS = 1
TONE_PEAK = 0.25


def encode_mp3(blocks: Blocks, profile: Profile, path: Path, ffmpeg: str, factor: float = 1.0) -> int:
    """Writes a part of whole frames, padded with silence; returns the samples it takes in a join.

    The samples are multiplied by `factor` on the way in (see `lame_factor`).
    """
    raw = path.with_name(f"{path.name}.raw")
    counter = _Counter(mp3.FRAME_SAMPLES, factor)
    try:
        with raw.open("w+b") as file:
            _run(_mp3_arguments(profile, ffmpeg), counter.padded(blocks), path, file)
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


def encode_packets(blocks: Blocks, profile: Profile, path: Path, ffmpeg: str) -> int:
    """Writes AAC-LC in MP4 (padded with silence to whole frames) or Opus in Ogg; returns what it decodes to.

    Both formats state the samples that the encoder needs to start, and players leave them out.
    """
    counter = _Counter(AAC_FRAME_SAMPLES if profile.codec == "aac" else 1)
    whole = False
    try:
        _run(_packet_arguments(profile, ffmpeg, path), counter.padded(blocks), path, None)
        whole = True
    finally:
        if not whole:
            path.unlink(missing_ok=True)
    return counter.frames


def encode_lossless(blocks: Blocks, profile: Profile, path: Path) -> int:
    """Writes a WAV or FLAC of the profile's sample size; returns its frames."""
    import soundfile

    frames, kind = 0, LOSSLESS[profile.codec]
    try:
        with soundfile.SoundFile(
            path, "w", profile.rate_hz, profile.channels, subtype=f"PCM_{profile.sample_bits}", format=kind
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


def _run(arguments: list[str], pieces: Iterator[bytes], path: Path, to: BinaryIO | None) -> None:
    try:
        with Ffmpeg(arguments, feed=True, to=to) as run:
            run.feed(pieces)
            run.finish()
    except FfmpegFailedError as error:
        reason = str(error)
        if os.strerror(errno.ENOSPC) in reason:
            raise StorageError("storage.disk_full", path=str(path)) from error
        raise SoundError("sound.encoder_failed", path=path.name, reason=reason) from error


def _mp3_arguments(profile: Profile, ffmpeg: str) -> list[str]:
    options = {"compression_level": MP3_QUALITY, "reservoir": 0, "write_xing": 0, "id3v2_version": 0}
    return _arguments(profile, ffmpeg, "pipe:1", f="mp3", acodec="libmp3lame", **options)


def _packet_arguments(profile: Profile, ffmpeg: str, path: Path) -> list[str]:
    # Exact: no version, no date and no random serial number in the file, so that the same sound gives the same bytes.
    options: dict[str, str | int] = {"fflags": "+bitexact", "flags:a": "+bitexact", "map_metadata": -1}
    if profile.codec == "aac":
        # MP4 goes back to fill in its header, which a pipe cannot.
        return _arguments(profile, ffmpeg, f"file:{path}", f="ipod", acodec="aac", **options)
    return _arguments(profile, ffmpeg, f"file:{path}", f="opus", acodec="libopus", vbr="constrained", **options)


def _arguments(profile: Profile, ffmpeg: str, to: str, **options: str | int) -> list[str]:
    # Imported here: only encoding needs it.
    from ffmpeg import input as ffmpeg_input

    stream = ffmpeg_input("pipe:0", f="f32le", ar=profile.rate_hz, ac=profile.channels, protocol_whitelist="pipe,fd")
    stream = stream.output(to, audio_bitrate=profile.bit_rate_bps, **options)
    arguments: list[str] = stream.global_args("-v", "error", "-nostdin", "-y").compile(cmd=ffmpeg)
    return arguments


def _write_part(raw: BinaryIO, count: int, path: Path) -> None:
    """Keeps `count` frames and the one that finishes them, behind an Info header."""
    kept = islice(mp3.frames(raw), count + 1)
    with path.open("w+b") as file:
        written = mp3.write_with_info(file, kept)
    if written != count + 1:
        raise ValueError(f"{written} MP3 frames instead of {count + 1}")


class _Counter:
    """Counts the samples that go by, and pads them to a multiple of `whole`."""

    def __init__(self, whole: int, factor: float = 1.0) -> None:
        self.frames = 0
        self._whole = whole
        self._factor = np.float32(factor)

    def padded(self, blocks: Blocks) -> Iterator[bytes]:
        # Larger pieces than the limiter's: each crosses to another process.
        for block in in_blocks(blocks, BLOCK_FRAMES):
            self.frames += block.shape[0]
            yield np.ascontiguousarray(block * self._factor, "<f4").tobytes()
        missing = -self.frames % self._whole
        self.frames += missing
        yield bytes(4 * missing)
