"""Streams of sound in blocks: cut to a fixed size, brought to another rate, mixed down to mono, kept between passes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from studio.sound import Blocks, BlockSource, Samples

BLOCK_FRAMES = 65_536
"""Frames of a block where nothing asks for another size (1.4 s at 48 kHz)."""

HELD_SECONDS = 300
"""A sound up to this long is kept in memory between passes; a longer one is made again for each."""

RESAMPLER_QUALITY = "HQ"
"""soxr's preset: 20 bits, linear phase."""


def mono(block: Samples) -> Samples:
    """The mean of the channels, shape (frames, 1); a mono block is passed on."""
    if block.shape[1] == 1:
        return block
    mixed: Samples = block.mean(axis=1, keepdims=True, dtype=np.float32)
    return mixed


def in_blocks(pieces: Iterable[Samples], frames: int) -> Blocks:
    """The same sound in blocks of exactly `frames`, but for a shorter last one."""
    held: list[Samples] = []
    count = 0
    for piece in pieces:
        held.append(piece)
        count += piece.shape[0]
        if count < frames:
            continue
        joined = held[0] if len(held) == 1 else np.concatenate(held)
        whole = count - count % frames
        for start in range(0, whole, frames):
            yield joined[start : start + frames]
        held = [joined[whole:]] if whole < count else []
        count -= whole
    if count:
        yield np.concatenate(held)


def resampled(pieces: Iterable[Samples], from_hz: int, to_hz: int) -> Blocks:
    """The sound at another rate (soxr, linear phase, no delay); passed on where the rates agree.

    The result does not depend on how the sound is cut into pieces.
    """
    if from_hz == to_hz:
        yield from pieces
        return
    # Imported here: reading the timeline alone must not load it.
    from soxr import ResampleStream

    stream, channels = None, 1
    for piece in pieces:
        if stream is None:
            channels = piece.shape[1]
            stream = ResampleStream(from_hz, to_hz, channels, dtype="float32", quality=RESAMPLER_QUALITY)
        out = stream.resample_chunk(np.ascontiguousarray(piece))
        if out.size:
            yield out
    if stream is not None:
        out = stream.resample_chunk(np.zeros((0, channels), np.float32), last=True)
        if out.size:
            yield out


def held(source: BlockSource, rate_hz: int) -> BlockSource:
    """The same sound, kept in memory after the first pass if it is short enough."""
    kept: list[Samples] = []
    state = {"whole": False, "long": False}

    def blocks() -> Blocks:
        if state["whole"]:
            yield from kept
            return
        kept.clear()
        frames = 0
        for block in source():
            frames += block.shape[0]
            if frames > HELD_SECONDS * rate_hz:
                state["long"] = True
                kept.clear()
            if not state["long"]:
                kept.append(block)
            yield block
        state["whole"] = not state["long"]

    return blocks


class Feed:
    """Hands out a stream in pieces of any asked length, with silence after its end."""

    def __init__(self, pieces: Iterator[Samples]) -> None:
        self._pieces = pieces
        self._held: Samples = np.zeros((0, 1), np.float32)

    def take(self, frames: int) -> Samples:
        """The next `frames` frames, shape (frames, 1)."""
        parts: list[Samples] = []
        missing = frames
        while missing:
            if not self._held.shape[0]:
                piece = next(self._pieces, None)
                if piece is None:
                    parts.append(np.zeros((missing, 1), np.float32))
                    break
                self._held = piece
                continue
            part, self._held = self._held[:missing], self._held[missing:]
            parts.append(part)
            missing -= part.shape[0]
        return parts[0] if len(parts) == 1 else np.concatenate(parts) if parts else self._held[:0]
