"""On an NVIDIA card, where there is one: the same sound as on the CPU, in batches as alone, within what is stated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from studio.booths.local import LocalBooth
from studio.engines.coqui import CoquiEngine
from studio.engines.registry import EngineRegistry
from studio.errors import VoiceError
from studio.files.card import VoiceCard
from studio.sound import Samples, Sound
from studio.values.voice import SpeechRequest, VoiceSpec
from tests.fakes.coquivoice import installed_voice

pytestmark = [pytest.mark.neural, pytest.mark.usefixtures("graphics_card")]
LINES = (
    "Mời bà con tới nhà văn hoá.",
    "Vâng.",
    "Những ngã rẽ nhỏ sẽ đóng để sửa chữa, từ sáng đến tối.",
    "Hôm nay trời nắng đẹp.",
)
TOLERANCE = {"float32": 1e-5, "float16": 4e-3}


@pytest.fixture(scope="module")
def graphics_card() -> None:
    import torch

    if not torch.cuda.is_available():
        pytest.skip("torch finds no NVIDIA card here")


@pytest.fixture(params=sorted(TOLERANCE))
def spec(request: pytest.FixtureRequest, tmp_path: Path) -> VoiceSpec:
    voice: VoiceCard = installed_voice(tmp_path)
    changed = voice.model_copy(update={"settings": {"precision": request.param}})
    return EngineRegistry(device="cuda").resolve(changed, tmp_path / voice.id, 1.0)


def requests(spec: VoiceSpec) -> list[SpeechRequest]:
    return [SpeechRequest(line, spec, take) for take in (1, 2, 3) for line in LINES]


def samples(outcomes: Sequence[Sound | VoiceError]) -> list[Samples]:
    sounds = [outcome for outcome in outcomes if isinstance(outcome, Sound)]
    assert len(sounds) == len(outcomes)
    return [sound.samples for sound in sounds]


def test_a_line_in_a_batch_sounds_as_alone(spec: VoiceSpec) -> None:
    together = samples(CoquiEngine().speak_many(requests(spec)))
    alone = samples([CoquiEngine().speak(request) for request in requests(spec)])
    for batched, single in zip(together, alone, strict=True):
        assert batched.shape == single.shape
        np.testing.assert_allclose(batched, single, atol=TOLERANCE[spec.precision])


def test_a_line_lasts_as_on_the_cpu_and_sounds_so(spec: VoiceSpec) -> None:
    there = samples(CoquiEngine().speak_many(requests(spec)))
    here = samples(CoquiEngine().speak_many(requests(replace(spec, device="cpu", precision="float32"))))
    for on_card, on_cpu in zip(there, here, strict=True):
        assert on_card.shape == on_cpu.shape
        np.testing.assert_allclose(on_card, on_cpu, atol=10 * TOLERANCE[spec.precision])


def test_the_booth_hands_its_lines_over_together_and_in_order(spec: VoiceSpec) -> None:
    asked = requests(spec)
    with LocalBooth(2) as booth:
        heard = samples(list(booth.speak(asked)))
    for sound, expected in zip(heard, samples(CoquiEngine().speak_many(asked)), strict=True):
        np.testing.assert_allclose(sound, expected, atol=TOLERANCE[spec.precision])
