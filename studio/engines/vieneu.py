"""VieNeu-TTS v3 Turbo on the CPU: its SDK's own ONNX engine, given every file, so that it looks for none.

The SDK's door `Vieneu(...)` takes no place for its codec and fetches it; its engine behind that door takes both. The
steps around the engine (cutting long lines, phonemes, joining) are the SDK's own, in the SDK's order.
"""

from __future__ import annotations

import json
import threading
from functools import cache
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from studio.audio.tempo import FASTEST, SLOWEST, at_speed
from studio.engines.cardnumbers import card_numbers, check_rate, whole_speed
from studio.engines.lines import as_sound, latin_line
from studio.engines.parts import stay_offline, versions
from studio.engines.sealed import sealed_digest
from studio.errors import MissingPartError, VoiceError
from studio.sound import Sound
from studio.values.voice import SpeechRequest, VoiceSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.files.card import VoiceCard

PARTS = ("vieneu", "onnxruntime")
STRETCHER = "av"
"""Decides the sound too of a line that is made slower or faster."""
REMEDY = "run python3 scripts/studio setup neural"
RATE_HZ = 48_000
MAX_CHARACTERS = 1_500
PIECE_CHARACTERS = 256
"""What the SDK speaks in one pass; a longer line is cut at its phrases."""
GRAPHS, CODEC = "onnx", "codec"
"""Folders of a card's files: the voice's graphs, and the codec that turns its codes into sound."""
PRESETS = "assets/voices_v3_turbo.json"
"""The SDK's preset voices, inside its wheel."""

SETTINGS: Mapping[str, tuple[float, float, float]] = {
    "temperature": (0.8, 0.1, 1.5),
    "top_k": (25, 1, 200),
    "top_p": (0.95, 0.1, 1.0),
    "repetition_penalty": (1.2, 1.0, 2.0),
}
"""Default, lowest and highest of a card's settings: how freely the next sound is drawn; defaults are the SDK's."""

_ONE_AT_A_TIME = threading.Lock()
"""The SDK draws from NumPy's one global generator."""


class VieneuEngine:
    """Holds one loaded engine for each folder of weights; take n draws from seed n."""

    varies: ClassVar[bool] = True
    deliverable: ClassVar[bool] = True
    most_characters: ClassVar[int] = MAX_CHARACTERS

    def __init__(self) -> None:
        self._engines: dict[tuple[str, str], Any] = {}

    @classmethod
    def devices(cls) -> frozenset[str]:
        """Where it can work."""
        return frozenset({"cpu"})

    @classmethod
    def resolve(cls, card: VoiceCard, weights: Path, speed: float) -> VoiceSpec:
        """The card's preset voice, its weights verified beforehand.

        The SDK speaks at one speed; another is made on the finished line. Raises MissingPartError
        `engine.not_installed`, VoiceError `voice.not_pulled`, `voice.unknown_setting`, `voice.bad_setting`,
        `voice.unknown_variant`, `voice.wrong_rate`, `voice.speed_out_of_range`.
        """
        spoken_speed = whole_speed(card, speed, SLOWEST, FASTEST)
        installed = versions("vieneu", PARTS if spoken_speed == 1.0 else (*PARTS, STRETCHER), REMEDY)
        settings = card_numbers(card, SETTINGS, frozenset())
        if card.variant not in _presets():
            known = ", ".join(sorted(_presets()))
            raise VoiceError("voice.unknown_variant", voice=card.id, variant=card.variant, known=known)
        check_rate(card, RATE_HZ)
        return VoiceSpec(
            voice_id=card.id,
            engine="vieneu",
            engine_version=installed,
            variant=card.variant,
            model_digest=sealed_digest(card, weights),
            rate_hz=RATE_HZ,
            speed=spoken_speed,
            precision="float32",
            settings=tuple(sorted(settings.items())),
            weights=str(weights),
        )

    def speak(self, request: SpeechRequest) -> Sound:
        """float32 (frames, 1) at 48 000 Hz as the SDK gives it, brought to the voice's speed: no level is touched, no
        watermark added.

        Raises VoiceError: what `latin_line` raises, `voice.silent_line`, `voice.bad_weights`.
        """
        from onnxruntime.capi import onnxruntime_pybind11_state as failures

        line = latin_line(request, max_characters=MAX_CHARACTERS)
        spec = request.voice
        engine = self._loaded(spec)
        try:
            with _ONE_AT_A_TIME:
                state = np.random.get_state()  # the SDK draws from it
                np.random.seed(request.take)
                try:
                    samples = _spoken(engine, line, spec)
                finally:
                    np.random.set_state(state)
        except (failures.InvalidArgument, failures.RuntimeException, failures.Fail, ValueError, IndexError) as error:
            raise VoiceError("voice.bad_weights", voice=spec.voice_id, reason=str(error)[:300]) from error
        return at_speed(as_sound(samples, request), spec.speed)

    def close(self) -> None:
        """Lets go of every engine."""
        self._engines.clear()

    def _loaded(self, spec: VoiceSpec) -> Any:
        key = (spec.weights, spec.model_digest)
        if key not in self._engines:
            self._engines[key] = _load(spec)
        return self._engines[key]


@cache
def _presets() -> Mapping[str, Any]:
    """The SDK's preset voices by name, read without importing it; raises MissingPartError."""
    found = util.find_spec("vieneu")
    if found is None or found.origin is None:
        raise MissingPartError("engine.not_installed", engine="vieneu", part="vieneu", remedy=REMEDY)
    presets: Mapping[str, Any] = json.loads((Path(found.origin).parent / PRESETS).read_bytes())["presets"]
    return presets


def _load(spec: VoiceSpec) -> Any:
    stay_offline()
    from onnxruntime.capi import onnxruntime_pybind11_state as failures
    from vieneu._v3_turbo_engine.onnx_runtime_lite import OnnxV3LiteEngine

    folder = Path(spec.weights)
    try:
        return OnnxV3LiteEngine(
            checkpoint_path=str(folder),
            onnx_dir=str(folder / GRAPHS),
            codec_dir=str(folder / CODEC),
            # One thread a worker: workers fill the cores, and sums do not depend on how many cores there are.
            threads=1,
        )
    except (OSError, EOFError, ValueError, KeyError, TypeError, failures.Fail, failures.NoSuchFile,
            failures.InvalidGraph, failures.InvalidArgument, failures.InvalidProtobuf,
            failures.NotImplemented) as error:  # fmt: skip
        raise VoiceError("voice.bad_weights", voice=spec.voice_id, reason=str(error)[:300]) from error


def _spoken(engine: Any, line: str, spec: VoiceSpec) -> Any:
    from vieneu_utils.core_utils import gaps_to_silence, join_audio_chunks, strip_encoder_pad_frame
    from vieneu_utils.phonemize_text import normalize_to_chunks_v3_with_gaps, phonemize_text_with_emotions

    preset = _presets()[spec.variant]
    settings = dict(spec.settings)
    pieces, gaps = normalize_to_chunks_v3_with_gaps(line, max_chars=PIECE_CHARACTERS)
    heard = [
        engine.infer(
            phonemes=phonemize_text_with_emotions(piece),
            speaker_emb=np.asarray(preset["speaker_emb"], np.float32),
            ref_codes=strip_encoder_pad_frame(np.asarray(preset["codes"], np.int64)),
            temperature=settings["temperature"],
            top_k=int(settings["top_k"]),
            top_p=settings["top_p"],
            repetition_penalty=settings["repetition_penalty"],
        )
        for piece in pieces
    ]
    return join_audio_chunks(heard, RATE_HZ, silence_ps=gaps_to_silence(gaps))
