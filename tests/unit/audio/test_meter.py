"""The meter against EBU Tech 3341's cases (mono) and another library."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pyloudnorm
import pytest

from studio.audio.blocks import in_blocks
from studio.audio.meter import Meter, integrated_of_blocks, measure
from studio.sound import Samples

RATE_HZ = 48_000


def sine(segments: Sequence[tuple[float, float]], rate_hz: int = RATE_HZ) -> Samples:
    """A 1 kHz sine whose loudness in mono is the given LUFS, piece by piece of (LUFS, seconds)."""
    # A stereo sine of x dBFS in both channels reads x LUFS (Tech 3341); one channel alone reads 3.01 lower.
    levels = np.concatenate([np.full(int(s * rate_hz), 10 ** ((lufs + 3.01) / 20)) for lufs, s in segments])
    at = np.arange(levels.size) / rate_hz
    return (levels * np.sin(2 * np.pi * 1000 * at)).astype(np.float32)[:, np.newaxis]


CASES = [
    ([(-23.0, 20)], -23.0),
    ([(-33.0, 20)], -33.0),
    ([(-36.0, 10), (-23.0, 60), (-36.0, 10)], -23.0),
    ([(-72.0, 10), (-36.0, 10), (-23.0, 60), (-36.0, 10), (-72.0, 10)], -23.0),
    ([(-26.0, 20), (-20.0, 20.1), (-26.0, 20)], -23.0),
]


@pytest.mark.parametrize(("segments", "expected"), CASES)
def test_integrated_loudness_of_tech_3341(segments: list[tuple[float, float]], expected: float) -> None:
    sound = sine(segments)
    measured = measure(lambda: iter([sound]), RATE_HZ, true_peak=False)
    assert measured.integrated_lufs == pytest.approx(expected, abs=0.1)
    assert measured.frames == sound.shape[0]


def test_range_and_short_term() -> None:
    # Tech 3342, case 1: two levels ten apart give a range of 10 LU.
    sound = sine([(-20.0, 20), (-30.0, 20)])
    measured = measure(lambda: iter([sound]), RATE_HZ, true_peak=False)
    assert measured.loudness_range_lu == pytest.approx(10.0, abs=1.0)
    assert measured.max_short_term_lufs == pytest.approx(-20.0, abs=0.1)


# Tech 3341, cases 15 to 19: a sine at a quarter (or so) of the rate, caught between its samples.
PEAKS = [(4, 0.0, 0.5, -6.0), (4, 45.0, 0.5, -6.0), (6, 60.0, 0.5, -6.0), (8, 67.5, 0.5, -6.0), (4, 45.0, 1.41, 3.0)]


@pytest.mark.parametrize(("divisor", "degrees", "amplitude", "expected"), PEAKS)
def test_true_peak_of_tech_3341(divisor: int, degrees: float, amplitude: float, expected: float) -> None:
    at = np.arange(RATE_HZ)
    fade = np.minimum(1.0, np.minimum(at, at[::-1]) / 4800)
    sound = amplitude * fade * np.sin(2 * np.pi * at / divisor + math.radians(degrees))
    measured = measure(lambda: iter([sound.astype(np.float32)[:, np.newaxis]]), RATE_HZ, true_peak=True)
    assert measured.true_peak_dbtp is not None
    assert -0.4 <= measured.true_peak_dbtp - expected <= 0.2


@pytest.mark.parametrize("rate_hz", [22_050, 44_100, 48_000])
def test_agrees_with_another_library(rate_hz: int) -> None:
    chance = np.random.default_rng(3)
    swell = 0.02 + 0.2 * np.abs(np.sin(np.arange(rate_hz * 12) / rate_hz))
    # Brown-ish noise: the two libraries' filters differ near half the rate, where speech has nothing.
    sound = (np.convolve(chance.standard_normal(swell.size), np.ones(16) / 8, "same") * swell).astype(np.float32)
    ours = measure(lambda: iter([sound[:, np.newaxis]]), rate_hz, true_peak=False).integrated_lufs
    assert ours == pytest.approx(pyloudnorm.Meter(rate_hz).integrated_loudness(sound.astype(float)), abs=0.1)


def test_a_rate_without_whole_hops() -> None:
    sound = sine([(-23.0, 5)], 11_025)
    measured = measure(lambda: iter([sound]), 11_025, true_peak=True)
    assert measured.integrated_lufs == pytest.approx(-23.0, abs=0.1)
    assert (measured.frames, measured.rate_hz) == (sound.shape[0], 11_025)


def test_blocks_do_not_matter() -> None:
    sound = sine([(-20.0, 2), (-30.0, 2.345)])
    whole = measure(lambda: iter([sound]), RATE_HZ, true_peak=True)
    assert measure(lambda: in_blocks([sound], 777), RATE_HZ, true_peak=True) == whole


@pytest.mark.parametrize("seconds", [0.0, 0.1, 0.399])
def test_too_short_is_none(seconds: float) -> None:
    measured = measure(lambda: iter([sine([(-20.0, seconds)])]), RATE_HZ, true_peak=False)
    assert measured.integrated_lufs is None
    assert measured.gating_blocks == ()
    assert measured.loudness_range_lu is None


def test_silence_is_none() -> None:
    measured = measure(lambda: iter([np.zeros((RATE_HZ * 4, 1), np.float32)]), RATE_HZ, true_peak=True)
    assert measured.integrated_lufs is None
    assert measured.true_peak_dbtp is None
    assert measured.max_short_term_lufs is None
    assert len(measured.gating_blocks) == 37
    assert all(math.isfinite(block) for block in measured.gating_blocks)


def test_nothing_pushed() -> None:
    assert Meter(RATE_HZ, true_peak=True).result().integrated_lufs is None


def test_gates() -> None:
    assert integrated_of_blocks([]) is None
    assert integrated_of_blocks([-71.0, -120.0]) is None
    assert integrated_of_blocks([-20.0, -20.0, -69.0]) == pytest.approx(-20.0)
    assert integrated_of_blocks([-20.0, -20.0, -25.0]) == pytest.approx(-21.1, abs=0.05)


def test_the_blocks_give_the_integrated_loudness_back() -> None:
    measured = measure(lambda: iter([sine([(-26.0, 4), (-20.0, 4.1)])]), RATE_HZ, true_peak=False)
    assert integrated_of_blocks(measured.gating_blocks) == pytest.approx(measured.integrated_lufs, abs=0.001)


def test_stereo_sums_its_channels() -> None:
    sound = np.repeat(sine([(-23.0, 5)]), 2, axis=1)
    measured = measure(lambda: iter([sound]), RATE_HZ, true_peak=False)
    assert measured.integrated_lufs == pytest.approx(-19.99, abs=0.1)
