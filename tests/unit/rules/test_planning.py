"""Planning finds what is kept and says why the rest is made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studio.files.card import VoiceCard
from studio.fingerprint import fingerprint, take_fields
from studio.rules.planning import KEPT, Prepared, Reason, is_bare, plan
from studio.rules.programme import of_bulletin
from studio.values.text import Document, Script, Span, Utterance
from studio.values.voice import SpeechRequest, TakeInfo, VoiceSpec

PROGRAMME = of_bulletin("t", Document("x"), Path())
VOICE = VoiceSpec("v", "tone", "1", "", "none", 8_000)


CARD = VoiceCard(
    id="v", name="V", engine="tone", accent="hanoi", gender="other", rate_hz=8_000, source="tests", licence="GPL-3.0"
)


def _prepared(*lines: str, voice: VoiceSpec = VOICE, card: VoiceCard = CARD) -> tuple[Prepared, ...]:
    utterances = tuple(Utterance(Span(0, 1), line, (), 400) for line in lines)
    source = PROGRAMME.segments[0]
    return (Prepared(source, script=Script("x", utterances), card=card, voice=voice),)


def _take(key: str) -> TakeInfo:
    return TakeInfo(key, "d", 8_000, 100, 0, 100, -6.0)


def _key(line: str, voice: VoiceSpec = VOICE) -> str:
    return fingerprint(take_fields(SpeechRequest(line, voice)))


def test_kept_lines_are_not_spoken_again() -> None:
    kept = {_key("một")}
    made = plan(PROGRAMME, _prepared("một", "hai"), lambda k: _take(k) if k in kept else None, {})
    assert [line.reason for line in made.lines] == [KEPT, Reason("new")]
    assert [line.request.spoken for line in made.to_speak] == ["hai"]


def test_a_voice_may_want_longer_pauses_which_speaks_nothing_again() -> None:
    calm = CARD.model_copy(update={"pauses": 1.25})
    made = plan(PROGRAMME, _prepared("một", card=calm), lambda k: _take(k), {})
    assert [(line.pause_after_ms, line.reason) for line in made.lines] == [(500, KEPT)]


def test_a_repeated_line_is_spoken_once() -> None:
    made = plan(PROGRAMME, _prepared("một", "hai", "một"), lambda _: None, {})
    assert [line.request.spoken for line in made.to_speak] == ["một", "hai"]
    assert len(made.lines) == 3


def test_a_change_of_voice_names_the_field() -> None:
    slow = replace(VOICE, speed=0.9)
    before = {"một": take_fields(SpeechRequest("một", VOICE))}
    made = plan(PROGRAMME, _prepared("một", voice=slow), lambda _: None, before)
    assert made.lines[0].reason == Reason("changed", ("voice.speed",))


def test_a_take_that_is_gone_is_said_to_be_lost() -> None:
    before = {"một": take_fields(SpeechRequest("một", VOICE))}
    made = plan(PROGRAMME, _prepared("một"), lambda _: None, before)
    assert made.lines[0].reason == Reason("lost")


def test_every_field_of_a_voice_is_in_the_fingerprint() -> None:
    other = {
        "voice_id": "w", "engine": "espeak", "engine_version": "2", "variant": "f5", "model_digest": "m",
        "rate_hz": 16_000, "speed": 1.1, "pitch": 2.0, "precision": "float16", "settings": (("a", 1),),
    }  # fmt: skip
    keys = {_key("một", replace(VOICE, **{name: value})) for name, value in other.items()}  # type: ignore[arg-type]
    assert len(keys | {_key("một")}) == len(other) + 1
    place = {"weights", "device"}  # the same weights elsewhere sound the same
    place |= {"syllables_per_second", "most_characters"}  # what is expected of a voice makes no sound
    assert set(other) | place == set(VoiceSpec.__dataclass_fields__)
    assert _key("một", replace(VOICE, weights="nơi khác", device="cuda")) == _key("một")


@pytest.mark.parametrize(
    ("spoken", "bare"),
    [
        ("Gọi không chín một hai ba bốn năm sáu bảy tám.", True),
        ("Xin gọi số ba chín chín chín, không không không.", True),
        ("Một hai ba bốn năm sáu.", False),
        ("Năm hai nghìn không trăm hai mươi lăm, hai ba hộ không có nước.", False),
    ],
)
def test_figures_said_one_by_one_have_no_bed_whoever_wrote_them(spoken: str, bare: bool) -> None:
    assert is_bare(Utterance(Span(0, 1), spoken, (), 400)) is bare
