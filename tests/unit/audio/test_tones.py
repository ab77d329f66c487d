"""One syllable's tone: its contour, its breaks, its end."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from studio.audio.tones import rime_of
from studio.sound import PitchTrack, Sound
from studio.values.tones import POINTS

RATE_HZ, STEP_S = 16_000, 0.005


def word(
    hz: NDArray[np.float64], level_db: NDArray[np.float64] | float = 0.0, silence_s: float = 0.2
) -> tuple[Sound, PitchTrack]:
    """A voice whose pitch and level are given each STEP_S, NaN where it has no voice, between two silences."""
    levels = np.broadcast_to(level_db, hz.shape)
    at = np.arange(round(hz.size * STEP_S * RATE_HZ))
    step = np.minimum(hz.size - 1, (at / RATE_HZ / STEP_S).astype(int))
    phase = 2 * np.pi * np.cumsum(np.nan_to_num(hz, nan=150.0)[step]) / RATE_HZ
    wave = 0.1 * np.sin(phase) * 10.0 ** (levels[step] / 20)
    pad, steps = round(silence_s * RATE_HZ), round(silence_s / STEP_S)
    track = np.concatenate([np.full(steps, np.nan), hz, np.full(steps, np.nan)])
    return Sound(np.pad(wave, pad).astype(np.float32)[:, np.newaxis], RATE_HZ), PitchTrack(STEP_S / 2, STEP_S, track)


def test_a_glide_is_followed_in_ten_points() -> None:
    rime = rime_of(*word(150.0 * 2.0 ** np.linspace(0, 1, 60)))
    assert rime is not None
    assert rime.duration_s == pytest.approx(0.3, abs=0.01)
    base = 12 * np.log2(150.0)
    wanted = [base + 12 * (at + 0.5) / POINTS for at in range(POINTS)]
    assert [value for value in rime.contour if value is not None] == pytest.approx(wanted, abs=0.1)
    assert rime.gap_s == 0
    assert rime.dip_db < 1


def test_a_break_without_voice_is_a_gap_and_no_point() -> None:
    hz = np.full(60, 200.0)
    hz[24:37] = np.nan
    rime = rime_of(*word(hz))
    assert rime is not None
    assert rime.gap_s == pytest.approx(13 * STEP_S)
    assert [value is None for value in rime.contour] == [False] * 4 + [True] * 2 + [False] * 4


def test_a_break_of_level_alone_is_a_dip() -> None:
    level = np.zeros(60)
    level[26:34] = -30.0
    rime = rime_of(*word(np.full(60, 200.0), level))
    assert rime is not None
    assert rime.dip_db > 15


def test_a_voice_that_only_fades_has_no_dip() -> None:
    rime = rime_of(*word(np.full(60, 200.0), np.linspace(0, -20, 60)))
    assert rime is not None
    assert rime.dip_db < 1


def test_a_cut_ends_sooner_than_a_fade() -> None:
    cut = rime_of(*word(np.full(40, 200.0)))
    fade = rime_of(*word(np.full(60, 200.0), np.minimum(0, np.linspace(20, -40, 60))))
    assert cut is not None
    assert fade is not None
    assert cut.release_s < 0.03
    assert fade.release_s > 0.06


def test_an_echo_far_below_is_no_part_of_the_rime() -> None:
    hz, level = np.full(80, 200.0), np.zeros(80)
    hz[40:45], level[40:] = np.nan, -29.0
    rime = rime_of(*word(hz, level))
    assert rime is not None
    assert rime.duration_s == pytest.approx(0.2, abs=0.02)
    assert rime.gap_s == 0


@pytest.mark.parametrize("hz", [np.full(60, np.nan), np.full(4, 200.0), np.array([np.nan, 200.0, np.nan] * 20)])
def test_what_is_hardly_voiced_is_no_rime(hz: NDArray[np.float64]) -> None:
    assert rime_of(*word(hz)) is None


def test_silence_and_nothing_are_no_rime() -> None:
    silence = Sound(np.zeros((8_000, 1), np.float32), RATE_HZ)
    assert rime_of(silence, PitchTrack(0.0, STEP_S, np.full(100, np.nan))) is None
    assert rime_of(silence, PitchTrack(0.0, STEP_S, np.zeros(0))) is None
