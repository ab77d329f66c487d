"""Outline, spectrum and pitch of a short sound, as a picture shows them."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from studio.audio.drawing import PITCH_STEP_S, ROWS, TOP_HZ, outline, pitches_hz, spectrogram

RATE_HZ = 22_050


def buzz(hz: NDArray[np.float64]) -> NDArray[np.float32]:
    """A voice-like tone whose pitch moves."""
    phase = 2 * np.pi * np.cumsum(hz) / RATE_HZ
    return np.asarray(0.1 * np.sum([np.cos(phase * n) / n for n in range(1, 10)], axis=0), np.float32)


def glide(seconds: float) -> NDArray[np.float64]:
    """An octave up from 150 Hz."""
    return np.asarray(150.0 * 2.0 ** np.linspace(0.0, 1.0, round(seconds * RATE_HZ)))


def test_pitch_follows_a_glide_and_is_nothing_in_silence() -> None:
    hz = glide(2.0)
    wave = buzz(hz)
    wave[RATE_HZ : RATE_HZ + RATE_HZ // 5] = 0
    found = pitches_hz(wave, RATE_HZ)
    assert len(found) == pytest.approx(2.0 / PITCH_STEP_S, abs=2)
    assert all(pitch is None for pitch in found[105:115])
    errors = [
        abs(12 * np.log2(pitch / hz[min(hz.size - 1, round(at * PITCH_STEP_S * RATE_HZ))]))
        for at, pitch in enumerate(found)
        if pitch is not None
    ]
    assert len(errors) > 150
    assert np.quantile(errors, 0.9) < 0.2


@pytest.mark.parametrize("wave", [np.zeros(0), np.zeros(9), np.zeros(RATE_HZ), np.ones(RATE_HZ)])
def test_what_has_no_voice_has_no_pitch(wave: NDArray[np.float64]) -> None:
    assert set(pitches_hz(wave.astype(np.float32), RATE_HZ)) <= {None}
    assert outline(wave.astype(np.float32), 10) is not None


def test_noise_has_no_pitch() -> None:
    noise = np.random.default_rng(1).standard_normal(RATE_HZ).astype(np.float32)
    found = pitches_hz(noise, RATE_HZ)
    assert sum(pitch is None for pitch in found) > 0.8 * len(found)


def test_spectrum_shows_a_tone_where_it_is() -> None:
    at = np.arange(RATE_HZ) / RATE_HZ
    tone = (0.3 * np.sin(2 * np.pi * 2_000 * at)).astype(np.float32)
    tone[: RATE_HZ // 2] = 0
    levels = spectrogram(tone, RATE_HZ, columns=100)
    assert levels.shape[1] == ROWS
    assert 95 <= levels.shape[0] <= 105
    assert int(np.argmax(levels[75])) == pytest.approx(2_000 / TOP_HZ * ROWS, abs=1)
    assert levels[25].max() == 0
    assert levels.max() == 255


@pytest.mark.parametrize("frames", [0, 1, 500])
def test_silence_is_dark(frames: int) -> None:
    assert spectrogram(np.zeros(frames, np.float32), RATE_HZ).max(initial=0) == 0


def test_outline_holds_the_extremes() -> None:
    wave = np.zeros(1_000, np.float32)
    wave[250], wave[760] = 0.5, -0.25
    drawn = outline(wave, 4)
    assert drawn == ((0.0, 0.0), (0.0, 0.5), (0.0, 0.0), (-0.25, 0.0))
