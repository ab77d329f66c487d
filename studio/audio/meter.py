"""Measures loudness and true peak of a stream, by ffmpeg's `ebur128` filter run in-process through PyAV."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from studio.audio.avgraph import FilterChain
from studio.audio.blocks import resampled
from studio.audio.weighted import WeightedSteps
from studio.audio.weighting import OFFSET_LUFS
from studio.sound import Blocks, BlockSource, Samples
from studio.units import STUDIO_RATE_HZ
from studio.values.loudness import Measurement

ABSOLUTE_GATE_LUFS = -70.0
"""ITU-R BS.1770-4, equation 5."""

RELATIVE_GATE_LU = -10.0
"""ITU-R BS.1770-4, equation 6."""

SILENT_PEAK = 1e-9
"""A peak under -180 dB is silence."""

LOUDNESS_FLOOR_LUFS = -120.0
"""Quieter blocks are kept as this: far below every gate, and finite."""

HOPS_PER_SECOND = 10
MOMENTARY_HOPS = 4
SHORT_TERM_HOPS = 30
FINE_STEPS_PER_SECOND = 100
FINE_CELLS = 40
"""Steps of 10 ms in a momentary window."""


def measure(source: BlockSource, rate_hz: int, true_peak: bool, momentary: bool = True) -> Measurement:
    """Streams a sound once and measures it; one, two, five (5.0) or six (5.1) channels, any rate.

    `true_peak` and `momentary` ask for the highest of each, which cost half of the time together.
    """
    if rate_hz % FINE_STEPS_PER_SECOND == 0:
        meter = Meter(rate_hz, true_peak, momentary)
        for block in source():
            meter.push(block)
        return meter.result()
    # A rate without whole hops, such as 11 025 Hz, is measured at the studio's.
    meter, frames = Meter(STUDIO_RATE_HZ, true_peak, momentary), 0

    def heard() -> Blocks:
        nonlocal frames
        for block in source():
            frames += block.shape[0]
            yield block

    for block in resampled(heard(), rate_hz, STUDIO_RATE_HZ):
        meter.push(block)
    return replace(meter.result(), frames=frames, rate_hz=rate_hz)


def integrated_of_blocks(blocks: Iterable[float]) -> float | None:
    """Integrated loudness in LUFS of gating blocks by the two gates of ITU-R BS.1770-4; None where none is left."""
    loudness = np.fromiter(blocks, np.float64)
    loudness = loudness[loudness > ABSOLUTE_GATE_LUFS]
    if not loudness.size:
        return None
    power = np.power(10.0, loudness / 10.0)
    gate = 10.0 * math.log10(float(power.mean())) + RELATIVE_GATE_LU
    return 10.0 * math.log10(float(power[loudness > gate].mean()))


class Meter:
    """A streaming meter (EBU Tech 3341 mode) at a rate of whole hops and fine steps (a multiple of 100 Hz).

    Mono is measured as one channel. Push blocks of shape (frames, channels), then ask for the result once.
    """

    def __init__(self, rate_hz: int, true_peak: bool, momentary: bool = True) -> None:
        self._rate_hz = rate_hz
        self._true_peak = true_peak
        self._graph: _Graph | None = None
        self._fine = WeightedSteps(rate_hz, FINE_STEPS_PER_SECOND) if momentary else None
        self._frames = 0

    def push(self, block: Samples) -> None:
        """Hears a block; all blocks have the same number of channels."""
        if not block.shape[0]:
            return
        if self._graph is None:
            self._graph = _Graph(self._rate_hz, block.shape[1], self._true_peak)
        self._frames += block.shape[0]
        self._graph.push(block)
        if self._fine is not None:
            self._fine.push(block)

    def result(self) -> Measurement:
        """What was heard; figures are None where the sound is too short or too quiet for them."""
        graph = self._graph
        # A hop is whole once its last frame was heard; the silence pushed to drain the filter is not counted.
        hops = self._frames * HOPS_PER_SECOND // self._rate_hz
        momentary: list[float] = []
        short_term: list[float] = []
        range_lu = peak = None
        if graph is not None:
            graph.finish(self._rate_hz)
            momentary = graph.momentary[MOMENTARY_HOPS - 1 : hops]
            short_term = graph.short_term[SHORT_TERM_HOPS - 1 : hops]
            range_lu = graph.range_at(hops) if short_term else None
            peak = graph.peak_dbtp
        integrated = integrated_of_blocks(momentary)
        return Measurement(
            integrated_lufs=None if integrated is None else round(integrated, 3),
            true_peak_dbtp=peak,
            loudness_range_lu=range_lu if integrated is not None else None,
            max_short_term_lufs=_highest(short_term),
            max_momentary_lufs=_highest_momentary(self._fine) if self._fine is not None else None,
            frames=self._frames,
            rate_hz=self._rate_hz,
            gating_blocks=tuple(momentary),
        )


def _highest_momentary(steps: WeightedSteps) -> float | None:
    """At steps of 10 ms: the filter's of 100 ms miss the peak of a short sound.

    None where the sound is shorter than 400 ms or nowhere louder than the absolute gate.
    """
    energies = steps.energies()
    if energies.size < FINE_CELLS:
        return None
    sums = np.concatenate([[0.0], np.cumsum(energies)])
    power = float((sums[FINE_CELLS:] - sums[:-FINE_CELLS]).max()) / (FINE_CELLS * steps.length)
    loudest = OFFSET_LUFS + 10.0 * math.log10(max(power, 1e-30))
    return round(loudest, 3) if loudest > ABSOLUTE_GATE_LUFS else None


class _Graph:
    """The filter graph: sound in, one frame of figures every 100 ms out."""

    def __init__(self, rate_hz: int, channels: int, true_peak: bool) -> None:
        options = "metadata=1:peak=true" if true_peak else "metadata=1"
        self._chain = FilterChain((("ebur128", options),), rate_hz, channels)
        self._channels = channels
        self._true_peak = true_peak
        self._peak = 0.0
        self._ranges: list[float] = []
        self.momentary: list[float] = []
        self.short_term: list[float] = []

    def push(self, block: Samples) -> None:
        """Feeds a block and collects the figures that come out."""
        for frame in self._chain.push(block):
            figures = frame.metadata
            self.momentary.append(_finite(figures["lavfi.r128.M"]))
            self.short_term.append(_finite(figures["lavfi.r128.S"]))
            self._ranges.append(_finite(figures["lavfi.r128.LRA"]))
            if self._true_peak:
                self._peak = float(figures["lavfi.r128.true_peak"])

    def finish(self, rate_hz: int) -> None:
        """Pushes the last frames through the filter with silence behind them."""
        self.push(np.zeros((2 * rate_hz // HOPS_PER_SECOND, self._channels), np.float32))

    def range_at(self, hops: int) -> float:
        """Loudness range in LU (EBU Tech 3342) after so many hops."""
        return self._ranges[hops - 1]

    @property
    def peak_dbtp(self) -> float | None:
        """Highest true peak so far; None for silence, or where it is not metered."""
        return round(20.0 * math.log10(self._peak), 3) if self._peak > SILENT_PEAK else None


def _highest(loudness: Sequence[float]) -> float | None:
    loudest = max(loudness, default=LOUDNESS_FLOOR_LUFS)
    return loudest if loudest > ABSOLUTE_GATE_LUFS else None


def _finite(written: str) -> float:
    value = float(written)
    return max(value, LOUDNESS_FLOOR_LUFS) if math.isfinite(value) else LOUDNESS_FLOOR_LUFS
