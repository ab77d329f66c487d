"""What makes a sound doubtful, and what is said of it."""

from __future__ import annotations

import pytest

from studio.fingerprint import take_fields
from studio.rules.retakes import doubt, length_bounds_s, once_more
from studio.values.voice import SpeechRequest, VoiceSpec

SPEC = VoiceSpec("thử", "tone", "1", "", "computed", 8_000, syllables_per_second=4.0)


def line(spoken: str, speed: float = 1.0) -> SpeechRequest:
    return SpeechRequest(spoken, VoiceSpec("thử", "tone", "1", "", "x", 8_000, speed, syllables_per_second=4.0))


def test_eight_syllables_at_four_a_second_may_last_from_under_one_to_over_five_seconds() -> None:
    assert length_bounds_s("một hai ba bốn năm sáu bảy tám", 4.0) == pytest.approx((0.9, 5.4))


def test_marks_may_take_time_and_are_no_syllables() -> None:
    assert length_bounds_s("một, hai – ba.", 3.0) == pytest.approx((0.45, 2.2 + 3 * 0.5 + 1.0))


@pytest.mark.parametrize(
    ("seconds", "runs", "code"),
    [(2.0, 0, None), (0.8, 0, "take.too_short"), (5.5, 0, "take.too_long"), (2.0, 1, "take.clipped")],
)
def test_a_sound_is_doubted(seconds: float, runs: int, code: str | None) -> None:
    assert doubt(line("một hai ba bốn năm sáu bảy tám"), seconds, runs) == code


def test_a_faster_voice_is_expected_to_be_done_sooner() -> None:
    assert doubt(line("một hai ba bốn năm sáu bảy tám", 2.0), 0.8, 0) is None


def test_the_second_try_has_other_noise_and_the_same_words() -> None:
    first = line("một hai")
    second = once_more(first)
    assert (second.spoken, second.voice) == (first.spoken, first.voice)
    assert second.take != first.take


def test_the_expected_rate_is_no_part_of_a_takes_fingerprint() -> None:
    request = SpeechRequest("một hai", SPEC)
    faster = SpeechRequest("một hai", VoiceSpec("thử", "tone", "1", "", "computed", 8_000, syllables_per_second=5.0))
    assert take_fields(request) == take_fields(faster)
