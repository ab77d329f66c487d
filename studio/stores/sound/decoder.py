"""Tells what a sound file is and streams its samples: WAV and FLAC through libsndfile, the rest through PyAV."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from studio.audio.blocks import BLOCK_FRAMES
from studio.errors import SoundError
from studio.ports import SoundFormat
from studio.sound import Blocks, Samples
from studio.stores.paths import refuse_special

if TYPE_CHECKING:
    from av import AudioFrame
    from av.container import InputContainer

CONTAINERS = (
    "wav,w64,mp3,flac,ogg,aac,aiff,mov,mp4,m4a,3gp,3g2,mj2,"
    "asf,matroska,webm,avi,flv,mpeg,mpegts,amr,amrnb,amrwb,ac3,eac3,dts,dtshd,ape,au,caf,mpc,mpc8,tak,tta,wv,voc"
)
"""Formats that hold sound themselves: no playlist, no description of other files."""

OPTIONS = {"protocol_whitelist": "", "format_whitelist": CONTAINERS}
"""A file is read through Python's own handle; nothing else is ever opened."""

LIBSNDFILE_MAGIC = (b"RIFF", b"RF64", b"fLaC")


def probe(path: Path) -> SoundFormat:
    """What the file is; raises SoundError `sound.missing`, `sound.not_audio` or `sound.damaged`."""
    with _opened(path) as file, _container(file, path) as container:
        stream = container.streams.audio[0]
        if stream.duration is not None and stream.time_base is not None:
            duration_s = float(stream.duration * stream.time_base)
        else:
            duration_s = (container.duration or 0) / 1_000_000
        bit_rate = stream.bit_rate or container.bit_rate or None
        codec = stream.codec_context.codec.canonical_name
        return SoundFormat(codec, stream.rate, stream.channels, bit_rate, duration_s)


def layout(path: Path) -> tuple[str, tuple[str, ...]]:
    """The container by ffmpeg's name, and each channel's ("FL", "LFE", …; "NONE" where the file does not say).

    Raises as `probe` does.
    """
    with _opened(path) as file, _container(file, path) as container:
        channels = container.streams.audio[0].layout.channels
        return container.format.name, tuple(channel.name for channel in channels)


def decode(path: Path) -> Blocks:
    """The file's samples, float32 (frames, channels) at its own rate; raises SoundError as `probe` does."""
    with _opened(path) as file:
        magic = file.read(4)
        file.seek(0)
        if magic in LIBSNDFILE_MAGIC:
            yield from _by_libsndfile(file, path)
        else:
            yield from _by_pyav(file, path)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        refuse_special(path)
        file = path.open("rb")
    except FileNotFoundError as error:
        raise SoundError("sound.missing", path=path.name) from error
    except OSError as error:
        raise SoundError("sound.unreadable", path=path.name, reason=error.strerror or str(error)) from error
    with file:
        if not os.fstat(file.fileno()).st_size:
            raise SoundError("sound.not_audio", path=path.name)
        yield file


@contextmanager
def _container(file: BinaryIO, path: Path) -> Iterator[InputContainer]:
    # Imported here: it loads all of ffmpeg's libraries.
    import av

    try:
        with _container_of(file, path) as container:
            # A stream in a codec that ffmpeg does not know has no decoder.
            if not container.streams.audio or container.streams.audio[0].codec_context is None:
                raise SoundError("sound.not_audio", path=path.name)
            yield container
    except OSError as error:
        # Most of ffmpeg's failures; and of Python's own file, which is sent to places that it does not have.
        raise SoundError("sound.damaged", path=path.name, reason=error.strerror or str(error)) from error
    except av.error.FFmpegError as error:
        raise SoundError("sound.damaged", path=path.name, reason=error.strerror or str(error)) from error


def _container_of(file: BinaryIO, path: Path) -> InputContainer:
    import av

    try:
        # Tags are in whatever encoding their writer had; nobody reads them here.
        return av.open(file, "r", options=OPTIONS, metadata_errors="replace")
    except (av.error.InvalidDataError, av.error.ArgumentError) as error:
        # Nothing that ffmpeg knows, or none of CONTAINERS: a picture, a description of a stream.
        raise SoundError("sound.not_audio", path=path.name) from error


def _by_libsndfile(file: BinaryIO, path: Path) -> Blocks:
    import soundfile

    try:
        with soundfile.SoundFile(file) as sound:
            frames = 0
            while len(block := sound.read(BLOCK_FRAMES, dtype="float32", always_2d=True)):
                frames += len(block)
                yield block
            stated = sound.frames
    except soundfile.LibsndfileError as error:
        raise SoundError("sound.damaged", path=path.name, reason=str(error)) from error
    if frames != stated:
        raise SoundError("sound.damaged", path=path.name, reason=f"{frames} of {stated} frames")


def _by_pyav(file: BinaryIO, path: Path) -> Iterator[Samples]:
    import av

    frames = 0
    with _container(file, path) as container:
        resampler = av.AudioResampler(format="fltp")
        # Decoded frames are short (26 ms in MP3): gathered by the library, they cost Python little.
        gathered = av.AudioFifo()
        for decoded in container.decode(audio=0):
            for frame in resampler.resample(decoded):
                frames += frame.samples
                frame.pts = None
                gathered.write(frame)
            if gathered.samples >= BLOCK_FRAMES:
                yield from _samples(gathered.read(BLOCK_FRAMES))
        yield from _samples(gathered.read(partial=True))
    if not frames:
        raise SoundError("sound.not_audio", path=path.name)


def _samples(frame: AudioFrame | None) -> Iterator[Samples]:
    if frame is not None:
        yield np.ascontiguousarray(frame.to_ndarray().T, np.float32)
