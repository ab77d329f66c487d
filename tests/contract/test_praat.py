"""What Praat measures: pitch of known sounds, and the built-in voice before and after its tones are re-laid."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from studio.audio.drawing import pitches_hz
from studio.audio.tones import rime_of
from studio.files.audit import VoiceAudit
from studio.rules.candidates import candidate
from studio.rules.tones import is_broken
from studio.service.studio import Studio
from studio.settings import Settings
from studio.sound import Sound
from studio.stores.pitch import STEP_S, PraatPitch
from studio.wiring import open_studio

pytestmark = pytest.mark.audit
pytest.importorskip("parselmouth")

ROOT = Path(__file__).resolve().parents[2]
RATE_HZ = 22_050


def glide(low_hz: float, octaves: float, seconds: float) -> Sound:
    hz = low_hz * 2.0 ** np.linspace(0.0, octaves, round(seconds * RATE_HZ))
    phase = 2 * np.pi * np.cumsum(hz) / RATE_HZ
    wave = 0.1 * np.sum([np.cos(phase * n) / n for n in range(1, 10)], axis=0)
    return Sound(np.asarray(wave, np.float32)[:, np.newaxis], RATE_HZ)


@pytest.mark.parametrize(("low_hz", "octaves"), [(90.0, 1.0), (150.0, 0.0), (300.0, -0.7)])
def test_a_glide_is_followed_at_its_true_times(low_hz: float, octaves: float) -> None:
    track = PraatPitch().track(glide(low_hz, octaves, 0.5), 75.0, 600.0)
    assert track.step_s == pytest.approx(STEP_S)
    times = track.first_s + track.step_s * np.arange(track.hz.size)
    inside = (times > 0.05) & (times < 0.45)
    wanted = low_hz * 2.0 ** (octaves * times[inside] / 0.5)
    assert 12 * np.abs(np.log2(track.hz[inside] / wanted)).max() < 0.2


def test_silence_and_a_sound_shorter_than_a_window_have_no_pitch() -> None:
    for frames in (0, 50, RATE_HZ):
        track = PraatPitch().track(Sound(np.zeros((frames, 1), np.float32), RATE_HZ), 60.0, 600.0)
        assert np.isnan(track.hz).all()


def test_a_break_of_forty_five_milliseconds_is_seen() -> None:
    sound = glide(180.0, 0.3, 0.35)
    broken = sound.samples.copy()
    broken[round(0.15 * RATE_HZ) : round(0.195 * RATE_HZ)] *= 0.03
    whole = rime_of(sound, PraatPitch().track(sound, 100.0, 350.0))
    cut = rime_of(Sound(broken, RATE_HZ), PraatPitch().track(Sound(broken, RATE_HZ), 100.0, 350.0))
    assert whole is not None
    assert cut is not None
    assert (is_broken(whole), is_broken(cut)) == (False, True)


def test_the_curve_of_the_pages_agrees_with_praat() -> None:
    sound = glide(120.0, 1.0, 1.0)
    plain = pitches_hz(sound.samples[:, 0], RATE_HZ)
    track = PraatPitch().track(sound, 70.0, 500.0)
    times = track.first_s + track.step_s * np.arange(track.hz.size)
    apart = [
        abs(12 * np.log2(pitch / track.hz[int(np.argmin(np.abs(times - at * 0.01)))]))
        for at, pitch in enumerate(plain)
        if pitch is not None and 0.05 < at * 0.01 < 0.95
    ]
    assert len(apart) > 80
    assert max(apart) < 0.3


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    home = tmp_path_factory.mktemp("audit")
    opened = open_studio(Settings(home, home / "models", ROOT, workers=2))
    yield opened
    opened.close()


def quiet(_stage: str, _done: int, _total: int) -> None:
    """A Progress that shows nothing."""


def distances(audit: VoiceAudit) -> dict[str, float]:
    return {tone.tone: tone.distance for tone in audit.tones if tone.distance is not None}


def test_re_laid_tones_come_nearer_to_hanoi_and_no_other_goes_away(studio: Studio) -> None:
    before, after = (
        studio.audit(candidate(f"hanoi-espeak:northern_tones={on}"), quiet).audit for on in (0, 1)
    )  # fmt: skip
    plain, laid = distances(before), distances(after)
    for tone, least in (("nga", 3.0), ("nang", 4.0), ("sac", 1.5), ("hoi", 1.0), ("huyen", 0.3), ("ngang", 0.1)):
        assert laid[tone] < plain[tone] - least
    assert max(laid[tone] for tone in ("ngang", "huyen", "sac", "hoi", "nga")) < 0.9
    # One word in a subharmonic hides in a mean of eight: every word is looked at.
    for entry in after.tones:
        if entry.tone in ("sac", "hoi"):
            for word in entry.words:
                apart = [value - at for value, at in zip(word.contour_st, entry.template_st, strict=True) if value]
                assert max(map(abs, apart)) < 2.0, word.word
    shares = {tone.tone: tone.broken_share for tone in after.tones}
    assert shares["nga"] == 1
    assert [tone.unmeasured for tone in after.tones] == [()] * 6
    lengths = {tone.tone: tone.duration_ratio or 0.0 for tone in after.tones}
    assert lengths["nang"] < 0.75
    assert all(merger.merged for merger in after.mergers)
    assert after.tracker.startswith("Praat ")
    assert after.speech.syllables_per_second == pytest.approx(before.speech.syllables_per_second, rel=0.05)
