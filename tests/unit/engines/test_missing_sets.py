"""Neural cards without their set: what is missing is said with the line that installs it; no torch is needed."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest

from studio.engines.registry import EngineRegistry
from studio.errors import MissingPartError
from studio.stores.voices import FolderVoices

SHIPPED = Path(__file__).resolve().parents[3] / "voices"


@pytest.mark.parametrize(
    ("voice_id", "lacking"),
    [
        ("mms-vie", "coqui-tts"),
        ("mms-vie", "torch"),
        ("mms-vie", "torchaudio"),
        ("vieneu-mai-anh", "vieneu"),
        ("vieneu-mai-anh", "onnxruntime"),
    ],
)
def test_a_missing_set_is_named_with_its_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, voice_id: str, lacking: str
) -> None:
    def version(name: str) -> str:
        if name in (lacking, f"{lacking}-gpu"):  # the build for cards brings the same part
            raise metadata.PackageNotFoundError(name)
        return "1.0+cpu"

    monkeypatch.setattr(metadata, "version", version)
    card = FolderVoices([SHIPPED], tmp_path).card(voice_id)
    with pytest.raises(MissingPartError) as caught:
        EngineRegistry().resolve(card, tmp_path, 1.0)
    assert caught.value.code == "engine.not_installed"
    assert caught.value.fields["part"] == lacking
    assert "setup neural" in str(caught.value.fields["remedy"])
