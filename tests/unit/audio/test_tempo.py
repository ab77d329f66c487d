from __future__ import annotations

import numpy as np
import pytest

from studio.audio.tempo import at_speed
from studio.sound import Sound
from tests.fakes.sounds import tone

RATE_HZ = 48_000


def pitch_hz(sound: Sound) -> float:
    spectrum = np.abs(np.fft.rfft(sound.samples[:, 0] * np.hanning(sound.frames)))
    return float(np.argmax(spectrum)) * sound.rate_hz / sound.frames


def voiced(hz: float, seconds: float) -> Sound:
    return Sound(tone(hz, seconds, 0.3, RATE_HZ), RATE_HZ)


@pytest.mark.parametrize("speed", [0.8, 0.9, 1.1, 1.25])
@pytest.mark.parametrize("hz", [120.0, 440.0])
def test_length_changes_and_neither_pitch_nor_level(hz: float, speed: float) -> None:
    sound = voiced(hz, 3.0)
    heard = at_speed(sound, speed)
    assert heard.frames == round(sound.frames / speed)
    assert pitch_hz(heard) == pytest.approx(hz, rel=0.005)
    assert float(np.sqrt(np.mean(heard.samples**2))) == pytest.approx(0.3 / np.sqrt(2), rel=0.02)


def test_no_joint_is_heard_as_a_click() -> None:
    sound = voiced(200.0, 2.0)
    steps = np.abs(np.diff(at_speed(sound, 0.85).samples[:, 0]))
    assert float(steps.max()) < 1.1 * float(np.abs(np.diff(sound.samples[:, 0])).max())


@pytest.mark.parametrize("frames", [1, 40, 3_000])
def test_the_shortest_sound_is_not_lost(frames: int) -> None:
    heard = at_speed(Sound(np.full((frames, 1), 0.5, np.float32), RATE_HZ), 0.8)
    assert heard.frames == round(frames / 0.8)
    assert float(np.abs(heard.samples).max()) > 0.3


def test_what_comes_when_stays_in_proportion() -> None:
    """A click two thirds of the way in is still two thirds of the way in."""
    samples = np.zeros((RATE_HZ * 3, 1), np.float32)
    samples[RATE_HZ * 2 : RATE_HZ * 2 + 50] = 0.8
    heard = at_speed(Sound(samples, RATE_HZ), 0.9)
    assert int(np.argmax(np.abs(heard.samples))) / RATE_HZ == pytest.approx(2 / 0.9, abs=0.06)


def test_its_own_speed_leaves_every_sample() -> None:
    sound = voiced(150.0, 0.5)
    assert at_speed(sound, 1.0) is sound


def test_the_same_line_gives_the_same_samples() -> None:
    sound = voiced(150.0, 1.0)
    assert np.array_equal(at_speed(sound, 0.9).samples, at_speed(sound, 0.9).samples)


@pytest.mark.parametrize(("channels", "speed"), [(1, 0.79), (1, 1.3), (2, 0.9)])
def test_refuses_what_it_does_not_do_well(channels: int, speed: float) -> None:
    with pytest.raises(ValueError, match="limits"):
        at_speed(Sound(np.zeros((100, channels), np.float32), RATE_HZ), speed)
