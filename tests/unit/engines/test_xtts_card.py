"""Cards of cloned voices: what is wrong with model, language, recording or settings is said before torch is loaded."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from studio.engines.registry import EngineRegistry
from studio.errors import MissingPartError, VoiceError
from studio.files.card import VoiceCard, WeightFile
from studio.values.voice import VoiceSpec
from tests.fakes.xttsvoice import MODEL, RECORDING, sealed, voice_card, write_recording

CONFIG: dict[str, Any] = {
    "model": "xtts", "audio": {"output_sample_rate": 24_000}, "model_args": {}, "languages": ["en", "vi", "lo"],
}  # fmt: skip
VOCABULARY: dict[str, Any] = {
    "added_tokens": [{"id": 0, "content": "[en]"}, {"id": 1, "content": "[vi]"}],
    "model": {"vocab": {"[UNK]": 2, "a": 3}},
}


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every part is there, whether or not it is: a card is resolved without loading one."""
    monkeypatch.setattr(metadata, "version", lambda name: f"1.0+{name}")


def installed(models: Path, *, config: Any = CONFIG, vocabulary: Any = VOCABULARY) -> VoiceCard:
    """The files of a cloned voice but for a model in the checkpoint."""
    folder = models / voice_card().id
    folder.mkdir(parents=True)
    (folder / MODEL).write_bytes(b"weights")
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    write_recording(folder / RECORDING)
    return sealed(voice_card(), models)


def resolved(card: VoiceCard, models: Path, speed: float = 1.0) -> VoiceSpec:
    return EngineRegistry().resolve(card, models / card.id, speed)


def refused(card: VoiceCard, models: Path) -> VoiceError:
    with pytest.raises(VoiceError) as caught:
        resolved(card, models)
    assert caught.value.fields["voice"] == card.id
    return caught.value


def test_every_field_that_decides_the_sound_is_resolved(tmp_path: Path) -> None:
    card = installed(tmp_path).model_copy(update={"settings": {"temperature": 0.6, "top_k": 30}})
    spec = resolved(card, tmp_path, speed=1.25)
    assert dict(spec.settings) == {
        "kind": "xtts", "language": "vi", "recording": RECORDING, "temperature": 0.6, "top_k": 30, "top_p": 0.85,
        "repetition_penalty": 10.0, "gpt_cond_len": 6, "gpt_cond_chunk_len": 6,
    }  # fmt: skip
    assert (spec.variant, spec.rate_hz, spec.speed, spec.precision) == (MODEL, 24_000, 1.25, "float32")
    assert "transformers 1.0" in spec.engine_version


def test_another_recording_is_another_voice(tmp_path: Path) -> None:
    first = resolved(installed(tmp_path / "one"), tmp_path / "one")
    card = installed(tmp_path / "two")
    write_recording(tmp_path / "two" / card.id / RECORDING, hz=180.0)
    assert resolved(sealed(card, tmp_path / "two"), tmp_path / "two").model_digest != first.model_digest


@pytest.mark.parametrize(
    ("config", "vocabulary", "language", "known"),
    [
        ({"languages": ["en", "lo"]}, {}, "vi", "en"),  # as published: neither part knows it
        ({}, {"added_tokens": [{"id": 0, "content": "[en]"}]}, "vi", "en"),
        ({}, {}, "lo", "en, vi"),
        ({}, {"added_tokens": []}, "vi", "-"),
        ({}, {}, "en-us", "en, vi"),
    ],
)
def test_a_language_that_either_part_lacks_is_named(
    tmp_path: Path, config: Any, vocabulary: Any, language: str, known: str
) -> None:
    card = installed(tmp_path, config={**CONFIG, **config}, vocabulary={**VOCABULARY, **vocabulary})
    error = refused(card.model_copy(update={"settings": {"language": language}}), tmp_path)
    assert (error.code, error.fields["language"], error.fields["known"]) == ("voice.no_language", language, known)


def test_another_language_may_be_asked_for(tmp_path: Path) -> None:
    card = installed(tmp_path).model_copy(update={"settings": {"language": "en"}})
    assert dict(resolved(card, tmp_path).settings)["language"] == "en"


@pytest.mark.parametrize("count", [0, 2])
def test_it_is_made_of_one_recording(tmp_path: Path, count: int) -> None:
    card = installed(tmp_path)
    names = [MODEL, "config.json", "vocab.json", *(f"mau-{place}.wav" for place in range(count))]
    error = refused(card.model_copy(update={"files": tuple(WeightFile(path=name) for name in names)}), tmp_path)
    assert (error.code, error.fields["count"]) == ("voice.no_recording", count)


def test_a_recording_that_was_not_pulled_is_named(tmp_path: Path) -> None:
    card = installed(tmp_path)
    (tmp_path / card.id / RECORDING).unlink()
    error = refused(card, tmp_path)
    assert (error.code, error.fields["path"]) == ("voice.not_pulled", RECORDING)


def test_a_recording_of_nobody_is_named(tmp_path: Path) -> None:
    card = installed(tmp_path)
    write_recording(tmp_path / card.id / RECORDING, seconds=1.0)
    assert refused(sealed(card, tmp_path), tmp_path).code == "voice.recording_too_short"


def test_a_model_that_clones_nobody_is_named(tmp_path: Path) -> None:
    error = refused(installed(tmp_path, config={**CONFIG, "model": "vits"}), tmp_path)
    assert (error.code, error.fields["model"]) == ("voice.wrong_model", "vits")


def test_a_recording_beside_a_model_that_hears_none_is_named(tmp_path: Path) -> None:
    card = installed(tmp_path)
    files = tuple(file for file in card.files if file.path != "vocab.json")
    error = refused(card.model_copy(update={"files": files}), tmp_path)
    assert (error.code, error.fields["model"]) == ("voice.wrong_model", "vits")


def test_a_model_without_its_vocabulary_is_named(tmp_path: Path) -> None:
    card = installed(tmp_path)
    files = tuple(file for file in card.files if file.path in (MODEL, "config.json"))
    error = refused(card.model_copy(update={"files": files}), tmp_path)
    assert error.code == "voice.bad_weights"
    assert "vocab.json" in str(error.fields["reason"])


@pytest.mark.parametrize(
    ("config", "vocabulary"),
    [
        ([1], VOCABULARY),
        ({"model": "xtts"}, VOCABULARY),
        ({**CONFIG, "languages": 3}, VOCABULARY),
        ({**CONFIG, "audio": {"output_sample_rate": "loud"}}, VOCABULARY),
        ({**CONFIG, "audio": {"output_sample_rate": float("inf")}}, VOCABULARY),
        (CONFIG, ["a"]),
        (CONFIG, {"model": {}}),
        (CONFIG, {"added_tokens": [7], "model": {"vocab": {}}}),
    ],
)
def test_damaged_files_are_named(tmp_path: Path, config: Any, vocabulary: Any) -> None:
    assert refused(installed(tmp_path, config=config, vocabulary=vocabulary), tmp_path).code == "voice.bad_weights"


def test_a_file_that_is_nested_without_end_is_named(tmp_path: Path) -> None:
    card = installed(tmp_path)
    (tmp_path / card.id / "config.json").write_text("[" * 100_000, encoding="utf-8")
    assert refused(sealed(card, tmp_path), tmp_path).code == "voice.bad_weights"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"settings": {"noise_scale": 0.5}}, "voice.unknown_setting"),
        ({"settings": {"temperature": 3.0}}, "voice.bad_setting"),
        ({"settings": {"temperature": "hot"}}, "voice.bad_setting"),
        ({"settings": {"top_k": 12.5}}, "voice.setting_not_whole"),
        ({"settings": {"language": 7}}, "voice.no_language"),
        ({"settings": {"precision": "float16"}}, "voice.bad_precision"),
        ({"rate_hz": 22_050}, "voice.wrong_rate"),
        ({"speed": 0.1}, "voice.speed_out_of_range"),
    ],
)
def test_refuses_a_card_it_cannot_follow(tmp_path: Path, change: dict[str, Any], code: str) -> None:
    assert refused(installed(tmp_path).model_copy(update=change), tmp_path).code == code


def test_a_missing_part_is_named_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        if name == "transformers":
            raise metadata.PackageNotFoundError(name)
        return "1.0"

    card = installed(tmp_path)
    monkeypatch.setattr(metadata, "version", version)
    with pytest.raises(MissingPartError) as caught:
        resolved(card, tmp_path)
    assert caught.value.fields["part"] == "transformers"
    assert "setup neural" in str(caught.value.fields["remedy"])


def test_lines_are_not_gathered_for_a_graphics_card(tmp_path: Path) -> None:
    registry = EngineRegistry(device="cuda")
    card = installed(tmp_path)
    spec = registry.resolve(card, tmp_path / card.id, 1.0)
    assert spec.device == "cuda"
    assert not registry.together(spec)
