"""Mixing and ducking: what lies where, how loud, and how little is held."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from studio.audio.ducking import HOLD_MS, RAISED_LU, RAMP_DOWN_MS, RAMP_UP_MS, bed_envelope
from studio.audio.loudness_curve import gap_lu
from studio.audio.meter import measure
from studio.audio.mix import ducked_bed, mix, stem
from studio.audio.portrait import step_powers
from studio.audio.timeline import BED_REFERENCE_LUFS, PlacedLine, cart_segment, speech_segment
from studio.errors import SoundError
from studio.ports import CartInfo
from studio.sound import BlockSource, Samples
from studio.values.timeline import Layer, Timeline
from tests.fakes.sounds import Shelf, tone

RATE_HZ = 48_000


def whole(source: BlockSource) -> Samples:
    return np.concatenate(list(source()))


def bed_cart(shelf: Shelf) -> CartInfo:
    bed = tone(1_000, 3.0, 0.1)
    loudness = measure(lambda: iter([bed]), RATE_HZ, true_peak=False).integrated_lufs
    assert loudness is not None
    return shelf.cart("bed", bed, loudness)


def spoken(shelf: Shelf, pauses_ms: tuple[int, ...], bed: CartInfo | None = None, under: float = 15.0) -> Timeline:
    lines = [PlacedLine(shelf.take(f"take{i}", 2.0), pause) for i, pause in enumerate(pauses_ms)]
    return speech_segment(lines, bed, under)


def test_each_take_sounds_where_it_lies_and_nowhere_else() -> None:
    shelf = Shelf()
    timeline = spoken(shelf, (400, 700, 0))
    mixed = whole(mix(timeline, shelf.open))
    assert mixed.shape == (timeline.frames, 1)
    assert mixed.dtype == np.float32
    sounding = np.zeros(timeline.frames, bool)
    for clip in timeline.clips:
        sounding[clip.start : clip.end] = True
        assert np.abs(mixed[clip.start : clip.end]).max() == pytest.approx(0.2, abs=0.01)
    assert not mixed[~sounding].any()
    assert shelf.opened == ["take0", "take1", "take2"]


@pytest.mark.parametrize("block_frames", [480, 7_001, 1_000_000])
def test_blocks_do_not_matter(block_frames: int) -> None:
    shelf = Shelf()
    timeline = spoken(shelf, (400, 3_000, 0), bed_cart(shelf))
    assert np.array_equal(whole(mix(timeline, shelf.open)), whole(mix(timeline, shelf.open, block_frames)))


def test_a_mix_can_be_streamed_again() -> None:
    shelf = Shelf()
    mixed = mix(spoken(shelf, (400, 0), bed_cart(shelf)), shelf.open)
    assert np.array_equal(whole(mixed), whole(mixed))


@pytest.mark.parametrize("under", [13.0, 15.0, 18.0])
def test_the_bed_lies_as_far_under_speech_as_asked(under: float) -> None:
    shelf = Shelf()
    timeline = spoken(shelf, (300,) * 6, bed_cart(shelf), under)
    mixed, voice = whole(mix(timeline, shelf.open)), whole(stem(timeline, Layer.VOICE, shelf.open))
    speech = measure(lambda: iter([voice]), RATE_HZ, true_peak=False).integrated_lufs
    # Without the bed's own fades at the ends.
    middle = (mixed - voice)[RATE_HZ : -2 * RATE_HZ]
    bed = measure(lambda: iter([middle]), RATE_HZ, true_peak=False).integrated_lufs
    assert speech is not None
    assert bed == pytest.approx(speech - under, abs=0.15)


@pytest.mark.parametrize("pauses", [(300,) * 6, (2_000, 2_000, 4_000, 0), (6_000, 0)])
def test_no_window_with_speech_has_the_bed_nearer_than_ten(pauses: tuple[int, ...]) -> None:
    shelf = Shelf()
    timeline = spoken(shelf, pauses, bed_cart(shelf), 10.0)
    speech = step_powers(stem(timeline, Layer.VOICE, shelf.open), RATE_HZ)
    gap = gap_lu(speech, step_powers(ducked_bed(timeline, shelf.open), RATE_HZ))
    assert gap is not None
    assert 10.0 <= gap < 10.5


def test_the_bed_rises_only_in_long_gaps() -> None:
    shelf = Shelf()
    timeline = spoken(shelf, (1_500, 4_000, 0), bed_cart(shelf))
    first, second, third = timeline.on(Layer.VOICE)
    envelope = bed_envelope(timeline, -20.0)
    low = -20.0 - 15.0 - BED_REFERENCE_LUFS
    gains_db = 20 * np.log10(envelope.factors(0, timeline.frames)[:, 0])
    assert gains_db[: second.end] == pytest.approx(low, abs=1e-4)
    per_ms = RATE_HZ // 1000
    rise = second.end + HOLD_MS * per_ms
    assert gains_db[rise] == pytest.approx(low, abs=1e-3)
    up, down = rise + RAMP_UP_MS * per_ms, third.start - RAMP_DOWN_MS * per_ms
    assert gains_db[up : down + 1] == pytest.approx(low + RAISED_LU, abs=1e-3)
    assert gains_db[third.start :] == pytest.approx(low, abs=1e-3)
    assert first.end < second.start


def test_the_raised_bed_never_reaches_the_speech() -> None:
    shelf = Shelf()
    timeline = spoken(shelf, (5_000, 0), bed_cart(shelf), under=7.0)
    highest_db = 20 * np.log10(bed_envelope(timeline, -23.0).factors(0, timeline.frames).max())
    assert highest_db <= -3.0 + 1e-4


def test_a_looped_bed_has_no_click_at_its_seam() -> None:
    shelf = Shelf()
    # 1000.3 Hz does not close on itself after three seconds.
    bed = shelf.cart("bed", tone(1_000.3, 3.0, 0.1), -23.0)
    played = whole(stem(spoken(shelf, (300,) * 8, bed), Layer.BED, shelf.open))
    # No sample of a 1 kHz tone at 0.1 bends more than its second difference.
    assert np.abs(np.diff(played[:, 0], 2)).max() <= 0.1 * (2 * np.pi * 1_000.3 / RATE_HZ) ** 2 * 1.05


def test_a_bed_plays_its_start_once_and_then_its_loop() -> None:
    shelf = Shelf()
    start, loop, end = (np.full((RATE_HZ, 1), level, np.float32) for level in (0.1, 0.2, 0.3))
    bed = replace(
        shelf.cart("bed", np.concatenate([start, loop, end]), BED_REFERENCE_LUFS), loop_in=RATE_HZ, loop_out=2 * RATE_HZ
    )
    played = whole(stem(spoken(shelf, (300,) * 4, bed), Layer.BED, shelf.open))[:, 0]
    after_fade_in = int(0.6 * RATE_HZ)
    assert played[after_fade_in:RATE_HZ] == pytest.approx(0.1)
    assert played[RATE_HZ : 7 * RATE_HZ] == pytest.approx(0.2)


def test_a_bed_without_measurable_speech_is_an_error() -> None:
    shelf = Shelf()
    short = speech_segment([PlacedLine(shelf.take("short", 0.02), 0)], bed_cart(shelf), 15.0, 50, 60)
    with pytest.raises(SoundError) as caught:
        whole(mix(short, shelf.open))
    assert caught.value.code == "sound.unmeasurable"


def test_a_long_cart_is_read_in_pieces() -> None:
    shelf = Shelf()
    cart = shelf.cart("long", tone(500, 60.0, 0.1))
    mixed = whole(mix(cart_segment(cart, 100, 200), shelf.open))
    assert mixed.shape[0] == 48_000 * 60 + 4_800 + 9_600
    assert shelf.readers["long"].largest_read < 48_000 * 6
    assert not mixed[:4_800].any()
    assert not mixed[-9_600:].any()
