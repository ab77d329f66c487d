"""Lays takes and carts on a segment's timeline, in integer frames at the studio's rate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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

BARE_BEFORE_MS = 50
"""Silence of the bed before a line that is to sound without it."""

BARE_AFTER_MS = 500
"""The bed waits this long after such a line."""

LEAST_BED_MS = 3_000
"""A shorter piece of a bed between two such lines is left out."""

MUSIC_FADE_MS = 3_000
"""Music that is cut short fades this long."""


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A take, the pause that follows it (in milliseconds and frames besides), and its gain; `bare` is without bed."""

    take: TakeInfo
    pause_after_ms: int
    extra_frames: int = 0
    gain_db: float = 0.0
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Jingle:
    """A cart whose last `under_ms` lie under the first words."""

    cart: CartInfo
    under_ms: int


def speech_segment(
    lines: Sequence[PlacedLine],
    bed: CartInfo | None,
    bed_under_speech_lu: float,
    head_ms: int = HEAD_MS,
    tail_ms: int = TAIL_MS,
    extra_tail: int = 0,
    jingle: Jingle | None = None,
) -> Timeline:
    """Takes one after another with their pauses, and a bed under everything where there is one.

    The last line's pause gives way to the tail, which is `extra_tail` frames longer. A bed is silent
    around lines that are to be bare, and a jingle ends before the first of them. After a jingle the first line waits
    for its last `under_ms`, and the bed for its end. Raises ValueError where there is no line.
    """
    if not lines:
        raise ValueError("a speech segment needs a line")
    clips: list[Clip] = []
    first = at = _first_word_at(lines[0], head_ms, jingle)
    for line in lines:
        clip = _voice_clip(line, at)
        clips.append(clip)
        at = clip.end + pause_frames(line.pause_after_ms, line.extra_frames)
    frames = clips[-1].end + frames_of_ms(max(tail_ms, JOINT_MS)) + max(0, extra_tail)
    bare = [(clip.start, clip.end) for line, clip in zip(lines, clips, strict=True) if line.bare]
    bed_from = 0
    if jingle is not None:
        clear_from = min((start for start, _ in bare), default=frames) - frames_of_ms(BARE_BEFORE_MS)
        most = min(max(first, clear_from), frames - frames_of_ms(JOINT_MS))
        bed_from = min(most, _cart_frames(jingle.cart))
        if bed_from > 0:
            clips.append(_jingle_clip(jingle.cart, first, bed_from))
    if bed is not None:
        clips.extend(_bed_clips(bed, bed_from, frames - frames_of_ms(JOINT_MS), bare))
    clips.sort(key=lambda clip: (clip.start, clip.layer))
    return Timeline(int(STUDIO_RATE_HZ), int(frames), tuple(clips), bed_under_speech_lu)


def _first_word_at(line: PlacedLine, head_ms: int, jingle: Jingle | None) -> int:
    head = int(frames_of_ms(head_ms))
    if jingle is None:
        return head
    # A first line that is to be bare waits for the whole of it.
    under = -frames_of_ms(BARE_BEFORE_MS) if line.bare else frames_of_ms(jingle.under_ms)
    return max(head, _cart_frames(jingle.cart) - under)


def pause_frames(pause_ms: int, extra_frames: int = 0) -> int:
    """How long a pause is on a timeline; never less than nothing."""
    return max(0, frames_of_ms(max(0, pause_ms)) + extra_frames)


def cart_segment(cart: CartInfo, head_ms: int = 0, tail_ms: int = HEAD_MS, most_frames: int | None = None) -> Timeline:
    """One cart alone between its cue points, with silence before and after.

    Of a cart longer than `most_frames` the end is faded out and left out.
    """
    whole = _cart_frames(cart)
    frames = whole if most_frames is None else max(1, min(whole, most_frames))
    cut = frames < whole
    clip = Clip(
        layer=Layer.CART,
        source=_cart_source(cart),
        start=int(frames_of_ms(head_ms)),
        frames=frames,
        source_rate_hz=cart.rate_hz,
        source_in=cart.cue_in,
        source_out=cart.cue_in + -(-frames * cart.rate_hz // STUDIO_RATE_HZ) if cut else cart.cue_out,
        fade_in=0 if cart.cue_in == 0 else int(frames_of_ms(TAKE_FADE_IN_MS)),
        fade_out=int(frames_of_ms(MUSIC_FADE_MS if cut else CART_FADE_MS)),
    )
    frames = clip.end + frames_of_ms(max(tail_ms, JOINT_MS))
    return Timeline(int(STUDIO_RATE_HZ), int(frames), (_with_fades_inside(clip),))


def _cart_frames(cart: CartInfo) -> int:
    """Frames of the timeline between a cart's cues."""
    return int(resampled_frames(cart.cue_out - cart.cue_in, cart.rate_hz, STUDIO_RATE_HZ))


def _voice_clip(line: PlacedLine, start: int) -> Clip:
    take = line.take
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
        gain_db=line.gain_db,
        fade_in=int(frames_of_ms(TAKE_FADE_IN_MS)),
        fade_out=int(frames_of_ms(TAKE_FADE_OUT_MS)),
    )
    return _with_fades_inside(clip)


def _jingle_clip(cart: CartInfo, words_at: int, frames: int) -> Clip:
    """So much of the jingle from the segment's beginning, fading from the first word to its end."""
    clip = Clip(
        layer=Layer.CART,
        source=_cart_source(cart),
        start=0,
        frames=int(frames),
        source_rate_hz=cart.rate_hz,
        source_in=cart.cue_in,
        source_out=cart.cue_out,
        gain_db=_reference_gain_db(cart),
        fade_in=0 if cart.cue_in == 0 else int(frames_of_ms(TAKE_FADE_IN_MS)),
        fade_out=int(max(frames_of_ms(CART_FADE_MS), frames - words_at)),
    )
    return _with_fades_inside(clip)


def _bed_clips(bed: CartInfo, start: int, end: int, bare: Sequence[tuple[int, int]]) -> Iterator[Clip]:
    """The bed from `start` to `end`, silent from shortly before each bare line until a while after it."""
    if not bare and start == 0:
        yield _bed_clip(bed, 0, end)
        return
    before, after = frames_of_ms(BARE_BEFORE_MS), frames_of_ms(BARE_AFTER_MS)
    stops = [(first - before, last + after) for first, last in bare]
    for stop, go_on in (*stops, (end, end)):
        last = min(stop, end)
        if last - start >= frames_of_ms(LEAST_BED_MS):
            yield _bed_clip(bed, start, last - start)
        start = max(start, go_on)


def _bed_clip(bed: CartInfo, start: int, frames: int) -> Clip:
    clip = Clip(
        layer=Layer.BED,
        source=_cart_source(bed),
        start=int(start),
        frames=int(frames),
        source_rate_hz=bed.rate_hz,
        source_in=bed.cue_in,
        source_out=bed.cue_out if bed.loop_out is None else bed.loop_out,
        gain_db=_reference_gain_db(bed),
        fade_in=int(frames_of_ms(BED_FADE_IN_MS)),
        fade_out=int(frames_of_ms(BED_FADE_OUT_MS)),
        loop=True,
        loop_in=bed.loop_in,
    )
    return _with_fades_inside(clip)


def _reference_gain_db(cart: CartInfo) -> float:
    return round(BED_REFERENCE_LUFS - cart.integrated_lufs, 3)


def _cart_source(cart: CartInfo) -> Source:
    return Source(SourceKind.CART, cart.digest, cart.digest)


def _with_fades_inside(clip: Clip) -> Clip:
    """The clip, its fades shortened where together they would not fit into it."""
    if clip.fade_in + clip.fade_out <= clip.frames:
        return clip
    fade_in = clip.frames * clip.fade_in // (clip.fade_in + clip.fade_out)
    return replace(clip, fade_in=fade_in, fade_out=clip.frames - fade_in)
