"""Any channels into one: the coefficients of ITU-R BS.775 by what the channels are."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_CENTRE, _FRONT, _SURROUND = 1.0, math.sqrt(0.5), 0.5

COEFFICIENTS = {
    "FL": _FRONT,
    "FR": _FRONT,
    "FLC": _FRONT,
    "FRC": _FRONT,
    "FC": _CENTRE,
    "LFE": 0.0,
    "BL": _SURROUND,
    "BR": _SURROUND,
    "SL": _SURROUND,
    "SR": _SURROUND,
    "BC": _SURROUND,
}
"""Into one channel (ITU-R BS.775-3, annex 4, table 2); low frequency effects are left out, as it says."""

USUAL = {
    1: ("FC",),
    2: ("FL", "FR"),
    6: ("FL", "FR", "FC", "LFE", "BL", "BR"),
    8: ("FL", "FR", "FC", "LFE", "BL", "BR", "SL", "SR"),
}
"""What a file means that does not name its channels (the order of WAVE files)."""


def weights(names: Sequence[str]) -> NDArray[np.float64]:
    """A factor for each channel, together 1, so that no mix is louder than full scale.

    Channels nobody names, in a number nobody uses, count the same.
    """
    named = names if all(name in COEFFICIENTS for name in names) else USUAL.get(len(names), ())
    factors = np.array([COEFFICIENTS[name] for name in named] or [1.0] * len(names))
    if not factors.any():
        factors = np.ones(len(names))
    normal: NDArray[np.float64] = factors / factors.sum()
    return normal
