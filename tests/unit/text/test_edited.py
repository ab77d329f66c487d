"""What was said of a document goes with its words while an editor changes others."""

from __future__ import annotations

import pytest

from studio.text.annotated import annotated
from studio.text.edited import edited
from studio.text.script import write_script
from studio.values.text import Document, Notice, Span

TEXT = "Thông báo của phường.\n\nMời bà con họp tổ lúc 8 giờ.\nMang theo ghế nhựa.\n"
WHOLE = Notice("text.recognised", (("pages", "1"), ("confidence", "90")))


def word(written: str) -> Notice:
    return Notice("text.doubtful_word", (("confidence", "40"),), Span(at := TEXT.index(written), at + len(written)))


SCAN = Document(TEXT, (WHOLE, word("họp"), word("nhựa")))


def said_of(document: Document) -> list[str]:
    return [document.text[n.span.start : n.span.end] if n.span else "" for n in document.notices]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("phường", "phường Láng", ["", "họp", "nhựa"]),
        ("phường.\n\n", "", ["", "nhựa"]),
        ("tổ", "{tổ|tổ}", ["", "họp", "nhựa"]),
        ("họp", "hợp", ["", "nhựa"]),
        ("họp", "{họp|họp}", ["", "nhựa"]),
        ("bà con họp", "bà con đến họp", ["", "họp", "nhựa"]),
        ("Mang theo ghế nhựa.\n", "", ["", "họp"]),
        (TEXT[:40], "Giấy mời.\n" + TEXT[:40], ["", "họp", "nhựa"]),
        (TEXT, "Một bài khác hẳn, dài hơn bài trước.\n" * 2, []),
    ],
)
def test_what_was_said_stays_with_the_words_that_stand(old: str, new: str, words: list[str]) -> None:
    assert old in TEXT
    written = TEXT.replace(old, new, 1)
    document = edited(SCAN, written)
    assert document.text == written
    assert said_of(document) == words


def test_a_text_as_it_was_keeps_everything_and_one_without_notices_gains_none() -> None:
    assert edited(SCAN, TEXT) is SCAN
    assert edited(Document("a"), "b") == Document("b")


def test_several_changes_at_once_lose_only_what_they_touch() -> None:
    written = TEXT.replace("Thông báo", "Báo").replace("8 giờ", "9 giờ").replace("ghế nhựa", "ghế nhựa, mũ")
    assert said_of(edited(SCAN, written)) == ["", "họp", "nhựa"]


def test_a_doubtful_word_goes_to_its_line_and_is_uncertain_there() -> None:
    script = annotated(write_script(TEXT), SCAN.notices)
    assert script.notices == (WHOLE,)
    assert [
        [script.written[n.span.start : n.span.end] for n in line.notices if n.span] for line in script.utterances
    ] == [
        [],
        ["họp"],
        ["nhựa"],
    ]
    tokens = [token for line in script.utterances for token in line.tokens]
    assert [(token.written, token.spoken) for token in tokens if not token.certain] == [
        ("họp", "họp"),
        ("nhựa", "nhựa"),
    ]
    assert [TEXT[token.span.start : token.span.end] for token in tokens] == [token.written for token in tokens]
    plain = write_script(TEXT)
    assert [" ".join(token.spoken for token in line.tokens) for line in script.utterances] == [
        " ".join(token.spoken for token in line.tokens) for line in plain.utterances
    ]


def test_a_word_within_a_reading_leaves_the_whole_reading_uncertain() -> None:
    text = "Họp lúc 8 giờ 30 phút nhé."
    at = text.index("30")
    notice = Notice("text.doubtful_word", (("confidence", "40"),), Span(at, at + 2))
    (line,) = annotated(write_script(text), (notice,)).utterances
    assert [token.written for token in line.tokens if not token.certain] == ["8 giờ 30 phút"]


def test_words_of_a_part_left_out_are_told_of_the_whole() -> None:
    text = "Mời bà con họp tổ.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n"
    at = text.index("VT")
    notice = Notice("text.doubtful_word", (("confidence", "40"),), Span(at, at + 2))
    assert annotated(write_script(text), (notice,)).notices == (notice,)
    assert annotated(write_script(text), ()) == write_script(text)
