"""Mixes a timeline into one mono stream, opening each clip when it is reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache

import numpy as np

from studio.audio.blocks import BLOCK_FRAMES, Feed, mono, resampled
from studio.audio.clearance import clear_envelope
from studio.audio.ducking import Envelope, jingle_envelope
from studio.audio.loudness_curve import momentary
from studio.audio.meter import integrated_of_blocks
from studio.audio.portrait import step_powers
from studio.errors import SoundError
from studio.ports import SoundReader
from studio.sound import Blocks, BlockSource, Samples
from studio.units import gain_of_db
from studio.values.timeline import Clip, Layer, Source, Timeline

OpenSource = Callable[[Source], SoundReader]
"""Opens the sound of a clip."""

Envelopes = Mapping[Layer, Envelope]
"""The gain over time of each layer that is ducked."""

PIECE_FRAMES = 262_144
"""Frames read from a source at a time; most takes are one piece."""

SEAM_MS = 20
"""A looped bed's end and start overlap this long in a linear cross-fade."""


def mix(timeline: Timeline, open_source: OpenSource, block_frames: int = BLOCK_FRAMES) -> BlockSource:
    """All clips as mono float32 blocks at the timeline's rate, `timeline.frames` long in all.

    Held in memory are the clips that sound at the moment, in pieces. The result does not depend
    on `block_frames`. A bed, and a jingle that lies beside voices, are ducked (see `ducking`), for which
    voice and bed are measured once; raises SoundError `sound.unmeasurable` where there is a bed but no
    measurable voice, and whatever `open_source` raises.
    """
    envelopes = cache(lambda: _envelopes(timeline, open_source))
    return lambda: _mixed(timeline, timeline.clips, open_source, block_frames, envelopes())


def ducked_bed(timeline: Timeline, open_source: OpenSource, block_frames: int = BLOCK_FRAMES) -> BlockSource:
    """The bed alone as it is heard in `mix`; raises as `mix` does."""
    envelopes = cache(lambda: _envelopes(timeline, open_source))
    return lambda: _mixed(timeline, timeline.on(Layer.BED), open_source, block_frames, envelopes())


def _envelopes(timeline: Timeline, open_source: OpenSource) -> Envelopes:
    """How bed and jingle are ducked under the timeline's voice."""
    beds, jingles, voices = (timeline.on(layer) for layer in (Layer.BED, Layer.CART, Layer.VOICE))
    if not beds and not (jingles and voices):
        return {}
    speech = step_powers(stem(timeline, Layer.VOICE, open_source), timeline.rate_hz)
    speech_lufs = integrated_of_blocks(momentary(speech).tolist())
    if speech_lufs is None:
        raise SoundError("sound.unmeasurable", seconds=round(timeline.frames / timeline.rate_hz, 3))
    made: dict[Layer, Envelope] = {}
    if beds:
        bed = step_powers(stem(timeline, Layer.BED, open_source), timeline.rate_hz)
        made[Layer.BED] = clear_envelope(timeline, speech_lufs, speech, bed)
    if jingles:
        made[Layer.CART] = jingle_envelope(timeline, speech_lufs)
    return made


def stem(timeline: Timeline, layer: Layer, open_source: OpenSource, block_frames: int = BLOCK_FRAMES) -> BlockSource:
    """One layer alone as it lies in the timeline: like `mix`, but a bed is not ducked."""
    return lambda: _mixed(timeline, timeline.on(layer), open_source, block_frames, {})


def _mixed(
    timeline: Timeline, clips: tuple[Clip, ...], open_source: OpenSource, block_frames: int, envelopes: Envelopes
) -> Blocks:
    waiting = list(reversed(clips))
    sounding: list[_ClipSound] = []
    for start in range(0, timeline.frames, block_frames):
        end = min(start + block_frames, timeline.frames)
        while waiting and waiting[-1].start < end:
            clip = waiting.pop()
            envelope = envelopes.get(clip.layer)
            sounding.append(_ClipSound(clip, open_source(clip.source), timeline.rate_hz, envelope))
        block = np.zeros((end - start, 1), np.float32)
        for sound in sounding:
            sound.add_to(block, start)
        sounding = [sound for sound in sounding if sound.clip.end > end]
        yield block


class _ClipSound:
    """A clip being played: knows how far it has come."""

    def __init__(self, clip: Clip, reader: SoundReader, rate_hz: int, envelope: Envelope | None) -> None:
        self.clip = clip
        self._envelope = envelope
        self._gain = np.float32(gain_of_db(clip.gain_db))
        pieces = _looped(clip, reader) if clip.loop else _pieces(reader, clip.source_in, clip.source_out)
        self._feed = Feed(resampled(pieces, clip.source_rate_hz, rate_hz))

    def add_to(self, block: Samples, block_start: int) -> None:
        """Adds the clip's part of the block that begins at frame `block_start` of the timeline."""
        first = max(self.clip.start, block_start)
        last = min(self.clip.end, block_start + block.shape[0])
        samples = self._feed.take(last - first) * self._gain
        self._fade(samples, first - self.clip.start)
        if self._envelope is not None:
            samples *= self._envelope.factors(first, last - first)
        block[first - block_start : last - block_start] += samples

    def _fade(self, samples: Samples, offset: int) -> None:
        """Applies the clip's linear fades to samples that begin `offset` frames into it."""
        clip, count = self.clip, samples.shape[0]
        if offset < clip.fade_in:
            at = np.arange(offset, min(offset + count, clip.fade_in))
            samples[: at.size, 0] *= ((at + 0.5) / clip.fade_in).astype(np.float32)
        fade_start = clip.frames - clip.fade_out
        if offset + count > fade_start and clip.fade_out:
            at = np.arange(max(offset, fade_start), offset + count)
            samples[count - at.size :, 0] *= ((clip.frames - at - 0.5) / clip.fade_out).astype(np.float32)


def _pieces(reader: SoundReader, first: int, last: int) -> Iterator[Samples]:
    for start in range(first, last, PIECE_FRAMES):
        yield mono(reader.read(start, min(PIECE_FRAMES, last - start)))


def _looped(clip: Clip, reader: SoundReader) -> Iterator[Samples]:
    """The source from `source_in` to `source_out`, then on and on from `loop_in`, its seams cross-faded."""
    first, last = clip.source_in, clip.source_out
    again = first if clip.loop_in is None else clip.loop_in
    seam = min(clip.source_rate_hz * SEAM_MS // 1000, (last - again) // 4)
    if last <= again or again < first:
        raise ValueError("a loop needs frames")
    rising = ((np.arange(seam, dtype=np.float32) + 0.5) / max(1, seam))[:, np.newaxis]
    joint = mono(reader.read(last - seam, seam)) * (1 - rising) + mono(reader.read(again, seam)) * rising
    yield from _pieces(reader, first, last - seam)
    while True:
        yield np.asarray(joint, np.float32)
        yield from _pieces(reader, again + seam, last - seam)
