"""Tokens: where sentences and pauses stand, and which characters each came from."""

from __future__ import annotations

import pytest

from studio.text.readings.numbers import cardinal, value_of
from studio.text.readings.roman import roman_value
from studio.text.verbalise import verbalise
from studio.values.text import ReadingChoices


def stops(text: str) -> int:
    return sum(token.kind == "stop" for token in verbalise(text).tokens)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("TP. Hà Nội họp. Đại biểu đông đủ.", 2),
        ("GS.TS Lê Văn An dự họp.", 1),
        ("Thu 3.000 đồng.", 1),
        ("1.1. Mục tiêu", 0),
        ("rau, quả, v.v. được bán.", 1),
        ("Em Nguyễn K. được khen?", 1),
        ("tổ chức thực hiện./.", 1),
    ],
)
def test_only_a_dot_that_ends_a_sentence_is_a_stop(text: str, count: int) -> None:
    assert stops(text) == count


def test_each_doubtful_thing_is_its_own_token() -> None:
    text = "UBND họp lúc 8h30, ngày 5/9."
    read = [(token.written, token.kind) for token in verbalise(text).tokens if token.kind != "word"]
    assert read == [("UBND", "abbreviation"), ("8h30", "time"), (",", "clause"), ("5/9", "date"), (".", "stop")]


def test_bold_marks_inside_a_number_keep_the_span() -> None:
    text = "số **49**/2024/NĐ-CP"
    token = next(token for token in verbalise(text).tokens if token.kind == "document_number")
    assert token.written == "49**/2024/NĐ-CP"


@pytest.mark.parametrize("value", [0, 4, 10, 15, 21, 24, 105, 1005, 1_000_001, 2_030_405, 10**12, 999_999_999_999])
def test_words_give_back_their_number(value: int) -> None:
    assert value_of(cardinal(value, ReadingChoices())) == value


@pytest.mark.parametrize(("numeral", "value"), [("IV", 4), ("XXI", 21), ("XLIX", 49), ("IIII", None), ("", None)])
def test_roman_numerals_are_well_formed(numeral: str, value: int | None) -> None:
    assert roman_value(numeral) == value


def test_offset_moves_every_span() -> None:
    text = "Gửi TT trước 31/2/2026, x² ./."
    here, there = verbalise(text), verbalise(text, offset=100)
    assert [(t.span.start + 100, t.span.end + 100, t.written) for t in here.tokens] == [
        (t.span.start, t.span.end, t.written) for t in there.tokens
    ]
    assert [n.span.start + 100 for n in here.notices if n.span] == [n.span.start for n in there.notices if n.span]


def test_noise_is_one_pause_and_is_told() -> None:
    reading = verbalise("họp #$%^&*@!~ nhé")
    assert reading.spoken == "họp, nhé"
    assert [notice.code for notice in reading.notices] == ["text.unreadable"]


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("BỘ HOÃN égạoà", "bộ hoãn égạòa"),
        ("của Bộ Y tế", "của Bộ Y tế"),
        ("đồng/km", "đồng ki lô mét"),
        ("5,5 triệu đồng/l3", "năm phẩy năm triệu đồng lờ ba"),
    ],
)
def test_reading_twice_is_reading_once(text: str, spoken: str) -> None:
    assert verbalise(text).spoken == spoken
    assert verbalise(spoken).spoken == spoken
