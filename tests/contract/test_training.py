"""Two steps of Coqui's trainer on made recordings: from a folder to a card whose voice loads."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pytest

from scripts.training import __main__ as command
from scripts.training.trainer import newest_checkpoint, train
from studio.engines.registry import EngineRegistry
from studio.files.unit import Unit
from studio.rules.voices import refusal
from studio.stores.voices import FolderVoices
from tests.fakes.announcer import write_folder

pytestmark = pytest.mark.neural
SMALL = {
    "hidden_channels": 32, "hidden_channels_ffn_text_encoder": 32, "num_layers_text_encoder": 1,
    "num_layers_posterior_encoder": 1, "num_layers_flow": 1, "upsample_initial_channel_decoder": 32,
    "periods_multi_period_discriminator": [2],
}  # fmt: skip
ORDER = ("--id", "giong-phuong", "--name", "Giọng của phường", "--gender", "female", "--least-minutes", "0.1")


@pytest.mark.filterwarnings("ignore")  # the trainer's libraries warn of their own futures
def test_a_folder_becomes_a_voice_and_a_stopped_training_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDIO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STUDIO_MODELS", str(tmp_path / "models"))
    monkeypatch.setattr(command, "train", partial(train, size=SMALL))
    folder = write_folder(tmp_path / "thu")
    assert command.main([str(folder), *ORDER, "--epochs", "1", "--batch", "2"]) == 0

    run = tmp_path / "home" / "training" / "giong-phuong" / "run"
    first = newest_checkpoint(run)
    assert first is not None
    assert first.name == "checkpoint_2.pth"
    card = FolderVoices([tmp_path / "home" / "voices"], tmp_path / "models").card("giong-phuong")
    assert (card.origin, card.name, card.engine) == ("trained", "Giọng của phường", "coqui")
    assert card.consent is not None
    assert card.consent.until == date(2030, 1, 1)
    assert refusal(card, Unit(), date(2026, 12, 1), date(2026, 12, 1)) is None
    refused = refusal(card, Unit(), date(2031, 1, 1), date(2026, 12, 1))
    assert refused is not None
    assert refused.code == "voice.consent_ended"
    assert "trained here from" in card.source

    from studio.engines.coqui_files import load_voice

    spec = EngineRegistry().resolve(card, tmp_path / "models" / card.id, 1.0)
    voice = load_voice(Path(spec.weights) / spec.variant, "vits", device="cpu", precision="float32")
    assert voice.missing("Mời bà con tới nhà văn hoá.") == ()

    before = spec.model_digest
    assert command.main([str(folder), *ORDER, "--epochs", "2", "--batch", "2"]) == 0
    again = newest_checkpoint(run)
    assert again is not None
    assert again.parent == first.parent
    assert int(again.stem.rpartition("_")[2]) > 2  # Coqui goes through the epoch it stopped in once more
    card = FolderVoices([tmp_path / "home" / "voices"], tmp_path / "models").card("giong-phuong")
    assert EngineRegistry().resolve(card, tmp_path / "models" / card.id, 1.0).model_digest != before
