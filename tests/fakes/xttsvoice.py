"""A tiny XTTS model in Coqui's true files, made of random weights, and a recording to clone: it speaks short noise.

Its text and sound layers are as narrow as the architecture allows; the vocoder and the listener to the recording have
sizes that Coqui wrote into its code, so that the checkpoint has some 100 MB. Make it once and link it.
"""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from studio.files.card import Consent, VoiceCard, WeightFile
from studio.stores.weights import FolderWeights

RATE_HZ = 24_000
MODEL, RECORDING = "thu.pth", "giong-mau.wav"
CHANNELS = 32
SOUNDS, START, STOP = 64, 64, 65
SOUNDS_A_LINE = 13
"""Every line ends after so many sounds, 46 ms each, whatever it says."""
MOST_TEXT_TOKENS = 120
LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz"
CONSENT = Consent(person="Nguyễn Thị Phát Thanh", given=date(2025, 1, 2), purpose="bản tin của phường")


def tiny_config() -> Any:
    """Coqui's own configuration of an XTTS v2 with few and narrow layers."""
    from TTS.tts.configs.xtts_config import XttsArgs, XttsConfig

    arguments = XttsArgs(
        gpt_layers=1, gpt_n_model_channels=CHANNELS, gpt_n_heads=2, gpt_max_audio_tokens=40,
        gpt_max_text_tokens=MOST_TEXT_TOKENS, gpt_num_audio_tokens=SOUNDS + 2, gpt_start_audio_token=START,
        gpt_stop_audio_token=STOP, gpt_use_perceiver_resampler=True, decoder_input_dim=CHANNELS,
    )  # fmt: skip
    return XttsConfig(model_args=arguments, languages=["en", "vi"])


def vocabulary(letters: str = LETTERS, languages: tuple[str, ...] = ("en", "vi")) -> Any:
    """A tokenizer as XTTS has it: byte pairs of letters, and signs for spaces and languages."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    signs = ["[STOP]", "[UNK]", "[SPACE]", *letters, *"!',.:;?-"]
    pairs = [(first, second) for first, second in ("ng", "nh", "th") if first in letters and second in letters]
    pieces = {sign: place for place, sign in enumerate([*signs, *("".join(pair) for pair in pairs), "[START]"])}
    tokenizer = Tokenizer(models.BPE(pieces, pairs, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.add_special_tokens(["[STOP]", "[UNK]", "[SPACE]", "[START]", *(f"[{name}]" for name in languages)])
    return tokenizer


def random_model(config: Any, tokens: Any, seed: int = 7) -> Any:
    """A model of that configuration that ends each line after SOUNDS_A_LINE sounds and is not too quiet."""
    import torch

    from studio.engines.torchaudio_compat import ensure_torchaudio

    ensure_torchaudio()
    from TTS.tts.models.xtts import Xtts

    config.model_args.gpt_number_text_tokens = max(tokens.get_vocab().values()) + 1
    config.model_args.gpt_start_text_token = tokens.token_to_id("[START]")
    config.model_args.gpt_stop_text_token = tokens.token_to_id("[STOP]")
    with torch.random.fork_rng(), torch.no_grad():
        torch.manual_seed(seed)
        model = Xtts(config)
        for name, weight in model.gpt.gpt.named_parameters():
            if name.startswith("h.") and weight.ndim > 1:
                weight.mul_(15.0)  # born so small that a line's text would hardly be heard
        # One channel counts the sounds: far below zero until the last, then far above; the sign of the end follows it.
        places = model.gpt.mel_pos_embedding.emb.weight
        places[:, 0] = -20.0
        places[SOUNDS_A_LINE - 1 :, 0] = 20.0
        model.gpt.mel_head.weight[STOP] = 0.0
        model.gpt.mel_head.weight[STOP, 0] = 8.0
        model.hifigan_decoder.waveform_decoder.conv_post.weight.mul_(3.0)
        model.mel_stats.copy_(torch.linspace(0.5, 1.5, 80))
    return model


def write_voice(folder: Path, *, name: str = MODEL, **changes: Any) -> None:
    """Writes checkpoint, configuration, vocabulary and recording; `changes` go into the configuration's file."""
    import torch

    from studio.engines.torchaudio_compat import ensure_torchaudio

    ensure_torchaudio()
    folder.mkdir(parents=True, exist_ok=True)
    config, tokens = tiny_config(), vocabulary()
    written = config.to_dict()
    weights = random_model(config, tokens).state_dict()
    if name.endswith(".safetensors"):
        from safetensors.torch import save_file

        save_file(weights, folder / name)
    else:
        torch.save({"config": written, "model": weights}, folder / name)
    write_config(folder, **changes)
    tokens.save(str(folder / "vocab.json"))
    write_recording(folder / RECORDING)


def write_config(folder: Path, **changes: Any) -> None:
    """The configuration's file alone."""
    written = tiny_config().to_dict()
    for key, value in changes.items():
        written[key] = {**written[key], **value} if isinstance(value, dict) else value
    (folder / "config.json").unlink(missing_ok=True)  # it may be a link to another voice's
    (folder / "config.json").write_text(json.dumps(written), encoding="utf-8")


def write_recording(path: Path, *, seconds: float = 4.0, hz: float = 120.0, level: float = 0.3) -> None:
    """A buzz that beats like syllables, 16 bits at 24 000 Hz, whole frames of it sounding from end to end."""
    import soundfile

    at = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    buzz = sum(np.sin(2 * np.pi * hz * harmonic * at) / harmonic for harmonic in range(1, 20))
    path.unlink(missing_ok=True)
    soundfile.write(path, level * buzz * (0.6 + 0.4 * np.cos(2 * np.pi * 4 * at)), RATE_HZ, subtype="PCM_16")


def voice_card(name: str = MODEL) -> VoiceCard:
    """The card of the voice that `write_voice` makes."""
    return VoiceCard(
        id="tieng-on-xtts", name="Tiếng ồn", engine="coqui", accent="hanoi", gender="female", rate_hz=RATE_HZ,
        source="made by a test", licence="none", origin="cloned", consent=CONSENT,
        files=tuple(WeightFile(path=path) for path in (name, "config.json", "vocab.json", RECORDING)),
    )  # fmt: skip


def linked_voice(made: Path, models: Path, *, name: str = MODEL) -> VoiceCard:
    """The voice that lies in `made`, linked into `models`, verified and sealed there."""
    card = voice_card(name)
    folder = models / card.id
    folder.mkdir(parents=True)
    for file in card.files:
        os.link(made / file.path, folder / file.path)
    return sealed(card, models)


def sealed(card: VoiceCard, models: Path) -> VoiceCard:
    """The card again, once its files, as they lie there now, are what was pulled."""
    (models / "LOCK").unlink(missing_ok=True)
    FolderWeights(models).verify(card)
    return card
