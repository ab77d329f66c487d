"""Voice cards: the unit's own before the shipped ones, and none that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.errors import InputError, VoiceError
from studio.stores.voices import FolderVoices

SHIPPED = Path(__file__).resolve().parents[3] / "voices"

CARD = """
id = "{id}"
name = "{name}"
engine = "espeak"
accent = "hanoi"
gender = "female"
rate_hz = 22050
source = "espeak-ng"
licence = "GPL-3.0-or-later"
"""


def write(folder: Path, stem: str, voice_id: str | None = None, name: str = "Giọng", more: str = "") -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{stem}.toml").write_text(CARD.format(id=voice_id or stem, name=name) + more, encoding="utf-8")


@pytest.fixture
def voices(tmp_path: Path) -> FolderVoices:
    write(tmp_path / "shipped", "giong-b")
    write(tmp_path / "shipped", "giong-a", name="Giọng kèm theo")
    write(tmp_path / "own", "giong-a", name="Giọng của phường")
    return FolderVoices([tmp_path / "own", tmp_path / "shipped", tmp_path / "missing"], tmp_path / "models")


def test_the_units_own_card_wins(voices: FolderVoices) -> None:
    assert [(card.id, card.name) for card in voices.cards()] == [
        ("giong-a", "Giọng của phường"),
        ("giong-b", "Giọng"),
    ]
    assert voices.card("giong-a").name == "Giọng của phường"


def test_an_unknown_voice_is_told_with_the_known_ones(voices: FolderVoices) -> None:
    with pytest.raises(VoiceError) as caught:
        voices.card("giong-c")
    assert caught.value.code == "voice.unknown"
    assert dict(caught.value.fields) == {"voice": "giong-c", "known": "giong-a, giong-b"}


@pytest.mark.parametrize("voice_id", ["../own/giong-a", "", "giong-a.toml", "/etc/passwd"])
def test_an_id_is_never_a_path(voices: FolderVoices, voice_id: str) -> None:
    with pytest.raises(VoiceError):
        voices.card(voice_id)


def test_a_wrong_card_names_file_key_and_line(voices: FolderVoices, tmp_path: Path) -> None:
    write(tmp_path / "own", "giong-c", more='licens = "MIT"\n')
    (fault,) = voices.faults()
    assert fault.code == "card.unknown_key"
    assert fault.fields["line"] == 10
    assert fault.fields["suggestion"] == "licence"
    assert str(fault.fields["file"]).endswith("giong-c.toml")
    with pytest.raises(InputError):
        voices.card("giong-c")


def test_a_wrong_card_keeps_no_other_voice_away(voices: FolderVoices, tmp_path: Path) -> None:
    before = voices.cards()
    assert voices.faults() == ()
    write(tmp_path / "own", "giong-c", more='licens = "MIT"\n')
    assert voices.cards() == before
    assert voices.card("giong-b").id == "giong-b"


def test_a_units_wrong_card_is_not_replaced_by_the_shipped_one(voices: FolderVoices, tmp_path: Path) -> None:
    write(tmp_path / "own", "giong-b", more='licens = "MIT"\n')
    assert [card.id for card in voices.cards()] == ["giong-a"]
    with pytest.raises(InputError):
        voices.card("giong-b")


def test_a_card_is_named_like_its_file(voices: FolderVoices, tmp_path: Path) -> None:
    write(tmp_path / "own", "giong-c", voice_id="giong-d")
    with pytest.raises(InputError) as caught:
        voices.card("giong-c")
    assert caught.value.code == "card.misnamed"
    assert caught.value.fields["id"] == "giong-d"


def test_weights_lie_in_a_folder_of_their_own(voices: FolderVoices, tmp_path: Path) -> None:
    assert voices.weights(voices.card("giong-b")) == tmp_path / "models" / "giong-b"


def test_every_shipped_card_is_right(tmp_path: Path) -> None:
    cards = {card.id: card for card in FolderVoices([SHIPPED], tmp_path).cards()}
    card = cards["hanoi-espeak"]
    assert (card.engine, card.variant, card.accent) == ("espeak", "f5", "hanoi")
    assert card.licence == "GPL-3.0-or-later"
    assert card.settings["words_per_minute"] == 135
    assert card.settings["word_gap"] == 0
