"""Questions and answers: who speaks is told by how paragraphs begin, and spans stay true."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.text.script import write_script
from studio.text.turns import ANSWERS, ASKS, turns_of, write_turns

TALK = """Mời bà con nghe.

Hỏi: Tôi đăng ký tạm trú ở đâu?
Hồ sơ gồm gì?

Đáp: Ở Công an phường. Số 12/2026 vẫn dùng.
Hỏi 2: Mất bao lâu?
**Trả lời:** Ba ngày.
"""


def said(text: str, *, say_labels: bool = False) -> list[tuple[int | None, str]]:
    script, speakers = write_turns(text, turns_of(text, say_labels=say_labels), write_script)
    return list(zip(speakers, (utterance.spoken for utterance in script.utterances), strict=True))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_speakers_take_turns_and_labels_are_silent(form: Literal["NFC", "NFD"]) -> None:
    spoken = said(unicodedata.normalize(form, TALK))
    assert [who for who, _ in spoken] == [None, ASKS, ASKS, ANSWERS, ANSWERS, ASKS, ANSWERS]
    assert spoken[0] == (None, "Mời bà con nghe.")
    assert spoken[1] == (ASKS, "Tôi đăng ký tạm trú ở đâu?")
    assert spoken[-2:] == [(ASKS, "Mất bao lâu?"), (ANSWERS, "Ba ngày.")]


def test_labels_are_said_where_it_is_asked() -> None:
    spoken = said(TALK, say_labels=True)
    assert spoken[1] == (ASKS, "Hỏi: Tôi đăng ký tạm trú ở đâu?")
    assert spoken[5] == (ASKS, "Hỏi hai: Mất bao lâu?")


def test_spans_are_of_the_whole_text() -> None:
    script, _ = write_turns(TALK, turns_of(TALK), write_script)
    assert script.written == TALK
    for utterance in script.utterances:
        assert [TALK[token.span.start : token.span.end] for token in utterance.tokens] == [
            token.written for token in utterance.tokens
        ]
    flagged = [TALK[notice.span.start : notice.span.end] for notice in script.all_notices if notice.span]
    assert all(words in TALK for words in flagged)
    assert "12/2026" in [token.written for token in script.utterances[4].tokens]


@pytest.mark.parametrize("text", ["", "Không có lượt nào.", "Anh ấy hỏi: sao vậy? Đáp: thế thôi."])
def test_a_label_stands_only_where_a_paragraph_begins(text: str) -> None:
    assert turns_of(text) == ()


@given(st.lists(st.sampled_from(["Hỏi: ", "Đáp:", "xin chào", "\n", " ", "HỎI 3 :", "."]), max_size=30).map("".join))
def test_turns_part_the_text(text: str) -> None:
    turns = turns_of(text, say_labels=True)
    if turns:
        assert turns[-1].end == len(text)
        assert all(before.end == after.start for before, after in pairwise(turns))
        assert not text[: turns[0].start].strip()
