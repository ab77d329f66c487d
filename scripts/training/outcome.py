"""What a training leaves behind: weights without what only training needs, sealed, and the card of the voice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from scripts.training.recordings import RATE_HZ
from scripts.training.trainer import settings_of
from studio.errors import InputError
from studio.files.card import Consent, VoiceCard, WeightFile
from studio.files.faults import first_fault, reason_of
from studio.settings import Settings
from studio.stores.durable import write_bytes, written_beside
from studio.stores.tomlfiles import read_toml
from studio.stores.weights import FolderWeights
from studio.stores.weights.ledger import file_digest

WEIGHTS, CONFIG = "giong.safetensors", "config.json"


@dataclass(frozen=True, slots=True)
class Order:
    """The voice that is to be made."""

    id: str
    name: str
    gender: str
    consent: Consent


def check_order(order: Order, settings: Settings) -> None:
    """Raises InputError where the voice could not be written down, ValueError where it would take another's place.

    Asked before hours are spent: a card of that id that is shipped, or that no training made, is somebody's voice.
    """
    try:
        _card(order, (), 0.0)
    except ValidationError as error:
        raise InputError("option.bad_value", option="--name", **reason_of(first_fault(error))) from error
    for folder in settings.folders("voices"):
        path = folder / f"{order.id}.toml"
        if path.is_file() and read_toml(path, VoiceCard, "card").origin != "trained":
            raise ValueError(f"--id {order.id}: {path} is another voice's card; choose another id")


def keep_voice(checkpoint: Path, order: Order, settings: Settings, minutes: float) -> Path:
    """Writes the weights into the studio's models and the card into its home; gives the card's path."""
    import torch
    from safetensors.torch import save_file

    folder = settings.models / order.id
    folder.mkdir(parents=True, exist_ok=True)
    model = torch.load(checkpoint, map_location="cpu", weights_only=True)["model"]
    kept = {name: weight.contiguous() for name, weight in model.items() if not name.startswith("disc.")}
    # Beside and renamed: an earlier training's voice may be speaking from the file that this one replaces.
    with written_beside(folder / WEIGHTS) as beside:
        save_file(kept, beside)
    write_bytes(folder / CONFIG, json.dumps(settings_of(checkpoint), ensure_ascii=False).encode())
    card = _card(order, [_file(folder, name) for name in (WEIGHTS, CONFIG)], minutes)
    FolderWeights(settings.models).verify(card)
    path = settings.home / "voices" / f"{order.id}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_bytes(path, _toml(card).encode())
    return path


def _card(order: Order, files: Sequence[WeightFile], minutes: float) -> VoiceCard:
    return VoiceCard.model_validate(
        {
            "id": order.id,
            "name": order.name,
            "engine": "coqui",
            "accent": "hanoi",
            "gender": order.gender,
            "rate_hz": RATE_HZ,
            "source": f"trained here from {minutes:.0f} minutes of recordings",
            "licence": "the unit's own",
            "origin": "trained",
            "files": tuple(files),
            "consent": order.consent,
        }
    )


def _file(folder: Path, name: str) -> WeightFile:
    path = folder / name
    return WeightFile(path=name, size_bytes=path.stat().st_size, sha256=file_digest(path))


def _toml(card: VoiceCard) -> str:
    """The card as TOML; JSON's strings and numbers are TOML's too, dates are written bare."""
    fields = card.model_dump(exclude_defaults=True)
    consent, files = fields.pop("consent"), fields.pop("files")
    lines = [f"{name} = {_value(value)}" for name, value in fields.items()]
    lines += ["", "[consent]", *(f"{name} = {_value(value)}" for name, value in consent.items())]
    for file in files:
        lines += ["", "[[files]]", *(f"{name} = {_value(value)}" for name, value in file.items())]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    return str(value) if not isinstance(value, str | int | float) else json.dumps(value, ensure_ascii=False)
