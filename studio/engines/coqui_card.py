"""What a card says of a Coqui voice, resolved to every field that decides its sound; torch is not loaded for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from studio.engines.sealed import sealed_digest
from studio.errors import MissingPartError, VoiceError
from studio.values.voice import VoiceSpec

if TYPE_CHECKING:
    from studio.files.card import VoiceCard

PARTS = ("coqui-tts", "torch", "torchaudio")
REMEDY = "run python3 scripts/studio setup neural"
LOWEST_SPEED, HIGHEST_SPEED = 0.5, 2.0
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
    versions, settings = _versions(), _settings(card)
    checkpoint, kind = _layout(card)
    digest = sealed_digest(card, weights)
    rate_hz = _rate_of(card, (weights / checkpoint).with_name("config.json"), kind)
    if rate_hz != card.rate_hz:
        raise VoiceError("voice.wrong_rate", voice=card.id, rate_hz=card.rate_hz, expected_hz=rate_hz)
    whole_speed = round(card.speed * speed, 4)
    if not LOWEST_SPEED <= whole_speed <= HIGHEST_SPEED:
        raise VoiceError(
            "voice.speed_out_of_range",
            voice=card.id, speed=whole_speed, lowest=LOWEST_SPEED, highest=HIGHEST_SPEED,
        )  # fmt: skip
    return VoiceSpec(
        voice_id=card.id,
        engine="coqui",
        engine_version=versions,
        variant=checkpoint,
        model_digest=digest,
        rate_hz=rate_hz,
        speed=whole_speed,
        precision=_precision(card),
        settings=(("kind", kind), *sorted(settings.items())),
        weights=str(weights),
    )


def _versions() -> str:
    versions = []
    for part in PARTS:
        try:
            # What follows "+" names the device that torch was built for, which decides no sound.
            versions.append(f"{part} {metadata.version(part).partition('+')[0]}")
        except metadata.PackageNotFoundError as error:
            raise MissingPartError("engine.not_installed", engine="coqui", part=part, remedy=REMEDY) from error
    return ", ".join(versions)


def _settings(card: VoiceCard) -> dict[str, str | int | float]:
    known = {*SETTINGS, "precision"}
    unknown = sorted(card.settings.keys() - known)
    if unknown:
        raise VoiceError("voice.unknown_setting", voice=card.id, setting=unknown[0], known=", ".join(sorted(known)))
    settings: dict[str, str | int | float] = {}
    for name, (default, lowest, highest) in SETTINGS.items():
        value = card.settings.get(name, default)
        if isinstance(value, str) or not lowest <= value <= highest:
            raise VoiceError(
                "voice.bad_setting", voice=card.id, setting=name, value=value, lowest=lowest, highest=highest
            )
        settings[name] = float(value)
    return settings


def _precision(card: VoiceCard) -> str:
    value = card.settings.get("precision", PRECISIONS[0])
    if value not in PRECISIONS:
        raise VoiceError("voice.bad_precision", voice=card.id, value=value, known=", ".join(PRECISIONS))
    return str(value)


def _layout(card: VoiceCard) -> tuple[str, str]:
    """The checkpoint's path and the kind of voice, by the names of the card's files."""
    paths = [PurePosixPath(file.path) for file in card.files]
    checkpoints = [path for path in paths if path.suffix in CHECKPOINTS]
    if len(checkpoints) != 1 or checkpoints[0].with_name("config.json") not in paths:
        reason = "needs one .pth or .safetensors file and config.json beside it"
        raise VoiceError("voice.bad_weights", voice=card.id, reason=reason)
    return str(checkpoints[0]), "mms" if checkpoints[0].with_name("vocab.txt") in paths else "vits"


def _rate_of(card: VoiceCard, config: Path, kind: str) -> int:
    try:
        written = json.loads(config.read_bytes())
        return int(written["data"]["sampling_rate"] if kind == "mms" else written["audio"]["sample_rate"])
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise VoiceError("voice.bad_weights", voice=card.id, reason=f"{config.name}: {error}") from error
