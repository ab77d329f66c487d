"""What every engine keeps to, run for each of them; then what is particular to one."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.audio.inspect import clipped_runs, is_silent, peak_dbfs
from studio.engines import tone
from studio.engines.registry import EngineClass, EngineRegistry
from studio.errors import VoiceError
from studio.files.card import VoiceCard
from studio.sound import Sound
from studio.values.voice import SpeechRequest, VoiceSpec

LINES = (
    "Hôm nay trời nắng đẹp, gió nhẹ.",
    "Những ngã rẽ nhỏ sẽ đóng để sửa chữa.",
    "Mời bà con tới nhà văn hoá lúc bảy giờ tối!",
    "Vâng.",
)


@pytest.fixture
def engine(spec: VoiceSpec) -> Iterator[EngineClass]:
    loaded = EngineRegistry().load(spec.engine)
    yield loaded
    loaded.close()


def digest(sound: Sound) -> str:
    return hashlib.sha256(sound.samples.tobytes()).hexdigest()


def test_gives_mono_float_at_the_voices_rate(engine: EngineClass, spec: VoiceSpec) -> None:
    sound = engine.speak(SpeechRequest(LINES[0], spec))
    assert sound.rate_hz == spec.rate_hz
    assert sound.channels == 1
    assert sound.samples.dtype == np.float32
    assert sound.seconds > 0.5
    assert not is_silent(sound.samples)


@pytest.mark.parametrize("line", LINES)
def test_never_clips(engine: EngineClass, spec: VoiceSpec, line: str) -> None:
    samples = engine.speak(SpeechRequest(line, spec)).samples
    assert clipped_runs(samples) == 0
    assert peak_dbfs(samples) < -1.0


def test_a_line_sounds_the_same_in_any_order(engine: EngineClass, spec: VoiceSpec) -> None:
    forward = [digest(engine.speak(SpeechRequest(line, spec))) for line in LINES]
    backward = [digest(engine.speak(SpeechRequest(line, spec))) for line in reversed(LINES)]
    assert forward == backward[::-1]
    assert len(set(forward)) == len(LINES)


def test_a_line_sounds_the_same_in_a_fresh_process(engine: EngineClass, spec: VoiceSpec) -> None:
    for line in LINES[:2]:  # the process below starts with the second
        here = digest(engine.speak(SpeechRequest(line, spec)))
    program = (
        "import hashlib, sys\n"
        "from studio.engines.registry import EngineRegistry\n"
        "from studio.values.voice import SpeechRequest, VoiceSpec\n"
        f"spec = {spec!r}\n"
        f"sound = EngineRegistry().load(spec.engine).speak(SpeechRequest({LINES[1]!r}, spec))\n"
        "sys.stdout.write(hashlib.sha256(sound.samples.tobytes()).hexdigest())\n"
    )
    there = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=180, check=True
    ).stdout
    assert there == here


def test_honours_speed(engine: EngineClass, spec_at: Callable[[float], VoiceSpec]) -> None:
    slow, fast = (engine.speak(SpeechRequest(LINES[2], spec_at(speed))).seconds for speed in (0.8, 1.25))
    assert slow / fast == pytest.approx(1.25 / 0.8, rel=0.05)


def test_speed_multiplies_the_cards_own(card: VoiceCard, tmp_path: Path) -> None:
    registry = EngineRegistry(allow_test_engines=True)
    slow_card = card.model_copy(update={"speed": 0.8})
    assert registry.resolve(slow_card, tmp_path / card.id, 1.25).speed == 1.0


@pytest.mark.parametrize("text", ["", "   ", "…", "!?", "\n"])
def test_refuses_a_line_with_nothing_to_say(engine: EngineClass, spec: VoiceSpec, text: str) -> None:
    with pytest.raises(VoiceError) as caught:
        engine.speak(SpeechRequest(text, spec))
    assert caught.value.code == "voice.nothing_to_say"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("số 12", "1 (U+0031)"),
        ("vui quá 😀", "U+1F600"),
        ("漢字", "U+5B57"),
        ("đến\0đi", "U+0000"),
        ("đến\x1bđi", "U+001B"),
        ("giảm %", "% (U+0025)"),
        ("một\u200bhai", "U+200B"),
        ("<b>đậm</b>", "< (U+003C)"),
    ],
)
def test_refuses_what_it_cannot_say(engine: EngineClass, spec: VoiceSpec, text: str, named: str) -> None:
    with pytest.raises(VoiceError) as caught:
        engine.speak(SpeechRequest(text, spec))
    assert caught.value.code == "voice.cannot_say"
    assert named in str(caught.value.fields["characters"])


def test_refuses_an_endless_line(engine: EngineClass, spec: VoiceSpec) -> None:
    with pytest.raises(VoiceError) as caught:
        engine.speak(SpeechRequest("đi mãi " * 1_500, spec))
    assert caught.value.code == "voice.line_too_long"
    assert caught.value.fields["at_most"] == spec.most_characters, "what a plan goes by is what the engine goes by"
    assert caught.value.fields["characters"] == 10_500
    assert len(str(caught.value.fields["line"])) <= 60


def test_decomposed_letters_sound_like_composed_ones(engine: EngineClass, spec: VoiceSpec) -> None:
    composed, decomposed = "ngõ nhỏ", "ngo\u0303 nho\u0309"
    assert digest(engine.speak(SpeechRequest(composed, spec))) == digest(engine.speak(SpeechRequest(decomposed, spec)))


def test_every_field_of_a_voice_is_resolved(spec: VoiceSpec) -> None:
    assert spec.engine_version
    assert spec.model_digest


class TestRegistry:
    def test_lists_only_what_may_be_delivered(self) -> None:
        assert EngineRegistry().listed() == ("coqui", "espeak", "piper", "vieneu")

    def test_refuses_a_test_engine(self, card: VoiceCard, tmp_path: Path) -> None:
        registry = EngineRegistry()
        assert registry.usable(card, tmp_path / card.id) == (card.engine != "tone")
        if card.engine == "tone":
            with pytest.raises(VoiceError) as caught:
                registry.resolve(card, tmp_path, 1.0)
            assert caught.value.code == "voice.test_engine"

    def test_refuses_an_unknown_engine(self, card: VoiceCard, tmp_path: Path) -> None:
        with pytest.raises(VoiceError) as caught:
            EngineRegistry().resolve(card.model_copy(update={"engine": "loa-ma"}), tmp_path, 1.0)
        assert caught.value.code == "voice.unknown_engine"
        assert caught.value.fields["known"] == "coqui, espeak, piper, tone, vieneu"

    def test_knows_whether_another_take_would_sound_the_same(self, engine: EngineClass, spec: VoiceSpec) -> None:
        first, second = (digest(engine.speak(SpeechRequest(LINES[0], spec, take))) for take in (1, 2))
        assert EngineRegistry().varies(spec.engine) == (first != second)


class TestTone:
    def test_says_each_syllable_as_the_tone_it_states(self, tmp_path: Path) -> None:
        spec = VoiceSpec("am-thu", "tone", "1", "", "computed", 16_000, speed=2.0)
        sound = EngineRegistry().load("tone").speak(SpeechRequest("ba hai", spec))
        length, gap = tone.syllable_frames(16_000, 2.0), tone.gap_frames(16_000, 2.0)
        assert (length, gap) == (1_600, 400)
        assert sound.frames == 2 * length + gap
        assert not sound.samples[length : length + gap].any()
        for start, syllable in ((0, "ba"), (length + gap, "hai")):
            spectrum = np.abs(np.fft.rfft(sound.samples[start : start + length, 0]))
            assert np.argmax(spectrum) * 16_000 / length == pytest.approx(tone.pitch_hz(syllable), abs=10)


class TestEspeak:
    @pytest.fixture
    def own(self, tmp_path: Path) -> VoiceCard:
        return VoiceCard(
            id="thu",
            name="Thử",
            engine="espeak",
            accent="hanoi",
            gender="female",
            rate_hz=22_050,
            source="x",
            licence="GPL-3.0-or-later",
        )

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"variant": "khong-co"}, "voice.unknown_variant"),
            ({"variant": "../f5"}, "voice.unknown_variant"),
            ({"settings": {"volum": 50}}, "voice.unknown_setting"),
            ({"settings": {"volume": 300}}, "voice.setting_not_whole"),
            ({"settings": {"pitch": 2.5}}, "voice.setting_not_whole"),
            ({"rate_hz": 48_000}, "voice.wrong_rate"),
        ],
    )
    def test_refuses_a_card_it_cannot_follow(
        self, own: VoiceCard, tmp_path: Path, change: dict[str, object], code: str
    ) -> None:
        with pytest.raises(VoiceError) as caught:
            EngineRegistry().resolve(own.model_copy(update=change), tmp_path, 1.0)
        assert caught.value.code == code

    @pytest.mark.parametrize("speed", [0.5, 3.5])
    def test_refuses_a_rate_it_would_silently_change(self, own: VoiceCard, tmp_path: Path, speed: float) -> None:
        with pytest.raises(VoiceError) as caught:
            EngineRegistry().resolve(own, tmp_path, speed)
        assert caught.value.code == "voice.speed_out_of_range"
        assert caught.value.fields["lowest"] == pytest.approx(80 / 135, abs=0.01)

    def test_variants_sound_different_and_have_their_own_digest(self, own: VoiceCard, tmp_path: Path) -> None:
        engine = EngineRegistry().load("espeak")
        specs = [
            EngineRegistry().resolve(own.model_copy(update={"variant": name}), tmp_path, 1.0)
            for name in ("", "f5", "f2")
        ]
        assert specs[0] == specs[1]
        assert specs[1].model_digest != specs[2].model_digest
        sounds = [digest(engine.speak(SpeechRequest(LINES[0], spec))) for spec in specs]
        assert sounds[0] == sounds[1] != sounds[2]

    def test_refuses_to_hand_over_a_clipped_line(self, own: VoiceCard, tmp_path: Path) -> None:
        loud = own.model_copy(update={"settings": {"volume": 100}})
        spec = EngineRegistry().resolve(loud, tmp_path, 1.0)
        with pytest.raises(VoiceError) as caught:
            EngineRegistry().load("espeak").speak(SpeechRequest(" ".join(LINES), spec))
        assert caught.value.code == "voice.clipped"

    def test_refuses_while_another_part_of_the_process_holds_the_library(self, own: VoiceCard, tmp_path: Path) -> None:
        import ctypes

        from studio.engines.espeak_library import _library_path, _unload

        spec = EngineRegistry().resolve(own, tmp_path, 1.0)
        engine, request = EngineRegistry().load("espeak"), SpeechRequest(LINES[3], spec)
        before = digest(engine.speak(request))
        holder = ctypes.CDLL(_library_path())
        try:
            with pytest.raises(VoiceError) as caught:
                engine.speak(request)
        finally:
            _unload(holder)
        assert caught.value.code == "voice.engine_in_use"
        assert digest(engine.speak(request)) == before

    def test_a_bad_variant_in_a_request_does_not_fall_back(self, own: VoiceCard, tmp_path: Path) -> None:
        spec = replace(EngineRegistry().resolve(own, tmp_path, 1.0), variant="khong-co")
        with pytest.raises(VoiceError) as caught:
            EngineRegistry().load("espeak").speak(SpeechRequest(LINES[3], spec))
        assert caught.value.code == "voice.unknown_variant"

    @pytest.mark.skipif(os.name == "nt", reason="links need rights there")
    def test_data_deep_in_folders(self, own: VoiceCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from studio.engines import espeak_library

        spec = EngineRegistry().resolve(own, tmp_path, 1.0)
        deep = tmp_path / ("thư mục " * 9) / "dữ liệu"
        deep.parent.mkdir()
        deep.symlink_to(espeak_library.data_folder())
        monkeypatch.setattr(espeak_library, "data_folder", lambda: deep)
        request, engine = SpeechRequest(LINES[3], spec), EngineRegistry().load("espeak")
        monkeypatch.chdir("/")
        assert len(os.fsencode(deep)) > 160
        with pytest.raises(VoiceError) as caught:
            engine.speak(request)
        assert caught.value.code == "voice.path_too_long"
        monkeypatch.chdir(tmp_path)  # named from here it is short enough
        assert engine.speak(request).frames > 0
