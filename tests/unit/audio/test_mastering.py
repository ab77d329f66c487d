"""Mastering without files: the search for the gain, its corrections, and its refusals."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from studio.audio.blocks import HELD_SECONDS
from studio.audio.limiter import DENSE
from studio.audio.mastering import MAX_CORRECTIONS, Mastered, master, render
from studio.audio.meter import measure
from studio.audio.outline import outline
from studio.errors import LoudnessError, SoundError
from studio.files.profile import Profile
from studio.sound import Blocks, BlockSource, Samples

RATE_HZ = 48_000
HORN = Profile(
    id="horn", name="Loa", codec="mp3", rate_hz=44_100, bit_rate_bps=96_000, target_lufs=-16, max_true_peak_dbtp=-1.5
)
ORIGINAL = Profile(
    id="original", name="Gốc", codec="wav", rate_hz=48_000, sample_bits=24, target_lufs=-23, max_true_peak_dbtp=-1
)


def speechlike(seconds: float = 6.0, level: float = 0.3) -> Samples:
    """Pulses of a voice's pitch in syllables with pauses: peaky enough for the horn's profile to need the limiter."""
    at = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    pulses = np.exp(-((at * 110) % 1.0) * 6.0)
    swell = np.abs(np.sin(2 * np.pi * 2 * at)) * (np.sin(2 * np.pi * 0.3 * at) > -0.5)
    return np.asarray(level * pulses * swell * np.sin(2 * np.pi * 310 * at), np.float32)[:, np.newaxis]


class Coder:
    """Stands for an encoder and its decoder: keeps what it is given, changed by `change`."""

    def __init__(self, change: Callable[[Samples, int], Samples] = lambda samples, _: samples) -> None:
        self._change = change
        self.runs = 0
        self._kept: Samples = np.zeros((0, 1), np.float32)

    def encode(self, blocks: Blocks) -> None:
        self.runs += 1
        self._kept = self._change(np.concatenate(list(blocks)), self.runs)

    def decode(self) -> BlockSource:
        return lambda: iter([self._kept])

    def master(self, sound: Samples, profile: Profile) -> Mastered:
        return master(lambda: iter([sound]), RATE_HZ, profile, self.encode, self.decode)


@pytest.mark.parametrize("profile", [HORN, ORIGINAL], ids=lambda profile: profile.id)
@pytest.mark.parametrize("level", [0.01, 0.3, 9.0])
def test_hits_the_target_with_one_encoding(profile: Profile, level: float) -> None:
    coder = Coder()
    mastered = coder.master(speechlike(level=level), profile)
    assert coder.runs == 1
    assert mastered.corrections == 0
    assert mastered.measured.integrated_lufs == pytest.approx(profile.target_lufs, abs=0.05)
    assert mastered.measured.true_peak_dbtp is not None
    assert mastered.measured.true_peak_dbtp <= profile.ceiling_dbtp + 0.05


def test_the_limiter_is_counted_in() -> None:
    sound = speechlike()
    plain = outline(lambda: iter([sound]), RATE_HZ).integrated_lufs()
    assert plain is not None
    assert Coder().master(sound, HORN).gain_db > HORN.target_lufs - plain + 0.5


def test_the_outline_agrees_with_the_meter() -> None:
    sound = speechlike()
    measured = measure(lambda: iter([sound]), RATE_HZ, true_peak=False).integrated_lufs
    assert outline(lambda: iter([sound]), RATE_HZ).integrated_lufs() == pytest.approx(measured, abs=0.02)


def test_a_codec_that_turns_down_is_corrected() -> None:
    coder = Coder(lambda samples, _: samples * np.float32(10 ** (-0.4 / 20)))
    mastered = coder.master(speechlike(), HORN)
    assert mastered.corrections == 1
    assert mastered.measured.integrated_lufs == pytest.approx(-16, abs=0.1)


def test_a_codec_that_overshoots_gets_a_lower_ceiling() -> None:
    def overshoot(samples: Samples, _: int) -> Samples:
        changed = samples.copy()
        changed[np.abs(samples) > 0.97 * np.abs(samples).max()] *= np.float32(10 ** (1.6 / 20))
        return changed

    mastered = Coder(overshoot).master(speechlike(), HORN)
    assert mastered.corrections >= 1
    assert mastered.measured.true_peak_dbtp is not None
    assert mastered.measured.true_peak_dbtp <= HORN.max_true_peak_dbtp


def test_a_missed_level_is_refused_with_the_figures() -> None:
    coder = Coder(lambda samples, run: samples * np.float32(10 ** (-run / 20)))
    with pytest.raises(LoudnessError) as caught:
        coder.master(speechlike(), ORIGINAL)
    assert caught.value.code == "master.level_missed"
    assert caught.value.fields["target_lufs"] == -23
    assert caught.value.fields["measured_lufs"] == pytest.approx(-24, abs=0.1)
    assert coder.runs == MAX_CORRECTIONS + 1


def test_a_stricter_station_is_corrected_sooner() -> None:
    quieter = lambda samples, _: samples * np.float32(10 ** (-0.08 / 20))  # noqa: E731 - as short as what it stands for
    assert Coder(quieter).master(speechlike(), ORIGINAL).corrections == 0
    strict = Coder(quieter).master(speechlike(), ORIGINAL.model_copy(update={"tolerance_lu": 0.05}))
    assert strict.corrections == 1
    assert strict.measured.integrated_lufs == pytest.approx(-23, abs=0.05)


def test_a_missed_peak_is_refused_with_the_figures() -> None:
    def click(samples: Samples, _: int) -> Samples:
        changed = samples.copy()
        changed[changed.shape[0] // 2] = 0.99
        return changed

    with pytest.raises(LoudnessError) as caught:
        Coder(click).master(speechlike(), HORN)
    assert caught.value.code == "master.peak_over"
    assert caught.value.fields["allowed_dbtp"] == -1.5


@pytest.mark.parametrize("sound", [np.zeros((RATE_HZ, 1), np.float32), speechlike(0.39), speechlike(2, 1e-7)])
def test_what_cannot_be_measured_is_refused(sound: Samples) -> None:
    coder = Coder()
    with pytest.raises(SoundError) as caught:
        coder.master(sound, ORIGINAL)
    assert caught.value.code == "sound.unmeasurable"
    assert coder.runs == 0


@pytest.mark.parametrize(("seconds", "kept"), [(20, True), (HELD_SECONDS + 20, False)])
def test_only_a_short_sound_is_kept_between_passes(seconds: int, kept: bool) -> None:
    sound = speechlike(20)
    streamed = 0

    def source() -> Blocks:
        nonlocal streamed
        streamed += 1
        for _ in range(seconds // 20):
            yield sound

    coder = Coder()
    master(source, RATE_HZ, HORN, coder.encode, coder.decode)
    assert (streamed == 1) is kept


def test_render_is_what_the_encoder_gets() -> None:
    sound, coder = speechlike(), Coder()
    mastered = coder.master(sound, HORN)
    rendered = render(lambda: iter([sound]), RATE_HZ, HORN, mastered.gain_db, DENSE)
    expected, got = np.concatenate(list(rendered())), np.concatenate(list(coder.decode()()))
    assert got == pytest.approx(expected, abs=2e-4)
