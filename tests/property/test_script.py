"""Whatever is written, the script says words alone, in order, and knows where they come from."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from studio.text.script import read_line, write_script

STRAY = re.compile(r"[^\w ,;:.?!']|[\d_]")
WRITTEN = (
    "Sáng mai phường họp tổ 5 12h30 ngày 30/4 31/12/2025 49/2024/NĐ-CP UBND TP. 1.500.000đ 12,5% hanoi.gov.vn A2 (và) -"
    " ; , . : … “Hà Nội” GDP 0912.345.678 II. a) 1.1. m² 20-25°C v.v. ./. • * **"
    " | Nơi nhận: TM. CHỦ TỊCH Số: /KH-UBND oà"
)
WORDS = st.sampled_from([*WRITTEN.split(), "\n", "\n\n", "\t", "\u200b", "\u00a0"])
TEXTS = st.one_of(
    st.text(max_size=200),
    st.text(alphabet=st.characters(codec="utf-8", categories=["L", "M", "N", "P", "S", "Z", "C"]), max_size=120),
    st.lists(WORDS, max_size=60).map(" ".join),
    st.lists(WORDS, max_size=60).map("".join),
)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_only_words_are_spoken(written: str) -> None:
    script = write_script(written)
    for utterance in script.utterances:
        assert not STRAY.search(utterance.spoken), utterance.spoken
        assert utterance.spoken[0].isalpha()
        assert "  " not in utterance.spoken
        assert utterance.pause_after_ms > 0


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_spans_are_in_order_and_inside(written: str) -> None:
    script = write_script(written)
    end = 0
    for utterance in script.utterances:
        assert end <= utterance.span.start <= utterance.span.end <= len(written)
        end = utterance.span.end
        at = utterance.span.start
        for token in utterance.tokens:
            assert at <= token.span.start <= token.span.end <= utterance.span.end
            at = token.span.start
    for part in script.left_out:
        assert written[part.span.start : part.span.end] == part.written
    for notice in script.all_notices:
        assert notice.span is None or 0 <= notice.span.start <= notice.span.end <= len(written)


SHORTEST_LIMIT = 1_500
"""Characters that every engine speaks at once."""
NO_BREAK = st.one_of(WORDS.filter(str.strip), st.text("aăâeêioôơuưnhgđtáậễ", min_size=1, max_size=12))


@settings(max_examples=100, deadline=None)
@given(st.lists(NO_BREAK, min_size=100, max_size=600).map(" ".join))
def test_words_of_any_number_never_make_a_line_that_an_engine_refuses(written: str) -> None:
    assert max((len(line.spoken) for line in write_script(written).utterances), default=0) <= SHORTEST_LIMIT


@settings(max_examples=300, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_what_is_spoken_is_spoken_so_again(written: str) -> None:
    for utterance in write_script(written).utterances:
        # A line split at a clause keeps its comma, so that the voice does not fall; alone it ends there.
        assert read_line(utterance.spoken).rstrip(".,;:") == utterance.spoken.rstrip(".,;:")
