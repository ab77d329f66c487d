"""K-weighted energy of a stream in steps of equal length."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.audio.avgraph import FilterChain
from studio.audio.weighting import channel_weights, k_filters
from studio.sound import Samples


class WeightedSteps:
    """Hears blocks of any size; a last step that is not whole is left out. The rate holds whole steps."""

    def __init__(self, rate_hz: int, per_s: int) -> None:
        self.length = rate_hz // per_s
        self._rate_hz = rate_hz
        self._chain: FilterChain | None = None
        self._weights = channel_weights(1)
        self._rest = np.zeros(0, np.float64)
        self._found: list[NDArray[np.float64]] = []

    def push(self, block: Samples) -> None:
        """Weighs a block; all have the same number of channels."""
        if self._chain is None:
            self._chain = FilterChain(k_filters(self._rate_hz), self._rate_hz, block.shape[1])
            self._weights = channel_weights(block.shape[1])
        for frame in self._chain.push(block):
            # The filters give the channels one after the other, not frame by frame.
            weighted = frame.to_ndarray().T if frame.format.is_planar else frame.to_ndarray().reshape(-1, 1)
            power = np.concatenate([self._rest, np.square(weighted, dtype=np.float64) @ self._weights])
            whole = power.size - power.size % self.length
            self._found.append(power[:whole].reshape(-1, self.length).sum(axis=1))
            self._rest = power[whole:]

    def energies(self) -> NDArray[np.float64]:
        """The sum of weighted squares of every whole step."""
        return np.concatenate(self._found) if self._found else np.zeros(0, np.float64)
