"""Speech made slower or faster at its own pitch, for voices whose engine has no speed of its own."""

from __future__ import annotations

import numpy as np

from studio.audio.avgraph import FilterChain
from studio.sound import Sound

SLOWEST, FASTEST = 0.8, 1.25
"""Farther off, the waveform's overlaps begin to be heard."""

_BEHIND = 5
"""A fifth of a second: some overlaps."""


def at_speed(sound: Sound, speed: float) -> Sound:
    """A mono sound `speed` times as fast, its level and pitch untouched: ffmpeg's `atempo`, which overlaps waveforms
    where they are alike (WSOLA: Verhelst and Roelands, ICASSP 1993). Its length is the old one over `speed`, rounded.

    Raises ValueError for another speed than SLOWEST to FASTEST, or several channels.
    """
    if not SLOWEST <= speed <= FASTEST or sound.channels != 1:
        raise ValueError("a mono sound at a speed within the limits")
    if speed == 1.0:
        return sound
    chain = FilterChain([("atempo", repr(speed))], sound.rate_hz)
    # The filter gives nothing of what does not fill its last overlap.
    behind = np.zeros((sound.rate_hz // _BEHIND, 1), np.float32)
    frames = [*chain.push(np.concatenate([sound.samples, behind])), *chain.finish()]
    heard = np.concatenate([frame.to_ndarray().astype(np.float32).reshape(-1, 1) for frame in frames])
    return Sound(heard[: round(sound.frames / speed)], sound.rate_hz)
