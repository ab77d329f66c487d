"""A chain of ffmpeg's audio filters run in-process through PyAV: blocks in, frames out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from studio.sound import Samples

if TYPE_CHECKING:
    from av import AudioFrame
    from av.filter.context import FilterContext


LAYOUTS = {1: "mono", 2: "stereo", 5: "5.0", 6: "5.1"}
"""Channel layouts by their number, in ffmpeg's order (5.0: left, right, centre, two surrounds)."""


STIR = np.tile(np.array([1e-15, 1e-15, -1e-15, -1e-15], np.float32), (1 << 15) + 1)[:, np.newaxis]
"""Added to the samples in turn (-300 dB, a quarter of the rate: it changes none that is heard). In long silence the
filters' memory would sink to numbers so small that processors work on them ten times slower."""

MOST_FRAMES = STIR.shape[0] - 4
"""Frames handed over at a time."""


class FilterChain:
    """Filters, each by its name and options, one after the other; float32 at one rate goes in."""

    def __init__(self, filters: Sequence[tuple[str, str]], rate_hz: int, channels: int = 1) -> None:
        # Imported here: it loads all of ffmpeg's libraries.
        from av import filter as av_filter

        self._rate_hz = rate_hz
        self._layout = LAYOUTS.get(channels, f"{channels}c")
        self._clock = Fraction(1, rate_hz)
        self._sent = 0
        self._graph = av_filter.Graph()
        self._source = self._graph.add_abuffer(
            format="flt", sample_rate=rate_hz, layout=self._layout, time_base=self._clock
        )
        last: FilterContext = self._source
        for name, options in filters:
            following = self._graph.add(name, options)
            last.link_to(following)
            last = following
        self._sink = self._graph.add("abuffersink")
        last.link_to(self._sink)
        self._graph.configure()

    def push(self, block: Samples) -> Iterator[AudioFrame]:
        """Feeds a block, shape (frames, channels), and gives what comes out."""
        from av import AudioFrame

        for start in range(0, block.shape[0], MOST_FRAMES):
            piece = block[start : start + MOST_FRAMES]
            turn = self._sent % 4
            stirred = np.asarray(piece, np.float32) + STIR[turn : turn + piece.shape[0]]
            frame = AudioFrame.from_ndarray(stirred.reshape(1, -1), format="flt", layout=self._layout)
            frame.sample_rate = self._rate_hz
            frame.time_base = self._clock
            frame.pts = self._sent
            self._sent += piece.shape[0]
            self._source.push(frame)
            yield from self._filtered()

    def finish(self) -> Iterator[AudioFrame]:
        """What filters that look ahead still hold, after the last block."""
        self._source.push(None)
        yield from self._filtered()

    def _filtered(self) -> Iterator[AudioFrame]:
        """What the filters have ready."""
        from av import AudioFrame
        from av.error import BlockingIOError as NothingYet
        from av.error import EOFError as AllDone

        while True:
            try:
                filtered = self._sink.pull()
            except (NothingYet, AllDone):
                return
            assert isinstance(filtered, AudioFrame)
            yield filtered
