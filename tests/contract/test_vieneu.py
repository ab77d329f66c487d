"""What is particular to VieNeu: its SDK's own engine given local files, and the signatures the adapter stands on."""

from __future__ import annotations

import gc
import inspect
import os
import socket
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.engines import vieneu
from studio.engines.registry import EngineRegistry
from studio.engines.vieneu import VieneuEngine
from studio.errors import VoiceError
from studio.files.card import VoiceCard
from studio.stores.voices import FolderVoices
from studio.stores.weights import FolderWeights
from studio.values.voice import SpeechRequest, VoiceSpec
from tests.fakes.vieneuvoice import SAMPLES_PER_FRAME, installed_voice, voice_card, write_voice

pytestmark = [pytest.mark.neural, pytest.mark.piper]  # onnx, which writes the test's voice, comes with Piper's set
LINE = "Mời bà con tới nhà văn hoá."
SHIPPED = Path(__file__).resolve().parents[2] / "voices"


@pytest.fixture
def voice(tmp_path: Path) -> VoiceCard:
    return installed_voice(tmp_path)


def resolved(card: VoiceCard, tmp_path: Path, speed: float = 1.0) -> VoiceSpec:
    return EngineRegistry().resolve(card, tmp_path / card.id, speed)


class TestSdk:
    """The SDK takes any keyword and drops what it does not know: names are compared one by one."""

    def test_the_engine_is_made_with_names_it_knows(self) -> None:
        from vieneu._v3_turbo_engine.onnx_runtime_lite import OnnxV3LiteEngine

        names = inspect.signature(OnnxV3LiteEngine).parameters
        assert {"checkpoint_path", "onnx_dir", "codec_dir", "threads"} <= set(names)

    def test_a_line_is_asked_for_by_names_it_knows_and_with_its_own_defaults(self) -> None:
        from vieneu._v3_turbo_engine.onnx_runtime_lite import OnnxV3LiteEngine
        from vieneu.v3turbo import V3TurboVieNeuTTS

        own = inspect.signature(OnnxV3LiteEngine.infer).parameters
        assert {"phonemes", "speaker_emb", "ref_codes", *vieneu.SETTINGS} <= set(own)
        door = inspect.signature(V3TurboVieNeuTTS.infer).parameters
        assert door["max_chars"].default == vieneu.PIECE_CHARACTERS
        for name, (default, _, _) in vieneu.SETTINGS.items():
            assert own[name].default == door[name].default == default

    def test_the_steps_around_it_are_called_as_they_are_declared(self) -> None:
        from vieneu_utils import core_utils, phonemize_text

        inspect.signature(phonemize_text.normalize_to_chunks_v3_with_gaps).bind(LINE, max_chars=256)
        inspect.signature(phonemize_text.phonemize_text_with_emotions).bind(LINE)
        inspect.signature(core_utils.gaps_to_silence).bind([])
        inspect.signature(core_utils.join_audio_chunks).bind([], 48_000, silence_ps=[])
        inspect.signature(core_utils.strip_encoder_pad_frame).bind(np.zeros((1, 1)))

    def test_shipped_cards_name_the_files_and_presets_the_sdk_knows(self, tmp_path: Path) -> None:
        from vieneu._v3_turbo_engine import onnx_runtime_lite as sdk

        cards = [card for card in FolderVoices([SHIPPED], tmp_path).cards() if card.engine == "vieneu"]
        assert len(cards) == 5
        for card in cards:
            preset = vieneu._presets()[card.variant]
            assert "Bắc" in preset["description"]
            assert preset["gender"] == card.gender
            graphs = [file for file in card.files if file.path.startswith("onnx/")]
            codec = [file for file in card.files if file.path.startswith("codec/")]
            assert [file.path.removeprefix("onnx/") for file in graphs] == sdk._GRAPH_FILES
            assert {file.path.removeprefix("codec/") for file in codec} <= set(sdk._CODEC_FILES)
            assert all(sdk._V3_REPO in str(file.url) for file in graphs)
            assert all(sdk._CODEC_REPO in str(file.url) for file in codec)
            assert card.folder == "vieneu-v3-turbo"


def test_take_n_has_seed_n_and_the_global_generator_is_left_as_it_was(voice: VoiceCard, tmp_path: Path) -> None:
    spec, engine = resolved(voice, tmp_path), VieneuEngine()
    np.random.seed(5)
    before = np.random.get_state()[1].copy()  # type: ignore[index]
    takes = [engine.speak(SpeechRequest(LINE, spec, take)).samples for take in (1, 2, 1)]
    assert np.array_equal(takes[0], takes[2])
    assert takes[0].shape != takes[1].shape or not np.array_equal(takes[0], takes[1])
    assert np.array_equal(np.random.get_state()[1], before)  # type: ignore[index]


def test_nothing_is_asked_of_the_network(voice: VoiceCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("a voice asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    sound = VieneuEngine().speak(SpeechRequest(LINE, resolved(voice, tmp_path)))
    assert sound.rate_hz == 48_000
    assert sound.frames > 10 * SAMPLES_PER_FRAME


def test_a_long_line_is_cut_at_its_phrases_and_joined(voice: VoiceCard, tmp_path: Path) -> None:
    spec, engine = resolved(voice, tmp_path), VieneuEngine()
    phrase = "Mời bà con tới nhà văn hoá của tổ dân phố để nghe phổ biến các quy định mới"
    frames = engine.speak(SpeechRequest(", ".join([phrase] * 6) + ".", spec)).frames
    assert frames > 300 * SAMPLES_PER_FRAME  # more than the SDK lets one pass last


def test_weights_that_were_never_hashed_are_not_loaded(tmp_path: Path) -> None:
    write_voice(tmp_path / voice_card().id)
    with pytest.raises(VoiceError) as caught:
        resolved(voice_card(), tmp_path)
    assert caught.value.code == "voice.not_pulled"


@pytest.mark.parametrize("path", ["onnx/vieneu_prefill.onnx", "onnx/vieneu_v3_heads.npz", "onnx/config.json",
                                  "codec/moss_audio_tokenizer_decode_full.onnx"])  # fmt: skip
@pytest.mark.parametrize("content", [b"", b"not a model at all"])
@pytest.mark.filterwarnings("ignore:unclosed file", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_damaged_weights_are_named(voice: VoiceCard, tmp_path: Path, path: str, content: bytes) -> None:
    (tmp_path / voice.id / path).write_bytes(content)
    (tmp_path / "LOCK").unlink()
    FolderWeights(tmp_path).verify(voice)
    with pytest.raises(VoiceError) as caught:
        VieneuEngine().speak(SpeechRequest(LINE, resolved(voice, tmp_path)))
    assert caught.value.code == "voice.bad_weights"
    del caught
    gc.collect()  # NumPy leaves a damaged archive open until its error is gone


def test_touched_weights_are_not_loaded(voice: VoiceCard, tmp_path: Path) -> None:
    os.utime(tmp_path / voice.id / "onnx/config.json", ns=(5, 5))
    with pytest.raises(VoiceError) as caught:
        resolved(voice, tmp_path)
    assert caught.value.code == "voice.not_pulled"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"settings": {"style": "doc"}}, "voice.unknown_setting"),
        ({"settings": {"temperature": 9.0}}, "voice.bad_setting"),
        ({"settings": {"top_p": "all"}}, "voice.bad_setting"),
        ({"variant": "Không Ai"}, "voice.unknown_variant"),
        ({"rate_hz": 24_000}, "voice.wrong_rate"),
        ({"speed": 0.7}, "voice.speed_out_of_range"),
    ],
)
def test_refuses_a_card_it_cannot_follow(voice: VoiceCard, tmp_path: Path, change: dict[str, Any], code: str) -> None:
    with pytest.raises(VoiceError) as caught:
        resolved(voice.model_copy(update=change), tmp_path)
    assert caught.value.code == code
