"""Keeps a bed clear of the speech: at least 10 LU under it in every 3 s that hold 1 s of speech."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from studio.audio.avgraph import FilterChain
from studio.audio.blocks import in_blocks
from studio.audio.ducking import HOLD_MS, Envelope, Keeping, bed_envelope
from studio.audio.meter import HOPS_PER_SECOND, SHORT_TERM_HOPS
from studio.audio.weighting import k_filters
from studio.sound import BlockSource
from studio.values.timeline import Layer, Timeline

LEAST_LU = 10.0
"""House rule, also the least that a rundown or a profile may ask."""

MARGIN_LU = 0.3
"""The bed's gain is taken as even within a tenth of a second, which it is not quite."""

SPEECH_HOPS = HOPS_PER_SECOND
"""A window counts from one second of speech on."""

STEP_MS = 500
"""By so much more the bed waits, or sinks sooner."""

FARTHEST_MS = 1000 * (SHORT_TERM_HOPS - SPEECH_HOPS) // HOPS_PER_SECOND
"""At this distance from all speech no window that counts hears the bed."""

Powers = NDArray[np.float64]
"""K-weighted power of each tenth of a second."""


def clear_envelope(timeline: Timeline, speech_lufs: float, voice: BlockSource, bed: BlockSource) -> Envelope:
    """The bed's envelope, as near to the house's ramps and hold as the windows allow.

    `voice` and `bed` are the stems, the bed not ducked. Where a window is too narrow the bed rises later and sinks
    sooner, and only if that does not do, because a sentence is soft or a bed uneven, it lies lower altogether.
    """
    windows = _Windows(timeline, hop_powers(voice, timeline.rate_hz), hop_powers(bed, timeline.rate_hz))
    waits, earlies = range(0, FARTHEST_MS - HOLD_MS + 1, STEP_MS), range(0, FARTHEST_MS + 1, STEP_MS)
    # The nearest first.
    for wait_ms, early_ms in sorted(product(waits, earlies), key=sum):
        keeping = Keeping(wait_ms, early_ms)
        envelope = bed_envelope(timeline, speech_lufs, keeping)
        missing_lu = windows.missing_lu(envelope)
        if missing_lu <= 0:
            return envelope
    return bed_envelope(timeline, speech_lufs, replace(keeping, lower_db=missing_lu))


def hop_powers(source: BlockSource, rate_hz: int) -> Powers:
    """Streams mono sound once."""
    weighting = FilterChain(k_filters(rate_hz), rate_hz)
    hop = rate_hz // HOPS_PER_SECOND
    powers = [
        float(np.square(frame.to_ndarray()[0], dtype=np.float64).sum()) / hop
        for block in in_blocks(source(), hop)
        for frame in weighting.push(block)
    ]
    return np.array(powers)


class _Windows:
    """Every window of 3 s, a tenth of a second apart, that holds enough speech; the whole of a shorter segment."""

    def __init__(self, timeline: Timeline, voice: Powers, bed: Powers) -> None:
        self._hop = timeline.rate_hz // HOPS_PER_SECOND
        self._length = min(SHORT_TERM_HOPS, voice.size)
        self._bed = bed
        speech = np.zeros(voice.size)
        hops = np.arange(voice.size) * self._hop
        for clip in timeline.on(Layer.VOICE):
            heard = np.minimum(clip.end, hops + self._hop) - np.maximum(clip.start, hops)
            speech += np.maximum(0, heard) / self._hop
        self._counts = self._sums(speech) >= min(SPEECH_HOPS, 0.9 * self._length)
        self._voice = self._sums(voice)

    def missing_lu(self, envelope: Envelope) -> float:
        """How much farther below the speech the bed would have to lie in the worst window; negative is room."""
        middles = (np.arange(self._bed.size) + 0.5) * self._hop
        gains_db = np.interp(middles, envelope.frames, envelope.gains_db)
        bed = self._sums(self._bed * np.power(10.0, gains_db / 10.0))
        heard = self._counts & (bed > 0) & (self._voice > 0)
        if not heard.any():
            return 0.0
        nearest = float(np.min(10.0 * np.log10(self._voice[heard] / bed[heard])))
        return LEAST_LU + MARGIN_LU - nearest

    def _sums(self, hops: Powers) -> Powers:
        totals = np.concatenate([[0.0], np.cumsum(hops)])
        return np.asarray(totals[self._length :] - totals[: totals.size - self._length])
