"""Foreign names in Vietnamese syllables: sayable always, near to how they are said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.text.respell import LONGEST, respelled
from studio.text.script import read_line, write_script
from studio.text.syllables import is_syllable


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Smith", "xờ mít"),
        ("Johnson", "giôn xơn"),
        ("Yokohama", "i ô cô ha ma"),
        ("Singapore", "xin ga pô re"),
        ("Marriott", "ma ri ốt"),
        ("Berlin", "be lin"),
        ("Quentin", "quen tin"),
        ("Cell", "xen"),
        ("Park", "pác"),
        ("Big", "bích"),
    ],
)
def test_names(name: str, said: str) -> None:
    assert respelled(name) == said


@pytest.mark.parametrize("word", ["", "a", "bxqt", "Đắk", "naïve", "O'Brien", "a" * (LONGEST + 1), "AB-12"])
def test_what_is_no_plain_name_is_left_alone(word: str) -> None:
    assert respelled(word) is None


@given(st.text("abcdefghijklmnopqrstuvwxyz", max_size=LONGEST))
def test_every_syllable_is_vietnamese(word: str) -> None:
    said = respelled(word)
    assert said is None or all(map(is_syllable, said.split(" ")))


def test_a_name_is_respelled_and_never_silently() -> None:
    script = write_script("Bà Katherine đến thăm.")
    (notice,) = script.all_notices
    assert notice.code == "reading.foreign"
    assert notice.alternatives == ("ca the rin", "Katherine")
    assert script.utterances[0].spoken == "Bà ca the rin đến thăm."


def test_a_foreign_phrase_keeps_its_letters() -> None:
    assert read_line("Thuật ngữ Unit mix nghĩa là tỷ lệ.") == "Thuật ngữ Unit mix nghĩa là tỷ lệ."
