"""Piper's voices: VITS exported to ONNX, spoken by ONNX Runtime on one core of the CPU or on a graphics card."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import numpy as np

from studio.engines.cardnumbers import card_numbers, check_rate, whole_speed
from studio.engines.lines import as_sound, latin_line
from studio.engines.parts import installed, versions
from studio.engines.sealed import sealed_digest
from studio.errors import VoiceError
from studio.sound import Samples, Sound
from studio.values.libraries import BUILT_FOR_CARDS
from studio.values.voice import SpeechRequest, VoiceSpec, excerpt

if TYPE_CHECKING:
    from studio.files.card import VoiceCard

PARTS = ("piper-tts", "onnxruntime", "onnx")
REMEDY = "run python3 scripts/studio setup piper"
MAX_CHARACTERS = 1_500
"""About two minutes of speech: the whole line is one pass through the model."""
SENTENCE_GAP_MS = 250
"""Silence where Piper's phonemes end a sentence inside a line."""
LOWEST_SPEED, HIGHEST_SPEED = 0.5, 2.0
NOISE_PER_ID = 4_608
"""Numbers of noise held ready for each phoneme id: 192 channels for 24 frames (0.28 s); doubled where it is short."""
MOST_DOUBLINGS = 4
"""Until sixteen times as many: 4.5 s for each id, which no voice says."""
CUDA = "CUDAExecutionProvider"
PROVIDERS: Mapping[str, list[Any]] = {
    "cpu": ["CPUExecutionProvider"],
    # As Piper itself asks for it, but for TF32: half the digits would be another precision than the one stated.
    "cuda": [(CUDA, {"cudnn_conv_algo_search": "HEURISTIC", "use_tf32": "0"})],
}
"""What runs a model on each device, as ONNX Runtime names it."""

SETTINGS: Mapping[str, tuple[float, float, float]] = {
    "noise_scale": (0.667, 0.0, 1.5),
    "noise_w_scale": (0.8, 0.0, 1.5),
}
"""Default, lowest and highest of a card's settings: how much the sound and the lengths of its syllables vary."""


class _Voice(NamedTuple):
    """A loaded voice: Piper's own phonemes and ids, a session whose noise is handed in, its noise inputs' names."""

    piper: Any
    session: Any
    noise: tuple[str, ...]


class PiperEngine:
    """Holds one loaded voice for each folder of weights; take n draws its noise from seed n."""

    varies: ClassVar[bool] = True
    deliverable: ClassVar[bool] = True
    most_characters: ClassVar[int] = MAX_CHARACTERS

    def __init__(self) -> None:
        self._voices: dict[tuple[str, str, str], _Voice] = {}

    @classmethod
    def devices(cls) -> frozenset[str]:
        """A card besides the CPU where ONNX Runtime is the build for cards."""
        return frozenset({"cpu"} if installed(BUILT_FOR_CARDS["onnxruntime"]) is None else {"cpu", "cuda"})

    @classmethod
    def resolve(cls, card: VoiceCard, weights: Path, speed: float) -> VoiceSpec:
        """The card's voice at `speed` times the card's speed, its weights verified beforehand.

        Raises MissingPartError `engine.not_installed`, VoiceError `voice.not_pulled`, `voice.bad_weights`,
        `voice.unknown_setting`, `voice.bad_setting`, `voice.wrong_rate`, `voice.speed_out_of_range`.
        """
        parts = versions("piper", PARTS, REMEDY)
        settings = card_numbers(card, SETTINGS, frozenset())
        digest = sealed_digest(card, weights)
        rate_hz = _rate_of(card, weights / f"{_model_path(card)}.json")
        check_rate(card, rate_hz)
        spoken_speed = whole_speed(card, speed, LOWEST_SPEED, HIGHEST_SPEED)
        return VoiceSpec(
            voice_id=card.id,
            engine="piper",
            engine_version=parts,
            variant=_model_path(card),
            model_digest=digest,
            rate_hz=rate_hz,
            speed=spoken_speed,
            precision="float32",
            settings=tuple(sorted(settings.items())),
            weights=str(weights),
        )

    def speak(self, request: SpeechRequest) -> Sound:
        """float32 (frames, 1) as the model gives it: no level is touched.

        Raises VoiceError: what `latin_line` raises, `voice.unknown_sound`, `voice.silent_line`, `voice.bad_weights`,
        `voice.no_gpu`.
        """
        line = latin_line(request, max_characters=MAX_CHARACTERS)
        spec = request.voice
        voice = self._loaded(spec)
        pieces: list[Samples] = []
        for number, phonemes in enumerate(_phonemes(voice, line, spec)):
            if phonemes:
                _check_known(phonemes, voice, spec, line)
                pieces += [_spoken(voice, phonemes, spec, (request.take, number)), _gap(spec.rate_hz)]
        sound = np.concatenate(pieces[:-1]) if pieces else np.zeros(0, np.float32)
        return as_sound(sound, request)

    def close(self) -> None:
        """Lets go of every voice."""
        self._voices.clear()

    def _loaded(self, spec: VoiceSpec) -> _Voice:
        key = (spec.weights, spec.model_digest, spec.device)
        if key not in self._voices:
            self._voices[key] = _load(spec)
        return self._voices[key]


def _model_path(card: VoiceCard) -> str:
    models = [file.path for file in card.files if file.path.endswith(".onnx")]
    names = {file.path for file in card.files}
    if len(models) != 1 or f"{models[0]}.json" not in names:
        raise VoiceError("voice.bad_weights", voice=card.id, reason="needs one .onnx file and its .onnx.json")
    return models[0]


def _rate_of(card: VoiceCard, config: Path) -> int:
    try:
        return int(json.loads(config.read_bytes())["audio"]["sample_rate"])
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise VoiceError("voice.bad_weights", voice=card.id, reason=f"{config.name}: {error}") from error


def _load(spec: VoiceSpec) -> _Voice:
    import onnx
    import onnxruntime
    from google.protobuf.message import DecodeError
    from onnxruntime.capi import onnxruntime_pybind11_state as failures
    from piper import PiperVoice
    from piper.config import PiperConfig

    from studio.engines.onnx_noise import noise_as_inputs

    _check_card(spec, onnxruntime.get_available_providers())
    path = Path(spec.weights) / spec.variant
    options = onnxruntime.SessionOptions()
    # One thread a worker: workers fill the cores, and sums do not depend on how many cores there are.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        config = PiperConfig.from_dict(json.loads(path.with_name(f"{path.name}.json").read_bytes()))
        model = onnx.load(str(path), load_external_data=False)
        noise = noise_as_inputs(model)
        session = onnxruntime.InferenceSession(
            model.SerializeToString(), sess_options=options, providers=PROVIDERS[spec.device]
        )
    except (OSError, ValueError, KeyError, TypeError, DecodeError, failures.Fail, failures.InvalidGraph,
            failures.InvalidArgument, failures.InvalidProtobuf, failures.NotImplemented) as error:  # fmt: skip
        raise VoiceError("voice.bad_weights", voice=spec.voice_id, reason=str(error)[:300]) from error
    _check_card(spec, session.get_providers())
    return _Voice(PiperVoice(session=session, config=config), session, noise)


def _check_card(spec: VoiceSpec, providers: Sequence[str]) -> None:
    """ONNX Runtime would go on by the CPU, with a line in its log."""
    if spec.device == "cuda" and CUDA not in providers:
        raise VoiceError("voice.no_gpu", voice=spec.voice_id, device=spec.device)


def _phonemes(voice: _Voice, line: str, spec: VoiceSpec) -> list[list[str]]:
    """Piper's phonemes, sentence by sentence; a voice whose configuration names a language that none knows is none."""
    try:
        phonemes: list[list[str]] = voice.piper.phonemize(line)
    except (RuntimeError, ValueError, ImportError) as error:
        raise VoiceError("voice.bad_weights", voice=spec.voice_id, reason=str(error)[:300]) from error
    return phonemes


def _check_known(phonemes: list[str], voice: _Voice, spec: VoiceSpec, line: str) -> None:
    """Piper leaves out a sound that its voice lacks with a line in the log: nobody would hear of it."""
    known = voice.piper.config.phoneme_id_map
    missing = sorted({sound for sound in phonemes if sound not in known and _is_sound(sound)})
    if missing:
        raise VoiceError("voice.unknown_sound", voice=spec.voice_id, line=excerpt(line), sounds=" ".join(missing))


def _is_sound(phoneme: str) -> bool:
    """Letters and tone numbers; stress, ties and punctuation may be missing."""
    return unicodedata.category(phoneme[0]) in ("Ll", "Lu", "Lo", "Nd")


def _spoken(voice: _Voice, phonemes: list[str], spec: VoiceSpec, seed: tuple[int, int]) -> Samples:
    from onnxruntime.capi import onnxruntime_pybind11_state as failures

    given = _inputs(voice, phonemes, spec)
    least = NOISE_PER_ID * given["input"].size
    for count in (least << doubling for doubling in range(MOST_DOUBLINGS + 1)):
        # A longer draw begins with the same numbers, so how much is held ready changes nothing.
        noise = {
            name: np.random.default_rng((*seed, index)).standard_normal(count, np.float32)
            for index, name in enumerate(voice.noise)
        }
        try:
            return np.asarray(voice.session.run(None, {**given, **noise})[0], np.float32).reshape(-1)
        except (failures.InvalidArgument, failures.RuntimeException, failures.Fail) as error:
            if count == least << MOST_DOUBLINGS or not voice.noise:
                raise VoiceError("voice.bad_weights", voice=spec.voice_id, reason=str(error)[:300]) from error
    raise AssertionError("the last one ends it")


def _inputs(voice: _Voice, phonemes: list[str], spec: VoiceSpec) -> dict[str, Any]:
    """What the model is asked, without its noise."""
    ids, config = voice.piper.phonemes_to_ids(phonemes), voice.piper.config
    settings = dict(spec.settings)
    scales = [float(settings["noise_scale"]), config.length_scale / spec.speed, float(settings["noise_w_scale"])]
    given: dict[str, Any] = {
        "input": np.array([ids], np.int64),
        "input_lengths": np.array([len(ids)], np.int64),
        "scales": np.array(scales, np.float32),
    }
    if config.num_speakers > 1:
        given["sid"] = np.array([config.default_speaker_id], np.int64)
    return given


def _gap(rate_hz: int) -> Samples:
    return np.zeros(rate_hz * SENTENCE_GAP_MS // 1000, np.float32)
