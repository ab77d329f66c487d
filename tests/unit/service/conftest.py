"""A studio of the tests: its only ready voice is an exact tone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from studio.service.requests import ProduceOptions
from studio.service.studio import Studio
from studio.settings import Settings
from studio.wiring import open_studio

ROOT = Path(__file__).resolve().parents[3]
CARD = """
id = "{id}"
name = "Tiếng thử"
engine = "tone"
accent = "hanoi"
gender = "other"
rate_hz = {rate_hz}
source = "made by the tests"
licence = "GPL-3.0-or-later"
"""


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Studio]:
    """A studio whose own two cards speak by the test tone."""
    home = tmp_path / "home"
    (home / "voices").mkdir(parents=True)
    for name, rate_hz in (("tieng-thu", 16_000), ("tieng-hai", 22_050)):
        (home / "voices" / f"{name}.toml").write_text(CARD.format(id=name, rate_hz=rate_hz), encoding="utf-8")
    settings = Settings(home, tmp_path / "models", ROOT, workers=2, allow_test_engines=True)
    opened = replace(open_studio(settings), default_voice="tieng-thu")
    yield opened
    opened.close()


@pytest.fixture
def options(tmp_path: Path) -> ProduceOptions:
    return ProduceOptions(tmp_path / "out", date(2026, 1, 5), profiles=("loa", "goc"))
