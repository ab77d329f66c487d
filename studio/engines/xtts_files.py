"""From the files of an XTTS model to a voice that speaks: nothing is fetched, and no path inside a file is followed.

Imported only where torch is, and torchaudio made to load.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

from studio.engines.coqui_files import read_weights, settle_on
from studio.engines.xtts import NEEDED_SIGNS, UNKNOWN, XttsVoice
from studio.engines.xtts_card import VOCABULARY

TRAINERS_PREFIX = "xtts."
LEFT_OUT = (
    "torch_mel_spectrogram_style_encoder.",
    "torch_mel_spectrogram_dvae.",
    "dvae.",
    "gpt.gpt_inference.",
    "gpt.gpt.wte.",
)
"""Weights that only a training needs, and second names of weights that first models were stored with."""


def load_xtts(checkpoint: Path, *, device: str) -> XttsVoice:
    """Loads verified files; raises one of coqui_files.FAILURES where they are no XTTS model."""
    from tokenizers import Tokenizer
    from TTS.tts.models.xtts import Xtts

    vocabulary = Tokenizer.from_buffer(checkpoint.with_name(VOCABULARY).read_bytes())
    for sign in NEEDED_SIGNS:
        if vocabulary.token_to_id(sign) is None:
            raise ValueError(f"{VOCABULARY} has no {sign}")
    if vocabulary.model.token_to_id(UNKNOWN) is None:
        raise ValueError(f"{VOCABULARY} has {UNKNOWN} beside its pieces only")
    config = _config(json.loads(checkpoint.with_name("config.json").read_bytes()), vocabulary)
    with torch.random.fork_rng(devices=[]):  # a model is born of random numbers, and they are not its to take
        model = Xtts(config)
    model.load_state_dict(_named_as_now(read_weights(checkpoint, _plain())))
    settle_on(device)
    return XttsVoice(model, vocabulary, device=device)


def _config(written: Mapping[str, Any], vocabulary: Any) -> Any:
    """A fresh configuration with the numbers that decide the model's shape; paths and the rest stay behind."""
    from TTS.tts.configs.xtts_config import XttsArgs, XttsConfig

    arguments = XttsArgs()
    for name, value in written["model_args"].items():
        if hasattr(arguments, name) and isinstance(value, int | float):
            setattr(arguments, name, value)
    arguments.gpt_batch_size, arguments.kv_cache = 1, True
    arguments.gpt_number_text_tokens = max(vocabulary.get_vocab().values()) + 1
    arguments.gpt_start_text_token = vocabulary.token_to_id("[START]")
    arguments.gpt_stop_text_token = vocabulary.token_to_id("[STOP]")
    if arguments.output_sample_rate != int(written["audio"]["output_sample_rate"]):
        raise ValueError("config.json states two rates: output_sample_rate of audio and of model_args")
    return XttsConfig(model_args=arguments)


def _plain() -> list[Any]:
    """What the checkpoints that Coqui published hold besides weights: their configuration, as objects.

    Classes of plain values without code of their own, two of them by an earlier name too.
    """
    from TTS.config.shared_configs import BaseDatasetConfig
    from TTS.tts.configs.xtts_config import XttsArgs, XttsAudioConfig, XttsConfig

    earlier = [(kind, f"TTS.tts.models.xtts.{kind.__name__}") for kind in (XttsArgs, XttsAudioConfig)]
    return [XttsConfig, XttsArgs, XttsAudioConfig, BaseDatasetConfig, *earlier]


def _named_as_now(weights: Mapping[str, Any]) -> dict[str, Any]:
    """Weights by the names of the model: Coqui's trainer puts its own name before them."""
    bare = {name.removeprefix(TRAINERS_PREFIX): weight for name, weight in weights.items()}
    return {name: weight for name, weight in bare.items() if not name.startswith(LEFT_OUT)}
