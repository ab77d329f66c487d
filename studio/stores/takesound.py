"""The sound of a take as bytes: mono FLAC of 24 bits, and what is measured before it is kept."""

from __future__ import annotations

import io
import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.audio.inspect import SILENCE_DBFS, clipped_runs, find_cues, peak_dbfs
from studio.errors import SoundError
from studio.sound import FULL_SCALE_24_BITS, Sound, rounded_to_24_bits, samples_digest
from studio.stores.sound.encoder import unwritten
from studio.values.voice import TakeInfo

_FASTEST = 0.0
"""Compression level; speech takes a twentieth more room than at the default, for a third less time."""


def in_24_bits(sound: Sound, line: str, voice: str) -> Sound:
    """The sound with each sample at the nearest of 24 bits, as it will be read again.

    Raises SoundError `take.not_mono`, `take.not_finite`, `take.over_full_scale`, `take.silent`,
    each with the start of the `line` and the `voice` that spoke it.
    """
    samples, spoken = sound.samples, {"line": line, "voice": voice}
    if sound.channels != 1:
        raise SoundError("take.not_mono", **spoken, channels=sound.channels)
    if not np.isfinite(samples).all():
        raise SoundError("take.not_finite", **spoken)
    peak = peak_dbfs(samples)
    if peak > 0:
        raise SoundError("take.over_full_scale", **spoken, peak_dbfs=round(peak, 2))
    if peak < SILENCE_DBFS:
        raise SoundError("take.silent", **spoken, peak_dbfs=round(peak, 1) if math.isfinite(peak) else None)
    return Sound(rounded_to_24_bits(samples), sound.rate_hz)


def take_info(fingerprint: str, sound: Sound, device: str) -> TakeInfo:
    """What is told of a take without opening it; `device` is where it was spoken."""
    cue_in, cue_out = find_cues(sound.samples, sound.rate_hz)
    return TakeInfo(
        fingerprint=fingerprint,
        digest=samples_digest(sound.samples),
        rate_hz=sound.rate_hz,
        frames=sound.frames,
        cue_in=cue_in,
        cue_out=cue_out,
        peak_dbfs=round(peak_dbfs(sound.samples), 3),
        clipped_runs=clipped_runs(sound.samples),
        device=device,
    )


def write_flac(path: Path, sound: Sound) -> None:
    """Writes a sound that `in_24_bits` gave; raises StorageError.

    Straight to a file: libsndfile writing through Python would lose a Ctrl-C that comes in one of its callbacks,
    and with it samples.
    """
    import soundfile

    # Whole numbers, for the library scales floats by one less than full scale.
    integers: NDArray[np.int32] = (sound.samples * np.float32(FULL_SCALE_24_BITS)).astype(np.int32) << 8
    try:
        soundfile.write(path, integers, sound.rate_hz, format="FLAC", subtype="PCM_24", compression_level=_FASTEST)
    except soundfile.LibsndfileError as error:
        raise unwritten(error, path) from error


def decoded(content: bytes) -> Sound:
    """The sound of a take's bytes; raises ValueError where they are no sound file."""
    import soundfile

    try:
        samples, rate_hz = soundfile.read(io.BytesIO(content), dtype="float32", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise ValueError("not a sound file") from error
    return Sound(samples, rate_hz)
