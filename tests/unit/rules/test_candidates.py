"""Voices to be compared: how they are written, what they change, what is offered."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.errors import InputError
from studio.files.card import VoiceCard
from studio.rules.candidates import Candidate, candidate, offered, told_apart
from studio.stores.voices import FolderVoices

SHIPPED = Path(__file__).resolve().parents[3] / "voices"


@pytest.fixture
def card(tmp_path: Path) -> VoiceCard:
    return FolderVoices([SHIPPED], tmp_path).card("hanoi-espeak")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("a-b", Candidate("a-b")),
        ("a+f2", Candidate("a", "f2")),
        ("a@0.85", Candidate("a", speed=0.85)),
        ("a+f2@1.2:p=1:n=x", Candidate("a", "f2", 1.2, (("n", "x"), ("p", 1)))),
        ("a:k=0.5", Candidate("a", settings=(("k", 0.5),))),
        ("a@1:k=1:k=2", Candidate("a", settings=(("k", 2),))),
    ],
)
def test_a_candidate_is_read_and_written_one_way(written: str, found: Candidate) -> None:
    assert candidate(written) == found
    assert candidate(found.key) == found


@pytest.mark.parametrize(
    "written", ["", "A", "a b", "a+", "a@", "a@0", "a@12", "a:k", "a:k=", "a@0.5+f2", "../a", "a\n"]
)
def test_what_is_no_candidate_is_refused(written: str) -> None:
    if written.strip() == "a":
        assert candidate(written) == Candidate("a")
        return
    with pytest.raises(InputError) as caught:
        candidate(written)
    assert caught.value.code == "audition.bad_candidate"


def test_it_changes_the_card_and_its_name(card: VoiceCard) -> None:
    changed = candidate("hanoi-espeak+f2@0.9:pitch=60")
    assert changed.on(card).variant == "f2"
    assert changed.on(card).settings["pitch"] == 60
    assert changed.on(card).settings["word_gap"] == card.settings["word_gap"]
    assert changed.name(card) == f"{card.name} (biến thể f2, tốc độ 0,9, pitch = 60)"
    plain = candidate("hanoi-espeak")
    assert (plain.on(card), plain.name(card)) == (card, card.name)


def test_a_voice_alone_is_offered_with_variations(card: VoiceCard) -> None:
    keys = [each.key for each in offered([card], card.id)]
    assert keys[0] == card.id
    assert len(keys) >= 3
    assert "hanoi-espeak:northern_tones=0" in keys


def test_several_voices_are_offered_as_they_are_and_the_houses_first(card: VoiceCard) -> None:
    other = card.model_copy(update={"id": "a-khac"})
    assert [each.key for each in offered([other, card], card.id)] == [card.id, "a-khac"]
    assert offered([], card.id) == ()


def test_voices_of_one_name_are_told_apart() -> None:
    named = [("Mai", "mai-1"), ("Lan", "lan"), ("Mai", "mai-2")]
    assert told_apart(named) == (("Mai – mai-1", "mai-1"), ("Lan", "lan"), ("Mai – mai-2", "mai-2"))
