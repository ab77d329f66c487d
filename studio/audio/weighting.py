"""The K-weighting of ITU-R BS.1770-4 at any rate, as ffmpeg's filters, and its weights of channels."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from studio.units import gain_of_db

OFFSET_LUFS = -0.691
"""ITU-R BS.1770-4, equation 2."""

SURROUND = 1.41
"""ITU-R BS.1770-4, table 3: the two surrounds of 5.0; every other channel counts once."""


def channel_weights(channels: int) -> NDArray[np.float64]:
    """The weight of each channel of mono, stereo, 5.0 or 5.1 (whose fourth, low, is not counted)."""
    if channels == 5:
        return np.array([1.0, 1.0, 1.0, SURROUND, SURROUND])
    if channels == 6:
        return np.array([1.0, 1.0, 1.0, 0.0, SURROUND, SURROUND])
    return np.ones(channels)


def k_filters(rate_hz: int) -> list[tuple[str, str]]:
    """The K-weighting as a chain of ffmpeg's biquads, worked in double precision."""
    return [("biquad", _options(section)) for section in k_weighting(rate_hz)]


def _options(section: NDArray[np.float64]) -> str:
    """A second-order section as options of ffmpeg's biquad filter."""
    named = zip(("b0", "b1", "b2", "a0", "a1", "a2"), section.tolist(), strict=True)
    return ":".join(f"{name}={value!r}" for name, value in named) + ":precision=f64"


def k_weighting(rate_hz: int) -> NDArray[np.float64]:
    """The two filters of ITU-R BS.1770-4 (tables 1 and 2, for 48 kHz) at any rate, as rows b0 b1 b2 a0 a1 a2.

    Both are the bilinear transforms of second-order sections whose frequency, quality and gain give the
    tables' coefficients at 48 kHz.
    """
    shelf_hz, shelf_db, shelf_q = 1681.974450955533, 3.999843853973347, 0.7071752369554196
    pass_hz, pass_q = 38.13547087602444, 0.5003270373238773
    tan = math.tan(math.pi * shelf_hz / rate_hz)
    high = gain_of_db(shelf_db)
    band = high**0.4996667741545416
    over = 1.0 + tan / shelf_q + tan * tan
    shelf = [
        (high + band * tan / shelf_q + tan * tan) / over,
        2.0 * (tan * tan - high) / over,
        (high - band * tan / shelf_q + tan * tan) / over,
        1.0,
        2.0 * (tan * tan - 1.0) / over,
        (1.0 - tan / shelf_q + tan * tan) / over,
    ]
    tan = math.tan(math.pi * pass_hz / rate_hz)
    over = 1.0 + tan / pass_q + tan * tan
    passing = [1.0, -2.0, 1.0, 1.0, 2.0 * (tan * tan - 1.0) / over, (1.0 - tan / pass_q + tan * tan) / over]
    return np.array([shelf, passing])
