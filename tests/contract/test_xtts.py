"""What is particular to cloned voices: Coqui's own sound from a recording, draws from a seed, languages, true files."""

from __future__ import annotations

import json
import pickle
import socket
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from studio.engines.coqui import CoquiEngine
from studio.engines.registry import EngineRegistry
from studio.errors import VoiceError
from studio.files.card import VoiceCard
from studio.fingerprint import take_fields
from studio.sound import Samples
from studio.values.voice import SpeechRequest, VoiceSpec
from tests.fakes.xttsvoice import (
    MODEL,
    RATE_HZ,
    RECORDING,
    SOUNDS_A_LINE,
    linked_voice,
    random_model,
    sealed,
    tiny_config,
    vocabulary,
    write_config,
    write_recording,
)

pytestmark = pytest.mark.neural
LINE = "Mời bà con tới nhà văn hoá."
PATHS = ("tokenizer_file", "gpt_checkpoint", "clvp_checkpoint", "decoder_checkpoint")


@pytest.fixture
def voice(made_clone: Path, tmp_path: Path) -> VoiceCard:
    return linked_voice(made_clone, tmp_path)


@pytest.fixture
def spec(voice: VoiceCard, tmp_path: Path) -> VoiceSpec:
    return resolved(voice, tmp_path)


@pytest.fixture(scope="module")
def engine() -> CoquiEngine:
    return CoquiEngine()


def resolved(card: VoiceCard, models: Path, **settings: str | float) -> VoiceSpec:
    card = card.model_copy(update={"settings": settings})
    return EngineRegistry().resolve(card, models / card.id, 1.0)


def heard(spec: VoiceSpec, line: str = LINE, take: int = 1) -> Samples:
    return CoquiEngine().speak(SpeechRequest(line, spec, take)).samples[:, 0]


def failure(card: VoiceCard, models: Path, line: str = LINE) -> VoiceError:
    spec = resolved(card, models)
    with pytest.raises(VoiceError) as caught:
        CoquiEngine().speak(SpeechRequest(line, spec))
    return caught.value


class TestSound:
    def test_is_coquis_own(self, voice: VoiceCard, spec: VoiceSpec, tmp_path: Path) -> None:
        """Coqui's loading, its latents, its inference, its tokenizer's ids for words without marks, the same draws."""
        import soundfile
        import torch
        import torchaudio
        from TTS.tts.models.xtts import Xtts

        from studio.engines.xtts import drawn

        english = resolved(voice, tmp_path, language="en")
        config = tiny_config()
        model = Xtts(config)
        model.load_checkpoint(config, checkpoint_path=tmp_path / voice.id / MODEL, eval=True)

        def load(path: Path) -> tuple[Any, int]:
            samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
            return torch.from_numpy(samples.T.copy()), rate_hz

        numbers = np.random.default_rng(3)

        def multinomial(chances: Any, num_samples: int) -> Any:
            return torch.tensor([[drawn(chances[0].double().numpy(), numbers.random())]])

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(torchaudio, "load", load)  # the true one asks for shared libraries of FFmpeg
            manner, speaker = model.get_conditioning_latents(tmp_path / voice.id / RECORDING)
            patch.setattr(torch, "multinomial", multinomial)
            expected = model.inference("toi di hoc, anh oi", "en", manner, speaker)["wav"]
        np.testing.assert_allclose(heard(english, "Toi di hoc, anh oi", take=3), expected, atol=1e-6)
        assert float(np.abs(expected).max()) > 0.01

    def test_lasts_as_long_as_its_sounds(self, spec: VoiceSpec) -> None:
        frames = len(heard(spec))
        assert frames / RATE_HZ == pytest.approx(SOUNDS_A_LINE * 1_024 / 22_050, abs=0.02)

    def test_take_n_has_seed_n_whatever_else_draws(self, spec: VoiceSpec) -> None:
        import torch

        takes = []
        for take, elsewhere in ((1, 5), (2, 5), (1, 6)):
            torch.manual_seed(elsewhere)
            before = torch.get_rng_state()
            takes.append(heard(spec, take=take))
            assert torch.equal(torch.get_rng_state(), before)
        assert np.array_equal(takes[0], takes[2])
        assert not np.array_equal(takes[0], takes[1])

    def test_the_seed_alone_keeps_draws_alike_where_chances_are_flat(self) -> None:
        from studio.engines.xtts import drawn

        chances = np.array([0.0, 0.25, 0.0, 0.5, 0.25, 0.0])
        assert [drawn(chances, number) for number in (0.0, 0.24, 0.26, 0.74, 0.76, 1 - 2**-53)] == [1, 1, 3, 3, 4, 4]
        rng = np.random.default_rng(1)
        counts = np.bincount([drawn(chances, rng.random()) for _ in range(4_000)], minlength=6) / 4_000
        np.testing.assert_allclose(counts, chances, atol=0.03)

    @pytest.mark.parametrize("chances", [[0.0, 0.0], [np.nan, 1.0], [np.inf, 1.0], [2.0, -0.5]])
    def test_what_are_no_chances_is_refused(self, chances: list[float]) -> None:
        from studio.engines.xtts import drawn

        with pytest.raises(ValueError, match="chances"):
            drawn(np.array(chances), 0.5)

    def test_another_recording_sounds_otherwise(self, voice: VoiceCard, spec: VoiceSpec, tmp_path: Path) -> None:
        before = heard(spec)
        write_recording(tmp_path / voice.id / RECORDING, hz=210.0)
        other = resolved(sealed(voice, tmp_path), tmp_path)
        assert take_fields(SpeechRequest(LINE, other)) != take_fields(SpeechRequest(LINE, spec))
        assert not np.array_equal(heard(other), before)

    @pytest.mark.parametrize(
        "settings", [{"temperature": 0.2}, {"top_k": 1}, {"top_p": 0.1}, {"gpt_cond_len": 3}, {"language": "en"}]
    )
    def test_settings_are_heard_and_part_of_the_fingerprint(
        self, voice: VoiceCard, spec: VoiceSpec, tmp_path: Path, engine: CoquiEngine, settings: Mapping[str, Any]
    ) -> None:
        other = resolved(voice, tmp_path, **settings)
        asked = [SpeechRequest(LINE, each) for each in (spec, other)]
        first, second = (engine.speak(request).samples for request in asked)
        assert first.shape != second.shape or not np.array_equal(first, second)
        assert take_fields(asked[0]) != take_fields(asked[1])

    def test_defaults_are_those_of_the_library(self) -> None:
        import inspect

        from TTS.tts.models.xtts import Xtts

        from studio.engines.xtts_card import NUMBERS

        theirs = {
            name: parameter.default
            for method in (Xtts.inference, Xtts.get_conditioning_latents)
            for name, parameter in inspect.signature(method).parameters.items()
        }
        assert {name: theirs[name] for name in NUMBERS} == {name: default for name, (default, *_) in NUMBERS.items()}

    def test_the_likeness_is_taken_once(self, spec: VoiceSpec, monkeypatch: pytest.MonkeyPatch) -> None:
        from TTS.tts.models.xtts import Xtts

        taken: list[int] = []
        own = Xtts.get_gpt_cond_latents

        def counted(*given: Any, **more: Any) -> Any:
            taken.append(1)
            return own(*given, **more)

        monkeypatch.setattr(Xtts, "get_gpt_cond_latents", counted)
        engine = CoquiEngine()
        engine.speak_many([SpeechRequest(LINE, spec, take) for take in (1, 2)])
        engine.speak(SpeechRequest("Vâng.", replace(spec, speed=1.25)))
        assert taken == [1]


class TestLines:
    def test_vietnamese_is_spoken_as_it_is_written(self) -> None:
        from studio.engines.xtts import Tokens

        tokens = Tokens(vocabulary(), "vi")
        ids = tokens.encode("Ngõ “nhỏ” – thưa, co. 漢")
        pieces = [tokens._vocabulary.id_to_token(each) for each in ids]
        assert "".join(pieces) == "[vi]ngõ[SPACE]nhỏ[SPACE]thưa,[SPACE]co."
        assert tokens.missing("Ngõ nhỏ – thưa, W ψ") == ("ψ",)

    def test_a_letter_that_the_model_lacks_is_said(self, voice: VoiceCard, tmp_path: Path) -> None:
        path = tmp_path / voice.id / "vocab.json"
        written = json.loads(path.read_text(encoding="utf-8"))
        pieces = written["model"]["vocab"]
        for place, letter in enumerate("ạế"):
            pieces[f"x{place}"] = pieces.pop(letter)
        path.unlink()
        path.write_text(json.dumps(written), encoding="utf-8")
        error = failure(sealed(voice, tmp_path), tmp_path, "Mạ kế, Ế ẩm.")
        assert (error.code, error.fields["sounds"]) == ("voice.unknown_sound", "ạ ế")

    def test_a_line_of_more_tokens_than_the_model_takes_is_said(self, voice: VoiceCard, tmp_path: Path) -> None:
        line = "đi mãi " * 30
        error = failure(voice, tmp_path, line)
        assert error.code == "voice.line_too_long"
        assert error.fields["characters"] == len(line.strip())
        assert 80 < float(str(error.fields["at_most"])) < 130

    def test_a_line_that_the_model_does_not_end_is_said(self, spec: VoiceSpec, monkeypatch: pytest.MonkeyPatch) -> None:
        from TTS.tts.models.xtts import Xtts

        own = Xtts.inference

        def endless(self: Any, *given: Any, **more: Any) -> Any:
            self.gpt.mel_head.bias.data[self.gpt.stop_audio_token] = -1e4
            return own(self, *given, **more)

        monkeypatch.setattr(Xtts, "inference", endless)
        with pytest.raises(VoiceError) as caught:
            CoquiEngine().speak(SpeechRequest(LINE, spec))
        assert caught.value.code == "voice.unfinished"
        assert caught.value.fields["seconds"] == 2  # 37 sounds are all that fit

    def test_what_is_wrong_with_a_line_leaves_the_others_alone(self, spec: VoiceSpec, engine: CoquiEngine) -> None:
        outcomes = engine.speak_many([SpeechRequest(text, spec) for text in ("một", "số 2", "", "đi mãi " * 30, "năm")])
        codes = [outcome.code if isinstance(outcome, VoiceError) else "" for outcome in outcomes]
        assert codes == ["", "voice.cannot_say", "voice.nothing_to_say", "voice.line_too_long", ""]

    def test_too_little_memory_is_named(self, spec: VoiceSpec, monkeypatch: pytest.MonkeyPatch) -> None:
        import torch
        from TTS.tts.models.xtts import Xtts

        def full(*_: Any, **__: Any) -> None:
            raise torch.OutOfMemoryError("CUDA out of memory")

        monkeypatch.setattr(Xtts, "inference", full)
        with pytest.raises(VoiceError) as caught:
            CoquiEngine().speak(SpeechRequest(LINE, spec))
        assert caught.value.code == "voice.out_of_memory"

    def test_without_a_graphics_card_there_is_no_silent_way_out(
        self, spec: VoiceSpec, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        import torch

        monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
        with pytest.raises(VoiceError) as caught:
            CoquiEngine().speak(SpeechRequest(LINE, replace(spec, device="cuda")))
        assert caught.value.code == "voice.no_gpu"


@pytest.mark.filterwarnings("ignore:Detected pickle protocol")  # torch says so of some of the damaged files
class TestFiles:
    def test_safetensors_and_checkpoints_of_other_ages_sound_alike(
        self, voice: VoiceCard, spec: VoiceSpec, made_clone: Path, tmp_path: Path
    ) -> None:
        """A trainer's names, the second names of first models, and a configuration kept as objects."""
        import torch
        from safetensors.torch import save_file

        expected = heard(spec)
        weights = torch.load(made_clone / MODEL, weights_only=True)["model"]
        safe = tmp_path / "an-toan"
        card = linked_voice(made_clone, safe)
        (safe / card.id / MODEL).unlink()
        save_file(weights, safe / card.id / "thu.safetensors")
        files = tuple(
            file.model_copy(update={"path": file.path.replace(".pth", ".safetensors")}) for file in card.files
        )
        card = card.model_copy(update={"files": files})
        assert np.array_equal(heard(resolved(sealed(card, safe), safe)), expected)

        older = {f"xtts.{name}": weight for name, weight in weights.items()}
        older["xtts.gpt.gpt.wte.weight"] = older["xtts.gpt.mel_embedding.weight"]
        older["xtts.gpt.gpt_inference.lm_head.1.bias"] = older["xtts.gpt.mel_head.bias"]
        older["dvae.codebook.embed"] = torch.zeros(3)
        path = tmp_path / voice.id / MODEL
        path.unlink()
        with pytest.MonkeyPatch.context() as patch:
            config = tiny_config()
            for kind in (type(config.model_args), type(config.audio)):
                patch.setattr(kind, "__module__", "TTS.tts.models.xtts")
            torch.save({"config": config, "model": older}, path)
        assert np.array_equal(heard(resolved(sealed(voice, tmp_path), tmp_path)), expected)

    def test_that_are_damaged_are_named(self, voice: VoiceCard, tmp_path: Path) -> None:
        path = tmp_path / voice.id / MODEL
        for content in (b"", b"not a model at all", b"PK\x03\x04" + b"\0" * 500, pickle.dumps({"model": 1})):
            path.unlink()
            path.write_bytes(content)
            assert failure(sealed(voice, tmp_path), tmp_path).code == "voice.bad_weights"

    def test_never_run_code(self, voice: VoiceCard, tmp_path: Path) -> None:
        mark = tmp_path / "chay-roi"
        path = tmp_path / voice.id / MODEL
        path.unlink()
        path.write_bytes(pickle.dumps({"model": Evil(mark)}))
        assert failure(sealed(voice, tmp_path), tmp_path).code == "voice.bad_weights"
        assert not mark.exists()

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"model_args": {"gpt_layers": 2}}, "Missing key"),
            ({"model_args": {"gpt_n_model_channels": 64}}, "size mismatch"),
            ({"model_args": {"output_sample_rate": 22_050}}, "two rates"),
        ],
    )
    def test_of_another_shape_are_named(
        self, voice: VoiceCard, tmp_path: Path, change: dict[str, Any], reason: str
    ) -> None:
        write_config(tmp_path / voice.id, **change)
        error = failure(sealed(voice, tmp_path), tmp_path)
        assert error.code == "voice.bad_weights"
        assert reason in str(error.fields["reason"])

    @pytest.mark.parametrize(
        ("before", "after", "reason"),
        [
            ('"[SPACE]"', '"[KHOANG]"', "no [SPACE]"),
            ('"[UNK]":1,', "", "[UNK]"),
            ('"type":"BPE"', '"type":"Khac"', "Tokenizer"),
        ],
    )
    def test_a_vocabulary_of_another_kind_is_named(
        self, voice: VoiceCard, tmp_path: Path, before: str, after: str, reason: str
    ) -> None:
        path = tmp_path / voice.id / "vocab.json"
        text = json.dumps(json.loads(path.read_text(encoding="utf-8")), ensure_ascii=False, separators=(",", ":"))
        assert before in text
        path.unlink()
        path.write_text(text.replace(before, after), encoding="utf-8")
        error = failure(sealed(voice, tmp_path), tmp_path)
        assert error.code == "voice.bad_weights"
        assert reason in str(error.fields["reason"])

    def test_no_path_inside_a_file_is_followed(
        self, voice: VoiceCard, spec: VoiceSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: Any) -> None:
            raise AssertionError("a voice asked for the network")

        expected = heard(spec)
        monkeypatch.setattr(socket.socket, "connect", refuse)
        paths = {name: "http://127.0.0.1:9/" + name for name in PATHS}
        write_config(tmp_path / voice.id, model_args=paths, output_path=str(tmp_path / "ra"))
        assert np.array_equal(heard(resolved(sealed(voice, tmp_path), tmp_path)), expected)
        assert not (tmp_path / "ra").exists()

    def test_the_made_model_speaks_as_the_one_that_was_kept(self, spec: VoiceSpec, tmp_path: Path) -> None:
        """The fake is what the true format holds: nothing is lost on the way through the files."""
        import torch

        kept = torch.load(Path(spec.weights) / MODEL, weights_only=True)["model"]
        made = random_model(tiny_config(), vocabulary()).state_dict()
        assert kept.keys() == made.keys()
        assert all(torch.equal(kept[name], made[name]) for name in made)


class Evil:
    """Makes a folder where a pickle of it is loaded with trust."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        import os

        return os.mkdir, (str(self.mark),)
