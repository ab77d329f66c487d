"""What is said when: cues of a programme in seconds, and WebVTT (W3C) of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from studio.rules.planning import PlannedSegment
from studio.units import seconds_of_frames
from studio.values.text import Script
from studio.values.timeline import Layer, Timeline


@dataclass(frozen=True, slots=True)
class Cue:
    """Words and when they are heard, in seconds from the programme's beginning."""

    start_s: float
    end_s: float
    text: str


def spoken_cues(
    segments: Iterable[PlannedSegment], timelines: Mapping[int, Timeline], starts_s: Mapping[int, float]
) -> tuple[Cue, ...]:
    """A cue for each spoken line: a segment's voice clips stand in the order of its lines."""
    cues: list[Cue] = []
    for segment in segments:
        timeline = timelines[segment.index]
        for line, clip in zip(segment.lines, timeline.on(Layer.VOICE), strict=True):
            start_s = starts_s[segment.index] + clip.start / timeline.rate_hz
            cues.append(Cue(start_s, start_s + clip.frames / timeline.rate_hz, line.request.spoken))
    return tuple(cues)


def segment_starts_s(frames: Mapping[int, int], rate_hz: int) -> dict[int, float]:
    """Where each segment begins, from the frames of those before it."""
    starts_s: dict[int, float] = {}
    at = 0
    for index, length in frames.items():
        starts_s[index] = seconds_of_frames(at, rate_hz)
        at += length
    return starts_s


def estimated_cues(scripts: Iterable[Script], syllables_per_second: float) -> tuple[Cue, ...]:
    """Cues of what was not spoken yet, at a voice's rate, pauses included, music not; a word is a syllable."""
    cues: list[Cue] = []
    at_s = 0.0
    for script in scripts:
        for utterance in script.utterances:
            end_s = at_s + (utterance.spoken.count(" ") + 1) / syllables_per_second
            cues.append(Cue(at_s, end_s, utterance.spoken))
            at_s = end_s + utterance.pause_after_ms / 1000
    return tuple(cues)


def webvtt(cues: Iterable[Cue], note: str = "") -> str:
    """The cues as a WebVTT file, numbered from 1."""
    blocks = ["WEBVTT", *([f"NOTE {note}"] if note else [])]
    for number, cue in enumerate(cues, 1):
        text = cue.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        blocks.append(f"{number}\n{_clock(cue.start_s)} --> {_clock(cue.end_s)}\n{text}")
    return "\n\n".join(blocks) + "\n"


def _clock(seconds: float) -> str:
    whole_ms = round(seconds * 1000)
    minutes, ms = divmod(whole_ms, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{ms // 1000:02d}.{ms % 1000:03d}"
