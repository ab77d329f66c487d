"""Whatever is laid on a timeline: voices never overlap, and mastering hits its target."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.audio.ducking import bed_envelope
from studio.audio.limiter import limit
from studio.audio.meter import measure
from studio.audio.timeline import HEAD_MS, JOINT_MS, Jingle, PlacedLine, cart_segment, pause_frames, speech_segment
from studio.ports import CartInfo
from studio.units import frames_of_ms
from studio.values.timeline import Clip, Layer, Timeline
from studio.values.voice import TakeInfo


@st.composite
def takes(draw: st.DrawFn) -> TakeInfo:
    frames = draw(st.integers(1, 400_000))
    cue_in = draw(st.integers(0, frames - 1))
    cue_out = draw(st.integers(cue_in + 1, frames))
    rate_hz = draw(st.sampled_from([16_000, 22_050, 24_000, 48_000]))
    return TakeInfo("f", "d", rate_hz, frames, cue_in, cue_out, -3.0)


@st.composite
def carts(draw: st.DrawFn) -> CartInfo:
    frames = draw(st.integers(20_000, 3_000_000))
    cue_in = draw(st.integers(0, frames - 19_200))
    cue_out = draw(st.integers(cue_in + 19_200, frames))
    return CartInfo("c", "cart", 48_000, frames, cue_in, cue_out, draw(st.floats(-60, -5)))


lines = st.lists(
    st.builds(PlacedLine, takes(), st.integers(-10, 5_000), st.integers(-50_000, 50_000), st.just(0.0), st.booleans()),
    min_size=1,
    max_size=12,
)
timelines = st.builds(
    speech_segment,
    lines,
    st.none() | carts(),
    st.floats(10, 40),
    st.integers(0, 3_000),
    st.integers(0, 3_000),
    st.integers(0, 1_000_000),
    st.none() | st.builds(Jingle, carts(), st.integers(0, 15_000)),
)


def check_inside(clip: Clip, timeline: Timeline) -> None:
    assert 0 <= clip.start < clip.end <= timeline.frames - frames_of_ms(JOINT_MS)
    assert 0 <= clip.source_in < clip.source_out
    assert clip.fade_in + clip.fade_out <= clip.frames


@given(timelines)
def test_voices_never_overlap(timeline: Timeline) -> None:
    voices = timeline.on(Layer.VOICE)
    assert all(before.end <= after.start for before, after in pairwise(voices))
    assert list(timeline.clips) == sorted(timeline.clips, key=lambda clip: clip.start)
    for clip in timeline.clips:
        check_inside(clip, timeline)


@given(lines)
def test_every_pause_is_kept(placed: list[PlacedLine]) -> None:
    voices = speech_segment(placed, None, 15.0).on(Layer.VOICE)
    gaps = [after.start - before.end for before, after in pairwise(voices)]
    assert gaps == [pause_frames(line.pause_after_ms, line.extra_frames) for line in placed[:-1]]


@given(lines, st.integers(0, 3_000), st.integers(0, 3_000), st.integers(0, 1_000_000))
def test_a_segment_is_as_long_as_its_parts(
    placed: list[PlacedLine], head_ms: int, tail_ms: int, extra_tail: int
) -> None:
    timeline = speech_segment(placed, None, 15.0, head_ms, tail_ms, extra_tail)
    spoken = sum(clip.frames for clip in timeline.clips)
    pauses = sum(pause_frames(line.pause_after_ms, line.extra_frames) for line in placed[:-1])
    silence = frames_of_ms(head_ms) + frames_of_ms(max(tail_ms, JOINT_MS)) + extra_tail
    assert timeline.frames == spoken + pauses + silence


@given(lines, carts(), st.none() | st.builds(Jingle, carts(), st.integers(0, 15_000)))
def test_no_bed_sounds_with_a_bare_line(placed: list[PlacedLine], bed: CartInfo, jingle: Jingle | None) -> None:
    timeline = speech_segment(placed, bed, 15.0, jingle=jingle)
    beds = timeline.on(Layer.BED)
    assert all(before.end <= after.start for before, after in pairwise(beds))
    for line, clip in zip(placed, timeline.on(Layer.VOICE), strict=True):
        if line.bare:
            assert all(under.end < clip.start or under.start > clip.end for under in beds)
            # Nor does a jingle.
            assert all(music.end <= clip.start for music in timeline.on(Layer.CART))
    if jingle is not None and placed[0].bare:
        (music,) = timeline.on(Layer.CART)
        assert music.frames == jingle.cart.cue_out - jingle.cart.cue_in


@given(lines, st.none() | carts(), carts(), st.integers(0, 15_000))
def test_the_first_word_comes_where_the_jingle_gives_way(
    placed: list[PlacedLine], bed: CartInfo | None, cart: CartInfo, under_ms: int
) -> None:
    placed = [replace(line, bare=False) for line in placed]
    timeline = speech_segment(placed, bed, 15.0, jingle=Jingle(cart, under_ms))
    (music,) = timeline.on(Layer.CART)
    length = cart.cue_out - cart.cue_in
    assert timeline.on(Layer.VOICE)[0].start == max(frames_of_ms(HEAD_MS), length - frames_of_ms(under_ms))
    assert music.start == 0
    assert music.frames == min(length, timeline.frames - frames_of_ms(JOINT_MS))


@given(carts(), st.integers(1, 4_000_000))
def test_music_is_never_longer_than_it_may(cart: CartInfo, most: int) -> None:
    timeline = cart_segment(cart, most_frames=most)
    (clip,) = timeline.clips
    check_inside(clip, timeline)
    assert clip.frames == min(most, cart.cue_out - cart.cue_in)
    assert cart_segment(cart, most_frames=cart.frames) == cart_segment(cart)


@given(carts(), st.integers(0, 2_000), st.integers(0, 2_000))
def test_a_cart_lies_between_its_silences(cart: CartInfo, head_ms: int, tail_ms: int) -> None:
    timeline = cart_segment(cart, head_ms, tail_ms)
    (clip,) = timeline.clips
    check_inside(clip, timeline)
    assert clip.start == frames_of_ms(head_ms)
    assert clip.frames == cart.cue_out - cart.cue_in


@given(timelines, st.floats(-50, -10))
def test_the_bed_is_down_under_every_word(timeline: Timeline, speech_lufs: float) -> None:
    envelope = bed_envelope(timeline, speech_lufs)
    lowest_db = min(envelope.gains_db)
    assert list(envelope.frames) == sorted(envelope.frames)
    for clip in timeline.on(Layer.VOICE):
        at = np.array([clip.start, clip.end - 1])
        assert np.allclose(np.interp(at, envelope.frames, envelope.gains_db), lowest_db)


@settings(max_examples=25)
@given(st.floats(-40, -9), st.floats(0.01, 0.7), st.integers(0, 10_000))
def test_gain_after_measuring_hits_the_target(target_lufs: float, level: float, seed: int) -> None:
    chance = np.random.default_rng(seed)
    swell = 0.3 + 0.7 * np.abs(np.sin(np.arange(48_000) / 9_000))
    sound = (level * swell * chance.uniform(-1, 1, 48_000)).astype(np.float32)[:, np.newaxis]
    measured = measure(lambda: iter([sound]), 48_000, true_peak=False).integrated_lufs
    assert measured is not None
    # A ceiling that nothing reaches: gain alone.
    louder = limit(lambda: iter([sound]), 40.0, target_lufs - measured)
    reached = measure(louder, 48_000, true_peak=False).integrated_lufs
    assert reached is not None
    assert math.isclose(reached, target_lufs, abs_tol=0.02)
