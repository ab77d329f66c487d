"""Turns any sound file into mono at the studio's rate: ffmpeg decodes, pydub parts the channels, soxr resamples."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from studio.audio.blocks import resampled
from studio.errors import SoundError
from studio.ports import SoundFormat
from studio.sound import Blocks, Samples
from studio.stores.sound.completeness import check_whole
from studio.stores.sound.decoder import CONTAINERS, layout, probe
from studio.stores.sound.downmix import weights
from studio.stores.sound.mp3tags import tags_start
from studio.stores.sound.process import Ffmpeg, FfmpegFailedError
from studio.units import STUDIO_RATE_HZ

if TYPE_CHECKING:
    from pydub import AudioSegment

MAX_BYTES = 200 * 1024 * 1024
MAX_SECONDS = 2 * 3600

SURELY_SECONDS = 2 * MAX_SECONDS
"""What a file says of its own length may be an estimate, but is not wrong by more than this."""

EXACT_CONTAINERS = frozenset({"flac", "asf"})
"""These state how long they are, and ffmpeg plays what is left of them without complaint."""

CHECKED_CODECS = frozenset({"flac", "wavpack", "tta", "ac3", "eac3"})
"""These carry checksums, which ffmpeg compares only when it is asked to; in old MP3 files they are often wrong."""

SLACK_SECONDS = 0.5

PIECE_SECONDS = 10
"""Decoded at a time."""

MAX_CHANNELS = 8
MAX_RATE_HZ = 192_000
SAMPLE_BYTES = 4


_NAME = "file:"
"""Stands for the file until the arguments are made."""


def prepared(path: Path, ffmpeg: str) -> Blocks:
    """The file's first sound as mono float32 blocks at the studio's rate.

    Raises SoundError `cart.too_large`, `cart.too_long`, `cart.playlist`, `cart.not_audio`, `cart.truncated` and
    `cart.damaged`.
    """
    _check_bytes(path)
    try:
        form, (container, names) = probe(path), layout(path)
    except SoundError as error:
        code = "cart.not_audio" if error.code == "sound.not_audio" else "cart.damaged"
        raise SoundError(code, path=path.name, reason=error.fields.get("reason")) from error
    if not 1 <= form.channels <= MAX_CHANNELS or not 1_000 <= form.rate_hz <= MAX_RATE_HZ:
        raise SoundError("cart.damaged", path=path.name, reason=f"{form.channels} channels at {form.rate_hz} Hz")
    if form.duration_s > SURELY_SECONDS:
        raise SoundError("cart.too_long", path=path.name, most_s=MAX_SECONDS)
    stated_s = form.duration_s if container in EXACT_CONTAINERS else 0.0
    return resampled(_mono(path, form, weights(names), ffmpeg, stated_s), form.rate_hz, STUDIO_RATE_HZ)


def _check_bytes(path: Path) -> None:
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise SoundError("cart.too_large", path=path.name, size_bytes=size, most_bytes=MAX_BYTES)
        check_whole(path)
    except OSError as error:
        raise SoundError("cart.damaged", path=path.name, reason=error.strerror or str(error)) from error


def _mono(
    path: Path, form: SoundFormat, factors: NDArray[np.float64], ffmpeg: str, stated_s: float
) -> Iterator[Samples]:
    # Imported here: only a cart never seen needs it. It warns that it finds no ffmpeg, which it is not to run.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pydub import AudioSegment

    rate_hz, channels = form.rate_hz, form.channels
    frame_bytes = SAMPLE_BYTES * channels
    seconds = 0.0
    try:
        with Ffmpeg(_arguments(path, form, ffmpeg)) as run:
            for data in run.read(PIECE_SECONDS * rate_hz * frame_bytes):
                whole = data[: len(data) - len(data) % frame_bytes]
                piece = AudioSegment(whole, sample_width=SAMPLE_BYTES, frame_rate=rate_hz, channels=channels)
                seconds += piece.frame_count() / rate_hz
                if seconds > MAX_SECONDS:
                    raise SoundError("cart.too_long", path=path.name, most_s=MAX_SECONDS)
                yield _mixed(piece, factors)
            # With -xerror ffmpeg fails on most damage; what it only grumbles about is damage too.
            try:
                run.finish()
            except FfmpegFailedError as error:
                raise FfmpegFailedError(run.first_complaint() or str(error)) from error
            complaint = run.first_complaint()
    except FfmpegFailedError as error:
        raise SoundError("cart.damaged", path=path.name, reason=str(error)) from error
    if complaint:
        raise SoundError("cart.damaged", path=path.name, reason=complaint)
    if seconds < stated_s - SLACK_SECONDS:
        raise SoundError("cart.damaged", path=path.name, reason=f"{seconds:.2f} of {stated_s:.2f} s")


def _mixed(piece: AudioSegment, factors: NDArray[np.float64]) -> Samples:
    """The piece's channels, each times its factor, as one."""
    channels = [np.frombuffer(channel.raw_data, np.int32) for channel in piece.split_to_mono()]
    mixed = sum(channel * factor for channel, factor in zip(channels, factors, strict=True))
    return np.asarray(mixed / 2**31, np.float32)[:, np.newaxis]


def _arguments(path: Path, form: SoundFormat, ffmpeg: str) -> list[str]:
    # Imported here: only decoding needs it.
    from ffmpeg import input as ffmpeg_input

    checks = {"err_detect": "crccheck"} if form.codec in CHECKED_CODECS else {}
    stream = ffmpeg_input(_NAME, protocol_whitelist="file,pipe,subfile", format_whitelist=CONTAINERS, vn=None, **checks)
    stream = stream.output(
        "pipe:1", map="0:a:0", f="s32le", acodec="pcm_s32le", ar=form.rate_hz, ac=form.channels, t=MAX_SECONDS + 1
    )
    arguments: list[str] = stream.global_args("-v", "error", "-nostdin", "-xerror").compile(cmd=ffmpeg)
    # Put in only now: the library cannot take a name that is not UTF-8.
    return [_input(path, form) if argument == _NAME else argument for argument in arguments]


def _input(path: Path, form: SoundFormat) -> str:
    """The file as ffmpeg is to open it: of an MP3 without the tags behind its sound, which it takes for sound."""
    end = tags_start(path) if form.codec == "mp3" else None
    return f"file:{path.absolute()}" if end is None else f"subfile,,start,0,end,{end},,:{path.absolute()}"
