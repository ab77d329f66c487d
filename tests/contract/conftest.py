"""The voices that every engine's and every booth's suite runs with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from studio.engines.registry import EngineRegistry
from studio.files.card import VoiceCard
from studio.stores.voices import FolderVoices
from studio.values.voice import VoiceSpec
from tests.fakes import coquivoice, pipervoice, vieneuvoice

SHIPPED = Path(__file__).resolve().parents[2] / "voices"

SpecAt = Callable[[float], VoiceSpec]


def tone_card() -> VoiceCard:
    return VoiceCard(
        id="am-thu",
        name="Âm thử",
        engine="tone",
        accent="other",
        gender="other",
        rate_hz=16_000,
        source="computed",
        licence="none",
    )


@pytest.fixture(
    params=[
        "espeak",
        "tone",
        pytest.param("piper", marks=pytest.mark.piper),
        pytest.param("coqui", marks=pytest.mark.neural),
        pytest.param("vieneu", marks=[pytest.mark.neural, pytest.mark.piper]),
    ]
)
def card(request: pytest.FixtureRequest, tmp_path: Path) -> VoiceCard:
    if request.param == "tone":
        return tone_card()
    if request.param == "piper":
        return pipervoice.installed_voice(tmp_path)
    if request.param == "vieneu":
        return vieneuvoice.installed_voice(tmp_path)
    if request.param == "coqui":
        return coquivoice.installed_voice(tmp_path)
    return FolderVoices([SHIPPED], tmp_path).card("hanoi-espeak")


@pytest.fixture
def spec_at(card: VoiceCard, tmp_path: Path) -> SpecAt:
    registry = EngineRegistry(allow_test_engines=True)
    return lambda speed: registry.resolve(card, tmp_path / card.id, speed)


@pytest.fixture
def spec(spec_at: SpecAt) -> VoiceSpec:
    return spec_at(1.0)
