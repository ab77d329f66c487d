"""Placeholders of a rundown's words: filled where they are bare names, left where they are marks."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.rules.templates import PLACEHOLDERS, fill, unknown_in, values_of
from studio.text.script import write_script

VALUES = values_of(date(2026, 9, 6), "Đài truyền thanh phường Thử", "Bản tin sáng")


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{thu}, ngày {ngay}", "Chủ nhật, ngày 6/9/2026"),
        ("{don_vi}: {chuong_trinh}", "Đài truyền thanh phường Thử: Bản tin sáng"),
        ("{TT|thị trấn} {|500} {thu|}", "{TT|thị trấn} {|500} {thu|}"),
        (r"\{thu} và \\{thu}", r"\{thu} và \\Chủ nhật"),
        ("{Thu} {thu }{}{gio}", "{Thu} {thu }{}{gio}"),
        ("{TT|{thu}}", "{TT|Chủ nhật}"),
    ],
)
def test_only_bare_names_are_filled(text: str, filled: str) -> None:
    assert fill(text, VALUES) == filled


def test_unknown_names_are_found_once_each() -> None:
    assert unknown_in(r"{gio} {thu} {phut} {gio} \{giay} {nam|năm}") == ("gio", "phut")


@given(st.text())
def test_a_text_without_placeholders_stays(text: str) -> None:
    if not any(f"{{{name}}}" in text for name in PLACEHOLDERS):
        assert fill(text, VALUES) == text


def test_the_day_is_said_in_words() -> None:
    said = write_script(fill("Hôm nay, {thu}, ngày {ngay}.", VALUES)).utterances[0].spoken
    assert said == "Hôm nay, Chủ nhật, ngày mùng sáu tháng chín năm hai nghìn không trăm hai mươi sáu."
