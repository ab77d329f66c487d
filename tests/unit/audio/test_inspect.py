"""Peak, silence, clipping and cue points of sounds whose truth is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.audio.inspect import SMOOTHING_STEPS, clipped_runs, find_cues, inner_pauses_s, is_silent, peak_dbfs
from studio.sound import Samples

RATE_HZ = 8_000


def tone(seconds: float, amplitude: float = 0.5, channels: int = 1) -> Samples:
    time_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    wave = amplitude * np.sin(2 * np.pi * 440 * time_s)
    return np.repeat(wave.astype(np.float32)[:, np.newaxis], channels, axis=1)


def silence(seconds: float, channels: int = 1) -> Samples:
    return np.zeros((round(seconds * RATE_HZ), channels), np.float32)


def test_peak_is_the_largest_sample_of_any_channel() -> None:
    samples = silence(0.1, channels=2)
    samples[7, 1] = -0.5
    assert peak_dbfs(samples) == pytest.approx(-6.02, abs=0.01)
    assert peak_dbfs(silence(0.1)) == -math.inf
    assert peak_dbfs(silence(0)) == -math.inf


@pytest.mark.parametrize(("amplitude", "silent"), [(0.0, True), (0.0009, True), (0.0011, False), (0.5, False)])
def test_silence_is_a_peak_below_minus_60(amplitude: float, silent: bool) -> None:
    samples = silence(0.1)
    samples[3] = amplitude
    assert is_silent(samples) is silent


def test_no_samples_are_silent() -> None:
    assert is_silent(silence(0))


@pytest.mark.parametrize(
    ("levels", "runs"),
    [
        ([], 0),
        ([1.0, 1.0], 0),
        ([1.0, 1.0, 1.0], 1),
        ([0.2, -1.0, -1.0, -1.0, -1.0, 0.1, 1.0, 1.0, 1.0], 2),
        ([0.9] * 9, 0),
    ],
)
def test_counts_runs_at_full_scale(levels: list[float], runs: int) -> None:
    assert clipped_runs(np.array(levels, np.float32).reshape(-1, 1)) == runs


@pytest.mark.parametrize("channels", [1, 2])
def test_cues_surround_the_sound(channels: int) -> None:
    samples = np.concatenate([silence(0.25, channels), tone(0.5, channels=channels), silence(0.4, channels)])
    cue_in, cue_out = find_cues(samples, RATE_HZ)
    margin = SMOOTHING_STEPS * RATE_HZ // 1000
    assert 2_000 - margin <= cue_in <= 2_000
    assert 6_000 <= cue_out <= 6_000 + margin


def test_cues_leave_out_what_lies_under_the_peak() -> None:
    faint, loud = tone(0.25, 0.5 * 10 ** (-50 / 20)), tone(0.25)
    samples = np.concatenate([faint, loud, faint])
    assert find_cues(samples, RATE_HZ)[0] > 1_900
    assert find_cues(samples, RATE_HZ, under_peak_db=60)[0] == 0
    assert find_cues(samples, RATE_HZ, under_peak_db=60)[1] == len(samples)


def test_cues_follow_the_sounds_own_level() -> None:
    samples = np.concatenate([silence(0.1), tone(0.2), silence(0.1)])
    assert find_cues(samples * np.float32(0.001), RATE_HZ) == find_cues(samples, RATE_HZ)


def test_nothing_has_no_cues() -> None:
    assert find_cues(silence(0.5), RATE_HZ) == (0, 0)
    assert find_cues(silence(0), RATE_HZ) == (0, 0)


@given(
    st.integers(0, 900),
    st.integers(1, 900),
    st.integers(0, 900),
    st.floats(0.002, 1.0),
    st.sampled_from([8_000, 22_050]),
)
def test_cues_hold_any_burst_and_lie_inside(before: int, burst: int, after: int, level: float, rate_hz: int) -> None:
    samples = np.zeros((before + burst + after, 1), np.float32)
    samples[before : before + burst] = level
    cue_in, cue_out = find_cues(samples, rate_hz)
    assert 0 <= cue_in <= before
    assert before + burst <= cue_out <= len(samples)


def test_pauses_inside_a_line_are_found_and_its_ends_are_none() -> None:
    tone = (0.2 * np.sin(np.arange(8_000) / 5)).astype(np.float32)
    quiet = np.zeros(16_000, np.float32)
    line = np.concatenate([quiet, tone, quiet[:3_200], tone, quiet[:800], tone, 0.001 * tone, quiet])[:, np.newaxis]
    assert inner_pauses_s(line, 16_000, at_least_s=0.1) == pytest.approx([0.2], abs=0.01)
    assert inner_pauses_s(line, 16_000, at_least_s=0.03) == pytest.approx([0.2, 0.05], abs=0.01)
    assert inner_pauses_s(line[:16_000], 16_000, at_least_s=0.1) == []
    assert inner_pauses_s(line[:0], 16_000, at_least_s=0.1) == []
