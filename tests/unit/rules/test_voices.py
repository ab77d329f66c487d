"""Which voices may speak: accent, licence and consent."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from studio.files.card import Consent, VoiceCard
from studio.files.unit import Unit
from studio.rules.voices import refusal

TODAY = date(2026, 11, 25)
BEFORE, AFTER = date(2026, 11, 24), date(2026, 11, 26)
CONSENT = Consent(person="Phát thanh viên", given=date(2026, 1, 5), purpose="bản tin của phường", until=TODAY)


def card(**fields: Any) -> VoiceCard:
    given = {
        "id": "giong", "name": "Giọng", "engine": "coqui", "accent": "hanoi", "gender": "male", "rate_hz": 22_050,
        "source": "made", "licence": "none",
    }  # fmt: skip
    return VoiceCard.model_validate({**given, **fields})


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, None),
        ({"accent": "saigon"}, "voice.other_accent"),
        ({"commercial": False}, "voice.non_commercial"),
        ({"origin": "cloned"}, "voice.no_consent"),
        ({"origin": "trained"}, "voice.no_consent"),
        ({"origin": "cloned", "consent": CONSENT}, None),
        (
            {"origin": "cloned", "consent": CONSENT.model_copy(update={"until": BEFORE})},
            "voice.consent_ended",
        ),
        ({"origin": "trained", "consent": CONSENT.model_copy(update={"until": None})}, None),
        ({"origin": "trained", "consent": CONSENT.model_copy(update={"given": TODAY})}, None),
        ({"origin": "trained", "consent": CONSENT.model_copy(update={"given": AFTER})}, "voice.consent_to_come"),
        # A recording is a person's whatever the card says of the voice's origin.
        ({"files": [{"path": "mau/Giong.WAV"}]}, "voice.no_consent"),
        ({"files": [{"path": "giong-mau.wav"}], "consent": CONSENT}, None),
        ({"files": [{"path": "giong.safetensors"}]}, None),
    ],
)
def test_the_houses_rules(fields: dict[str, Any], code: str | None) -> None:
    refused = refusal(card(**fields), Unit(), TODAY, TODAY)
    assert (refused.code if refused else None) == code


def test_a_unit_may_allow_accent_and_licence_but_never_a_missing_consent() -> None:
    unit = Unit(allow_other_accents=True, allow_non_commercial=True)
    assert refusal(card(accent="saigon", commercial=False), unit, TODAY, TODAY) is None
    refused = refusal(card(origin="cloned"), unit, TODAY, TODAY)
    assert refused is not None
    assert refused.code == "voice.no_consent"


def test_a_consent_must_last_to_the_day_on_air_and_be_given_by_today() -> None:
    ends = card(origin="cloned", consent=CONSENT)
    assert refusal(ends, Unit(), TODAY, BEFORE) is None
    refused = refusal(ends, Unit(), AFTER, TODAY)
    assert refused is not None
    assert (refused.code, refused.fields["until"]) == ("voice.consent_ended", "2026-11-25")
    # What airs the day after tomorrow is spoken today.
    to_come = card(origin="cloned", consent=Consent(person="A", given=AFTER, purpose="x"))
    refused = refusal(to_come, Unit(), date(2026, 11, 27), TODAY)
    assert refused is not None
    assert (refused.code, refused.fields["given"]) == ("voice.consent_to_come", "2026-11-26")


def test_what_a_list_shows_of_a_card_stands_on_one_line() -> None:
    made = card(name="Giọng\n\x1b[31mđỏ", licence=" CC\tBY ", attribution="a\r\nb")
    assert (made.name, made.licence, made.attribution) == ("Giọng [31mđỏ", "CC BY", "a b")
    with pytest.raises(ValidationError, match="name"):
        card(name="\n")


@pytest.mark.parametrize("paths", [("a.onnx", "A.onnx"), ("verified.json",), ("a", "a/b.json")])
def test_no_two_files_of_a_card_lie_at_one_place(paths: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError, match=r"two files cannot|inside the file"):
        card(files=[{"path": path} for path in paths])
