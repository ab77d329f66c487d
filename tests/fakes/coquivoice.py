"""A tiny VITS voice in Coqui's true formats, made of random weights: it speaks noise, as long as its text."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from studio.files.card import VoiceCard, WeightFile
from studio.stores.weights import FolderWeights

RATE_HZ = 16_000
HOP = 64
FRAMES_PER_ID = 12
MODEL = "thu.pth"
LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz"
PUNCTUATION = " !,.:;?-"


def tiny_config(*, letters: str = LETTERS) -> Any:
    """Coqui's own configuration of a VITS with few and narrow layers."""
    from TTS.tts.configs.shared_configs import CharactersConfig
    from TTS.tts.configs.vits_config import VitsArgs, VitsConfig

    arguments = VitsArgs(
        hidden_channels=32, hidden_channels_ffn_text_encoder=32, num_layers_text_encoder=2,
        num_layers_posterior_encoder=1, num_layers_flow=2, upsample_rates_decoder=[8, 8],
        upsample_kernel_sizes_decoder=[16, 16], upsample_initial_channel_decoder=32,
        resblock_kernel_sizes_decoder=[3, 5], resblock_dilation_sizes_decoder=[[1, 2, 3], [1, 3, 5]],
        init_discriminator=False,
    )  # fmt: skip
    characters = CharactersConfig(
        characters_class="TTS.tts.models.vits.VitsCharacters", pad="_", characters=letters, punctuations=PUNCTUATION
    )
    config = VitsConfig(model_args=arguments, characters=characters, text_cleaner="basic_cleaners", add_blank=True)
    config.audio.sample_rate, config.audio.hop_length = RATE_HZ, HOP
    return config


def random_model(config: Any, seed: int = 7) -> Any:
    """A model of that configuration whose ids last about FRAMES_PER_ID frames and whose sound is not too quiet."""
    import torch

    from studio.engines.torchaudio_compat import ensure_torchaudio

    ensure_torchaudio()
    from TTS.tts.models.vits import Vits

    with torch.random.fork_rng(), torch.no_grad():
        torch.manual_seed(seed)
        model = Vits(config).eval()
        affine = model.duration_predictor.flows[0]
        affine.log_scale.fill_(3.0)
        affine.translation.fill_(-math.log(FRAMES_PER_ID) * math.exp(3.0))
        for flow in model.flow.flows:  # born at zero, where they would do nothing
            flow.post.weight.normal_(0.0, 0.1)
        model.waveform_decoder.conv_post.weight.mul_(10.0)
    return model


def write_voice(folder: Path, *, name: str = MODEL, letters: str = LETTERS, **changes: Any) -> None:
    """Writes checkpoint and configuration as Coqui's trainer does; `changes` go into the configuration's file."""
    import torch

    from studio.engines.torchaudio_compat import ensure_torchaudio

    ensure_torchaudio()
    folder.mkdir(parents=True, exist_ok=True)
    config = tiny_config(letters=letters)
    weights = random_model(config).state_dict()
    if name.endswith(".safetensors"):
        from safetensors.torch import save_file

        save_file(weights, folder / name)
    else:
        torch.save({"config": config.to_dict(), "model": weights, "step": 0}, folder / name)
    written = config.to_dict()
    for key, value in changes.items():
        written[key] = {**written[key], **value} if isinstance(value, dict) else value
    (folder / "config.json").write_text(json.dumps(written), encoding="utf-8")


def voice_card(name: str = MODEL) -> VoiceCard:
    """The card of the voice that `write_voice` makes."""
    return VoiceCard(
        id="tieng-on-vits", name="Tiếng ồn", engine="coqui", accent="other", gender="other", rate_hz=RATE_HZ,
        source="made by a test", licence="none", files=(WeightFile(path=name), WeightFile(path="config.json")),
    )  # fmt: skip


def installed_voice(models: Path, *, name: str = MODEL, **made: Any) -> VoiceCard:
    """The voice written, verified and sealed under `models`."""
    card = voice_card(name)
    write_voice(models / card.id, name=name, **made)
    FolderWeights(models).verify(card)
    return card
