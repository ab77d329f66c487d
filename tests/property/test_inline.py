"""Marks say what they say wherever they stand, and a text without them is untouched by their rules."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from studio.text.inline import marks_of
from studio.text.script import write_script

WRITTEN_AROUND = "họp ngày 30/4 49/2024/NĐ-CP UBND 12h30 1.500.000đ hoà hoa\u0300 ** ( ) , . “ ” - A2 % \u200b"
AROUND = st.lists(
    st.sampled_from(WRITTEN_AROUND.split()),
    max_size=8,
).map(" ".join)
WRITTEN = st.sampled_from(["TT", "Zalo", "12/5", "3,5%", "h", "hoà", "A-B", "ngày", "²"])
SPOKEN = st.sampled_from(["thị trấn", "da lô", "mười hai", "hờ", "quý vị"])
GLUE = st.sampled_from(["", " "])


@settings(max_examples=300)
@given(AROUND, GLUE, WRITTEN, SPOKEN, GLUE, AROUND)
def test_a_mark_is_heard_at_its_place(before: str, left: str, word: str, said: str, right: str, after: str) -> None:
    mark = f"{{{word}|{said}}}"
    written = f"{before}{left}{mark}{right}{after}"
    script = write_script(written)
    tokens = [token for each in script.utterances for token in each.tokens if token.kind == "inline"]
    assert [token.spoken for token in tokens] == [said]
    assert written[tokens[0].span.start : tokens[0].span.end] == mark


@settings(max_examples=300)
@given(st.text(alphabet="{}|\\ #a1\n", max_size=60))
def test_whatever_is_typed_nothing_breaks(written: str) -> None:
    marked = marks_of(written)
    end = 0
    for mark in marked.marks:
        assert end <= mark.start < mark.end <= len(marked.text)
        end = mark.end
    for utterance in write_script(written).utterances:
        assert utterance.pause_after_ms > 0
        assert not set(utterance.spoken) & set("{}|\\#1")
