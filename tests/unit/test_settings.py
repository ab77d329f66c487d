"""Settings from the environment: where torch works, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.engines.registry import EngineRegistry
from studio.engines.tone import ToneEngine
from studio.errors import InputError
from studio.settings import from_environment
from studio.stores.voices import FolderVoices

SHIPPED = Path(__file__).resolve().parents[2]


class CardEngine(ToneEngine):
    """One that can work on a graphics card."""

    @classmethod
    def devices(cls) -> frozenset[str]:
        return frozenset({"cpu", "cuda"})


def test_torch_works_on_the_cpu_unless_a_card_is_asked_for() -> None:
    assert from_environment({}, SHIPPED, 2).device == "cpu"
    assert from_environment({"STUDIO_DEVICE": ""}, SHIPPED, 2).device == "cpu"
    assert from_environment({"STUDIO_DEVICE": "cuda"}, SHIPPED, 2).device == "cuda"


@pytest.mark.parametrize("written", ["gpu", "CUDA", "cuda:1", "tpu"])
def test_another_device_is_refused(written: str) -> None:
    with pytest.raises(InputError) as caught:
        from_environment({"STUDIO_DEVICE": written}, SHIPPED, 2)
    assert caught.value.code == "settings.bad_value"
    assert caught.value.fields["wanted"] == "cpu or cuda"


def test_a_voice_carries_the_device_to_its_worker_where_its_engine_can_use_it(tmp_path: Path) -> None:
    card = FolderVoices([SHIPPED / "voices"], tmp_path).card("hanoi-espeak")
    assert EngineRegistry(device="cuda").resolve(card, tmp_path, 1.0).device == "cpu"
    engines = {"espeak": "tests.unit.test_settings:CardEngine"}
    spec = EngineRegistry(engines=engines, allow_test_engines=True, device="cuda").resolve(card, tmp_path, 1.0)
    assert spec.device == "cuda"
    assert not EngineRegistry().together(spec)  # espeak-ng speaks one line at a time, wherever
