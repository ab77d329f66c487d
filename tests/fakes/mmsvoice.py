"""A voice in the format in which Meta published MMS, made of random weights at the true size of its layers."""

from __future__ import annotations

import json
import re
from pathlib import Path

from studio.files.card import VoiceCard, WeightFile
from studio.stores.weights import FolderWeights
from tests.fakes.coquivoice import LETTERS, random_model

MODEL = "G_100000.pth"
PARTS = {"text_encoder": "enc_p", "waveform_decoder": "dec", "posterior_encoder": "enc_q", "duration_predictor": "dp"}
"""Names of the parts in Coqui and in Meta's code."""


def write_voice(folder: Path) -> None:
    """Writes the three files of a language."""
    import torch
    from TTS.tts.configs.vits_config import VitsConfig

    folder.mkdir(parents=True, exist_ok=True)
    signs = ["_", *LETTERS.translate(str.maketrans("", "", "fjwz")), " ", "-"]
    config = VitsConfig()
    config.model_args.init_discriminator = False
    model = random_model(config)
    weights = model.state_dict()
    weights["text_encoder.emb.weight"] = 0.1 * torch.randn(len(signs), config.model_args.hidden_channels)
    torch.save({"model": {_metas_name(name): weight for name, weight in weights.items()}}, folder / MODEL)
    data = {"sampling_rate": 16_000, "training_files": "train.ltr", "add_blank": True}
    (folder / "config.json").write_text(json.dumps({"data": data}), encoding="utf-8")
    (folder / "vocab.txt").write_text("".join(sign + "\n" for sign in signs), encoding="utf-8")


def installed_voice(models: Path) -> VoiceCard:
    """The voice written, verified and sealed under `models`."""
    card = VoiceCard(
        id="tieng-on-mms", name="Tiếng ồn", engine="coqui", accent="other", gender="other", rate_hz=16_000,
        source="made by a test", licence="none",
        files=tuple(WeightFile(path=path) for path in (MODEL, "config.json", "vocab.txt")),
    )  # fmt: skip
    write_voice(models / card.id)
    FolderWeights(models).verify(card)
    return card


def _metas_name(name: str) -> str:
    """Meta's code counts the flips between flows too, and calls an affine layer's weights m and logs."""
    part, _, rest = name.partition(".")

    def counted(found: re.Match[str]) -> str:
        number = int(found[2])
        return f"{found[1]}flows.{2 * number if part == 'flow' else max(0, 2 * number - 1)}."

    rest = re.sub(r"^((?:post_)?)flows\.(\d+)\.", counted, rest)
    rest = rest.replace("flows.0.translation", "flows.0.m").replace("flows.0.log_scale", "flows.0.logs")
    rest = rest.replace("parametrizations.weight.original0", "weight_g")
    rest = rest.replace("parametrizations.weight.original1", "weight_v")
    return f"{PARTS.get(part, part)}.{rest}"
