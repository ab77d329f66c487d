"""Vietnamese sentences: complete, filled in, with figures as a Vietnamese reader writes them."""

from __future__ import annotations

import ast
import re
import unicodedata
from pathlib import Path
from string import Formatter

import pytest

import studio.text
from studio.values import text
from studio.web.labels import FRAMEWORK, KINDS, PARTS, STAGES
from studio.web.notices import NOTICES
from studio.web.words import ERRORS, figure, shown, vietnamese

SENTENCES = {**ERRORS, **NOTICES}
ASKS_FOR_ACTION = re.compile(r"[Hh]ãy|cần|nhờ|dùng được|vẫn còn|chỉ mở|giữ lại|ghép các đoạn|đã chuyển")


def test_fields_are_filled_in() -> None:
    assert vietnamese("page.busy", {"title": "Tin sáng"}).startswith("Studio đang sản xuất “Tin sáng”")


def test_figures_have_a_comma_and_a_real_minus() -> None:
    sentence = vietnamese(
        "delivery.differs",
        {"file": "loa.mp3", "stated_lufs": -16.0, "measured_lufs": None, "stated_s": 1.5, "measured_s": 1.25},
    )
    assert "−16 LUFS" in sentence
    assert "1,5 giây" in sentence
    assert "không rõ LUFS" in sentence


def test_a_missing_part_is_named_in_vietnamese() -> None:
    fields = {"file": "a.png", "part": "Tesseract's Vietnamese data", "reason": "x"}
    assert "máy này thiếu dữ liệu tiếng Việt của Tesseract (x)" in vietnamese("ocr.not_installed", fields)
    assert "máy này thiếu Tesseract (x)" in vietnamese("ocr.not_installed", {**fields, "part": "Tesseract"})


@pytest.mark.parametrize(("value", "decimals", "written"), [(-16.04, 1, "−16"), (0.25, 2, "0,25"), (100.0, 0, "100")])
def test_figure(value: float, decimals: int, written: str) -> None:
    assert figure(value, decimals) == written


def test_text_and_whole_numbers_are_shown_as_they_are() -> None:
    assert shown("−a.b") == "−a.b"
    assert shown(5) == "5"


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_can_be_filled_and_is_composed_vietnamese(code: str) -> None:
    fields = {name: "X" for _, name, _, _ in Formatter().parse(SENTENCES[code]) if name}
    sentence = vietnamese(code, fields)
    assert not re.search(r"\{\w", sentence)
    assert unicodedata.is_normalized("NFC", sentence)
    assert sentence.endswith(".")
    assert any(ord(character) > 0x1E00 for character in sentence), "no Vietnamese letter"


@pytest.mark.parametrize("code", ERRORS)
def test_an_error_says_what_to_do(code: str) -> None:
    assert ASKS_FOR_ACTION.search(ERRORS[code])


def test_every_class_of_reading_has_a_name() -> None:
    rooms = Path(studio.text.__file__).parent
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in rooms.rglob("*.py")]
    pieces = [
        node.args[3]
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Piece"
        if len(node.args) > 3
    ]
    kinds = {piece.value for piece in pieces if isinstance(piece, ast.Constant) and piece.value}
    assert len(kinds) > 20
    assert kinds - KINDS.keys() == set()


def test_every_part_left_out_has_a_name() -> None:
    assert PARTS.keys() == text.PARTS


def test_labels_are_vietnamese() -> None:
    for label in (*PARTS.values(), *STAGES.values(), *KINDS.values()):
        assert label[0].isupper()
    assert all(text != word for text, word in FRAMEWORK.items())
