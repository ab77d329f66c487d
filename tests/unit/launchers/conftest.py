"""A checkout with requirement files alone, and launchers that need no network."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts._launch import environment, pip
from scripts._launch.layout import Layout
from scripts._launch.sets import SETS
from tests.fakes.environment import FakePip


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """A checkout in a folder with a Vietnamese name."""
    root = tmp_path / "Đài phường Cửa Nam"
    root.mkdir()
    for item in SETS.values():
        (root / item.requirements).write_text(f"{item.name}==1\n", encoding="utf-8")
    (root / "constraints.txt").write_text("other==1\n", encoding="utf-8")
    return Layout(root)


@pytest.fixture
def fake(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> FakePip:
    """The steps that would need the network, replaced."""
    result = FakePip(layout)
    monkeypatch.setattr(pip, "run_step", result.run_step)
    monkeypatch.setattr(pip, "install", result.install)
    monkeypatch.setattr(environment, "_check_disk", lambda layout, sets: None)
    return result
