"""Unicode hygiene: one form of every letter, and every place still known to the editor."""

from __future__ import annotations

import unicodedata

import pytest

from studio.text.unicode import Composed, compose, modern_tone_placement
from studio.values.text import Span
from tests.fakes.patience import ends

SENTENCE = "Chiều nay, phường tổ chức dọn vệ sinh ở ngõ Quỳnh."


def where(written: str, composed: Composed, word: str) -> str:
    """What the editor wrote where the clean text has `word`."""
    start = composed.text.index(word)
    span = composed.written_span(start, start + len(word))
    return written[span.start : span.end]


def test_clean_text_is_left_alone() -> None:
    composed = compose(SENTENCE)
    assert composed.text is SENTENCE
    assert composed.offsets == ()
    assert composed.written_span(3, 9) == Span(3, 9)


def test_decomposed_text_is_composed_and_mapped_back() -> None:
    written = unicodedata.normalize("NFD", SENTENCE)
    composed = compose(written)
    assert composed.text == SENTENCE
    for word in ("Chiều", "phường", "vệ", "Quỳnh", "."):
        assert where(written, composed, word) == unicodedata.normalize("NFD", word)


@pytest.mark.parametrize("written", ["ti\u00e9\u0302ng", "tie\u0301\u0302ng", "tie\u0302\u0341ng", "ti\u00ea\u0301ng"])
def test_marks_in_any_order(written: str) -> None:
    assert compose(written).text == "tiếng"


def test_invisible_characters_go() -> None:
    written = "\ufeffThông\u200b báo\u00ad mới\x00 \u202dvề\u202c y tế"
    composed = compose(written)
    assert composed.text == "Thông báo mới về y tế"
    assert where(written, composed, "báo") == "báo"
    assert where(written, composed, "về") == "về"
    assert where(written, composed, "y tế") == "y tế"


def test_spaces_and_breaks_keep_their_places() -> None:
    written = "Tổ\u00a05\r\nngõ\u202f7\u2028phố\u3000Huế\x0bsố\r9"
    composed = compose(written)
    assert composed.text == "Tổ 5 \nngõ 7\nphố Huế\nsố\n9"
    assert composed.offsets == ()


def test_look_alikes_in_latin_words() -> None:
    assert compose("Nhân dân \u0441\u0430\u0441 phường").text == "Nhân dân cac phường"
    assert compose("h\u043ep").text == "hop"
    assert compose("h\u03bfp").text == "hop"
    assert compose("\u00f0iều \u00d0ồng \u0189ảng").text == "điều Đồng Đảng"


def test_real_foreign_words_and_signs_stay() -> None:
    assert compose("thủ đô Москва").text == "thủ đô Москва"
    assert compose("tia α, 35 μg, 5 kΩ").text == "tia α, 35 μg, 5 kΩ"


def test_styled_and_foreign_figures() -> None:
    assert compose("\uff11\uff12 hộ, \U0001d7d0\U0001d7d1 người, \u0661 xã").text == "12 hộ, 23 người, 1 xã"
    written = "\ufb01le tin"
    assert compose(written).text == "file tin"
    assert where(written, compose(written), "tin") == "tin"


def test_tone_marks_stay_where_they_were_written() -> None:
    assert compose("hoà bình, hòa thuận").text == "hoà bình, hòa thuận"
    assert modern_tone_placement("hòa") == "hoà"


@pytest.mark.parametrize(
    "hostile",
    [
        "\u0301" * 1_000_000,
        "a\u0323\u0302\u0301" * 250_000,
        "\u0323\u0301" * 500_000,
        "\ufeff" * 1_000_000,
        "о" * 1_000_000,
    ],
)
def test_a_megabyte_of_nonsense_takes_linear_time(hostile: str) -> None:
    with ends():
        composed = compose(hostile)
    assert "\u0301" not in composed.text
    assert len(composed.text) <= len(hostile)
