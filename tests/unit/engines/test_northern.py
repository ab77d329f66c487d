"""Re-laid tones: sắc higher, hỏi low to its end, ngã broken, nặng low and cut off, everything else untouched."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from studio.audio.drawing import PITCH_STEP_S, pitches_hz
from studio.engines.espeak import syllables_of
from studio.engines.espeak_library import EspeakLibrary, Onset, Parameters, library_version
from studio.engines.northern import (
    HIGHEST_PEAK,
    NANG_CUT_AT,
    NANG_CUT_NASAL_AT,
    RECIPE,
    SpokenSyllable,
    relaid,
    widened,
)
from studio.engines.registry import EngineRegistry
from studio.rules.auditlist import LINES
from studio.rules.tones import MODAL, template_st
from studio.stores.voices import FolderVoices
from studio.text.syllables import STOPS, Tone, parse
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


def semitones_of(wave: NDArray[np.float32]) -> NDArray[np.float64]:
    """The pitch above 1 Hz every PITCH_STEP_S, from neighbour to neighbour where there is none."""
    curve = np.array([np.nan if hz is None else 12 * np.log2(hz) for hz in pitches_hz(wave, RATE_HZ)])
    known = np.flatnonzero(~np.isnan(curve))
    filled: NDArray[np.float64] = np.interp(np.arange(curve.size), known, curve[known])
    return filled


def level_db(wave: NDArray[np.float32]) -> float:
    return 10 * float(np.log10(np.mean(np.square(wave, dtype=np.float64)) + 1e-12))


def between(wave: NDArray[np.float32], first: float, end: float) -> NDArray[np.float32]:
    return wave[round(first * wave.size) : round(end * wave.size)]


def semitones(wave: NDArray[np.float32], first: float, end: float) -> float:
    """How far a piece lies above the pitch that was put in."""
    return 12 * float(np.log2(pitch_hz(between(wave, first, end)) / PITCH_HZ))


def laid(word: str, seconds: float = 0.3, rime: NDArray[np.float32] | None = None) -> NDArray[np.float32]:
    """`rime`, or a buzz, re-laid as that of `word` in the middle of a line whose other parts stay as they are."""
    own = buzz(seconds) if rime is None else rime
    line = np.concatenate([buzz(0.3), own, buzz(0.3)])
    start = round(0.3 * RATE_HZ)
    end = start + own.size
    out = relaid(line, RATE_HZ, [SpokenSyllable(word, start, end)])
    assert out.size == line.size
    assert np.array_equal(out[:start], line[:start])
    assert np.array_equal(out[end:], line[end:])
    return out[start:end]


def closed(seconds: float = 0.09, closure_s: float = 0.07) -> NDArray[np.float32]:
    """The rime of a syllable that ends in a stop: a short voice, then a breath of noise."""
    breath = 0.0003 * np.random.default_rng(2).standard_normal(round(closure_s * RATE_HZ))
    return np.concatenate([buzz(seconds), breath.astype(np.float32)])


@pytest.mark.parametrize("word", ["má", "đúng", "nước"])
def test_sac_lies_higher_most_at_its_end(word: str) -> None:
    rime = laid(word, 0.4)
    assert semitones(rime, 0.25, 0.55) == pytest.approx(1.1, abs=0.25)
    assert semitones(rime, 0.8, 0.98) == pytest.approx(1.9, abs=0.3)
    assert level_db(rime) == pytest.approx(level_db(buzz(0.4)), abs=0.1)


@pytest.mark.parametrize(("word", "least", "most"), [
    ("tát", 0.7, 1.9), ("các", 0.7, 1.9), ("ích", 0.7, 1.9), ("đẹp", -2.2, -0.7), ("một", -2.2, -0.7),
])  # fmt: skip
def test_before_a_stop_the_voice_is_moved_and_the_closure_stays(word: str, least: float, most: float) -> None:
    own = closed()
    rime = laid(word, rime=own)
    voice = round(0.09 * RATE_HZ)
    assert least < semitones(rime[:voice], 0.2, 0.95) < most
    assert np.array_equal(rime[voice + 1 :], own[voice + 1 :])


def test_hoi_begins_as_it_was_and_stays_low_to_its_end() -> None:
    rime = laid("mả", 0.4)
    assert semitones(rime, 0.02, 0.3) == pytest.approx(-0.1, abs=0.3)
    assert semitones(rime, 0.5, 0.75) == pytest.approx(-1.6, abs=0.5)
    assert semitones(rime, 0.82, 0.98) == pytest.approx(-2.6, abs=0.4)
    assert level_db(rime) == pytest.approx(level_db(buzz(0.4)), abs=0.1)


def test_nga_breaks_in_the_middle_and_ends_high() -> None:
    rime = laid("mã")
    middle = level_db(between(rime, 0.47, 0.53))
    assert level_db(between(rime, 0.1, 0.35)) - middle > 15
    assert level_db(between(rime, 0.65, 0.9)) - middle > 15
    assert semitones(rime, 0.05, 0.4) == pytest.approx(-1.5, abs=0.5)
    assert semitones(rime, 0.62, 0.95) == pytest.approx(1.8, abs=0.5)


@pytest.mark.parametrize(("word", "cut"), [("mạ", NANG_CUT_AT), ("vại", NANG_CUT_AT), ("mạng", NANG_CUT_NASAL_AT)])
def test_nang_is_low_and_cut_off_later_where_a_nasal_ends_it(word: str, cut: float) -> None:
    rime = laid(word)
    assert level_db(between(rime, cut + 0.08, 1.0)) < level_db(between(rime, 0.1, 0.5)) - 50
    assert level_db(between(rime, cut - 0.06, cut)) > level_db(between(rime, 0.1, 0.5)) - 1
    assert semitones(rime, 0.05, 0.5) == pytest.approx(-1.6, abs=0.4)


@pytest.mark.parametrize("word", ["ma", "mà", "abc", "smith", ""])
def test_other_syllables_are_left_bit_for_bit(word: str) -> None:
    assert np.array_equal(laid(word), buzz(0.3))


@pytest.mark.parametrize("word", ["mã", "mạ"])
def test_a_rime_too_short_for_a_break_or_a_cut_is_left_alone(word: str) -> None:
    assert np.array_equal(laid(word, 0.08), buzz(0.08))


@pytest.mark.parametrize("word", ["mã", "má", "mạ", "tát"])
def test_what_has_no_pitch_keeps_its_samples(word: str) -> None:
    noise = (0.1 * np.random.default_rng(1).standard_normal(RATE_HZ)).astype(np.float32)
    assert np.array_equal(relaid(noise, RATE_HZ, [SpokenSyllable(word, 5_000, 12_000)]), noise)


@pytest.mark.parametrize("word", ["má", "mả"])
def test_both_ends_join_without_a_seam(word: str) -> None:
    line = buzz(0.9)
    start, end = round(0.3 * RATE_HZ), round(0.6 * RATE_HZ)
    out = relaid(line, RATE_HZ, [SpokenSyllable(word, start, end)])
    roughness = np.abs(np.diff(line, 2)).max()
    for join in (start, end):
        assert np.abs(np.diff(out[join - 200 : join + 200], 2)).max() < 1.1 * roughness


def test_a_voice_that_dies_away_is_not_laid_an_octave_lower() -> None:
    own = buzz(0.4) * np.exp(-np.arange(round(0.4 * RATE_HZ)) / (0.1 * RATE_HZ)).astype(np.float32)
    rime = laid("má", rime=own)
    assert semitones(rime, 0.8, 0.97) == pytest.approx(1.9, abs=0.4)


def test_both_parts_of_a_voice_that_stops_inside_are_moved() -> None:
    gap = np.zeros(round(0.03 * RATE_HZ), np.float32)
    rime = laid("nả", rime=np.concatenate([buzz(0.2), gap, buzz(0.2)]))
    assert semitones(rime, 0.02, 0.3) == pytest.approx(-0.1, abs=0.3)
    assert semitones(rime, 0.8, 0.98) == pytest.approx(-2.5, abs=0.5)
    assert np.array_equal(between(rime, 0.47, 0.52), between(np.concatenate([buzz(0.2), gap, buzz(0.2)]), 0.47, 0.52))


@pytest.mark.parametrize("word", ["má", "mả", "mã", "mạ"])
def test_no_rime_is_lifted_above_what_can_be_kept(word: str) -> None:
    loud = buzz(0.3) / np.abs(buzz(0.3)).max() * HIGHEST_PEAK
    assert np.abs(laid(word, rime=loud)).max() <= HIGHEST_PEAK + 1e-3


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["mã", "mạ", "má", "mả", "mát", "ma"]), st.integers(0, 20_000), st.integers(0, 9_000)
        ),
        max_size=4,
    )
)
@settings(max_examples=40, deadline=None)
def test_any_places_give_finite_sound_of_the_same_length(places: list[tuple[str, int, int]]) -> None:
    line = buzz(1.0)
    syllables = [SpokenSyllable(word, start, min(line.size, start + frames)) for word, start, frames in places]
    out = relaid(line, RATE_HZ, syllables)
    assert out.size == line.size
    assert np.isfinite(out).all()
    assert np.abs(out).max() < 1.5 * np.abs(line).max()


def test_the_range_asked_of_espeak_is_wider_and_never_out_of_bounds() -> None:
    pitch, pitch_range = widened(50, 50)
    assert pitch > 50
    assert pitch_range > 70
    assert widened(99, 99) == (99, 99)
    assert widened(0, 0)[1] == 0


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
        assert spec.engine_version == f"{library_version()}, northern tones {RECIPE}"

    def test_without_it_nothing_but_the_library_decides(self, tmp_path: Path) -> None:
        card = FolderVoices([SHIPPED], tmp_path).card("hanoi-espeak")
        plain = card.model_copy(update={"settings": {**card.settings, "northern_tones": 0}})
        assert EngineRegistry().resolve(plain, tmp_path, 1.0).engine_version == library_version()

    def test_lines_keep_their_timing(self, spec: VoiceSpec) -> None:
        for line in ("Những ngã rẽ mạnh mẽ, các tổ hỏi kỹ.", "Bà con nghe đài."):
            plain, laid_anew = (self.said(line, spec, on) for on in (0, 1))
            assert abs(plain.size - laid_anew.size) < 0.005 * plain.size
            assert not np.array_equal(plain, laid_anew)

    def test_a_line_of_other_tones_is_espeaks_own_with_a_wider_range(self, spec: VoiceSpec) -> None:
        line = "Hôm nay trời hanh khô, bà con phơi rơm."
        own = dict(spec.settings)
        pitch, pitch_range = widened(int(own["pitch"]), int(own.get("pitch_range", 50)))
        wider = replace(spec, settings=tuple({**own, "pitch": pitch, "pitch_range": pitch_range}.items()))
        assert np.array_equal(self.said(line, wider, 0), self.said(line, spec, 1))

    @pytest.mark.parametrize("word", ["tá", "tú", "kế", "tế", "thế"])
    def test_sac_ends_higher_without_a_leap(self, spec: VoiceSpec, word: str) -> None:
        waves = [self.said(word, spec, on) for on in (0, 1)]
        own, anew = map(semitones_of, waves)
        # What the voice's echo adds after the end is not looked at.
        end = int(np.flatnonzero(np.abs(waves[1]) > 0.1 * np.abs(waves[1]).max())[-1] / RATE_HZ / PITCH_STEP_S)
        assert anew[end - 4] - own[end - 4] > 2.0
        assert np.abs(np.diff(anew[end - 25 : end - 1])).max() < 1.0

    def test_tones_lie_nearer_to_the_template_within_sentences(self, spec: VoiceSpec) -> None:
        plain, laid_anew = (self.distances(spec, on) for on in (0, 1))
        assert plain[Tone.SAC] > 1.5
        assert plain[Tone.HOI] > 1.3
        assert laid_anew[Tone.SAC] < 0.8
        assert laid_anew[Tone.HOI] < 0.8
        for tone in (Tone.NGANG, Tone.HUYEN, Tone.SAC, Tone.HOI):
            assert laid_anew[tone] < plain[tone]

    def distances(self, spec: VoiceSpec, on: int) -> dict[Tone, float]:
        """Of the modal tones within the audit's lines from the template, in semitones."""
        contours: dict[Tone, list[NDArray[np.float64]]] = {tone: [] for tone in MODAL}
        pitch, pitch_range = widened(50, 50) if on else (50, 50)
        parameters = Parameters(135, pitch, pitch_range, 50, 0)
        for line in LINES:
            with EspeakLibrary("aav/vi+f5", parameters) as library:
                library.speak(line)
                syllables = syllables_of(line, library.onsets)
            track = semitones_of(self.said(line, spec, on))
            for syllable in syllables:
                parsed = parse(syllable.written)
                assert parsed is not None
                if parsed.tone in MODAL and parsed.coda not in STOPS:
                    first, last = syllable.rime_start / RATE_HZ + 0.01, syllable.end / RATE_HZ - 0.01
                    at = np.linspace(first, last, 21)[1::2] / PITCH_STEP_S
                    contours[parsed.tone].append(np.interp(at, np.arange(track.size), track))
        means = {tone: np.mean(contours[tone], axis=0) for tone in MODAL}
        middle = np.mean(list(means.values()))
        return {
            tone: float(np.sqrt(np.mean(np.square(mean - middle - np.array(template_st(tone))))))
            for tone, mean in means.items()
        }

    def test_nga_is_broken_and_nang_is_short(self, spec: VoiceSpec) -> None:
        before, after = (self.said("mã", spec, on) for on in (0, 1))
        dips = [level_db(between(wave, 0.05, 0.95)) - min(level_db(part) for part in np.array_split(
            between(wave, 0.3, 0.8), 16)) for wave in (before, after)]  # fmt: skip
        assert dips[1] > dips[0] + 8
        loud = [np.flatnonzero(np.abs(self.said("mạ", spec, on)) > 0.02) for on in (0, 1)]
        assert loud[1][-1] < loud[0][-1] - 0.03 * RATE_HZ
