"""Consent holds by the day in Vietnam, wherever a voice is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from studio.errors import VoiceError
from studio.rules.candidates import candidate
from studio.rules.programme import of_bulletin
from studio.service.requests import ProduceOptions
from studio.service.studio import Studio
from studio.values.text import Document
from tests.fakes.clocks import Stopped

TODAY = date(2026, 1, 5)
CONSENT = '\norigin = "cloned"\n[consent]\nperson = "Phát thanh viên"\npurpose = "bản tin"\n'


@pytest.fixture
def cloned(studio: Studio, tmp_path: Path) -> Path:
    """The card of a voice of a person, to which a test adds the dates of the consent."""
    path = tmp_path / "home" / "voices" / "nguoi.toml"
    card = (path.parent / "tieng-thu.toml").read_text(encoding="utf-8")
    path.write_text(card.replace("tieng-thu", "nguoi") + CONSENT, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("dates", "code"),
    [
        ("given = 2026-01-05", None),
        ("given = 2026-01-06", "voice.consent_to_come"),
        ("given = 2025-01-05\nuntil = 2026-01-05", None),
        ("given = 2025-01-05\nuntil = 2026-01-04", "voice.consent_ended"),
    ],
)
def test_the_day_is_vietnams(studio: Studio, cloned: Path, tmp_path: Path, dates: str, code: str | None) -> None:
    with cloned.open("a", encoding="utf-8") as file:
        file.write(dates)
    at_night = replace(studio, clock=Stopped())
    (state,) = (state for state in at_night.voice_states() if state.card.id == "nguoi")
    assert (state.refused.code if state.refused else None) == code
    programme, options = of_bulletin("Tin", Document("Một hai ba."), Path()), ProduceOptions(tmp_path / "out", TODAY)
    for use in (
        lambda: at_night.audition("Một hai ba.", [candidate("nguoi")], lambda *_: None),
        lambda: at_night.plan(programme, replace(options, voice_id="nguoi")),
    ):
        if code is None:
            assert use()
            continue
        with pytest.raises(VoiceError) as caught:
            use()
        assert caught.value.code == code


def test_what_airs_after_the_day_of_a_consent_to_come_is_not_spoken_before(
    studio: Studio, cloned: Path, tmp_path: Path
) -> None:
    with cloned.open("a", encoding="utf-8") as file:
        file.write("given = 2026-01-06")
    options = ProduceOptions(tmp_path / "out", date(2026, 1, 7), voice_id="nguoi")
    with pytest.raises(VoiceError) as caught:
        replace(studio, clock=Stopped()).plan(of_bulletin("Tin", Document("Một hai ba."), Path()), options)
    assert (caught.value.code, caught.value.fields["given"]) == ("voice.consent_to_come", "2026-01-06")
