"""The meter against every synthetic case of EBU Tech 3341 and Tech 3342 (2016), made here from their descriptions.

Left out: 3341 cases 7 and 8 and 3342 cases 5 and 6, which are programmes and not descriptions.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
import soxr

from studio.audio.meter import measure
from studio.sound import Samples
from studio.values.loudness import Measurement

RATE_HZ = 48_000
LOUDNESS_LU = 0.1
RANGE_LU = 1.0
ABOVE_DB, BELOW_DB = 0.2, 0.4
SILENT = -math.inf


def stereo(pieces: Sequence[tuple[float, float]]) -> Samples:
    """A 1 kHz sine in both channels, piece by piece of (peak in dBFS, seconds); its phase runs on."""
    levels = np.concatenate([np.full(round(s * RATE_HZ), 10 ** (db / 20)) for db, s in pieces])
    return np.repeat(_sine(levels)[:, np.newaxis], 2, axis=1)


def _sine(levels: np.ndarray) -> Samples:
    at = np.arange(levels.size) / RATE_HZ
    return (levels * np.sin(2 * np.pi * 1000 * at)).astype(np.float32)


def measured(sound: Samples, *, true_peak: bool = False) -> Measurement:
    return measure(lambda: iter([sound]), RATE_HZ, true_peak)


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        pytest.param([(-23, 20)], -23, id="1"),
        pytest.param([(-33, 20)], -33, id="2"),
        pytest.param([(-36, 10), (-23, 60), (-36, 10)], -23, id="3"),
        pytest.param([(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)], -23, id="4"),
        pytest.param([(-26, 20), (-20, 20.1), (-26, 20)], -23, id="5"),
    ],
)
def test_integrated(pieces: list[tuple[float, float]], expected: float) -> None:
    assert measured(stereo(pieces)).integrated_lufs == pytest.approx(expected, abs=LOUDNESS_LU)


@pytest.mark.parametrize("level", [-23.0, -33.0])
def test_a_steady_tone_is_the_same_in_all_three_windows(level: float) -> None:
    result = measured(stereo([(level, 20)]))
    assert result.max_momentary_lufs == pytest.approx(level, abs=LOUDNESS_LU)
    assert result.max_short_term_lufs == pytest.approx(level, abs=LOUDNESS_LU)


def test_case_6_weighs_five_channels() -> None:
    levels = (-28, -28, -24, -30, -30)
    sound = np.stack([_sine(np.full(20 * RATE_HZ, 10 ** (db / 20))) for db in levels], axis=1)
    assert measured(sound).integrated_lufs == pytest.approx(-23, abs=LOUDNESS_LU)


def test_case_9_short_term_is_constant() -> None:
    sound = stereo([(-20, 1.34), (-30, 1.66)] * 5)
    # From the third second on, whatever the window's place: heard from later starts too.
    for start in (0, 1.0, 2.34, 4.5):
        assert measured(sound[round(start * RATE_HZ) :]).max_short_term_lufs == pytest.approx(-23, abs=LOUDNESS_LU)


@pytest.mark.parametrize("number", range(20))
def test_case_10_short_term_finds_a_tone_wherever_it_begins(number: int) -> None:
    sound = stereo([(SILENT, 0.15 * number), (-23, 3), (SILENT, 1)])
    assert measured(sound).max_short_term_lufs == pytest.approx(-23, abs=LOUDNESS_LU)


def test_case_11_short_term_follows_rising_tones() -> None:
    pieces: list[tuple[float, float]] = []
    for number in range(20):
        pieces += [(SILENT, 0.15 * number), (-38 + number, 3), (SILENT, 3 - 0.15 * number)]
        assert measured(stereo(pieces)).max_short_term_lufs == pytest.approx(-38 + number, abs=LOUDNESS_LU)


def test_case_12_momentary_is_constant() -> None:
    result = measured(stereo([(-20, 0.18), (-30, 0.22)] * 25))
    assert result.gating_blocks[10:] == pytest.approx([-23.0] * len(result.gating_blocks[10:]), abs=LOUDNESS_LU)
    assert len(result.gating_blocks) == 97


@pytest.mark.parametrize("number", range(20))
def test_case_13_momentary_finds_a_tone_wherever_it_begins(number: int) -> None:
    sound = stereo([(SILENT, 0.02 * number), (-23, 0.4), (SILENT, 1)])
    assert measured(sound).max_momentary_lufs == pytest.approx(-23, abs=LOUDNESS_LU)


def test_case_14_momentary_follows_rising_tones() -> None:
    pieces: list[tuple[float, float]] = []
    for number in range(20):
        pieces += [(SILENT, 0.02 * number), (-38 + number, 0.4), (SILENT, 0.4 - 0.02 * number)]
        assert measured(stereo(pieces)).max_momentary_lufs == pytest.approx(-38 + number, abs=LOUDNESS_LU)


@pytest.mark.parametrize(
    ("divisor", "degrees", "amplitude", "expected"),
    [
        pytest.param(4, 0.0, 0.50, -6.0, id="15"),
        pytest.param(4, 45.0, 0.50, -6.0, id="16"),
        pytest.param(6, 60.0, 0.50, -6.0, id="17"),
        pytest.param(8, 67.5, 0.50, -6.0, id="18"),
        pytest.param(4, 45.0, 1.41, 3.0, id="19"),
    ],
)
def test_true_peak_of_steady_tones(divisor: int, degrees: float, amplitude: float, expected: float) -> None:
    at = np.arange(RATE_HZ)
    fade = np.minimum(1.0, np.minimum(at, at[::-1]) / 4800)
    tone = amplitude * fade * np.sin(2 * np.pi * at / divisor + math.radians(degrees))
    _check_peak(tone, expected)


@pytest.mark.parametrize("offset", [pytest.param(offset, id=str(20 + offset)) for offset in range(4)])
def test_true_peak_between_the_samples(offset: int) -> None:
    """A tone at four times the rate with one louder period; the offset puts its peak of full scale between samples."""
    at = np.arange(4 * RATE_HZ)
    fade = np.minimum(1.0, np.minimum(at, at[::-1]) / 19_200)
    tone = 0.5 * fade * np.sin(2 * np.pi * at / 24)
    middle = 2 * RATE_HZ
    tone[middle : middle + 24] *= 2.0
    # Band-limited before decimation, and brought back to a peak of exactly full scale.
    smooth = soxr.resample(soxr.resample(tone, 4, 1, "VHQ"), 1, 4, "VHQ")
    smooth /= np.abs(smooth).max()
    _check_peak(smooth[offset::4], 0.0)


def _check_peak(tone: np.ndarray, expected: float) -> None:
    sound = np.repeat(tone.astype(np.float32)[:, np.newaxis], 2, axis=1)
    peak = measured(sound, true_peak=True).true_peak_dbtp
    assert peak is not None
    assert -BELOW_DB <= peak - expected <= ABOVE_DB


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        pytest.param([(-20, 20), (-30, 20)], 10, id="1"),
        pytest.param([(-20, 20), (-15, 20)], 5, id="2"),
        pytest.param([(-40, 20), (-20, 20)], 20, id="3"),
        pytest.param([(-50, 20), (-35, 20), (-20, 20), (-35, 20), (-50, 20)], 15, id="4"),
    ],
)
def test_range_of_tech_3342(pieces: list[tuple[float, float]], expected: float) -> None:
    assert measured(stereo(pieces)).loudness_range_lu == pytest.approx(expected, abs=RANGE_LU)
