"""A Piper voice with the layers of its "medium" ones and random weights: noise, as fast as any of its size."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

from scripts.benchmarks.vitsmodel import RATE_HZ, random_vits
from studio.files.card import VoiceCard, WeightFile

MODEL = "toc-do.onnx"
SOUNDS = "^$ !',-.:;?abcdefghijklmnopqrstuvwxyzæçðøħŋœɐɑɒɓɔɕɖɗəɛɜɡɣɤɨɪɯɲɹɾʂʃʈʊʌʐʒʔʰʲˈˌːˀ˧˨˩˥˦1234567\u032a\u0306"
LAYERS: dict[str, Any] = {
    "resblock_type_decoder": "2",
    "resblock_kernel_sizes_decoder": [3, 5, 7],
    "resblock_dilation_sizes_decoder": [[1, 2], [2, 6], [3, 12]],
    "upsample_rates_decoder": [8, 8, 4],
    "upsample_initial_channel_decoder": 256,
    "upsample_kernel_sizes_decoder": [16, 16, 8],
}
"""The vocoder of a "medium" voice; the rest is VITS as Coqui has it. Published ones take 63.2 MB, as this one does."""


def write_piper_voice(folder: Path) -> VoiceCard:
    """Writes model and configuration in Piper's format; gives the voice's card."""
    model = random_vits(SOUNDS, "", LAYERS)
    folder.mkdir(parents=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter has much to say of what it traces
        model.export_onnx(str(folder / MODEL), verbose=False)
    ids = {sound: [model.tokenizer.characters.char_to_id(sound)] for sound in ("_", *SOUNDS)}
    written = {
        "audio": {"sample_rate": RATE_HZ},
        "espeak": {"voice": "vi"},
        "inference": {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8},
        "num_symbols": len(ids),
        "num_speakers": 1,
        "phoneme_type": "espeak",
        "phoneme_id_map": ids,
    }
    (folder / f"{MODEL}.json").write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
    return VoiceCard(
        id=folder.name, name="Đo tốc độ", engine="piper", accent="other", gender="other", rate_hz=RATE_HZ,
        source="made by scripts/bench", licence="none",
        files=(WeightFile(path=MODEL), WeightFile(path=f"{MODEL}.json")),
    )  # fmt: skip
