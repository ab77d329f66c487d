"""`studio voices audition` of all voices: one that fails at the last moment costs the others nothing."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from studio.cli.auditions import audition_of
from studio.errors import VoiceError
from studio.rules.candidates import Candidate

GOOD, BAD = Candidate("tot"), Candidate("hong", speed=0.9)


def quiet(stage: str, done: int, total: int) -> None:
    """Says nothing."""


def audition(written: str | None, chosen: Sequence[Candidate], progress: object) -> Sequence[Candidate]:
    """In the service's place: who would be heard, unless one of them fails."""
    if BAD in chosen:
        raise VoiceError("voice.bad_weights", voice=BAD.voice_id, reason="torn")
    return chosen


STUDIO: Any = SimpleNamespace(audition=audition)


def test_a_voice_that_nobody_named_is_left_out_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    heard: Any = audition_of(STUDIO, None, [GOOD, BAD], quiet, named=False)
    assert heard == [GOOD]
    said = capsys.readouterr().err
    assert said.startswith("studio: hong is left out: the weights of hong cannot be used (torn)")


@pytest.mark.parametrize(("chosen", "named"), [([GOOD, BAD], True), ([BAD], False)])
def test_a_voice_that_was_named_or_is_the_only_one_is_a_failure(chosen: list[Candidate], named: bool) -> None:
    with pytest.raises(VoiceError):
        audition_of(STUDIO, None, chosen, quiet, named=named)
