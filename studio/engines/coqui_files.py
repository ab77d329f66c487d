"""From the files of a Coqui voice to a model that speaks: nothing is fetched, and no path inside a file is followed.

Two kinds are read: `vits`, as Coqui's trainer writes it (`<name>.pth` or `.safetensors` beside `config.json`), and
`mms`, as Meta published it (`<name>.pth` beside `config.json` and `vocab.txt`); the third has xtts_files. Imported
only where torch is, and torchaudio made to load.
"""

from __future__ import annotations

import json
import pickle
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from studio.engines.vits import BatchedVits, Row, Scales
from studio.values.voice import VoiceSpec

CLEANERS = frozenset({"basic_cleaners", "multilingual_cleaners", "no_cleaners", "transliteration_cleaners"})
"""Coqui's cleaners that leave Vietnamese words as they are; others put English words in their place."""
REFUSED = {
    "use_speaker_embedding": "it holds several speakers",
    "use_d_vector_file": "it takes a speaker's vector with each line",
    "use_language_embedding": "it holds several languages",
    "encoder_sample_rate": "its vocoder works at a rate of its own",
}
"""Settings of a model that this engine cannot follow, with the reason that is given."""
FAILURES = (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError,
            OverflowError, RuntimeError, pickle.UnpicklingError)  # fmt: skip
"""What torch, safetensors and Coqui raise over files that are not what they should be."""


@dataclass(frozen=True, slots=True, eq=False)
class LoadedVoice:
    """A voice that speaks: its letters as ids, and its model."""

    tokenizer: Any
    vits: BatchedVits
    length_scale: float

    def missing(self, line: str) -> tuple[str, ...]:
        """Letters and tone marks of the line that the voice was never taught, sorted; punctuation may be missing."""
        cleaner = self.tokenizer.text_cleaner
        cleaned = cleaner(line) if cleaner is not None else line
        strange = set(cleaned) - set(self.tokenizer.characters.vocab)
        return tuple(sorted(sign for sign in strange if unicodedata.category(sign)[0] in "LMN"))

    def row(self, line: str, take: int) -> Row:
        """The line as the model takes it."""
        return Row(tuple(self.tokenizer.text_to_ids(line)), take)

    def scales(self, spec: VoiceSpec) -> Scales:
        """How the voice is to speak."""
        settings = dict(spec.settings)
        return Scales(float(settings["noise_scale"]), float(settings["noise_w_scale"]), self.length_scale / spec.speed)


def load_voice(checkpoint: Path, kind: str, *, device: str, precision: str) -> LoadedVoice:
    """Loads verified files; raises one of FAILURES where they are not a voice of that kind.

    `device` and `precision` as torch names them; the vocoder alone works in `precision`.
    """
    model = _published_by_meta(checkpoint) if kind == "mms" else _trained_by_coqui(checkpoint)
    settle_on(device)
    vits = BatchedVits(model, device=device, precision=precision)
    return LoadedVoice(model.tokenizer, vits, float(model.args.length_scale))


def settle_on(device: str) -> None:
    """Settles how torch reckons in this process, before a model speaks on a device."""
    if device == "cpu":
        # One thread a worker: workers fill the cores, and sums do not depend on how many cores there are.
        torch.set_num_threads(1)
    else:
        # Half the digits for speed would be another precision than the one that the fingerprint states.
        torch.backends.cudnn.allow_tf32 = False


def _trained_by_coqui(checkpoint: Path) -> Any:
    from TTS.tts.models.vits import Vits

    written = json.loads(checkpoint.with_name("config.json").read_bytes())
    model = Vits(_config(written))
    # What only a training needs: the discriminator, and an encoder of speakers for its loss.
    weights = {
        name: weight
        for name, weight in read_weights(checkpoint).items()
        if not name.startswith("disc.") and "speaker_encoder" not in name
    }
    model.load_state_dict(weights)
    return model


def read_weights(checkpoint: Path, plain: Sequence[Any] = ()) -> Mapping[str, Any]:
    """Weights by name, of a pickle nothing but them and values of `plain` classes; raises one of FAILURES."""
    if checkpoint.suffix == ".safetensors":
        from safetensors import SafetensorError
        from safetensors.torch import load_file

        try:
            return dict(load_file(checkpoint))
        except SafetensorError as error:
            raise ValueError(str(error)) from error
    with torch.serialization.safe_globals(list(plain)):
        return dict(torch.load(checkpoint, map_location="cpu", weights_only=True)["model"])


def _config(written: Mapping[str, Any]) -> Any:
    """A fresh configuration with what decides the model's shape and letters; paths and the rest stay behind."""
    from TTS.tts.configs.shared_configs import CharactersConfig
    from TTS.tts.configs.vits_config import VitsArgs, VitsConfig

    _check(written)
    arguments = VitsArgs()
    for name, value in written["model_args"].items():
        if hasattr(arguments, name) and not name.endswith(("_file", "_path")):
            setattr(arguments, name, value)
    arguments.init_discriminator = False
    known = CharactersConfig().to_dict()
    config = VitsConfig(
        model_args=arguments,
        characters=CharactersConfig(**{name: value for name, value in written["characters"].items() if name in known}),
        text_cleaner=written.get("text_cleaner"),
        add_blank=bool(written["add_blank"]),
        enable_eos_bos_chars=bool(written.get("enable_eos_bos_chars")),
    )
    config.audio.sample_rate = int(written["audio"]["sample_rate"])
    config.audio.hop_length = int(written["audio"]["hop_length"])
    return config


def _check(written: Mapping[str, Any]) -> None:
    if str(written["model"]).lower() != "vits":
        raise ValueError(f"its model is {written['model']}; of Coqui's models VITS is spoken here")
    if written.get("use_phonemes"):
        raise ValueError("it was trained on phonemes; voices trained on letters are spoken here")
    for name, reason in REFUSED.items():
        if written["model_args"].get(name):
            raise ValueError(reason)
    cleaner = written.get("text_cleaner")
    if cleaner is not None and cleaner not in CLEANERS:
        raise ValueError(f"its text_cleaner {cleaner} rewrites words; write basic_cleaners in its config.json")
    if not str(written["characters"]["characters_class"]).startswith("TTS."):
        raise ValueError(f"its characters_class is {written['characters']['characters_class']}")


def _published_by_meta(checkpoint: Path) -> Any:
    from TTS.tts.configs.vits_config import VitsConfig
    from TTS.tts.models.vits import Vits

    training = json.loads(checkpoint.with_name("config.json").read_bytes())["data"]
    if str(training["training_files"]).endswith("uroman"):
        raise ValueError("it was trained on letters without Vietnamese marks")
    config = VitsConfig()
    config.model_args.init_discriminator = False
    model = Vits(config)
    model.load_fairseq_checkpoint(config, checkpoint, eval=True)
    return model
