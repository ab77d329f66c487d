"""Syllables: what is one, how it is built, and how Hanoi says it."""

from __future__ import annotations

import pytest

from studio.text.syllables import Syllable, Tone, hanoi_ipa, is_syllable, parse, tone_placed

WORDS = (
    "phường khuya nguyễn giếng gì gìn giặt gia giê quốc quyết quỳnh quơ hòa hoà hóa hoá quý quí uỷ ủy khuỷu thuở của "
    "mía lứa yêu yến ý kỹ nghiêng nghĩa xoong moóc huỳnh tuýp ngoằn ngoèo uống ươn ích oanh rượu hươu uỵch kẻng cuả"
)
NOT_WORDS = (
    "cat hat bat zalo lotus mocha facebook web string gh ka kua cê cy nge ghan wto kha1 hànội ngi nghô quu quo chtr "
    "iêu ubnd qđ xyn cấất mètre sếch- phươngg a1 giaa"
)


@pytest.mark.parametrize("word", WORDS.split())
def test_is_a_syllable(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", [*NOT_WORDS.split(), "", " ", "nghiêngg", "x" * 10_000])
def test_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)


def test_parts_of_a_syllable() -> None:
    assert parse("nguyễn") == Syllable("ng", "w", "iê", "n", Tone.NGA)
    assert parse("quý") == Syllable("q", "w", "i", "", Tone.SAC)
    assert parse("giết") == Syllable("gi", "", "iê", "t", Tone.SAC)
    assert parse("máy") == Syllable("m", "", "ă", "y", Tone.SAC)
    assert parse("ăn") == Syllable("", "", "ă", "n", Tone.NGANG)


def test_both_tone_placements_are_one_syllable() -> None:
    assert parse("hòa") == parse("hoà")
    assert parse("ủy") == parse("uỷ")


@pytest.mark.parametrize(
    ("one", "other"), [("chanh", "tranh"), ("da", "gia"), ("gia", "ra"), ("sa", "xa"), ("nghe", "nghe"), ("lý", "lí")]
)
def test_northern_mergers(one: str, other: str) -> None:
    assert hanoi_ipa(one) == hanoi_ipa(other)


@pytest.mark.parametrize(
    ("one", "other"), [("la", "na"), ("tan", "than"), ("hỏi", "hõi"), ("tin", "tinh"), ("âm", "ơm")]
)
def test_distinctions_that_hanoi_keeps(one: str, other: str) -> None:
    assert hanoi_ipa(one) != hanoi_ipa(other)


def test_hanoi_sounds() -> None:
    assert hanoi_ipa("trường") == "tɕɨəŋ˨˩"
    assert hanoi_ipa("học") == "hawk͡p˨˩"
    assert hanoi_ipa("quốc") == "kuək˦˥"
    assert hanoi_ipa("ngã") == "ŋaː˧ˀ˥"
    assert hanoi_ipa("radio") is None


def test_no_mark_on_a_stopped_syllable_is_foreign() -> None:
    assert not is_syllable("cap")
    assert is_syllable("cáp")
    assert not is_syllable("cảp")


@pytest.mark.parametrize(
    ("written", "modern", "traditional"),
    [
        ("hòa", "hoà", "hòa"),
        ("khỏe", "khoẻ", "khỏe"),
        ("thuỷ", "thuỷ", "thủy"),
        ("toán", "toán", "toán"),
        ("cuả", "của", "của"),
        ("quý", "quý", "quý"),
        ("gìn", "gìn", "gìn"),
        ("chuyển", "chuyển", "chuyển"),
        ("khuỷu", "khuỷu", "khuỷu"),
        ("ngoái", "ngoái", "ngoái"),
        ("ban", "ban", "ban"),
        ("café", "café", "café"),
    ],
)
def test_tone_placed(written: str, modern: str, traditional: str) -> None:
    assert tone_placed(written, modern=True) == modern
    assert tone_placed(written, modern=False) == traditional
