"""House choices and lexicons."""

from __future__ import annotations

import pytest

from studio.text.lexicon import Lexicon
from studio.text.verbalise import verbalise
from studio.values.text import ReadingChoices

DECREE = "Nghị định số 49/2024/NĐ-CP ngày 10/5/2024"


@pytest.mark.parametrize(
    ("choices", "text", "spoken"),
    [
        (ReadingChoices(decimals="pairs"), "3,14", "ba phẩy mười bốn"),
        (ReadingChoices(thousand="ngàn"), "2.000", "hai ngàn"),
        (ReadingChoices(zero_tens="lẻ"), "105", "một trăm lẻ năm"),
        (
            ReadingChoices(phone_groups="standard"),
            "ĐT 09 1234 5678",
            "điện thoại không chín một hai, ba bốn năm, sáu bảy tám",
        ),
        (ReadingChoices(phone_groups="none"), "gọi 1900 1234", "gọi một chín không không một hai ba bốn"),
        (ReadingChoices(phone_groups="none"), "+84 912 345 678", "cộng tám tư chín một hai ba bốn năm sáu bảy tám"),
        (ReadingChoices(first_days="mồng"), "ngày 2/9", "ngày mồng hai tháng chín"),
        (ReadingChoices(first_days=""), "ngày 2/9", "ngày hai tháng chín"),
        (ReadingChoices(outline_number="silent"), "1.2. Nội dung", "Nội dung"),
        (ReadingChoices(outline_number="silent"), "II. NỘI DUNG", "nội dung"),
        (
            ReadingChoices(document_number="verbatim"),
            "Kế hoạch số 7/KH-UBND",
            "Kế hoạch số bảy gạch chéo ca hát gạch ngang u bê en đê",
        ),
        (
            ReadingChoices(document_year="unless_repeated"),
            DECREE,
            "Nghị định số bốn mươi chín ngày mười tháng năm năm hai nghìn không trăm hai mươi tư của Chính phủ",
        ),
    ],
)
def test_choice_is_followed(choices: ReadingChoices, text: str, spoken: str) -> None:
    assert verbalise(text, choices=choices).spoken == spoken


def test_lexicon_wins_over_the_tables() -> None:
    lexicon = Lexicon({"Zalo": "za lô", "TT": "tổ trưởng", "thôn Bo": "thôn Bò"})
    reading = verbalise("TT thôn Bo dùng Zalo", lexicon=lexicon)
    assert reading.spoken == "tổ trưởng thôn Bò dùng za lô"
    assert reading.notices == ()
    assert [token.kind for token in reading.tokens] == ["lexicon", "lexicon", "word", "lexicon"]


def test_upper_lexicon_layer_wins_and_words_are_whole() -> None:
    city = Lexicon({"Zalo": "za lô", "an": "ờ"})
    assert verbalise("Zalo ban an", lexicon=city.layered(Lexicon({"Zalo": "da lô"}))).spoken == "da lô ban ờ"
