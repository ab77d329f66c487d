"""Voices of one model share its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.settings import Settings
from studio.stores.weights import ledger
from studio.wiring import open_studio

ROOT = Path(__file__).resolve().parents[3]


def test_files_that_voices_share_are_hashed_once_and_a_new_digest_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = tmp_path / "models" / "vieneu-v3-turbo" / "onnx"
    shared.mkdir(parents=True)
    (shared / "config.json").write_text("{}", encoding="utf-8")
    hashed: list[Path] = []

    def counted(path: Path) -> str:
        hashed.append(path)
        return "0" * 64

    monkeypatch.setattr(ledger, "file_digest", counted)
    studio = open_studio(Settings(tmp_path / "home", tmp_path / "models", ROOT, workers=1))
    try:
        found = studio.verify_voices(())
    finally:
        studio.close()
    assert len(found) == 5
    assert all(voice.startswith("vieneu-") for voice in found)
    assert hashed == [shared / "config.json"]
    assert [any(state.recorded for state in states) for states in found.values()].count(True) == 1
    assert len({tuple((state.path, state.condition) for state in states) for states in found.values()}) == 1
