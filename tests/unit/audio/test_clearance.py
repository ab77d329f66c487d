"""The bed under speech, measured on the stems: 10 LU in every 3 s that hold 1 s of speech, none with a number."""

from __future__ import annotations

import numpy as np
import pytest

from studio.audio.ducking import bed_envelope
from studio.audio.meter import measure
from studio.audio.mix import mix, stem
from studio.audio.timeline import Jingle, PlacedLine, speech_segment
from studio.ports import CartInfo
from studio.sound import BlockSource, Samples
from studio.values.timeline import Layer, Timeline
from tests.fakes.sounds import Shelf, tone

RATE_HZ = 48_000
HOP = RATE_HZ // 10
WINDOW = 30


def whole(source: BlockSource) -> Samples:
    return np.concatenate(list(source()))


def cart(shelf: Shelf, key: str, samples: Samples) -> CartInfo:
    loudness = measure(lambda: iter([samples]), RATE_HZ, true_peak=False).integrated_lufs
    assert loudness is not None
    return shelf.cart(key, samples, loudness)


def uneven_bed(shelf: Shelf) -> CartInfo:
    """Music whose second half is 8 dB louder than its first."""
    return cart(shelf, "bed", np.concatenate([tone(1_000, 6.0, 0.04), tone(1_000, 6.0, 0.1)]))


def nearest_lu(timeline: Timeline, shelf: Shelf) -> float:
    """How near the bed comes to the speech in the worst window, found from the sound that is mixed."""
    voice = whole(stem(timeline, Layer.VOICE, shelf.open))
    bed = whole(mix(timeline, shelf.open)) - voice
    sounding = np.zeros(timeline.frames, bool)
    for clip in timeline.on(Layer.VOICE):
        sounding[clip.start : clip.end] = True
    found = []
    for start in range(0, timeline.frames - WINDOW * HOP + 1, HOP):
        piece = slice(start, start + WINDOW * HOP)
        if sounding[piece].sum() >= RATE_HZ:
            levels = [10 * np.log10(power(each[piece])) for each in (voice, bed)]
            found.append(levels[0] - levels[1])
    assert found
    return float(min(found))


def power(samples: Samples) -> float:
    # All tones are at 1 kHz, so that their powers compare as their loudness does.
    return float(np.square(samples, dtype=np.float64).mean()) + 1e-12


def lines(shelf: Shelf, levels: tuple[float, ...], pauses_ms: tuple[int, ...]) -> list[PlacedLine]:
    takes = [shelf.take(f"take{place}", 2.0, hz=1_000, level=level) for place, level in enumerate(levels)]
    return [PlacedLine(take, pause) for take, pause in zip(takes, pauses_ms, strict=True)]


@pytest.mark.parametrize("under", [10.0, 15.0, 18.0])
@pytest.mark.parametrize(
    ("levels", "pauses_ms"),
    [
        ((0.2, 0.2, 0.2), (400, 400, 0)),
        ((0.2, 0.06, 0.2), (400, 400, 0)),
        ((0.2, 0.2, 0.2), (5_000, 3_000, 0)),
        ((0.06, 0.2), (8_000, 0)),
    ],
)
def test_every_window_with_speech_is_clear_of_the_bed(
    levels: tuple[float, ...], pauses_ms: tuple[int, ...], under: float
) -> None:
    shelf = Shelf()
    timeline = speech_segment(lines(shelf, levels, pauses_ms), uneven_bed(shelf), under, extra_tail=6 * RATE_HZ)
    assert nearest_lu(timeline, shelf) >= 10.0


def test_without_the_check_a_soft_sentence_would_be_covered() -> None:
    """The windows above are no matter of course: the house's ramps alone leave 7 LU here."""
    shelf = Shelf()
    timeline = speech_segment(lines(shelf, (0.2, 0.06, 0.2), (400, 400, 0)), uneven_bed(shelf), 10.0)
    voice = stem(timeline, Layer.VOICE, shelf.open)
    speech = measure(voice, RATE_HZ, true_peak=False).integrated_lufs
    assert speech is not None
    plain = bed_envelope(timeline, speech)
    bed = whole(stem(timeline, Layer.BED, shelf.open)) * plain.factors(0, timeline.frames)
    second = timeline.on(Layer.VOICE)[1]
    piece = slice(second.start, second.end)
    assert 10 * np.log10(power(whole(voice)[piece]) / power(bed[piece])) < 8


def test_music_comes_up_where_no_speech_is_near() -> None:
    shelf = Shelf()
    bed = cart(shelf, "bed", tone(1_000, 6.0, 0.1))
    timeline = speech_segment(lines(shelf, (0.2,), (0,)), bed, 15.0, extra_tail=10 * RATE_HZ)
    voice = whole(stem(timeline, Layer.VOICE, shelf.open))
    heard = whole(mix(timeline, shelf.open)) - voice
    (line,) = timeline.on(Layer.VOICE)
    under, after = heard[line.start : line.end], heard[line.end + 5 * RATE_HZ : line.end + 7 * RATE_HZ]
    assert 10 * np.log10(power(after) / power(under)) == pytest.approx(6.0, abs=0.3)


def test_a_number_is_said_without_the_bed_which_then_comes_back() -> None:
    shelf = Shelf()
    bed = cart(shelf, "bed", tone(1_000, 6.0, 0.1))
    spoken = [PlacedLine(shelf.take(f"take{place}", 4.0), 400, bare=place == 1) for place in range(3)]
    timeline = speech_segment(spoken, bed, 15.0)
    voice = whole(stem(timeline, Layer.VOICE, shelf.open))
    heard = whole(mix(timeline, shelf.open)) - voice
    first, number, last = timeline.on(Layer.VOICE)
    assert not heard[number.start - 2_000 : number.end + RATE_HZ // 4].any()
    assert heard[first.start + RATE_HZ : first.end - RATE_HZ].any()
    assert heard[last.start + 2 * RATE_HZ : last.end - RATE_HZ].any()
    # It fades: no step where it goes and comes.
    assert np.abs(np.diff(heard[:, 0])).max() < 0.01


@pytest.mark.parametrize("bare", [(True,), (True, True), (True, False, True)])
def test_a_bed_too_short_between_numbers_is_left_out(bare: tuple[bool, ...]) -> None:
    shelf = Shelf()
    bed = cart(shelf, "bed", tone(1_000, 6.0, 0.1))
    spoken = [PlacedLine(shelf.take(f"take{place}", 1.0), 400, bare=each) for place, each in enumerate(bare)]
    assert speech_segment(spoken, bed, 15.0).on(Layer.BED) == ()


def test_a_jingle_ends_under_the_greeting() -> None:
    shelf = Shelf()
    jingle = cart(shelf, "jingle", tone(1_000, 12.0, 0.03))
    spoken = [PlacedLine(shelf.take(f"take{place}", 4.0), 400) for place in range(2)]
    timeline = speech_segment(spoken, None, 15.0, jingle=Jingle(jingle, 3_000))
    voice = whole(stem(timeline, Layer.VOICE, shelf.open))
    heard = whole(mix(timeline, shelf.open)) - voice
    first = timeline.on(Layer.VOICE)[0]
    assert first.start == 9 * RATE_HZ
    speech = measure(lambda: iter([voice]), RATE_HZ, true_peak=False).integrated_lufs
    alone = measure(lambda: iter([heard[: 8 * RATE_HZ]]), RATE_HZ, true_peak=False).integrated_lufs
    assert speech is not None
    assert alone == pytest.approx(speech, abs=0.2)
    # Under the first word it is down, and at its end it has faded.
    loud, low = power(heard[: 8 * RATE_HZ]), power(heard[first.start : first.start + RATE_HZ // 2])
    assert 10 * np.log10(loud / low) >= 15
    assert power(heard[11 * RATE_HZ + HOP * 9 : 12 * RATE_HZ]) < low / 100
    assert not heard[12 * RATE_HZ :].any()


def test_a_bed_waits_for_the_jingles_end() -> None:
    shelf = Shelf()
    jingle, bed = cart(shelf, "jingle", tone(1_000, 5.0, 0.1)), cart(shelf, "bed", tone(500, 5.0, 0.1))
    spoken = [PlacedLine(shelf.take(f"take{place}", 4.0), 400) for place in range(3)]
    timeline = speech_segment(spoken, bed, 15.0, jingle=Jingle(jingle, 2_000))
    (music,), (under,) = timeline.on(Layer.CART), timeline.on(Layer.BED)
    assert music.end == 5 * RATE_HZ == under.start
