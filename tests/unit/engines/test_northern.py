"""Re-laid tones: ngã broken and high at its end, nặng low and cut off, everything else untouched."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from studio.engines.espeak import syllables_of
from studio.engines.espeak_library import Onset
from studio.engines.northern import NANG_CUT_AT, SpokenSyllable, relaid
from studio.engines.registry import EngineRegistry
from studio.stores.voices import FolderVoices
from studio.values.voice import SpeechRequest, VoiceSpec

RATE_HZ = 22_050
PITCH_HZ = 180.0
SHIPPED = Path(__file__).resolve().parents[3] / "voices"


def buzz(seconds: float, hz: float = PITCH_HZ) -> NDArray[np.float32]:
    """A voice-like tone: twelve harmonics that fall off."""
    at = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    harmonics = [np.cos(2 * np.pi * hz * n * at) / n for n in range(1, 13)]
    return np.asarray(0.1 * np.sum(harmonics, axis=0), np.float32)


def pitch_hz(wave: NDArray[np.float32]) -> float:
    """The pitch of a steady piece by its spectrum's lowest strong line."""
    size = 1 << 16
    spectrum = np.abs(np.fft.rfft(wave * np.hanning(wave.size), size))
    low, high = int(80 * size / RATE_HZ), int(420 * size / RATE_HZ)
    return (low + int(np.argmax(spectrum[low:high]))) * RATE_HZ / size


def level_db(wave: NDArray[np.float32]) -> float:
    return 10 * float(np.log10(np.mean(np.square(wave, dtype=np.float64)) + 1e-12))


def between(wave: NDArray[np.float32], first: float, end: float) -> NDArray[np.float32]:
    return wave[round(first * wave.size) : round(end * wave.size)]


def laid(word: str, seconds: float = 0.3) -> NDArray[np.float32]:
    line = np.concatenate([buzz(0.3), buzz(seconds), buzz(0.3)])
    start = round(0.3 * RATE_HZ)
    end = start + round(seconds * RATE_HZ)
    out = relaid(line, RATE_HZ, [SpokenSyllable(word, start, end)])
    assert out.size == line.size
    assert np.array_equal(out[:start], line[:start])
    assert np.array_equal(out[end:], line[end:])
    return out[start:end]


def test_nga_breaks_in_the_middle_and_ends_high() -> None:
    rime = laid("mã")
    middle = level_db(between(rime, 0.47, 0.53))
    assert level_db(between(rime, 0.1, 0.35)) - middle > 15
    assert level_db(between(rime, 0.65, 0.9)) - middle > 15
    before, after = pitch_hz(between(rime, 0.08, 0.4)), pitch_hz(between(rime, 0.62, 0.92))
    assert 12 * np.log2(before / PITCH_HZ) == pytest.approx(-0.2, abs=0.8)
    assert 12 * np.log2(after / PITCH_HZ) == pytest.approx(4.7, abs=1.0)


def test_nang_falls_and_is_cut_off() -> None:
    rime = laid("mạ")
    assert level_db(between(rime, NANG_CUT_AT + 0.1, 1.0)) < level_db(between(rime, 0.1, 0.5)) - 50
    assert 12 * np.log2(pitch_hz(between(rime, 0.08, 0.56)) / PITCH_HZ) == pytest.approx(-2.5, abs=1.0)


@pytest.mark.parametrize("word", ["ma", "mà", "má", "mả", "một", "học", "đẹp", "ích", "abc", "smith", ""])
def test_other_syllables_are_left_bit_for_bit(word: str) -> None:
    assert np.array_equal(laid(word), buzz(0.3))


def test_a_short_rime_is_left_alone() -> None:
    assert np.array_equal(laid("mã", 0.08), buzz(0.08))


def test_what_has_no_pitch_keeps_its_samples_but_for_break_and_cut() -> None:
    noise = (0.1 * np.random.default_rng(1).standard_normal(RATE_HZ)).astype(np.float32)
    assert np.array_equal(relaid(noise, RATE_HZ, [SpokenSyllable("mã", 5_000, 12_000)]), noise)


@given(
    st.lists(st.tuples(st.sampled_from(["mã", "mạ", "ma"]), st.integers(0, 20_000), st.integers(0, 9_000)), max_size=4)
)
@settings(max_examples=40, deadline=None)
def test_any_places_give_finite_sound_of_the_same_length(places: list[tuple[str, int, int]]) -> None:
    line = buzz(1.0)
    syllables = [SpokenSyllable(word, start, min(line.size, start + frames)) for word, start, frames in places]
    out = relaid(line, RATE_HZ, syllables)
    assert out.size == line.size
    assert np.isfinite(out).all()
    assert np.abs(out).max() < 1.5 * np.abs(line).max()


def test_words_and_their_vowels_are_found_among_the_events() -> None:
    onsets = [Onset(0, 0, 5), Onset(0, 0, sound="n^"), Onset(29, 0, sound=",y"), Onset(36, 0, sound="N"),
              Onset(62, 0, sound="_|"), Onset(62, 6, 3), Onset(62, 6, sound="N"), Onset(77, 6, sound="'a:"),
              Onset(117, 6, sound="_|"), Onset(120, 6, sound="_:")]  # fmt: skip
    assert syllables_of("Những ngã", onsets) == (SpokenSyllable("những", 29, 62), SpokenSyllable("ngã", 77, 117))


class TestTheShippedVoice:
    @pytest.fixture
    def spec(self, tmp_path: Path) -> VoiceSpec:
        return EngineRegistry().resolve(FolderVoices([SHIPPED], tmp_path).card("hanoi-espeak"), tmp_path, 1.0)

    @staticmethod
    def said(line: str, spec: VoiceSpec, on: int) -> NDArray[np.float32]:
        chosen = {**dict(spec.settings), "northern_tones": on}
        asked = SpeechRequest(line, replace(spec, settings=tuple(sorted(chosen.items()))))
        return EngineRegistry().load("espeak").speak(asked).samples[:, 0]

    def test_it_is_on_and_part_of_what_decides_the_sound(self, spec: VoiceSpec) -> None:
        assert dict(spec.settings)["northern_tones"] == 1

    def test_lines_keep_their_timing_and_their_other_tones(self, spec: VoiceSpec) -> None:
        line = "Hôm nay trời nắng to, bà con phơi thóc."
        assert np.array_equal(self.said(line, spec, 0), self.said(line, spec, 1))
        plain, laid_anew = (self.said("Những ngã rẽ mạnh mẽ.", spec, on) for on in (0, 1))
        assert plain.size == laid_anew.size
        assert not np.array_equal(plain, laid_anew)

    def test_nga_is_broken_and_nang_is_short(self, spec: VoiceSpec) -> None:
        before, after = (self.said("mã", spec, on) for on in (0, 1))
        dips = [level_db(between(wave, 0.05, 0.95)) - min(level_db(part) for part in np.array_split(
            between(wave, 0.3, 0.8), 16)) for wave in (before, after)]  # fmt: skip
        assert dips[1] > dips[0] + 8
        loud = [np.flatnonzero(np.abs(self.said("mạ", spec, on)) > 0.02) for on in (0, 1)]
        assert loud[1][-1] < loud[0][-1] - 0.03 * RATE_HZ
