"""Scripts: lines to be spoken with their pauses, every place known in the text the editor wrote."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from studio.text.pauses import PAUSE_MS
from studio.text.script import read_line, write_script
from studio.text.sentences import LONGEST_WORDS
from studio.values.text import Layout, ReadingChoices, Script
from tests.fakes.patience import ends

NOTICE = """UBND PHƯỜNG KIM MÃ
Số: 27/TB-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Kim Mã, ngày 03 tháng 9 năm 2025

THÔNG BÁO

Phường phun thuốc diệt muỗi. Bà con chú ý che đậy thức ăn.

- Tổ 4: sáng thứ Bảy;
- Tổ 9: chiều thứ Bảy.

Xin cảm ơn.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Thu Hằng
"""
SPOKEN = re.compile(r"[^\W\d_ ]+(?:[ ,;:.?!]+[^\W\d_]+)*[.?!:,;]?")


def spoken(script: Script) -> list[str]:
    return [utterance.spoken for utterance in script.utterances]


def test_a_notice_from_head_to_tail() -> None:
    script = write_script(NOTICE)
    assert spoken(script) == [
        "thông báo.",
        "Phường phun thuốc diệt muỗi.",
        "Bà con chú ý che đậy thức ăn.",
        "Tổ bốn: sáng thứ Bảy.",
        "Tổ chín: chiều thứ Bảy.",
        "Xin cảm ơn.",
    ]
    assert [u.pause_after_ms for u in script.utterances] == [750, 400, 750, 400, 750, 750]
    assert [u.layout for u in script.utterances] == [
        Layout.HEADING,
        Layout.PARAGRAPH,
        Layout.PARAGRAPH,
        Layout.LIST_ITEM,
        Layout.LIST_ITEM,
        Layout.PARAGRAPH,
    ]
    assert [part.part for part in script.left_out] == ["header", "number_line", "header", "place_date", "signature"]


def test_spans_are_of_the_written_text() -> None:
    script = write_script(NOTICE)
    for utterance in script.utterances:
        for token in utterance.tokens:
            assert NOTICE[token.span.start : token.span.end] == token.written
            assert utterance.span.start <= token.span.start <= token.span.end <= utterance.span.end
    assert NOTICE[script.utterances[1].span.start :].startswith("Phường phun")


def test_parts_come_back_on_request() -> None:
    script = write_script(NOTICE, choices=ReadingChoices(keep_parts=frozenset({"signature"})))
    assert any("Hằng" in line for line in spoken(script))
    assert "signature" not in {part.part for part in script.left_out}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_spans_through_another_unicode_form(form: Literal["NFC", "NFD"]) -> None:
    written = (
        "\ufeff" + unicodedata.normalize(form, "Sáng\u200b mai, bà con Kim Mã họp tổ 5. Kết thúc lúc 9h.") + "\r\n"
    )
    script = write_script(written)
    assert spoken(script) == ["Sáng mai, bà con Kim Mã họp tổ năm.", "Kết thúc lúc chín giờ."]
    tokens = [token for utterance in script.utterances for token in utterance.tokens]
    time_token = next(token for token in tokens if token.spoken == "chín giờ")
    assert written[time_token.span.start : time_token.span.end] == "9h"
    second = script.utterances[1].span
    assert unicodedata.normalize("NFC", written[second.start : second.end]) == "Kết thúc lúc 9h."


def test_legacy_text_is_converted_and_said_so() -> None:
    written = "Th«ng b¸o: s¸ng mai, tæ d©n phè häp t¹i nhµ v¨n hãa."
    script = write_script(written)
    assert spoken(script) == ["Thông báo: sáng mai, tổ dân phố họp tại nhà văn hóa."]
    assert [(n.code, n.fields) for n in script.notices] == [("text.converted", (("encoding", "TCVN3"),))]
    assert script.utterances[0].span.end == len(written)


def test_long_sentences_are_split_at_clauses() -> None:
    clause = "các tổ dân phố phối hợp với công an giữ gìn trật tự"
    script = write_script("Phường đề nghị " + ", ".join([clause] * 6) + "; " + clause + ".")
    assert len(script.utterances) > 1
    for utterance in script.utterances:
        assert len(utterance.spoken.split()) <= LONGEST_WORDS
    assert [u.pause_after_ms for u in script.utterances[:-1]] == [200] * (len(script.utterances) - 1)
    assert script.utterances[0].spoken.endswith((",", ";"))
    assert script.utterances[-1].spoken.endswith(".")


def test_a_list_of_short_items_is_not_torn() -> None:
    script = write_script("Đại diện " + ", ".join(["tổ một", "tổ hai", "tổ ba", "tổ tư"] * 5) + " cùng dự họp.")
    assert len(script.utterances) == 1


def test_a_sentence_without_marks_is_cut_between_words() -> None:
    written = "bà con ra vườn hái rau rồi về nhà nấu cơm " * 30
    script = write_script(written)
    assert all(len(u.spoken.split()) <= 80 for u in script.utterances)
    assert " ".join(u.spoken.rstrip(".") for u in script.utterances) == written.strip()
    assert " ".join(written[u.span.start : u.span.end] for u in script.utterances) == written.strip()


def test_broken_lines_are_one_sentence() -> None:
    assert spoken(write_script("Thành phố bố trí kinh\n\nphí hằng năm.")) == ["Thành phố bố trí kinh phí hằng năm."]


def test_a_page_number_in_a_sentence_is_left_out() -> None:
    script = write_script("Thành phố bố trí kinh\n\n7\n\nphí hằng năm.")
    assert spoken(script) == ["Thành phố bố trí kinh phí hằng năm."]
    assert [part.part for part in script.left_out] == ["page_number"]


@pytest.mark.parametrize("nothing", ["", "   \n\t\n", "* * *", "\ufeff", "---\n..."])
def test_nothing_to_say(nothing: str) -> None:
    assert write_script(nothing).utterances == ()
    assert read_line(nothing.replace("\n", " ")) == ""


def test_a_line_is_read_literally() -> None:
    assert "ký thay" in read_line("KT. CHỦ TỊCH").lower()
    assert read_line("Tổ 5, tổ 6") == "Tổ năm, tổ sáu"


def test_notices_stand_with_their_line() -> None:
    written = "Sáng mai họp tổ. Cụm BHXQZ dừng hoạt động."
    script = write_script(written)
    assert script.utterances[0].notices == ()
    (notice,) = script.utterances[1].notices
    assert notice.span is not None
    assert written[notice.span.start : notice.span.end] == "BHXQZ"
    assert script.all_notices == (notice,)


@pytest.mark.parametrize(
    "hostile",
    ["1" * 250_000, "." * 250_000, "a" * 250_000, "(" * 125_000 + ")" * 125_000, "*_-#|\t" * 40_000, "a, " * 80_000],
    ids=["digits", "dots", "word", "brackets", "marks", "commas"],
)
def test_nonsense_takes_linear_time(hostile: str) -> None:
    with ends():
        write_script(hostile)


@pytest.mark.skipif("STUDIO_REFERENCE" not in os.environ, reason="the reference files are elsewhere")
def test_the_plan_of_the_city() -> None:
    folder = Path(os.environ["STUDIO_REFERENCE"])
    written = next(folder.rglob("ke-hoach-thi-hanh-nghi-dinh-49.txt")).read_text(encoding="utf-8")
    script = write_script(written)
    assert len(script.left_out) == 4
    for utterance in script.utterances:
        assert SPOKEN.fullmatch(utterance.spoken), utterance.spoken
        assert not re.search(r"[A-ZĐ]{2}", utterance.spoken)
    covered = sum(u.span.end - u.span.start for u in script.utterances)
    left_out = sum(part.span.end - part.span.start for part in script.left_out)
    assert covered + left_out > 0.95 * len(written)


def test_a_quotation_of_sentences_is_set_apart() -> None:
    text = "Ông Hòa nói: “Mỗi nhà hãy giữ sạch ngõ của mình. Rác để đúng giờ, đúng chỗ nhé.” Cuộc họp kết thúc."
    lines = [(line.spoken, line.pause_after_ms) for line in write_script(text).utterances]
    assert lines == [
        ("Ông Hòa nói:", PAUSE_MS["quotation"]),
        ("Mỗi nhà hãy giữ sạch ngõ của mình.", PAUSE_MS["sentence"]),
        ("Rác để đúng giờ, đúng chỗ nhé.", PAUSE_MS["after_quotation"]),
        ("Cuộc họp kết thúc.", PAUSE_MS["paragraph"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Cuộc thi “Em yêu Hà Nội” bắt đầu từ tháng ba.",
        "Chủ đề: “Em yêu Hà Nội”.",
        "Phong trào “Toàn dân đoàn kết xây dựng đời sống văn hóa ở khu dân cư” được nhân rộng.",
        "“Toàn dân đoàn kết xây dựng đời sống văn hóa” là phong trào lớn của phường.",
    ],
)
def test_a_quoted_name_is_said_in_one_breath(text: str) -> None:
    assert len(write_script(text).utterances) == 1


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Ông nói: “Tôi rất vui.” Rồi ông về.", ["Ông nói:", "Tôi rất vui.", "Rồi ông về."]),
        (
            'Ông nói: "Mỗi nhà đọc cuốn “Sống đẹp” và giữ sạch ngõ." Hết.',
            ["Ông nói:", "Mỗi nhà đọc cuốn Sống đẹp và giữ sạch ngõ.", "Hết."],
        ),
        (
            "«Mỗi nhà hãy giữ sạch ngõ của mình nhé», ông Hòa dặn.",
            ["Mỗi nhà hãy giữ sạch ngõ của mình nhé,", "ông Hòa dặn."],
        ),
        (
            "Bà nhấn mạnh “mỗi nhà hãy giữ sạch ngõ của mình và để rác đúng giờ” rồi kết thúc.",
            ["Bà nhấn mạnh", "mỗi nhà hãy giữ sạch ngõ của mình và để rác đúng giờ", "rồi kết thúc."],
        ),
    ],
)
def test_somebodys_words_are_set_apart(text: str, lines: list[str]) -> None:
    assert [line.spoken for line in write_script(text).utterances] == lines


def test_a_quotation_may_run_over_paragraphs() -> None:
    text = "Ông nói: “Mỗi nhà hãy giữ sạch ngõ của mình.\n\nRác để đúng giờ nhé.” Cuộc họp kết thúc."
    assert [(line.spoken, line.pause_after_ms) for line in write_script(text).utterances] == [
        ("Ông nói:", PAUSE_MS["quotation"]),
        ("Mỗi nhà hãy giữ sạch ngõ của mình.", PAUSE_MS["paragraph"]),
        ("Rác để đúng giờ nhé.", PAUSE_MS["after_quotation"]),
        ("Cuộc họp kết thúc.", PAUSE_MS["paragraph"]),
    ]


def test_an_editors_pause_wins_over_a_quotations() -> None:
    text = "Ông nói: {|1500}“Mỗi nhà hãy giữ sạch ngõ của mình và để rác đúng giờ.”"
    assert write_script(text).utterances[0].pause_after_ms == 1500
