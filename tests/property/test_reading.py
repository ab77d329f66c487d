"""What holds for any text: nothing unspeakable is said, spans are sound, reading again changes nothing."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.text.verbalise import verbalise
from tests.fakes.patience import ends

BITS = (
    "ngày 10/5/2024", "Quý III", "TT", "UBND", "KT. CHỦ TỊCH", "8h30", "1.500.000đ", "3-5%", "số 12/QĐ-UBND", "…",
    "(năm)", "≥ 60", "hanoi.gov.vn", "Zalo", "a)", "II.", "v.v.", "./.", "29A-123.45", "0912 345 678",
    "m²", "½", "漢字", "é", "😀", "điểm d",
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="0123456789.,/-:()AaĐđ %*_…&@#\n+=<>$ngàytháIVXum", max_size=60),
    st.lists(st.sampled_from(BITS), max_size=8).map(" ".join),
)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_only_letters_and_pauses_are_spoken(text: str) -> None:
    spoken = verbalise(text).spoken
    assert all(char.isalpha() or char in " ,.;:?!" for char in spoken)
    assert not any(first.isupper() and second.isupper() for first, second in pairwise(spoken))
    assert spoken == " ".join(spoken.split())


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_spans_are_ordered_and_inside_the_text(text: str) -> None:
    at = 0
    for token in verbalise(text).tokens:
        assert at <= token.span.start <= token.span.end <= len(text)
        assert token.written == text[token.span.start : token.span.end]
        at = token.span.end


@given(st.lists(st.sampled_from(BITS), max_size=8).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_reading_the_spoken_form_changes_nothing(text: str) -> None:
    spoken = verbalise(text).spoken
    assert verbalise(spoken).spoken == spoken


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        ".",
        "a",
        "A",
        "(",
        "1/",
        "1.",
        "AB ",
        "…",
        "/",
        "**",
        "漢",
        "a\u0301",
        "- ",
        "v.v.",
        "(năm ",
        "A-",
        "()",
        "[]{}",
        "1,",
        "1-",
        "a.",
        "1a",
        "12:",
        "AB CD ",
        "I. ",
        "&)!-.,#a",
        "1%*(",
        '"…/~<',
        "H26.1-",
    ],
)
def test_time_grows_with_the_length_alone(unit: str) -> None:
    size = 100_000
    with ends():
        verbalise(unit * (size // len(unit)))
