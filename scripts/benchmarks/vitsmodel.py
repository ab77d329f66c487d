"""A VITS voice with the layers of a trained one and random weights: it speaks noise, as fast as any of its size."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studio.engines.torchaudio_compat import ensure_torchaudio
from studio.files.card import VoiceCard, WeightFile

RATE_HZ = 22_050
MODEL = "toc-do.pth"
LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz"
FRAMES_PER_ID = 2.1
"""Frames of 11.6 ms for each letter and each blank between letters: about four syllables a second."""


def write_voice(folder: Path) -> VoiceCard:
    """Writes checkpoint and configuration as Coqui's trainer does, at Coqui's own sizes; gives the voice's card."""
    import torch

    model = random_vits(LETTERS, " !,.:;?-", text_cleaner="basic_cleaners", add_blank=True)
    folder.mkdir(parents=True)
    torch.save({"model": model.state_dict()}, folder / MODEL)
    (folder / "config.json").write_text(json.dumps(model.config.to_dict()), encoding="utf-8")
    return VoiceCard(
        id=folder.name, name="Đo tốc độ", engine="coqui", accent="other", gender="other", rate_hz=RATE_HZ,
        source="made by scripts/bench", licence="none",
        files=(WeightFile(path=MODEL), WeightFile(path="config.json")),
    )  # fmt: skip


def random_vits(letters: str, punctuation: str, layers: Mapping[str, Any] | None = None, **settings: Any) -> Any:
    """A VITS of Coqui's own sizes but for `layers`, whose weights are random."""
    import torch

    ensure_torchaudio()
    from TTS.tts.configs.shared_configs import CharactersConfig
    from TTS.tts.configs.vits_config import VitsArgs, VitsConfig
    from TTS.tts.models.vits import Vits

    characters = CharactersConfig(
        characters_class="TTS.tts.models.vits.VitsCharacters", pad="_", characters=letters, punctuations=punctuation
    )
    arguments = VitsArgs(init_discriminator=False, **(layers or {}))
    torch.manual_seed(1)
    model = Vits(VitsConfig(model_args=arguments, characters=characters, **settings))
    _tame(model)
    return model


def _tame(model: Any) -> None:
    """Random weights would make syllables of any length: these last as long as a newsreader's."""
    import torch

    with torch.no_grad():
        affine = model.duration_predictor.flows[0]
        affine.log_scale.fill_(3.0)
        affine.translation.fill_(-math.log(FRAMES_PER_ID) * math.exp(3.0))
