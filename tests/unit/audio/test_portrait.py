"""Portraits: what was heard, whatever blocks it came in."""

from __future__ import annotations

import io

import numpy as np
import pytest

from studio.audio.blocks import in_blocks
from studio.audio.loudness_curve import gap_lu, momentary, short_term, thirds_lufs
from studio.audio.meter import measure
from studio.audio.portrait import BANDS, Painter, step_powers, with_bed_gap
from studio.sound import Portrait, Samples
from studio.stores.portraits import portrait_bytes, read_portrait
from tests.fakes.sounds import tone

RATE_HZ = 48_000


def painted(sound: Samples, frames: int = 65_536) -> Portrait:
    painter = Painter(RATE_HZ)
    for block in in_blocks([sound], frames):
        painter.push(block)
    return painter.portrait()


def quiet(seconds: float) -> Samples:
    return np.zeros((int(seconds * RATE_HZ), 1), np.float32)


def same(one: Portrait, other: Portrait) -> bool:
    arrays = all(
        np.allclose(getattr(one, name), getattr(other, name), rtol=1e-5, atol=1e-12)
        for name in ("powers", "outline", "spectrum")
    )
    rest = ("rate_hz", "frames", "silences", "clipped", "bed_gap_lu")
    return arrays and all(getattr(one, name) == getattr(other, name) for name in rest)


def test_blocks_do_not_matter() -> None:
    sound = np.concatenate([tone(440, 1.23, 0.3), quiet(0.8), tone(1000, 0.5, 1.0)])
    whole = painted(sound)
    for frames in (777, 4_801, 48_000):
        assert same(painted(sound, frames), whole)


def test_loudness_is_the_meters() -> None:
    sound = np.concatenate([tone(1000, 4, 0.1), tone(1000, 4, 0.3)])
    measured = measure(lambda: iter([sound]), RATE_HZ, true_peak=False)
    powers = painted(sound).powers
    assert momentary(powers) == pytest.approx(measured.gating_blocks, abs=0.02)
    assert short_term(powers).max() == pytest.approx(measured.max_short_term_lufs, abs=0.02)


def test_silences_with_their_places() -> None:
    sound = np.concatenate(
        [quiet(0.2), tone(440, 1, 0.3), quiet(0.4), tone(440, 1, 0.3), quiet(3.5), tone(440, 1, 0.3)]
    )
    portrait = painted(sound)
    seconds = [(first / RATE_HZ, end / RATE_HZ) for first, end in portrait.silences]
    # The short one inside is no silence; that at the start is kept for what stands before it.
    assert seconds == [pytest.approx((0.0, 0.2), abs=0.02), pytest.approx((2.6, 6.1), abs=0.02)]


def test_silence_at_the_end_and_nothing_but_silence() -> None:
    assert painted(np.concatenate([tone(440, 1, 0.3), quiet(0.1)])).silences == ((RATE_HZ, int(1.1 * RATE_HZ)),)
    assert painted(quiet(1.0)).silences == ((0, RATE_HZ),)


def test_clipped_runs_are_counted_once_also_over_a_border() -> None:
    sound = tone(440, 1, 0.2)
    sound[1000:1010] = 1.0
    sound[20_000:20_002] = 1.0
    assert painted(sound).clipped == 1
    assert painted(sound, 1_005).clipped == 1


def test_the_spectrum_shows_a_tone_in_its_band() -> None:
    edges = np.geomspace(60.0, RATE_HZ / 2, BANDS + 1)
    for hz in (200, 1000, 5000):
        column = painted(tone(hz, 1, 0.5)).spectrum[2]
        loudest = int(column.argmax())
        assert edges[loudest] / 1.25 <= hz <= edges[loudest + 1] * 1.25
        assert column[loudest] == pytest.approx(255 * (100 - 6) / 100, abs=8)


def test_outline_reaches_the_peaks() -> None:
    outline = painted(tone(1000, 1, 0.4)).outline
    assert outline.shape == (20, 2)
    assert outline[:, 1] == pytest.approx(0.4, abs=0.01)
    assert outline[:, 0] == pytest.approx(-0.4, abs=0.01)


def test_a_portrait_is_read_back() -> None:
    portrait = with_bed_gap(painted(np.concatenate([tone(440, 1, 0.3), quiet(1)])), 12.5)
    again = read_portrait(io.BytesIO(portrait_bytes(portrait)))
    assert again.bed_gap_lu == 12.5
    assert again.silences == portrait.silences
    assert np.array_equal(again.spectrum, portrait.spectrum)
    assert again.outline == pytest.approx(portrait.outline, abs=0.001)
    assert read_portrait(io.BytesIO(portrait_bytes(with_bed_gap(portrait, None)))).bed_gap_lu is None


def test_the_gap_is_that_of_the_nearest_window() -> None:
    speech = np.concatenate([tone(1000, 5, 0.2), quiet(3), tone(1000, 5, 0.1)])
    bed = tone(1000, 13, 0.02)
    gap = gap_lu(step_powers(lambda: iter([speech]), RATE_HZ), step_powers(lambda: iter([bed]), RATE_HZ))
    # The window with least speech: one second of the quieter tone, 14 dB above the bed, in three.
    assert gap == pytest.approx(20 * np.log10(0.1 / 0.02) - 10 * np.log10(3), abs=0.3)


def test_no_speech_or_no_bed_is_no_gap() -> None:
    powers = step_powers(lambda: iter([tone(1000, 5, 0.2)]), RATE_HZ)
    assert gap_lu(np.zeros(50), powers) is None
    assert gap_lu(powers, np.zeros(50)) is None
    assert gap_lu(powers[:20], powers[:20]) is None


def test_thirds() -> None:
    sound = np.concatenate([tone(1000, 3, 0.1), tone(1000, 3, 0.2), tone(1000, 3, 0.4)])
    first, second, third = thirds_lufs(step_powers(lambda: iter([sound]), RATE_HZ))
    assert first is not None
    assert second == pytest.approx(first + 6.02, abs=0.1)
    assert third == pytest.approx(first + 12.04, abs=0.1)
    assert thirds_lufs(np.zeros(90)) == (None, None, None)
