"""Fits a programme into its slot: pauses and music give way, within bounds; speech never does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from studio.audio.timeline import pause_frames
from studio.rules.planning import PlannedSegment
from studio.rules.programme import SegmentKind
from studio.rules.segments import PLAIN, Shape
from studio.units import STUDIO_RATE_HZ, frames_of_ms
from studio.values.timeline import Layer, Timeline

PAUSE_SHARE = 0.25
"""A pause becomes at most this much longer or shorter: sentences stay within 0.3 to 0.5 s."""

MOST_TAIL_MS = 20_000
"""A bed goes on at most this long after the last word."""

LEAST_MUSIC_MS = 5_000
"""Of the closing music at least this much is heard."""

NEAR_MS = 500
"""Nearer than this to the slot's length nothing is said."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How each segment is shaped (by index), and how far the programme still is from its slot.

    `off_frames` is positive where it is too long. `longest` is the index of the longest segment that is spoken
    or recorded: what to shorten first.
    """

    shapes: Mapping[int, Shape]
    off_frames: int
    longest: int

    @property
    def off_s(self) -> float:
        """Seconds by which the programme is too long (negative: too short)."""
        return self.off_frames / STUDIO_RATE_HZ


def fitted(
    segments: Sequence[PlannedSegment], timelines: Mapping[int, Timeline], shapes: Mapping[int, Shape], target_s: float
) -> Fit:
    """Fits segments, whose plain timelines and shapes are given, into `target_s`, to the frame where it can be.

    Music gives way before pauses, so that one changed word does not move every pause of the programme: too short, and
    the last bed goes on after the last word; too long, and the closing music is faded out early.
    """
    now = dict(shapes)
    off = sum(timeline.frames for timeline in timelines.values()) - round(target_s * STUDIO_RATE_HZ)
    off += _give_music(segments, timelines, now, off)
    off += _give_pauses(segments, now, off)
    telling = [each for each in segments if each.lines or each.source.kind is SegmentKind.RECORDING] or segments
    longest = max(telling, key=lambda segment: timelines[segment.index].frames)
    return Fit(now, off, longest.index)


def _give_music(
    segments: Sequence[PlannedSegment], timelines: Mapping[int, Timeline], shapes: dict[int, Shape], off: int
) -> int:
    """Shapes the music that can give way; the frames that the programme becomes longer by."""
    if off < 0:
        # After a line that is to be bare the bed would be silent for a while.
        with_bed = (each for each in segments if timelines[each.index].on(Layer.BED))
        beds = [each.index for each in with_bed if not each.lines[-1].bare]
        if not beds:
            return 0
        more = min(-off, frames_of_ms(MOST_TAIL_MS))
        shapes[beds[-1]] = replace(shapes.get(beds[-1], PLAIN), extra_tail=more)
        return more
    endings = [each.index for each in segments if each.source.kind is SegmentKind.ENDING]
    if not off or not endings:
        return 0
    music = timelines[endings[-1]].clips[0].frames
    less = min(off, max(0, music - frames_of_ms(LEAST_MUSIC_MS)))
    if less:
        shapes[endings[-1]] = replace(shapes.get(endings[-1], PLAIN), music_frames=music - less)
    return -less


def _give_pauses(segments: Sequence[PlannedSegment], shapes: dict[int, Shape], off: int) -> int:
    """Spreads what is left over all pauses between lines, each by its length; the frames gained by it."""
    spoken = [segment for segment in segments if len(segment.lines) > 1]
    # The last pause of a segment gives way to its tail.
    room = {
        segment.index: [int(PAUSE_SHARE * pause_frames(line.pause_after_ms)) for line in segment.lines[:-1]]
        for segment in spoken
    }
    whole = sum(map(sum, room.values()))
    wanted = max(-whole, min(whole, -off))
    if not wanted:
        return 0
    before = 0
    for index, pauses in room.items():
        shares = [wanted * reached // whole for reached in accumulate(pauses, initial=before)]
        before += sum(pauses)
        extra = tuple(last - first for first, last in pairwise(shares))
        shapes[index] = replace(shapes.get(index, PLAIN), extra_pauses=(*extra, 0))
    return wanted
