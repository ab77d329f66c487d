"""The voices that every engine's and every booth's suite runs with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from studio.engines.registry import EngineRegistry
from studio.files.card import VoiceCard
from studio.stores.voices import FolderVoices
from studio.values.voice import VoiceSpec
from tests.fakes import coquivoice, pipervoice, vieneuvoice, xttsvoice

SHIPPED = Path(__file__).resolve().parents[2] / "voices"

VOICES = (
    "espeak",
    "tone",
    pytest.param("piper", marks=pytest.mark.piper),
    pytest.param("coqui", marks=pytest.mark.neural),
    pytest.param("vieneu", marks=[pytest.mark.neural, pytest.mark.piper]),
)
CLONE = pytest.param("xtts", marks=pytest.mark.neural)
"""For the engines' suite alone: a booth asks no voice how it speaks, and each of its workers would load 90 MB."""

SpecAt = Callable[[float], VoiceSpec]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Each suite with its voices."""
    if "card" in metafunc.fixturenames:
        voices = VOICES if metafunc.module.__name__.endswith("test_booths") else (*VOICES, CLONE)
        metafunc.parametrize("card", voices, indirect=True)


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


@pytest.fixture(scope="session")
def made_clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a cloned voice, made once: they are large."""
    folder = tmp_path_factory.mktemp("xtts")
    xttsvoice.write_voice(folder)
    return folder


@pytest.fixture
def card(request: pytest.FixtureRequest, tmp_path: Path) -> VoiceCard:
    if request.param == "tone":
        return tone_card()
    if request.param == "piper":
        return pipervoice.installed_voice(tmp_path)
    if request.param == "vieneu":
        return vieneuvoice.installed_voice(tmp_path)
    if request.param == "coqui":
        return coquivoice.installed_voice(tmp_path)
    if request.param == "xtts":
        return xttsvoice.linked_voice(request.getfixturevalue("made_clone"), tmp_path)
    return FolderVoices([SHIPPED], tmp_path).card("hanoi-espeak")


@pytest.fixture
def spec_at(card: VoiceCard, tmp_path: Path) -> SpecAt:
    registry = EngineRegistry(allow_test_engines=True)
    return lambda speed: registry.resolve(card, tmp_path / card.id, speed)


@pytest.fixture
def spec(spec_at: SpecAt) -> VoiceSpec:
    return spec_at(1.0)
