"""Encodings from before Unicode: recognised when certain, converted letter by letter, left alone otherwise."""

from __future__ import annotations

import unicodedata

import pytest

from studio.text.legacy import to_unicode
from studio.text.unicode import Composed
from tests.fakes.patience import ends

TCVN3 = "Th«ng b¸o: s¸ng mai, ph­êng tæ chøc tiªm phßng cho trÎ em t¹i tr¹m y tÕ. Mêi bµ con ®Õn ®óng giê."
VNI = (
    "Thoâng baùo: saùng mai, phöôøng toå chöùc tieâm phoøng cho treû em taïi traïm y teá. Môøi baø con ñeán ñuùng giôø."
)
PLAIN = "Thông báo: sáng mai, phường tổ chức tiêm phòng cho trẻ em tại trạm y tế. Mời bà con đến đúng giờ."
HEADER_VNI = "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM"
ALPHABET = [
    unicodedata.normalize("NFC", base + mark)
    for base in "aăâeêioôơuưy"
    for mark in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
]


def test_tcvn3() -> None:
    converted = to_unicode(TCVN3)
    assert converted is not None
    assert (converted.encoding, converted.text) == ("TCVN3", PLAIN)


def test_vni_with_the_way_back() -> None:
    converted = to_unicode(VNI)
    assert converted is not None
    assert (converted.encoding, converted.text) == ("VNI", PLAIN)
    composed = Composed(converted.text, converted.offsets)
    start = PLAIN.index("phường")
    span = composed.written_span(start, start + len("phường"))
    assert VNI[span.start : span.end] == "phöôøng"


def test_capitals_of_vni() -> None:
    converted = to_unicode(HEADER_VNI)
    assert converted is not None
    assert converted.text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def test_every_letter_of_the_alphabet_can_be_reached() -> None:
    from studio.text.legacy import _tcvn3, _vni, _vni_pattern

    assert set(ALPHABET) - set("aeiouy") <= set(_tcvn3().values())
    every_pair = "".join(f"{letter}{mark} " for letter in "aeuoyôöi" for mark in "øùûõïâàáåãäêèéúüë ") + " ".join(
        "ñôöæóòîíìi"
    )
    reached = "".join(_vni_pattern().sub(lambda found: _vni(found[0]), every_pair))
    assert set(ALPHABET) <= set(reached)


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        unicodedata.normalize("NFD", PLAIN),
        "Nhiệt độ 35°C, diện tích 12 m², § 5, «Hà Nội mới» · ® ©",
        "À la carte, déjà vu, crème brûlée, naïve, façade, garçon, Noël.",
        "Straße, größer, Übung, schön, Ärzte, Österreich, Füße.",
        "Ba mẹ mua cho con ở chợ.",
        "Hà Nội là thủ đô. café",
        "",
        "µ ¶ ¸",
        "plain ascii only",
    ],
)
def test_other_text_is_left_alone(text: str) -> None:
    assert to_unicode(text) is None


def test_lines_in_unicode_stay() -> None:
    converted = to_unicode(f"Tin của phường: số µ\n{TCVN3}\n{TCVN3}")
    assert converted is not None
    assert converted.text == f"Tin của phường: số µ\n{PLAIN}\n{PLAIN}"
    converted = to_unicode(f"Tin của phường: oâ ñ\n{VNI}\n{VNI}")
    assert converted is not None
    assert converted.text == f"Tin của phường: oâ ñ\n{PLAIN}\n{PLAIN}"


@pytest.mark.parametrize("hostile", ["µ" * 1_000_000, "aø" * 500_000, "ø\n" * 500_000, "Th«ng b¸o " * 100_000])
def test_a_megabyte_takes_linear_time(hostile: str) -> None:
    with ends():
        to_unicode(hostile)
