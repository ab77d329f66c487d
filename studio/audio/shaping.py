"""Shapes a sound for a profile's loudspeakers: brought to its rate, band-limited, gently compressed."""

from __future__ import annotations

import numpy as np

from studio.audio.avgraph import FilterChain
from studio.audio.blocks import BLOCK_FRAMES, held, in_blocks, resampled
from studio.audio.compressor import Squeeze, compressed, fitting, outline_after
from studio.audio.outline import Outline, outline
from studio.files.profile import Compression, Profile
from studio.sound import Blocks, BlockSource

BUTTERWORTH = (0.541196100146197, 1.306562964876377)
"""Qualities of the two second-order sections of a fourth-order Butterworth filter: 24 dB an octave, flat inside."""


ROTATOR = [("allpass", "frequency=600:width_type=q:width=0.7:order=2:precision=f64")] * 4
"""Four all-pass sections: they spread a voice's pulses in time, which lowers its peaks and not its sound."""


class Shaped:
    """Mono sound at the profile's rate, through its filters, phase rotator and compressor; same length, no delay.

    The level is as it comes. How much to compress is found on the first pass (see `compressor.fitting`). The
    result does not depend on how the sound comes in blocks. A short sound is kept in memory between passes.
    """

    def __init__(self, source: BlockSource, source_rate_hz: int, profile: Profile) -> None:
        at_rate: BlockSource = lambda: resampled(source(), source_rate_hz, profile.rate_hz)  # noqa: E731
        self._kept = held(_filtered(at_rate, profile), profile.rate_hz)
        self._profile = profile
        self._found: tuple[Squeeze | None, Outline] | None = None

    def blocks(self) -> Blocks:
        """The sound from its start."""
        if self._profile.compression is None:
            return self._kept()
        squeeze = self._fitted(self._profile.compression)[0]
        return self._kept() if squeeze is None else compressed(self._kept, squeeze)

    def outline(self) -> Outline:
        """Its outline; where it is compressed, found without hearing it again."""
        if self._profile.compression is None:
            return outline(self._kept, self._profile.rate_hz)
        return self._fitted(self._profile.compression)[1]

    def _fitted(self, curve: Compression) -> tuple[Squeeze | None, Outline]:
        if self._found is None:
            squeeze, plain = fitting(self._kept, self._profile.rate_hz, curve)
            self._found = squeeze, plain if squeeze is None else outline_after(plain, squeeze)
        return self._found


def _filtered(source: BlockSource, profile: Profile) -> BlockSource:
    filters = _sections("highpass", profile.high_pass_hz) + _sections("lowpass", profile.low_pass_hz)
    if profile.compression is not None:
        filters += ROTATOR
    if not filters:
        return source

    def blocks() -> Blocks:
        chain = FilterChain(filters, profile.rate_hz)
        # One frame of ffmpeg a block, always cut alike.
        for block in in_blocks(source(), BLOCK_FRAMES):
            for frame in chain.push(block):
                yield frame.to_ndarray().astype(np.float32).reshape(-1, 1)

    return blocks


def _sections(kind: str, at_hz: int | None) -> list[tuple[str, str]]:
    """ffmpeg's second-order filters, worked in double precision, that make one of fourth order."""
    if at_hz is None:
        return []
    return [(kind, f"frequency={at_hz}:width_type=q:width={quality!r}:precision=f64") for quality in BUTTERWORTH]
