"""A line whose sound is doubtful is spoken once more; what stays doubtful is handed on as it is."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from studio.booths.local import LocalBooth
from studio.engines.registry import ENGINES
from studio.engines.tone import ToneEngine
from studio.errors import VoiceError
from studio.sound import Samples
from studio.values.voice import SpeechRequest, VoiceSpec

FICKLE = {**ENGINES, "fickle": "tests.fakes.engines:FickleEngine"}
SPEC = VoiceSpec("thử", "fickle", "1", "", "computed", 8_000, syllables_per_second=4.0)
REST = "lời của dòng này đủ dài để biết là thiếu hay thừa"


@pytest.fixture(scope="module")
def booth() -> Iterator[LocalBooth]:
    with LocalBooth(1, engines=FICKLE) as local:
        yield local


def spoken(booth: LocalBooth, line: str, spec: VoiceSpec = SPEC) -> Samples:
    (sound,) = booth.speak([SpeechRequest(line, spec)])
    return sound.samples


def whole(line: str) -> Samples:
    return ToneEngine().speak(SpeechRequest(line, SPEC)).samples


@pytest.mark.parametrize("trouble", ["im", "cụt", "lặp", "vỡ"])
def test_a_doubtful_line_is_spoken_once_more(booth: LocalBooth, trouble: str) -> None:
    line = f"{trouble} {REST}"
    np.testing.assert_array_equal(spoken(booth, line), whole(line))


@pytest.mark.parametrize("trouble", ["cụt", "lặp", "vỡ"])
def test_what_stays_doubtful_is_the_first_try(booth: LocalBooth, trouble: str) -> None:
    line = f"{trouble} mãi {REST}"
    heard = spoken(booth, line)
    assert heard.shape != whole(line).shape or np.abs(heard).max() == 1.0


def test_a_line_that_stays_silent_is_refused(booth: LocalBooth) -> None:
    with pytest.raises(VoiceError) as refused:
        spoken(booth, f"im mãi {REST}")
    assert refused.value.code == "voice.silent_line"


def test_a_voice_of_unknown_rate_is_not_doubted_for_its_length(booth: LocalBooth) -> None:
    line = f"cụt {REST}"
    unknown = VoiceSpec("thử", "fickle", "1", "", "computed", 8_000)
    assert len(spoken(booth, line, unknown)) == len(whole(line)) // 4
