"""Inline marks: one place of the text read as the editor says, and found again in the text the editor wrote."""

from __future__ import annotations

import pytest

from studio.text.inline import marks_of
from studio.text.lexicon import Lexicon
from studio.text.script import read_line, write_script
from tests.fakes.patience import ends


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Xuống {TT|thị trấn} họp.", "Xuống thị trấn họp."),
        ("Nhắn qua {Zalo|da-lô} hay {Zalo|da lô}.", "Nhắn qua da lô hay da lô."),
        ("Mã {AB3|#} còn hạn.", "Mã a bê ba còn hạn."),
        ("Bà con {thân mến|} chú ý.", "Bà con chú ý."),
        ("Họp lúc 12{h|giờ}30.", "Họp lúc mười hai giờ ba mươi."),
        (r"Gõ {a\|b|a hay bê} rồi lưu.", "Gõ a hay bê rồi lưu."),
        ("**{Đ/c|đồng chí}** Hoà đến.", "đồng chí Hòa đến."),
        ("Gặp {H|bác Hà, chú Hải} nhé.", "Gặp bác Hà, chú Hải nhé."),
    ],
)
def test_a_mark_is_read_as_it_says(written: str, spoken: str) -> None:
    script = write_script(written)
    said = " ".join(utterance.spoken for utterance in script.utterances)
    if "da-lô" in written:
        # A hyphen is no letter: the mark is not obeyed, and the editor is told.
        assert [notice.code for notice in script.notices if notice.code.startswith("inline")] == ["inline.bad_spoken"]
        assert said.endswith("hay da lô.")
        return
    assert said == spoken
    assert not [notice for notice in script.all_notices if notice.code.startswith("inline")]


def test_the_token_is_the_mark_in_the_text_the_editor_wrote() -> None:
    written = "Cu\u031b\u0301 gọi {Zalo|da lô} và {UBND|phường nhà}, 5 giờ."
    script = write_script(written)
    marked = [token for utterance in script.utterances for token in utterance.tokens if token.kind == "inline"]
    assert [written[token.span.start : token.span.end] for token in marked] == ["{Zalo|da lô}", "{UBND|phường nhà}"]
    assert [token.written for token in marked] == ["Zalo", "UBND"]
    assert all(token.certain for token in marked)


def test_pauses_split_the_line_and_last_as_long_as_they_say() -> None:
    script = write_script("Bà con {|} chú ý {||} nghe đây. {|1500} Hết rồi.")
    assert [(each.spoken, each.pause_after_ms) for each in script.utterances] == [
        ("Bà con", 200),
        ("chú ý", 750),
        ("nghe đây.", 1500),
        ("Hết rồi.", 750),
    ]


@pytest.mark.parametrize("between", ["{|3000}", "\n{|3000}\n", "\n\n{|3000}\n\n", "\n{|3000}"])
def test_a_pause_between_lines_belongs_to_what_was_said_before(between: str) -> None:
    script = write_script(f"Câu trước.{between}\nCâu sau.")
    assert [(each.spoken, each.pause_after_ms) for each in script.utterances] == [
        ("Câu trước.", 3000),
        ("Câu sau.", 750),
    ]


def test_an_escaped_brace_is_no_mark() -> None:
    marked = marks_of(r"\{TT|thị trấn\}")
    assert marked.text == "{TT|thị trấn}"
    assert marked.marks == ()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Nặng {x|5 kg}.", "inline.bad_spoken"),
        ("Nghỉ {|lâu} rồi đọc.", "inline.bad_pause"),
        ("Nghỉ {|10001} rồi đọc.", "inline.bad_pause"),
        ("Nghỉ {|0} rồi đọc.", "inline.bad_pause"),
    ],
)
def test_a_mark_that_is_not_understood_is_told(written: str, code: str) -> None:
    script = write_script(written)
    (notice,) = (each for each in script.all_notices if each.code.startswith("inline"))
    assert notice.code == code
    assert notice.span is not None
    assert written[notice.span.start : notice.span.end].startswith("{")


def test_a_mark_wins_over_the_lexicon() -> None:
    lexicon = Lexicon({"zalo": "gia lô"})
    assert read_line("Zalo và {Zalo|da lô} và Zalo", lexicon=lexicon) == "gia lô và da lô và gia lô"


@pytest.mark.parametrize(
    "hostile", ["{" * 300_000, "{a" * 200_000, "{|" * 200_000, "{a|" * 200_000, "\\" * 600_000, "{" + "\\a" * 300_000]
)
def test_hostile_marks_take_linear_time(hostile: str) -> None:
    with ends():
        marks_of(hostile)


def test_many_marks_in_one_paragraph_take_linear_time() -> None:
    with ends():
        script = write_script("Bà {b|con} " * 20_000 + "họp lúc 12{h|giờ}30.")
    assert script.utterances[-1].spoken.endswith("mười hai giờ ba mươi.")
