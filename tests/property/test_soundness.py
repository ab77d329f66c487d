"""Scripts of any text are sound; cases that a fuzzer found stay here."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.text.script import write_script
from tests.property.soundness import assert_sound


@given(st.text(max_size=120))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_a_sound_script(written: str) -> None:
    assert_sound(write_script(written))


@given(
    st.lists(st.sampled_from(["“", "”", '"', "«", "»", ": ", ". ", "?", ", ", " ", "\n", "Bà nói", "rác để đúng giờ"]))
)
def test_any_quotes_give_a_sound_script(parts: list[str]) -> None:
    assert_sound(write_script("".join(parts)))


@pytest.mark.parametrize(
    "written", ["h\u0307\u02dc", "Nơi \n nhận:", "“" * 50, 'n "}} M. NG I  chỉ; nn "', '"a ' * 40 + '"']
)
def test_found_by_fuzzing(written: str) -> None:
    assert_sound(write_script(written))
