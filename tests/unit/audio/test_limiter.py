"""The limiter's promises, measured by the meter."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from studio.audio.blocks import in_blocks
from studio.audio.limiter import DENSE, GENTLE, Timing, limit
from studio.audio.meter import measure
from studio.sound import Samples

RATE_HZ = 48_000
AT = np.arange(RATE_HZ * 2)


def shaped(wave: NDArray[np.floating]) -> Samples:
    return np.pad(wave, 3_001).astype(np.float32)[:, np.newaxis]


LOUD: dict[str, Callable[[], NDArray[np.floating]]] = {
    "noise": lambda: np.random.default_rng(1).standard_normal(AT.size) * 0.5,
    "square": lambda: 1.3 * np.sign(np.sin(2 * np.pi * 440 * AT / RATE_HZ)),
    "between samples": lambda: 1.2 * np.sin(2 * np.pi * AT / 4 + np.pi / 4),
    "near half the rate": lambda: np.sin(2 * np.pi * 19_000 * AT / RATE_HZ),
    "clicks": lambda: (np.random.default_rng(2).random(AT.size) < 0.001) * 2.0,
    "swell": lambda: np.sin(2 * np.pi * 100 * AT / RATE_HZ) * np.sin(2 * np.pi * AT / AT.size),
}


@pytest.mark.parametrize("ceiling_dbtp", [-1.0, -9.0])
@pytest.mark.parametrize("timing", [GENTLE, DENSE], ids=["gentle", "dense"])
@pytest.mark.parametrize("name", LOUD)
def test_holds_the_ceiling(name: str, ceiling_dbtp: float, timing: Timing) -> None:
    sound = shaped(LOUD[name]())
    limited = np.concatenate(list(limit(lambda: iter([sound]), ceiling_dbtp, timing=timing)()))
    assert limited.shape == sound.shape
    assert limited.dtype == np.float32
    before = measure(lambda: iter([sound]), RATE_HZ, true_peak=True).true_peak_dbtp
    after = measure(lambda: iter([limited]), RATE_HZ, true_peak=True).true_peak_dbtp
    assert before is not None
    assert before > ceiling_dbtp
    assert after is not None
    assert ceiling_dbtp - 0.2 <= after <= ceiling_dbtp + 0.05


def test_the_gain_never_raises() -> None:
    sound = shaped(LOUD["noise"]())
    limited = np.concatenate(list(limit(lambda: iter([sound]), -6.0)()))
    assert (np.abs(limited) <= np.abs(sound)).all()


def test_passes_on_what_is_below_the_ceiling() -> None:
    sound = shaped(LOUD["noise"]() * 0.02)
    assert np.array_equal(np.concatenate(list(limit(lambda: iter([sound]), -1.0)())), sound)


def test_touches_only_the_neighbourhood_of_a_peak() -> None:
    sound = shaped(LOUD["noise"]() * 0.02)
    sound[50_000] = 1.0
    limited = np.concatenate(list(limit(lambda: iter([sound]), -3.0)()))
    changed = np.flatnonzero((limited != sound)[:, 0])
    assert 0 < 50_000 - changed.min() <= 0.015 * RATE_HZ
    assert 0 < changed.max() - 50_000 <= 0.04 * RATE_HZ


def test_gain_and_unity_below() -> None:
    sound = shaped(LOUD["noise"]() * 0.02)
    louder = np.concatenate(list(limit(lambda: iter([sound]), -1.0, gain_db=6.0)()))
    assert louder == pytest.approx(sound * 10 ** (6 / 20), rel=1e-6)


@pytest.mark.parametrize("block_frames", [1, 777, 8_192, 50_000])
def test_blocks_do_not_matter(block_frames: int) -> None:
    sound = shaped(LOUD["square"]()[:20_000])
    whole = np.concatenate(list(limit(lambda: iter([sound]), -3.0)()))
    cut = np.concatenate(list(limit(lambda: in_blocks([sound], block_frames), -3.0)()))
    assert np.array_equal(whole, cut)


def test_nothing_in_nothing_out() -> None:
    assert list(limit(lambda: iter(()), -1.0)()) == []
