"""Foreign names in Vietnamese syllables: sayable always, near to how they are said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.text.orthography import syllable_of
from studio.text.respell import LONGEST, respelled
from studio.text.script import read_line, write_script
from studio.text.syllables import is_syllable

ONSETS = ["", "b", "c", "ch", "g", "gi", "kh", "ng", "ph", "qu", "tr", "w", "x"]
CODAS = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Smith", "xờ mít"),
        ("Johnson", "giôn xơn"),
        ("Yokohama", "i ô cô ha ma"),
        ("Singapore", "xin ga pô"),
        ("Marriott", "ma ri ốt"),
        ("Berlin", "be lin"),
        ("Quentin", "quen tin"),
        ("Cell", "xen"),
        ("Park", "pác"),
        ("Big", "bích"),
        ("Beijing", "bây ginh"),
        ("Washington", "oa sinh tơn"),
        ("Geneva", "giơ ne va"),
        ("Haiyan", "hai i an"),
        ("Mike", "mai"),
        ("James", "giêm"),
        ("Grace", "gờ rết"),
        ("Michelle", "mi chen"),
        ("Pelé", "pe lê"),
        ("Málaga", "ma la ga"),
    ],
)
def test_names(name: str, said: str) -> None:
    assert respelled(name) == said


@pytest.mark.parametrize("word", ["", "a", "bxqt", "Đắk", "naïve", "O'Brien", "a" * (LONGEST + 1), "AB-12", "Москва"])
def test_what_is_no_plain_name_is_left_alone(word: str) -> None:
    assert respelled(word) is None


@pytest.mark.parametrize("word", ["Nguyen", "Truong", "Tien", "Viet", "Thuờng", "Nguyênn", "Trânf", "Prông", "Búk"])
def test_vietnamese_that_lost_a_mark_or_has_a_letter_too_much_is_no_foreign_name(word: str) -> None:
    assert respelled(word) is None


@given(st.text("abcdefghijklmnopqrstuvwxyzàáâãèéêìíòóôõùúý", max_size=LONGEST))
def test_every_syllable_is_vietnamese(word: str) -> None:
    said = respelled(word)
    assert said is None or all(map(is_syllable, said.split(" ")))


@given(st.text(max_size=40))
def test_any_string_is_respelled_alike_or_left_alone(word: str) -> None:
    said = respelled(word)
    assert said is None or (said == respelled(word.upper().lower()) and all(map(is_syllable, said.split(" "))))


@given(
    st.sampled_from(ONSETS), st.sampled_from([*"aăâeêioôơuưy", "oa", "uy", "ây", "ai", "iu"]), st.sampled_from(CODAS)
)
def test_a_syllable_is_always_found(onset: str, rime: str, coda: str) -> None:
    assert is_syllable(syllable_of(onset, rime, coda))


def test_a_name_is_respelled_and_never_silently() -> None:
    script = write_script("Bà Katherine đến thăm.")
    (notice,) = script.all_notices
    assert notice.code == "reading.foreign"
    assert notice.alternatives == ("ca the rin", "Katherine", "ca a tê hát e rờ i en e")
    assert script.utterances[0].spoken == "Bà ca the rin đến thăm."


def test_names_of_the_highlands_are_told_too() -> None:
    script = write_script("Xã Ea H'leo và xã Cư M’gar.")
    assert script.utterances[0].spoken == "Xã Ê a hơ leo và xã Cư mơ ga."
    assert [notice.alternatives for notice in script.all_notices] == [("hơ leo", "hát leo"), ("mơ ga", "em gar")]


def test_capitals_by_letters_may_be_a_name() -> None:
    (notice,) = write_script("Ca sĩ JACKSON đến thăm.").all_notices
    assert notice.code == "reading.unknown_capitals"
    assert notice.alternatives == ("gi a xê ca ét ô en", "giác xơn", "jackson")


def test_a_foreign_phrase_keeps_its_letters() -> None:
    assert read_line("Thuật ngữ Unit mix nghĩa là tỷ lệ.") == "Thuật ngữ Unit mix nghĩa là tỷ lệ."
