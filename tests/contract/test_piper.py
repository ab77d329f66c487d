"""What is particular to Piper: verified weights, noise from a seed, nothing left out silently."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.engines.registry import EngineRegistry
from studio.errors import VoiceError
from studio.files.card import VoiceCard
from studio.stores.weights import FolderWeights
from studio.values.voice import SpeechRequest, VoiceSpec
from tests.fakes.pipervoice import MODEL, RATE_HZ, SAMPLES_PER_ID, installed_voice, voice_card, write_voice

pytestmark = pytest.mark.piper
LINE = "Mời bà con tới nhà văn hoá."


@pytest.fixture
def voice(tmp_path: Path) -> VoiceCard:
    return installed_voice(tmp_path)


def resolved(card: VoiceCard, tmp_path: Path, speed: float = 1.0) -> VoiceSpec:
    return EngineRegistry().resolve(card, tmp_path / card.id, speed)


def test_the_sound_is_as_long_as_its_phonemes(voice: VoiceCard, tmp_path: Path) -> None:
    frames = EngineRegistry().load("piper").speak(SpeechRequest(LINE, resolved(voice, tmp_path))).frames
    assert frames % SAMPLES_PER_ID == 0
    assert frames > 2 * len(LINE) * SAMPLES_PER_ID * 0.8


def test_the_level_is_the_models_own(voice: VoiceCard, tmp_path: Path) -> None:
    peak = float(
        np.abs(EngineRegistry().load("piper").speak(SpeechRequest(LINE, resolved(voice, tmp_path))).samples).max()
    )
    assert 0.3 < peak < 0.7


def test_take_n_has_seed_n(voice: VoiceCard, tmp_path: Path) -> None:
    spec = resolved(voice, tmp_path)
    takes = [EngineRegistry().load("piper").speak(SpeechRequest(LINE, spec, take)).samples for take in (1, 2, 1)]
    assert np.array_equal(takes[0], takes[2])
    assert not np.array_equal(takes[0], takes[1])


def test_noise_that_is_too_short_is_drawn_longer(
    voice: VoiceCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from studio.engines import piper

    spec, engine = resolved(voice, tmp_path), EngineRegistry().load("piper")
    before = engine.speak(SpeechRequest(LINE, spec)).samples
    monkeypatch.setattr(piper, "NOISE_PER_ID", 5)
    assert np.array_equal(engine.speak(SpeechRequest(LINE, spec)).samples, before)


def test_a_place_is_no_part_of_the_fingerprint(voice: VoiceCard, tmp_path: Path) -> None:
    from studio.fingerprint import take_fields

    other = tmp_path / "khac"
    installed_voice(other)
    here, there = resolved(voice, tmp_path), resolved(voice, other)
    assert here.weights != there.weights
    assert take_fields(SpeechRequest(LINE, here)) == take_fields(SpeechRequest(LINE, there))


def test_noise_that_stays_too_short_is_no_voice(
    voice: VoiceCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from studio.engines import piper

    monkeypatch.setattr(piper, "NOISE_PER_ID", 1)
    with pytest.raises(VoiceError) as caught:
        EngineRegistry().load("piper").speak(SpeechRequest(LINE, resolved(voice, tmp_path)))
    assert caught.value.code == "voice.bad_weights"


def test_a_configuration_of_an_unknown_language_is_named(voice: VoiceCard, tmp_path: Path) -> None:
    config = tmp_path / voice.id / f"{MODEL}.json"
    config.write_text(config.read_text(encoding="utf-8").replace('"vi"', '"khong-co"'), encoding="utf-8")
    (tmp_path / "LOCK").unlink()
    FolderWeights(tmp_path).verify(voice)
    with pytest.raises(VoiceError) as caught:
        EngineRegistry().load("piper").speak(SpeechRequest(LINE, resolved(voice, tmp_path)))
    assert caught.value.code == "voice.bad_weights"
    assert "khong-co" in str(caught.value.fields["reason"])


def test_a_card_is_used_only_by_the_build_for_cards(
    voice: VoiceCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry = EngineRegistry(device="cuda")
    here = registry.resolve(voice, tmp_path / voice.id, 1.0)
    monkeypatch.setattr("studio.engines.piper.installed", {"onnxruntime-gpu": "1.32.0"}.get)
    there = registry.resolve(voice, tmp_path / voice.id, 1.0)
    assert (here.device, there.device) == ("cpu", "cuda")
    assert here.engine_version == there.engine_version


def test_a_card_that_is_not_there_is_an_error_and_no_slow_run(voice: VoiceCard, tmp_path: Path) -> None:
    """ONNX Runtime itself goes on by the CPU; this machine's build has no card to offer."""
    import onnxruntime

    assert "CUDAExecutionProvider" not in onnxruntime.get_available_providers()
    spec = replace(resolved(voice, tmp_path), device="cuda")
    with pytest.raises(VoiceError) as caught:
        EngineRegistry().load("piper").speak(SpeechRequest(LINE, spec))
    assert caught.value.code == "voice.no_gpu"


def test_weights_that_were_never_hashed_are_not_loaded(tmp_path: Path) -> None:
    card = voice_card()
    write_voice(tmp_path / card.id)
    with pytest.raises(VoiceError) as caught:
        resolved(card, tmp_path)
    assert caught.value.code == "voice.not_pulled"


def test_touched_weights_are_not_loaded(voice: VoiceCard, tmp_path: Path) -> None:
    os.utime(tmp_path / voice.id / MODEL, ns=(5, 5))
    with pytest.raises(VoiceError) as caught:
        resolved(voice, tmp_path)
    assert caught.value.code == "voice.not_pulled"
    assert caught.value.fields["path"] == MODEL


@pytest.mark.parametrize("content", [b"", b"\x08\x01\x12", b"not a model at all", b"\0" * 5000])
def test_damaged_weights_are_named(voice: VoiceCard, tmp_path: Path, content: bytes) -> None:
    (tmp_path / voice.id / MODEL).write_bytes(content)
    FolderWeights(tmp_path).remove(voice)
    write_voice(tmp_path / voice.id)
    (tmp_path / voice.id / MODEL).write_bytes(content)
    (tmp_path / "LOCK").unlink()
    FolderWeights(tmp_path).verify(voice)
    with pytest.raises(VoiceError) as caught:
        EngineRegistry().load("piper").speak(SpeechRequest(LINE, resolved(voice, tmp_path)))
    assert caught.value.code == "voice.bad_weights"


def test_a_model_that_draws_numbers_otherwise_is_refused(tmp_path: Path) -> None:
    card = voice_card()
    write_voice(tmp_path / card.id, branch=True)
    FolderWeights(tmp_path).verify(card)
    with pytest.raises(VoiceError) as caught:
        EngineRegistry().load("piper").speak(SpeechRequest(LINE, resolved(card, tmp_path)))
    assert caught.value.code == "voice.bad_weights"
    assert "RandomUniform" in str(caught.value.fields["reason"])


def test_a_sound_the_voice_lacks_is_said(tmp_path: Path) -> None:
    card = voice_card()
    write_voice(tmp_path / card.id, sounds="_^$ .,abcdefghijklmn")
    FolderWeights(tmp_path).verify(card)
    with pytest.raises(VoiceError) as caught:
        EngineRegistry().load("piper").speak(SpeechRequest(LINE, resolved(card, tmp_path)))
    assert caught.value.code == "voice.unknown_sound"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"settings": {"noise": 1.0}}, "voice.unknown_setting"),
        ({"settings": {"noise_scale": 9.0}}, "voice.bad_setting"),
        ({"settings": {"noise_scale": "loud"}}, "voice.bad_setting"),
        ({"rate_hz": RATE_HZ // 2}, "voice.wrong_rate"),
        ({"speed": 0.1}, "voice.speed_out_of_range"),
    ],
)
def test_refuses_a_card_it_cannot_follow(voice: VoiceCard, tmp_path: Path, change: dict[str, Any], code: str) -> None:
    with pytest.raises(VoiceError) as caught:
        resolved(voice.model_copy(update=change), tmp_path)
    assert caught.value.code == code


@pytest.mark.parametrize("rate", ["1e400", "[" * 100_000, "null", '"x"'])
def test_a_configuration_that_cannot_be_is_named(voice: VoiceCard, tmp_path: Path, rate: str) -> None:
    (tmp_path / voice.id / f"{MODEL}.json").write_text(f'{{"audio": {{"sample_rate": {rate}}}}}', encoding="utf-8")
    (tmp_path / "LOCK").unlink()
    FolderWeights(tmp_path).verify(voice)
    with pytest.raises(VoiceError) as caught:
        resolved(voice, tmp_path)
    assert caught.value.code == "voice.bad_weights"
    assert str(caught.value.fields["reason"]).startswith(f"{MODEL}.json")
