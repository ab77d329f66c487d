"""Coqui's trainer on recordings that were checked: a VITS on letters, which needs no phonemes and no other program."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from scripts.training.recordings import LETTERS, PUNCTUATION, RATE_HZ, Recording
from studio.engines.parts import stay_offline
from studio.engines.torchaudio_compat import ensure_torchaudio

UNTAUGHT = "checkpoint_0"
EVALUATED = 50
"""One recording of so many is kept from training, to hear how the voice does on what it was not taught."""


def train(
    recordings: Sequence[Recording], run: Path, *, epochs: int, batch: int, size: Mapping[str, Any] | None = None
) -> Path:
    """Trains on the files of `recordings` (mono, RATE_HZ); gives the newest checkpoint in `run`.

    A run that was stopped goes on from its last checkpoint, with the epoch it stopped in once more. `size` changes
    the model's layers, for tests.
    """
    stay_offline()
    ensure_torchaudio()
    _read_by_soundfile()
    from trainer import Trainer, TrainerArgs
    from TTS.tts.models.vits import Vits

    kept = recordings[::EVALUATED] if len(recordings) >= 2 * EVALUATED else []
    taught = [recording for recording in recordings if recording not in kept]
    config = _config(min(batch, len(taught)), epochs, size or {}, evaluates=bool(kept))
    before = left_by_a_stopped_run(run)
    arguments = TrainerArgs(continue_path=str(before.parent)) if before else TrainerArgs()
    trainer = Trainer(
        arguments,
        config,
        output_path=str(run),
        model=Vits(config),
        train_samples=[_sample(recording) for recording in taught],
        eval_samples=[_sample(recording) for recording in kept] or None,
        parse_command_line_args=False,
    )
    # A run that goes on takes up its old configuration, with the number of epochs it was first given.
    trainer.config.epochs = epochs
    steps = trainer.total_steps_done
    trainer.fit()
    if trainer.total_steps_done > steps:
        trainer.save_checkpoint()
    found = newest_checkpoint(run)
    if found is None:
        raise FileNotFoundError(f"the training wrote no checkpoint under {run}")
    return found


def newest_checkpoint(run: Path) -> Path | None:
    """The whole checkpoint of a run that was written last; None where there is none yet."""
    found = [path for path in _checkpoints(run) if zipfile.is_zipfile(path)]
    return max(found, key=lambda path: path.stat().st_mtime_ns, default=None)


def _checkpoints(run: Path) -> list[Path]:
    # What a run that was stopped at once saved has learned nothing: a voice of it would speak noise.
    return [path for path in run.glob("*/*.pth") if path.with_name("config.json").is_file() and path.stem != UNTAUGHT]


def left_by_a_stopped_run(run: Path) -> Path | None:
    """The newest checkpoint, once those are gone that were being written when the run was ended.

    Such a file is no archive, for an archive's list stands at its end; Coqui's trainer would go on from it.
    """
    for path in _checkpoints(run):
        if not zipfile.is_zipfile(path):
            path.unlink()
    return newest_checkpoint(run)


def _config(batch: int, epochs: int, size: Mapping[str, Any], *, evaluates: bool) -> Any:
    from TTS.tts.configs.shared_configs import CharactersConfig
    from TTS.tts.configs.vits_config import VitsArgs, VitsConfig

    characters = CharactersConfig(
        characters_class="TTS.tts.models.vits.VitsCharacters", pad="_", characters=LETTERS, punctuations=PUNCTUATION
    )
    config = VitsConfig(
        model_args=VitsArgs(**size),
        characters=characters,
        text_cleaner="basic_cleaners",
        add_blank=True,
        run_name="giong",
        epochs=epochs,
        batch_size=batch,
        eval_batch_size=batch,
        run_eval=evaluates,
        num_loader_workers=0,
        num_eval_loader_workers=0,
        save_step=1_000,
        save_n_checkpoints=2,
        max_text_len=1_000,
        test_sentences=[],
    )
    config.audio.sample_rate = RATE_HZ
    return config


def _sample(recording: Recording) -> dict[str, str]:
    return {
        "text": recording.spoken,
        "audio_file": str(recording.path),
        "audio_unique_name": recording.name,
        "speaker_name": "",
        "language": "vi",
        "root_path": str(recording.path.parent),
    }


def _read_by_soundfile() -> None:
    """Torchaudio reads files by torchcodec, which wants the system's FFmpeg; ours are plain WAV."""
    import torch
    import torchaudio

    def load(path: str, *_: Any, **__: Any) -> tuple[Any, int]:
        samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
        return torch.from_numpy(np.ascontiguousarray(samples.T)), rate_hz

    torchaudio.load = load


def settings_of(checkpoint: Path) -> Mapping[str, Any]:
    """The configuration that the trainer wrote beside a checkpoint."""
    settings: Mapping[str, Any] = json.loads(checkpoint.with_name("config.json").read_bytes())
    return settings
