"""A mark set at one place: exactly there, escaped, and everything else as it was."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from studio.errors import InputError
from studio.text.inline import marks_of
from studio.text.marking import LETTERS, MOST_MARKED, is_markable, mark_spans, with_reading, with_readings
from studio.text.script import write_script
from studio.text.unicode import compose
from studio.values.text import Span

TEXTS = st.text(st.sampled_from("TTa ế12.,\n{}|\\#\u0301\u200b\u00a0\uff5b\uff5c\uff5d\uff3cđ"), max_size=40)
SPOKEN = st.sampled_from(["thông tư", "", LETTERS, "phường, thị trấn"])


def span_of(text: str, words: str) -> Span:
    start = text.rindex(words)
    return Span(start, start + len(words))


def spoken(text: str) -> str:
    return " ".join(line.spoken for line in write_script(text).utterances)


@pytest.mark.parametrize(
    ("text", "words", "said", "marked"),
    [
        ("Theo TT này.", "TT", "thị trấn", "Theo {TT|thị trấn} này."),
        ("Theo TT này.", "TT", LETTERS, "Theo {TT|#} này."),
        ("Theo TT này.", "TT", "", "Theo {TT|} này."),
        ("Theo TT này.", "TT", "  thị\n trấn ", "Theo {TT|thị trấn} này."),
        ("{TT|thông tư} và TT", "TT", "thị trấn", "{TT|thông tư} và {TT|thị trấn}"),
        ("a|b", "a|b", "hoặc", r"{a\|b|hoặc}"),
        ("a}b", "a}b", "hoặc", r"{a\}b|hoặc}"),
        (r"a\b", r"a\b", "hoặc", r"{a\\b|hoặc}"),
        (r"theo \TT", "TT", "thông tư", r"theo {\\TT|thông tư}"),
        (r"theo \{TT\}", "TT", "thông tư", r"theo \{{TT|thông tư}\}"),
        (r"theo \{TT\}", r"{TT\}", "thông tư", r"theo {\{TT\}|thông tư}"),
    ],
)
def test_the_mark_stands_at_the_very_place(text: str, words: str, said: str, marked: str) -> None:
    assert with_reading(text, span_of(text, words), said) == marked


def test_the_chosen_words_are_heard_there_and_only_there() -> None:
    text = "Xã họp theo TT của TT."
    assert spoken(with_reading(text, span_of(text, "TT"), "thủ tướng")).endswith("của thủ tướng.")
    assert "thủ tướng" in spoken(text.replace("theo TT", "theo {TT|thủ tướng}"))
    assert "họp của" in spoken(with_reading(text, Span(text.index("theo"), text.index(" của")), ""))


def test_a_text_in_another_composition_is_marked_where_it_was_written() -> None:
    text = unicodedata.normalize("NFD", "Đến ủy ban phường rồi theo TT mới.")
    marked = with_reading(text, span_of(text, "TT"), "thông tư")
    assert marked == text.replace("TT", "{TT|thông tư}")
    assert "theo thông tư mới" in spoken(marked)


@pytest.mark.parametrize("said", ["TTHC", "wifi", "số 5", "a/b", "}", "|", "thị trấn|", "{a", "x" * 301, "\\"])
def test_what_is_not_vietnamese_words_is_refused(said: str) -> None:
    with pytest.raises(InputError) as refused:
        with_reading("Theo TT.", Span(5, 7), said)
    assert refused.value.code == "marking.not_sayable"
    assert refused.value.fields == {"spoken": said}


def test_letters_of_what_has_none_are_refused() -> None:
    with pytest.raises(InputError) as refused:
        with_reading("a … b", Span(2, 3), LETTERS)
    assert refused.value.code == "marking.not_sayable"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Theo {TT|thông tư}.", Span(6, 8)),
        ("12{h|giờ}30", Span(0, 11)),
        ("hai\ndòng", Span(0, 8)),
        ("hai\u2028dòng", Span(0, 8)),
        ("a   b", Span(1, 4)),
        ("a", Span(1, 1)),
        ("a" * (MOST_MARKED + 1), Span(0, MOST_MARKED + 1)),
    ],
)
def test_a_place_that_holds_no_mark_is_refused(text: str, span: Span) -> None:
    assert not is_markable(text, span, mark_spans(text))
    with pytest.raises(InputError) as refused:
        with_reading(text, span, "thông tư")
    assert refused.value.code == "marking.no_place"


def test_marks_are_found_where_they_are_written() -> None:
    text = "\u200bA\u0301 {TT|thông tư} \\{b\\} {|}"
    assert [text[span.start : span.end] for span in mark_spans(text)] == ["{TT|thông tư}", "{|}"]


def test_the_longest_place_can_be_marked() -> None:
    assert with_reading("a" * MOST_MARKED, Span(0, MOST_MARKED), "à").endswith("|à}")


# Many drawn places hold a mark or no letter, which is refused and tested elsewhere.
@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(TEXTS, st.integers(0, 40), st.integers(1, 12), SPOKEN)
def test_nothing_else_changes(text: str, start: int, length: int, said: str) -> None:
    span = Span(min(start, len(text)), min(start + length, len(text)))
    try:
        marked = with_reading(text, span, said)
    except InputError as error:
        assume(False)
        raise AssertionError from error
    before, after = marks_of(compose(text).text), marks_of(compose(marked).text)
    assert after.text == before.text
    assert len(after.marks) == len(before.marks) + 1
    assert len(mark_spans(marked)) == len(mark_spans(text)) + 1
    new = [mark for mark in after.marks if (mark.start, mark.end) not in [(m.start, m.end) for m in before.marks]]
    assert len(new) == 1
    if said != LETTERS:
        assert new[0].spoken == said


@given(TEXTS, st.lists(st.sampled_from(["TT", "QĐ", "a"]), min_size=1, max_size=4))
def test_marks_can_be_set_one_after_another(text: str, words: list[str]) -> None:
    joined = " ".join([text.replace("{", "").replace("\uff5b", ""), *words])
    marked, start = joined, len(joined) - len(" ".join(words))
    for at, word in reversed(list(enumerate(words))):
        place = start + sum(len(each) + 1 for each in words[:at])
        marked = with_reading(marked, Span(place, place + len(word)), "lời")
    assert marks_of(compose(marked).text).text == marks_of(compose(joined).text).text
    assert len(mark_spans(marked)) == len(words)


def test_several_places_are_marked_at_once_around_marks_that_stand() -> None:
    text = r"TT \TT {TT|thị trấn} TT."
    spans = [Span(0, 2), Span(4, 6), Span(21, 23)]
    marked = with_readings(text, reversed(spans), "thông tư")
    assert marked == r"{TT|thông tư} {\\TT|thông tư} {TT|thị trấn} {TT|thông tư}."
    assert mark_spans(marked) == tuple(Span(found.start(), found.end()) for found in re.finditer(r"\{.*?\}", marked))
    one_by_one = text
    for span in reversed(spans):
        one_by_one = with_reading(one_by_one, span, "thông tư")
    assert marked == one_by_one


@pytest.mark.parametrize("spans", [(Span(0, 2), Span(1, 2)), (Span(0, 2), Span(4, 6))])
def test_several_places_are_refused_where_one_is(spans: tuple[Span, ...]) -> None:
    with pytest.raises(InputError, match=r"marking\.no_place"):
        with_readings("TT {TT|#}", spans, "thông tư")
