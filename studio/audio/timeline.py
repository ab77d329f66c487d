"""Lays takes and carts on a segment's timeline, in integer frames at the studio's rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from studio.ports import CartInfo
from studio.units import STUDIO_RATE_HZ, frames_of_ms, resampled_frames
from studio.values.timeline import Clip, Layer, Source, SourceKind, Timeline
from studio.values.voice import TakeInfo

HEAD_MS = 300
"""Silence before the first word (house rule: 0.2 to 0.5 s)."""

TAIL_MS = 700
"""Silence after the last word (house rule: 0.5 to 1 s)."""

JOINT_MS = 60
"""Least silence at a segment's end: the encoder's overlap and delay (25 ms) must fall into it."""

LEAD_IN_MS = 5
"""Kept of a take before its cue in, for onsets softer than the cue's threshold."""

LEAD_OUT_MS = 20
"""Kept of a take after its cue out, for the last consonant's breath."""

TAKE_FADE_IN_MS = 3
TAKE_FADE_OUT_MS = 15
CART_FADE_MS = 5
BED_FADE_IN_MS = 500
BED_FADE_OUT_MS = 700

BED_REFERENCE_LUFS = -23.0
"""A bed clip's gain brings the bed to this loudness; ducking works from there."""


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A take and the pause that follows it."""

    take: TakeInfo
    pause_after_ms: int


def speech_segment(
    lines: Sequence[PlacedLine],
    bed: CartInfo | None,
    bed_under_speech_lu: float,
    head_ms: int = HEAD_MS,
    tail_ms: int = TAIL_MS,
) -> Timeline:
    """Takes one after another with their pauses, and a bed under everything where there is one.

    The last line's pause gives way to the tail. Raises ValueError where there is no line.
    """
    if not lines:
        raise ValueError("a speech segment needs a line")
    clips: list[Clip] = []
    at = int(frames_of_ms(head_ms))
    for line in lines:
        clip = _voice_clip(line.take, at)
        clips.append(clip)
        at = clip.end + frames_of_ms(max(0, line.pause_after_ms))
    frames = clips[-1].end + frames_of_ms(max(tail_ms, JOINT_MS))
    if bed is not None:
        clips.append(_bed_clip(bed, frames - frames_of_ms(JOINT_MS)))
    clips.sort(key=lambda clip: (clip.start, clip.layer))
    return Timeline(int(STUDIO_RATE_HZ), int(frames), tuple(clips), bed_under_speech_lu)


def cart_segment(cart: CartInfo, head_ms: int = 0, tail_ms: int = HEAD_MS) -> Timeline:
    """One cart alone between its cue points, with silence before and after."""
    source_frames = cart.cue_out - cart.cue_in
    clip = Clip(
        layer=Layer.CART,
        source=_cart_source(cart),
        start=int(frames_of_ms(head_ms)),
        frames=int(resampled_frames(source_frames, cart.rate_hz, STUDIO_RATE_HZ)),
        source_rate_hz=cart.rate_hz,
        source_in=cart.cue_in,
        source_out=cart.cue_out,
        fade_in=0 if cart.cue_in == 0 else int(frames_of_ms(TAKE_FADE_IN_MS)),
        fade_out=int(frames_of_ms(CART_FADE_MS)),
    )
    frames = clip.end + frames_of_ms(max(tail_ms, JOINT_MS))
    return Timeline(int(STUDIO_RATE_HZ), int(frames), (_with_fades_inside(clip),))


def _voice_clip(take: TakeInfo, start: int) -> Clip:
    first = max(0, take.cue_in - frames_of_ms(LEAD_IN_MS, take.rate_hz))
    last = min(take.frames, take.cue_out + frames_of_ms(LEAD_OUT_MS, take.rate_hz))
    clip = Clip(
        layer=Layer.VOICE,
        source=Source(SourceKind.TAKE, take.fingerprint, take.digest),
        start=start,
        frames=int(resampled_frames(last - first, take.rate_hz, STUDIO_RATE_HZ)),
        source_rate_hz=take.rate_hz,
        source_in=first,
        source_out=last,
        fade_in=int(frames_of_ms(TAKE_FADE_IN_MS)),
        fade_out=int(frames_of_ms(TAKE_FADE_OUT_MS)),
    )
    return _with_fades_inside(clip)


def _bed_clip(bed: CartInfo, frames: int) -> Clip:
    clip = Clip(
        layer=Layer.BED,
        source=_cart_source(bed),
        start=0,
        frames=int(frames),
        source_rate_hz=bed.rate_hz,
        source_in=bed.cue_in,
        source_out=bed.cue_out if bed.loop_out is None else bed.loop_out,
        gain_db=round(BED_REFERENCE_LUFS - bed.integrated_lufs, 3),
        fade_in=int(frames_of_ms(BED_FADE_IN_MS)),
        fade_out=int(frames_of_ms(BED_FADE_OUT_MS)),
        loop=True,
        loop_in=bed.loop_in,
    )
    return _with_fades_inside(clip)


def _cart_source(cart: CartInfo) -> Source:
    return Source(SourceKind.CART, cart.digest, cart.digest)


def _with_fades_inside(clip: Clip) -> Clip:
    """The clip, its fades shortened where together they would not fit into it."""
    if clip.fade_in + clip.fade_out <= clip.frames:
        return clip
    fade_in = clip.frames * clip.fade_in // (clip.fade_in + clip.fade_out)
    return replace(clip, fade_in=fade_in, fade_out=clip.frames - fade_in)
