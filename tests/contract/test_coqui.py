"""What is particular to Coqui's voices: verified files, noise from a seed, batches that sound like lines alone."""

from __future__ import annotations

import json
import os
import pickle
import socket
from collections.abc import Sequence
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
from studio.sound import Sound
from studio.stores.weights import FolderWeights
from studio.values.voice import SpeechRequest, VoiceSpec
from tests.fakes import mmsvoice
from tests.fakes.coquivoice import (
    FRAMES_PER_ID,
    HOP,
    MODEL,
    RATE_HZ,
    installed_voice,
    random_model,
    tiny_config,
    voice_card,
    write_voice,
)

pytestmark = pytest.mark.neural
LINE = "Mời bà con tới nhà văn hoá."
LINES = (LINE, "Vâng.", "Những ngã rẽ nhỏ sẽ đóng để sửa chữa, từ sáng đến tối.", "Hôm nay trời nắng đẹp.")


@pytest.fixture
def voice(tmp_path: Path) -> VoiceCard:
    return installed_voice(tmp_path)


@pytest.fixture
def spec(voice: VoiceCard, tmp_path: Path) -> VoiceSpec:
    return resolved(voice, tmp_path)


def resolved(card: VoiceCard, tmp_path: Path, speed: float = 1.0) -> VoiceSpec:
    return EngineRegistry().resolve(card, tmp_path / card.id, speed)


def sounds(outcomes: Sequence[Sound | VoiceError]) -> list[Sound]:
    assert all(isinstance(outcome, Sound) for outcome in outcomes)
    return [outcome for outcome in outcomes if isinstance(outcome, Sound)]


class TestSound:
    def test_is_coquis_own_but_for_the_silence_after_its_end(self, spec: VoiceSpec) -> None:
        """The same model, asked as Coqui asks it, with the same numbers for its two draws."""
        import torch

        heard = CoquiEngine().speak(SpeechRequest(LINE, spec, take=3)).samples[:, 0]
        model = random_model(tiny_config())
        model.inference_noise_scale, model.inference_noise_scale_dp = 0.667, 0.8
        ids = torch.tensor([model.tokenizer.text_to_ids(LINE)])

        def drawn(draw: int, shape: Sequence[int]) -> Any:
            _, channels, time = shape
            return torch.from_numpy(
                np.random.default_rng((3, draw)).standard_normal((time, channels), np.float32).T[np.newaxis].copy()
            )

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(torch, "randn", lambda *shape: drawn(0, shape))
            patch.setattr(torch, "randn_like", lambda like: drawn(1, like.shape))
            expected = model.inference(ids, {"x_lengths": None})["model_outputs"][0, 0].numpy()
        assert heard.shape == expected.shape
        inside = len(heard) - 30 * HOP
        np.testing.assert_allclose(heard[:inside], expected[:inside], atol=1e-6)
        assert float(np.abs(heard).max()) > 0.01

    def test_lasts_as_long_as_its_letters(self, spec: VoiceSpec) -> None:
        frames = CoquiEngine().speak(SpeechRequest(LINE, spec)).frames
        assert frames % HOP == 0
        assert frames / HOP == pytest.approx((2 * len(LINE) + 1) * FRAMES_PER_ID, rel=0.15)

    def test_take_n_has_seed_n(self, spec: VoiceSpec) -> None:
        takes = [CoquiEngine().speak(SpeechRequest(LINE, spec, take)).samples for take in (1, 2, 1)]
        assert np.array_equal(takes[0], takes[2])
        assert takes[0].shape != takes[1].shape or not np.array_equal(takes[0], takes[1])

    def test_safetensors_sound_as_the_same_weights_pickled(self, spec: VoiceSpec, tmp_path: Path) -> None:
        other = tmp_path / "khac"
        safe = resolved(installed_voice(other, name="thu.safetensors"), other)
        there = CoquiEngine().speak(SpeechRequest(LINE, safe)).samples
        assert np.array_equal(there, CoquiEngine().speak(SpeechRequest(LINE, spec)).samples)

    def test_half_precision_is_close_and_another_voice_to_the_fingerprint(
        self, spec: VoiceSpec, voice: VoiceCard, tmp_path: Path
    ) -> None:
        half = resolved(voice.model_copy(update={"settings": {"precision": "float16"}}), tmp_path)
        whole, halved = (CoquiEngine().speak(SpeechRequest(LINE, each)).samples for each in (spec, half))
        np.testing.assert_allclose(halved, whole, atol=4e-3)
        assert not np.array_equal(halved, whole)
        assert take_fields(SpeechRequest(LINE, half)) != take_fields(SpeechRequest(LINE, spec))

    def test_neither_place_nor_device_is_part_of_the_fingerprint(self, spec: VoiceSpec) -> None:
        elsewhere = replace(spec, weights="/khac", device="cuda")
        assert take_fields(SpeechRequest(LINE, elsewhere)) == take_fields(SpeechRequest(LINE, spec))


class TestBatches:
    @pytest.mark.parametrize(("precision", "tolerance"), [("float32", 1e-6), ("float16", 4e-3)])
    def test_a_line_in_a_batch_sounds_as_alone(
        self, voice: VoiceCard, tmp_path: Path, precision: str, tolerance: float
    ) -> None:
        spec = resolved(voice.model_copy(update={"settings": {"precision": precision}}), tmp_path)
        requests = [SpeechRequest(line, spec, take) for take in (1, 2) for line in LINES]
        together = sounds(CoquiEngine().speak_many(requests))
        for request, sound in zip(requests, together, strict=True):
            alone = CoquiEngine().speak(request)
            assert sound.frames == alone.frames
            np.testing.assert_allclose(sound.samples, alone.samples, atol=tolerance)

    def test_voices_and_speeds_do_not_mix(self, voice: VoiceCard, tmp_path: Path) -> None:
        fast, slow = resolved(voice, tmp_path, 1.25), resolved(voice, tmp_path, 0.8)
        requests = [SpeechRequest(LINES[0], fast), SpeechRequest(LINES[0], slow), SpeechRequest(LINES[1], fast)]
        together = sounds(CoquiEngine().speak_many(requests))
        for request, sound in zip(requests, together, strict=True):
            assert sound.frames == CoquiEngine().speak(request).frames
        assert together[0].frames < together[1].frames

    def test_what_is_wrong_with_a_line_leaves_the_others_alone(self, spec: VoiceSpec) -> None:
        outcomes = CoquiEngine().speak_many(
            [SpeechRequest(text, spec) for text in ("một", "số 2", "", "漢字", "đi mãi " * 300, "năm")]
        )
        codes = [outcome.code if isinstance(outcome, VoiceError) else "" for outcome in outcomes]
        assert codes == [
            "", "voice.cannot_say", "voice.nothing_to_say", "voice.cannot_say", "voice.line_too_long", "",
        ]  # fmt: skip

    def test_too_little_memory_is_answered_by_halves(self, spec: VoiceSpec, monkeypatch: pytest.MonkeyPatch) -> None:
        sizes = short_of_memory(monkeypatch, most_rows=3)
        engine = CoquiEngine()
        requests = [SpeechRequest(line, spec, take) for take in (1, 2, 3) for line in LINES]
        together = sounds(engine.speak_many(requests))
        assert [sound.frames for sound in together] == [CoquiEngine().speak(request).frames for request in requests]
        assert sizes[:3] == [12, 6, 3]
        sizes.clear()
        engine.speak_many(requests)
        assert max(sizes) < 12  # it remembers what was too much

    def test_a_single_line_that_is_too_large_is_named(self, spec: VoiceSpec, monkeypatch: pytest.MonkeyPatch) -> None:
        short_of_memory(monkeypatch, most_rows=0)
        outcomes = CoquiEngine().speak_many([SpeechRequest(line, spec) for line in LINES[:2]])
        assert [outcome.code for outcome in outcomes if isinstance(outcome, VoiceError)] == ["voice.out_of_memory"] * 2

    def test_a_line_that_runs_away_is_stopped_before_it_is_made(
        self, spec: VoiceSpec, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from studio.engines import vits

        monkeypatch.setattr(vits, "LEAST_FRAMES", 900)
        monkeypatch.setattr(vits, "MOST_FRAMES_PER_ID", 0)
        outcomes = CoquiEngine().speak_many([SpeechRequest(line, spec) for line in LINES])
        codes = [outcome.code if isinstance(outcome, VoiceError) else "" for outcome in outcomes]
        assert codes == ["", "", "voice.runaway", ""]


def short_of_memory(monkeypatch: pytest.MonkeyPatch, most_rows: int) -> list[int]:
    """Makes larger batches fail as on a full card; gives the sizes of all that are tried."""
    import torch

    from studio.engines.vits import BatchedVits

    sizes: list[int] = []
    speak = BatchedVits.speak

    def limited(self: BatchedVits, rows: Any, scales: Any) -> Any:
        sizes.append(len(rows))
        if len(rows) > most_rows:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return speak(self, rows, scales)

    monkeypatch.setattr(BatchedVits, "speak", limited)
    return sizes


@pytest.mark.filterwarnings("ignore:Detected pickle protocol")  # torch says so of some of the damaged files
class TestWeights:
    def test_that_were_never_hashed_are_not_loaded(self, tmp_path: Path) -> None:
        write_voice(tmp_path / voice_card().id)
        with pytest.raises(VoiceError) as caught:
            resolved(voice_card(), tmp_path)
        assert caught.value.code == "voice.not_pulled"

    def test_that_were_touched_are_not_loaded(self, voice: VoiceCard, tmp_path: Path) -> None:
        os.utime(tmp_path / voice.id / MODEL, ns=(5, 5))
        with pytest.raises(VoiceError) as caught:
            resolved(voice, tmp_path)
        assert caught.value.code == "voice.not_pulled"

    @pytest.mark.parametrize(
        "content",
        [b"", b"\x80\x04\x95", b"not a model at all", b"PK\x03\x04" + b"\0" * 500, pickle.dumps({"model": 1})],
    )
    def test_that_are_damaged_are_named(self, tmp_path: Path, content: bytes) -> None:
        assert failure(tmp_path, content).code == "voice.bad_weights"

    def test_never_run_code(self, tmp_path: Path) -> None:
        mark = tmp_path / "chay-roi"
        refused = failure(tmp_path, pickle.dumps({"model": Evil(mark)}))
        assert refused.code == "voice.bad_weights"
        assert not mark.exists()

    def test_of_another_shape_are_named(self, tmp_path: Path) -> None:
        card = installed_voice(tmp_path, model_args={"hidden_channels": 64})
        with pytest.raises(VoiceError) as caught:
            CoquiEngine().speak(SpeechRequest(LINE, resolved(card, tmp_path)))
        assert caught.value.code == "voice.bad_weights"
        assert "size mismatch" in str(caught.value.fields["reason"])

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"model": "glow_tts"}, "glow_tts"),
            ({"use_phonemes": True}, "phonemes"),
            ({"text_cleaner": "english_cleaners"}, "english_cleaners"),
            ({"model_args": {"use_speaker_embedding": True}}, "several speakers"),
            ({"characters": {"characters_class": "os.path.join"}}, "os.path.join"),
            ({"characters": {"characters_class": None}}, "None"),
            ({"audio": {"hop_length": float("inf")}}, "infinity"),
        ],
    )
    def test_of_a_kind_it_cannot_speak_are_refused(self, tmp_path: Path, change: dict[str, Any], reason: str) -> None:
        card = installed_voice(tmp_path, **change)
        with pytest.raises(VoiceError) as caught:
            CoquiEngine().speak(SpeechRequest(LINE, resolved(card, tmp_path)))
        assert caught.value.code == "voice.bad_weights"
        assert reason in str(caught.value.fields["reason"])

    def test_no_path_inside_a_file_is_followed(
        self, tmp_path: Path, spec: VoiceSpec, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: Any) -> None:
            raise AssertionError("a voice asked for the network")

        monkeypatch.setattr(socket.socket, "connect", refuse)
        paths = {
            name: "http://127.0.0.1:9/" + name
            for name in ("speakers_file", "language_ids_file", "d_vector_file", "speaker_encoder_model_path")
        }
        other = tmp_path / "khac"
        card = installed_voice(other, model_args=paths, **{**paths, "phoneme_cache_path": str(other / "cache")})
        heard = CoquiEngine().speak(SpeechRequest(LINE, resolved(card, other))).samples
        assert np.array_equal(heard, CoquiEngine().speak(SpeechRequest(LINE, spec)).samples)
        assert not (other / "cache").exists()

    def test_a_letter_the_voice_lacks_is_said(self, tmp_path: Path) -> None:
        card = installed_voice(tmp_path, letters="abcdeghiklmnoprstuvxy")
        with pytest.raises(VoiceError) as caught:
            CoquiEngine().speak(SpeechRequest(LINE, resolved(card, tmp_path)))
        assert caught.value.code == "voice.unknown_sound"
        assert caught.value.fields["sounds"] == "à á ă ớ ờ"


class Evil:
    """Makes a file where a pickle of it is loaded with trust."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.mark),)


def failure(tmp_path: Path, content: bytes) -> VoiceError:
    """What is said of a checkpoint with these bytes, sealed as they are."""
    card = voice_card()
    write_voice(tmp_path / card.id)
    (tmp_path / card.id / MODEL).write_bytes(content)
    FolderWeights(tmp_path).verify(card)
    with pytest.raises(VoiceError) as caught:
        CoquiEngine().speak(SpeechRequest(LINE, resolved(card, tmp_path)))
    return caught.value


def test_without_a_graphics_card_there_is_no_silent_way_out(spec: VoiceSpec, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(VoiceError) as caught:
        CoquiEngine().speak(SpeechRequest(LINE, replace(spec, device="cuda")))
    assert caught.value.code == "voice.no_gpu"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"settings": {"noise": 1.0}}, "voice.unknown_setting"),
        ({"settings": {"noise_scale": 9.0}}, "voice.bad_setting"),
        ({"settings": {"noise_w_scale": "loud"}}, "voice.bad_setting"),
        ({"settings": {"precision": "int4"}}, "voice.bad_precision"),
        ({"rate_hz": RATE_HZ * 2}, "voice.wrong_rate"),
        ({"speed": 0.1}, "voice.speed_out_of_range"),
        ({"files": ()}, "voice.bad_weights"),
    ],
)
def test_refuses_a_card_it_cannot_follow(voice: VoiceCard, tmp_path: Path, change: dict[str, Any], code: str) -> None:
    with pytest.raises(VoiceError) as caught:
        resolved(voice.model_copy(update=change), tmp_path)
    assert caught.value.code == code


class TestMms:
    """Meta's own format, at its true size: Coqui reads no other."""

    def test_speaks_what_was_published_in_metas_format(self, tmp_path: Path) -> None:
        card = mmsvoice.installed_voice(tmp_path)
        spec = resolved(card, tmp_path)
        assert dict(spec.settings)["kind"] == "mms"
        first, second = sounds(CoquiEngine().speak_many([SpeechRequest(text, spec) for text in ("Vâng.", "Đi")]))
        alone = CoquiEngine().speak(SpeechRequest("Đi", spec))
        np.testing.assert_allclose(second.samples, alone.samples, atol=1e-6)
        assert first.rate_hz == 16_000
        with pytest.raises(VoiceError) as caught:
            CoquiEngine().speak(SpeechRequest("wow", spec))
        assert caught.value.code == "voice.unknown_sound"

    def test_a_voice_without_vietnamese_marks_is_refused(self, tmp_path: Path) -> None:
        card = mmsvoice.installed_voice(tmp_path)
        config = tmp_path / card.id / "config.json"
        written = json.loads(config.read_text())
        written["data"]["training_files"] = "train.uroman"
        config.write_text(json.dumps(written))
        (tmp_path / "LOCK").unlink()
        FolderWeights(tmp_path).verify(card)
        with pytest.raises(VoiceError) as caught:
            CoquiEngine().speak(SpeechRequest("Vâng.", resolved(card, tmp_path)))
        assert caught.value.code == "voice.bad_weights"
