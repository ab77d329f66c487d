"""A programme fitted into its slot: to the frame where it can be, within bounds, and no speech is ever cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.audio.timeline import pause_frames
from studio.files.profile import Profile
from studio.ports import CartInfo
from studio.rules.fitting import LEAST_MUSIC_MS, MOST_TAIL_MS, PAUSE_SHARE, fitted
from studio.rules.planning import KEPT, PlannedLine, PlannedSegment, Prepared
from studio.rules.programme import SegmentKind, SegmentSource
from studio.rules.segments import PLAIN, Shape, segment_timeline
from studio.text.script import write_script
from studio.units import STUDIO_RATE_HZ, frames_of_ms
from studio.values.timeline import Layer, Timeline
from studio.values.voice import SpeechRequest, TakeInfo, VoiceSpec

VOICE = VoiceSpec("v", "tone", "1", "", "", 48_000)
PROFILE = Profile(
    id="goc", name="g", codec="wav", rate_hz=48_000, sample_bits=24, target_lufs=-23, max_true_peak_dbtp=-1
)
SCRIPT = write_script("Một.")
TAKES: dict[str, TakeInfo] = {}


def cart(seconds: int) -> CartInfo:
    return CartInfo("c", "c", 48_000, seconds * 48_000, 0, seconds * 48_000, -20.0)


@st.composite
def spoken(draw: st.DrawFn, index: int) -> PlannedSegment:
    lines = []
    for place in range(draw(st.integers(1, 6))):
        key = f"{index}-{place}"
        frames = draw(st.integers(10_000, 400_000))
        TAKES[key] = TakeInfo(key, "d", 48_000, frames, 0, frames, -3.0)
        pause_ms, bare = draw(st.integers(0, 1_500)), draw(st.booleans())
        lines.append(PlannedLine(SpeechRequest("Một.", VOICE), key, pause_ms, TAKES[key], KEPT, bare))
    bed = cart(18) if draw(st.booleans()) else None
    source = SegmentSource(SegmentKind.ITEM, f"Tin {index}", "tin")
    return PlannedSegment(index, Prepared(source, script=SCRIPT, voice=VOICE, bed=bed), tuple(lines))


@st.composite
def programmes(draw: st.DrawFn) -> list[PlannedSegment]:
    segments = [draw(spoken(index)) for index in range(1, draw(st.integers(2, 6)))]
    if draw(st.booleans()):
        source = SegmentSource(SegmentKind.ENDING, "Nhạc kết", "nhac-ket", cart="c")
        segments.append(PlannedSegment(len(segments) + 1, Prepared(source, cart=cart(draw(st.integers(1, 30)))), ()))
    return segments


def laid(segments: list[PlannedSegment], shapes: dict[int, Shape]) -> dict[int, Timeline]:
    return {each.index: segment_timeline(each, TAKES, PROFILE, None, shapes[each.index]) for each in segments}


@given(programmes(), st.floats(0.3, 3.0))
def test_the_slot_is_filled_to_the_frame_or_the_miss_is_known(segments: list[PlannedSegment], share: float) -> None:
    plain = {each.index: PLAIN for each in segments}
    before = laid(segments, plain)
    length = sum(timeline.frames for timeline in before.values())
    target_s = share * length / STUDIO_RATE_HZ
    fit = fitted(segments, before, plain, target_s)
    after = laid(segments, dict(fit.shapes))
    assert sum(timeline.frames for timeline in after.values()) == round(target_s * STUDIO_RATE_HZ) + fit.off_frames
    assert fit.off_frames * (length - round(target_s * STUDIO_RATE_HZ)) >= 0
    for each in segments:
        check_speech(each, before[each.index], after[each.index])


def check_speech(segment: PlannedSegment, before: Timeline, after: Timeline) -> None:
    """Every word is there whole, pauses and music gave way within their bounds, silence at the ends stayed."""
    voices, fitted_voices = before.on(Layer.VOICE), after.on(Layer.VOICE)
    assert [clip.frames for clip in voices] == [clip.frames for clip in fitted_voices]
    if not voices:
        assert after.frames >= min(before.frames, frames_of_ms(LEAST_MUSIC_MS))
        assert after.frames <= before.frames
        return
    assert fitted_voices[0].start == voices[0].start
    tail = (after.frames - fitted_voices[-1].end) - (before.frames - voices[-1].end)
    assert 0 <= tail <= frames_of_ms(MOST_TAIL_MS)
    assert not tail or (segment.prepared.bed and not segment.lines[-1].bare)
    for line, first, second in zip(segment.lines, fitted_voices, fitted_voices[1:], strict=False):
        pause = pause_frames(line.pause_after_ms)
        assert abs(second.start - first.end - pause) <= PAUSE_SHARE * pause


def test_music_gives_way_before_pauses() -> None:
    line = PlannedLine(SpeechRequest("Một.", VOICE), "x", 400, None, KEPT)
    TAKES["x"] = TakeInfo("x", "d", 48_000, 480_000, 0, 480_000, -3.0)
    source = SegmentSource(SegmentKind.ITEM, "Tin", "tin")
    item = PlannedSegment(1, Prepared(source, script=SCRIPT, voice=VOICE, bed=cart(18)), (line, line))
    music = SegmentSource(SegmentKind.ENDING, "Nhạc kết", "nhac-ket", cart="c")
    segments = [item, PlannedSegment(2, Prepared(music, cart=cart(12)), ())]
    plain = {1: PLAIN, 2: PLAIN}
    timelines = laid(segments, plain)
    length_s = sum(timeline.frames for timeline in timelines.values()) / STUDIO_RATE_HZ
    longer = fitted(segments, timelines, plain, length_s + 5)
    assert (longer.shapes[1].extra_tail, longer.shapes[1].extra_pauses) == (5 * STUDIO_RATE_HZ, ())
    shorter = fitted(segments, timelines, plain, length_s - 5)
    assert (shorter.shapes[2].music_frames, shorter.shapes[1]) == (7 * STUDIO_RATE_HZ, PLAIN)
    over = fitted(segments, timelines, plain, length_s - 30)
    assert over.shapes[2].music_frames == frames_of_ms(LEAST_MUSIC_MS)
    assert over.shapes[1].extra_pauses == (-frames_of_ms(100), 0)
    assert over.off_s == pytest.approx(30 - 7 - 0.1)
    assert over.longest == 1
