"""What the doctor is told: a whole machine, and each part that can be missing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from studio.stores import probe


def test_every_needed_part_is_here(tmp_path: Path) -> None:
    parts = {part.code: part for part in probe.probe(tmp_path, tmp_path, None)}
    needed = [part for part in parts.values() if part.needed]
    assert {part.code for part in needed} == {
        "python", "ffmpeg", "espeak", "soundfile", "pyav", "font", "timezone", "home",
    }  # fmt: skip
    assert [part for part in needed if not part.ok] == []
    assert dict(parts["espeak"].fields)["version"] == "1.52.0"


@pytest.mark.parametrize(
    ("program", "problem"), [("/no/such/ffmpeg", "missing"), (sys.executable, "fails")], ids=["missing", "not ffmpeg"]
)
def test_ffmpeg_of_no_use_is_told(program: str, problem: str) -> None:
    part = probe.ffmpeg_part(program)
    assert not part.ok
    assert part.problem == problem
    assert dict(part.fields)["program"] == program


def test_espeak_without_its_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "ASK_ESPEAK", "raise SystemExit('the library is gone')")
    part = probe.espeak_part()
    assert (part.problem, dict(part.fields)["reason"]) == ("fails", "the library is gone")


def test_a_part_that_hangs_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "TIMEOUT_S", 0.2)
    monkeypatch.setattr(probe, "ASK_ESPEAK", "import time; time.sleep(30)")
    assert probe.espeak_part().problem == "hangs"


def test_home_is_looked_at_and_not_made(tmp_path: Path) -> None:
    home = tmp_path / "nhà" / "studio"
    assert probe.home_part(home).ok
    assert list(tmp_path.iterdir()) == []


def test_home_that_is_a_file_is_told(tmp_path: Path) -> None:
    home = tmp_path / "file"
    home.touch()
    assert probe.home_part(home).problem == "unwritable"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the super-user may write everywhere")
def test_home_without_permission_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert probe.home_part(tmp_path / "home").problem == "unwritable"


def test_a_folder_of_weights_that_is_none_is_told(tmp_path: Path) -> None:
    models = tmp_path / "models"
    assert probe.models_part(models).problem == "missing"
    models.touch()
    part = probe.models_part(models)
    assert (part.problem, part.needed) == ("unwritable", False)


def test_little_room_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "LEAST_FREE_MB", 10**12)
    assert probe.home_part(tmp_path).problem == "little_room"


def test_optional_parts_are_never_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "OPTIONAL", {"neural.torch": "no-such-distribution", "cluster.ray": "numpy"})
    torch, ray = probe.optional_parts()
    assert (torch.ok, torch.needed, torch.problem) == (False, False, "missing")
    assert ray.ok


def test_the_build_for_graphics_cards_is_the_same_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "OPTIONAL", {"neural.torch": "no-such-distribution", "piper.onnxruntime": "onnxruntime"})
    monkeypatch.setattr(probe, "_version", {"onnxruntime-gpu": "1.32.0"}.get)
    _, runtime = probe.optional_parts()
    assert runtime.ok
    assert dict(runtime.fields)["version"] == "1.32.0"
