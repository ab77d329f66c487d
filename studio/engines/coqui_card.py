"""What a card says of a Coqui voice, resolved to every field that decides its sound; torch is not loaded for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from studio.engines import xtts_card
from studio.engines.cardnumbers import card_numbers, check_rate, whole_speed
from studio.engines.parts import versions
from studio.engines.sealed import sealed_digest
from studio.errors import VoiceError
from studio.values.voice import VoiceSpec

if TYPE_CHECKING:
    from studio.files.card import VoiceCard

PARTS = ("coqui-tts", "torch", "torchaudio")
REMEDY = "run python3 scripts/studio setup neural"
LOWEST_SPEED, HIGHEST_SPEED = 0.5, 2.0
KIND_BY_FILE = {"vocab.txt": "mms", xtts_card.VOCABULARY: xtts_card.KIND}
"""Kinds of voices by the file that each has beside its checkpoint; the kind without one is VITS."""
CHECKPOINTS = frozenset({".pth", ".pt", ".safetensors"})
PRECISIONS = ("float32", "float16")
"""Of the vocoder alone: what decides a line's length and shape is never halved."""

SETTINGS: Mapping[str, tuple[float, float, float]] = {
    "noise_scale": (0.667, 0.0, 1.5),
    "noise_w_scale": (0.8, 0.0, 1.5),
}
"""Default, lowest and highest of a card's settings: how much the sound and the lengths of its syllables vary."""


def resolved(card: VoiceCard, weights: Path, speed: float) -> VoiceSpec:
    """The card's voice at `speed` times the card's speed; raises as CoquiEngine.resolve does."""
    checkpoint, kind = _layout(card)
    cloned = kind == xtts_card.KIND
    installed = versions("coqui", (*PARTS, *xtts_card.PARTS) if cloned else PARTS, REMEDY)
    settings = xtts_card.clone_settings(card) if cloned else _settings(card, kind)
    digest = sealed_digest(card, weights)
    folder = (weights / checkpoint).parent
    rate_hz = (
        xtts_card.clone_rate_hz(card, weights, folder, settings)
        if cloned
        else _rate_of(card, folder / "config.json", kind)
    )
    check_rate(card, rate_hz)
    spoken_speed = whole_speed(card, speed, LOWEST_SPEED, HIGHEST_SPEED)
    return VoiceSpec(
        voice_id=card.id,
        engine="coqui",
        engine_version=installed,
        variant=checkpoint,
        model_digest=digest,
        rate_hz=rate_hz,
        speed=spoken_speed,
        precision=_precision(card, xtts_card.PRECISIONS if cloned else PRECISIONS),
        settings=(("kind", kind), *sorted(settings.items())),
        weights=str(weights),
    )


def _settings(card: VoiceCard, kind: str) -> dict[str, str | int | float]:
    numbers = card_numbers(card, SETTINGS, frozenset({"precision"}))
    if card.recordings:
        # A recording that no model of this kind hears would be nobody's voice.
        raise VoiceError("voice.wrong_model", voice=card.id, model=kind)
    return numbers


def _precision(card: VoiceCard, known: tuple[str, ...]) -> str:
    value = card.settings.get("precision", known[0])
    if value not in known:
        raise VoiceError("voice.bad_precision", voice=card.id, value=value, known=", ".join(known))
    return str(value)


def _layout(card: VoiceCard) -> tuple[str, str]:
    """The checkpoint's path and the kind of voice, by the names of the card's files."""
    paths = [PurePosixPath(file.path) for file in card.files]
    checkpoints = [path for path in paths if path.suffix in CHECKPOINTS]
    if len(checkpoints) != 1 or checkpoints[0].with_name("config.json") not in paths:
        reason = "needs one .pth or .safetensors file and config.json beside it"
        raise VoiceError("voice.bad_weights", voice=card.id, reason=reason)
    for sign, kind in KIND_BY_FILE.items():
        if checkpoints[0].with_name(sign) in paths:
            return str(checkpoints[0]), kind
    return str(checkpoints[0]), "vits"


def _rate_of(card: VoiceCard, config: Path, kind: str) -> int:
    try:
        written = json.loads(config.read_bytes())
        if str(written.get("model")).lower() == xtts_card.KIND:
            raise ValueError(f"its model is XTTS, and the card lists no {xtts_card.VOCABULARY} beside it")
        return int(written["data"]["sampling_rate"] if kind == "mms" else written["audio"]["sample_rate"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise VoiceError("voice.bad_weights", voice=card.id, reason=f"{config.name}: {error}") from error
