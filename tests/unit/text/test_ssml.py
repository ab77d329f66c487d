"""SSML out and in: the same words and pauses come back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.errors import InputError
from studio.text.script import write_script
from studio.text.ssml import ssml_of, text_of_ssml
from studio.values.text import PARTS, ReadingChoices, Script

KEPT = ReadingChoices(keep_parts=PARTS)
SENTENCES = st.sampled_from(
    [
        "Sáng mai phường họp.",
        "Ngày 30/4/2026, UBND TP họp.",
        "Giá 50.000đ/kg {|600} tại chợ.",
        "Theo 49/2024/NĐ-CP thì sao?",
        "Gọi 0912.345.678!",
        "Bà con {thân mến|} nghe {TT|thị trấn} thông báo: từ 8h00 đến 11h30.",
        "Nhiệt độ 8°C, gió cấp 3.",
    ]
)
TEXTS = st.lists(st.lists(SENTENCES, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=3).map("\n\n".join)


def said(script: Script) -> list[tuple[str, int]]:
    return [(utterance.spoken, utterance.pause_after_ms) for utterance in script.utterances]


@settings(max_examples=150)
@given(TEXTS)
def test_there_and_back(written: str) -> None:
    there = write_script(written, choices=KEPT)
    document = ssml_of([there])
    assert said(write_script(text_of_ssml(document, "a.ssml"), choices=KEPT)) == said(there)


def test_what_goes_out() -> None:
    document = ssml_of([write_script("UBND họp {|600} lúc 8h00. Hết.\n\nNghỉ & <chờ>.")])
    assert document == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="vi-VN">\n'
        '<p><s><sub alias="Ủy ban nhân dân">UBND</sub> họp<break time="600ms"/>\n'
        'lúc <sub alias="tám giờ">8h00</sub>.</s><break time="400ms"/>\n'
        '<s>Hết.</s><break time="750ms"/>\n'
        "</p>\n"
        '<p><s>Nghỉ <sub alias="và">&amp;</sub> chờ.</s><break time="750ms"/>\n'
        "</p>\n"
        "</speak>\n"
    )


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("a<break/>b", "a {|400} b."),
        ("a<break strength='none'/>b", "a b."),
        ("a<break time='0.25s'/>b", "a {|250} b."),
        ("<p>a</p><p>b?</p>", "a.\n\nb?"),
        ("<s>a</s><s>b</s>", "a. b."),
        ("<s>a</s><break time='1s'/><s>b</s>", "a. {|1000} b."),
        ("<emphasis level='strong'>a</emphasis> b", "a b."),
        ("<sub alias='bê'>a|b</sub>", r"{a\|b|bê}."),
        ("{a|b}", r"\{a|b\}."),
        ("<!-- x -->a<![CDATA[<b>]]>", "a<b>."),
    ],
)
def test_what_comes_in(inside: str, text: str) -> None:
    assert text_of_ssml(f"<speak>{inside}</speak>", "a.ssml") == text + "\n"


@pytest.mark.parametrize("time", ["", "1", "1m", "-1s", "10.1s", "1e3ms", "99999999s"])
def test_a_break_that_is_not_understood(time: str) -> None:
    with pytest.raises(InputError) as caught:
        text_of_ssml(f"<speak>\na<break time='{time}'/></speak>", "a.ssml")
    assert caught.value.code == "ssml.bad_break"
    assert caught.value.fields["line"] == 2
