"""What a card says of a cloned voice: an XTTS model, a recording of the person, a language; torch is not loaded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.engines.cardnumbers import card_numbers
from studio.engines.recording import read_recording
from studio.errors import VoiceError

if TYPE_CHECKING:
    from studio.files.card import VoiceCard

KIND = "xtts"
PARTS = ("transformers", "tokenizers")
"""What decides the sound besides what every Coqui voice needs: who draws, and who cuts words into tokens."""
VOCABULARY = "vocab.json"
"""The file beside the checkpoint that tells an XTTS model from Coqui's others."""
LANGUAGE = "vi"
PRECISIONS = ("float32",)

NUMBERS: Mapping[str, tuple[float, float, float]] = {
    "temperature": (0.75, 0.1, 1.5),
    "top_k": (50, 1, 200),
    "top_p": (0.85, 0.1, 1.0),
    "repetition_penalty": (10.0, 1.0, 20.0),
    "gpt_cond_len": (6, 3, 30),
    "gpt_cond_chunk_len": (6, 3, 30),
}
"""Default, lowest and highest of a card's settings, named and preset as Coqui's `Xtts` does: how freely the next
sound is drawn, and of how many seconds of the recording, in pieces of how many, its manner is taken."""


def clone_settings(card: VoiceCard) -> dict[str, str | int | float]:
    """Every setting of a cloned voice; raises VoiceError as `card_numbers` does, and `voice.no_recording`."""
    numbers = card_numbers(card, NUMBERS, frozenset({"language", "precision"}))
    if len(card.recordings) != 1:
        raise VoiceError("voice.no_recording", voice=card.id, count=len(card.recordings))
    language = str(card.settings.get("language", LANGUAGE))
    return {**numbers, "language": language, "recording": card.recordings[0]}


def clone_rate_hz(card: VoiceCard, weights: Path, folder: Path, settings: Mapping[str, str | int | float]) -> int:
    """The rate that the model in `folder` speaks at, once it is seen to know the language, and the recording fits.

    Raises VoiceError `voice.bad_weights`, `voice.wrong_model`, `voice.no_language`, and what `read_recording` raises.
    """
    config, vocabulary = _json(card, folder / "config.json"), _json(card, folder / VOCABULARY)
    try:
        model, rate_hz = str(config["model"]), int(config["audio"]["output_sample_rate"])
        known = _languages(config, vocabulary) if model.lower() == KIND else ()
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise VoiceError("voice.bad_weights", voice=card.id, reason=f"config.json, {VOCABULARY}: {error!r}") from error
    if model.lower() != KIND:
        raise VoiceError("voice.wrong_model", voice=card.id, model=model)
    if settings["language"] not in known:
        known_words = ", ".join(known) or "-"
        raise VoiceError("voice.no_language", voice=card.id, language=settings["language"], known=known_words)
    read_recording(card.id, weights / str(settings["recording"]))
    return rate_hz


def _languages(config: Mapping[str, Any], vocabulary: Mapping[str, Any]) -> tuple[str, ...]:
    """Languages that the configuration names and the vocabulary has a sign for: one without the other says nothing."""
    signs = {str(token["content"]) for token in vocabulary.get("added_tokens") or ()} | set(
        vocabulary["model"]["vocab"]
    )
    return tuple(sorted(str(name) for name in config["languages"] if f"[{name}]" in signs))


def _json(card: VoiceCard, path: Path) -> Mapping[str, Any]:
    try:
        return dict(json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise VoiceError("voice.bad_weights", voice=card.id, reason=f"{path.name}: {error}") from error
