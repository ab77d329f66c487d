"""Turns any sound file into mono at the studio's rate: ffmpeg decodes, pydub mixes down, soxr resamples."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from studio.audio.blocks import resampled
from studio.errors import SoundError
from studio.sound import Blocks, Samples
from studio.stores.sound.decoder import CONTAINERS, probe
from studio.stores.sound.process import Ffmpeg, FfmpegFailedError
from studio.units import STUDIO_RATE_HZ

MAX_BYTES = 200 * 1024 * 1024
MAX_SECONDS = 2 * 3600

PIECE_SECONDS = 10
"""Decoded at a time."""

MAX_CHANNELS = 8
MAX_RATE_HZ = 192_000
SAMPLE_BYTES = 4


def prepared(path: Path, ffmpeg: str) -> Blocks:
    """The file's first sound as mono float32 blocks at the studio's rate.

    Raises SoundError `cart.too_large`, `cart.too_long`, `cart.not_audio` and `cart.damaged`.
    """
    _check_size(path)
    try:
        form = probe(path)
    except SoundError as error:
        code = "cart.not_audio" if error.code == "sound.not_audio" else "cart.damaged"
        raise SoundError(code, path=path.name, reason=error.fields.get("reason")) from error
    if not 1 <= form.channels <= MAX_CHANNELS or not 1_000 <= form.rate_hz <= MAX_RATE_HZ:
        raise SoundError("cart.damaged", path=path.name, reason=f"{form.channels} channels at {form.rate_hz} Hz")
    return resampled(_mono(path, form.rate_hz, form.channels, ffmpeg), form.rate_hz, STUDIO_RATE_HZ)


def _check_size(path: Path) -> None:
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise SoundError("cart.too_large", path=path.name, size_bytes=size, most_bytes=MAX_BYTES)


def _mono(path: Path, rate_hz: int, channels: int, ffmpeg: str) -> Iterator[Samples]:
    # Imported here: only a cart never seen needs it. It warns that it finds no ffmpeg, which it is not to run.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pydub import AudioSegment

    frame_bytes = SAMPLE_BYTES * channels
    seconds = 0.0
    try:
        with Ffmpeg(_arguments(path, rate_hz, channels, ffmpeg)) as run:
            for data in run.read(PIECE_SECONDS * rate_hz * frame_bytes):
                whole = data[: len(data) - len(data) % frame_bytes]
                piece = AudioSegment(whole, sample_width=SAMPLE_BYTES, frame_rate=rate_hz, channels=channels)
                seconds += piece.frame_count() / rate_hz
                if seconds > MAX_SECONDS:
                    raise SoundError("cart.too_long", path=path.name, most_s=MAX_SECONDS)
                samples = np.frombuffer(piece.set_channels(1).raw_data, np.int32)
                yield (samples.astype(np.float64) / 2**31).astype(np.float32)[:, np.newaxis]
            run.finish()
            # With -xerror ffmpeg fails on most damage; what it only grumbles about is damage too.
            complaint = run.complaints()
    except FfmpegFailedError as error:
        raise SoundError("cart.damaged", path=path.name, reason=str(error)) from error
    if complaint:
        raise SoundError("cart.damaged", path=path.name, reason=complaint)


def _arguments(path: Path, rate_hz: int, channels: int, ffmpeg: str) -> list[str]:
    # Imported here: only decoding needs it.
    from ffmpeg import input as ffmpeg_input

    name = f"file:{path.absolute()}"
    stream = ffmpeg_input(name, protocol_whitelist="file,pipe", format_whitelist=CONTAINERS, vn=None)
    stream = stream.output(
        "pipe:1", map="0:a:0", f="s32le", acodec="pcm_s32le", ar=rate_hz, ac=channels, t=MAX_SECONDS + 1
    )
    arguments: list[str] = stream.global_args("-v", "error", "-nostdin", "-xerror").compile(cmd=ffmpeg)
    return arguments
