"""How alike two onsets sound."""

from __future__ import annotations

import numpy as np
import pytest

from studio.audio.likeness import onset_distance
from studio.sound import Sound

RATE_HZ = 16_000


def syllable(low_hz: float, high_hz: float, seconds: float = 0.08, *, lead_s: float = 0.1, gain: float = 1.0) -> Sound:
    """A band of noise, then a vowel."""
    draw = np.random.default_rng(3).standard_normal(round(seconds * RATE_HZ))
    spectrum = np.fft.rfft(draw)
    hz = np.fft.rfftfreq(draw.size, 1 / RATE_HZ)
    spectrum[(hz < low_hz) | (hz > high_hz)] = 0
    at = np.arange(round(0.3 * RATE_HZ)) / RATE_HZ
    vowel = np.sum([np.cos(2 * np.pi * 180 * n * at) / n for n in range(1, 12)], axis=0)
    wave = 0.1 * gain * np.concatenate([np.fft.irfft(spectrum, draw.size), vowel])
    return Sound(np.pad(wave, (round(lead_s * RATE_HZ), 400)).astype(np.float32)[:, np.newaxis], RATE_HZ)


def test_the_same_sound_is_at_no_distance_wherever_it_begins_and_however_loud() -> None:
    one = syllable(3_000, 6_000)
    assert onset_distance(one, one) == 0
    assert onset_distance(one, syllable(3_000, 6_000, gain=0.3)) == pytest.approx(0, abs=0.5)
    assert onset_distance(one, syllable(3_000, 6_000, lead_s=0.3)) == pytest.approx(0, abs=2)


def test_another_onset_is_farther_than_a_longer_one() -> None:
    one = syllable(3_000, 6_000)
    longer, other = onset_distance(one, syllable(3_000, 6_000, 0.1)), onset_distance(one, syllable(300, 1_500))
    assert other > 2 * longer
    assert onset_distance(syllable(300, 1_500), one) == pytest.approx(other)


def test_a_sound_shorter_than_a_window_is_compared() -> None:
    click = Sound(np.full((20, 1), 0.5, np.float32), RATE_HZ)
    assert onset_distance(click, click) == 0
    assert onset_distance(click, Sound(np.zeros((0, 1), np.float32), RATE_HZ)) >= 0
