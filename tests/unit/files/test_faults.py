"""A value that a file may not have is told in plain English and plain Vietnamese, never in the library's own words."""

from __future__ import annotations

import ast
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from pydantic import ValidationError
from pydantic_core import ErrorDetails

import studio.files
from studio.cli import reasons as english_reasons
from studio.cli.words import english
from studio.files.base import FileModel
from studio.files.card import Consent, VoiceCard, WeightFile
from studio.files.cart import CartCard, CartSource
from studio.files.choices import Choices
from studio.files.faults import FAULTS, OWN, reason_of
from studio.files.profile import Compression, Profile
from studio.files.rundown import Closing, Emergency, Item, Opening, Rundown
from studio.files.unit import Unit
from studio.web import reasons as vietnamese_reasons
from studio.web.words import vietnamese

MODELS: tuple[type[FileModel], ...] = (
    CartCard, CartSource, Choices, Closing, Compression, Consent, Emergency, Item, Opening, Profile, Rundown, Unit,
    VoiceCard, WeightFile,
)  # fmt: skip
VALUES: tuple[object, ...] = (
    "", "x", "x" * 5_000, "2020-13-45", -1, 0, 1.5, 1e9, -1e9, 10**30, float("inf"), float("nan"), True, [], ["a"], [1],
    ["a"] * 500, [["a"]], {}, {"a": 1}, dt.date(2020, 1, 1), dt.datetime(2020, 1, 1, 3, tzinfo=dt.UTC), dt.time(3),
)  # fmt: skip
TOLD_OTHERWISE = {"missing", "extra_forbidden"}
"""Faults of keys, which have codes of their own."""
LIBRARYS = re.compile(r"Input|String|Value|should|valid|dictionary|tuple|parse")


def faults_of(model: type[FileModel]) -> Iterator[ErrorDetails]:
    """What a model says of odd values of each of its keys."""
    for name in model.model_fields:
        for value in VALUES:
            try:
                model.model_validate({name: value})
            except ValidationError as error:
                yield from (fault for fault in error.errors(include_url=False) if fault["type"] not in TOLD_OTHERWISE)


def fields_of(fault: ErrorDetails) -> dict[str, Any]:
    return {"file": "a.toml", "line": 3, "key": "mục", **reason_of(fault)}


def own_faults() -> dict[str, str]:
    """What our models find themselves: its name and its English words, wherever a model raises it."""
    calls = [
        call.args
        for path in Path(studio.files.__path__[0]).glob("*.py")
        for call in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "PydanticCustomError"
    ]
    return {ast.literal_eval(name): ast.literal_eval(words) for name, words, *_ in calls}


def test_models_find_nothing_without_a_name() -> None:
    for path in Path(studio.files.__path__[0]).glob("*.py"):
        assert "ValueError" not in path.read_text("utf-8"), path


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_fault_of_a_value_has_words(model: type[FileModel]) -> None:
    for fault in faults_of(model):
        fields = fields_of(fault)
        assert fields["fault"] is not None, fault
        for said in (english("card.bad_value", fields), vietnamese("card.bad_value", fields)):
            assert not LIBRARYS.search(said), said
            assert "None" not in said
            assert "unknown" not in said
            assert "không rõ" not in said


def test_both_languages_know_the_same_faults() -> None:
    own = own_faults()
    assert set(english_reasons.REASONS) == {*FAULTS.values(), "no_id"}
    assert set(vietnamese_reasons.REASONS) == {*FAULTS.values(), "no_id", *own}
    for name, words in own.items():
        assert OWN in name
        assert ("{limit}" in words) == ("{limit}" in vietnamese_reasons.REASONS[name])
    for name, words in english_reasons.REASONS.items():
        asked = [field for _, field, _, _ in Formatter().parse(words) if field]
        assert asked == [field for _, field, _, _ in Formatter().parse(vietnamese_reasons.REASONS[name]) if field]


@pytest.mark.parametrize(
    ("content", "said_in_english", "said_in_vietnamese"),
    [
        ({"rate_hz": 96_000}, "it needs to be at most 48000", "không được quá 48000"),
        ({"syllables_per_second": 1}, "it needs to be more than 1", "phải lớn hơn 1"),
        ({"speed": 0.4}, "it needs to be at least 0.5", "phải từ 0,5 trở lên"),
        ({"gender": "nữ"}, "choose one of: female, male, other", "chỉ nhận một trong: female, male, other"),
        ({"id": "Giọng"}, "use small letters without accents", "chỉ gồm chữ thường không dấu"),
        ({"commercial": "có"}, "it needs to be true or false", "phải là true hoặc false"),
        ({"rate_hz": 1.5}, "it needs to be a whole number", "phải là số nguyên"),
        ({"consent": {"person": "", "given": "hôm qua"}}, "too short; at least 1", "quá ngắn, cần ít nhất 1 ký tự"),
    ],
)
def test_what_is_said(content: dict[str, Any], said_in_english: str, said_in_vietnamese: str) -> None:
    with pytest.raises(ValidationError) as caught:
        VoiceCard.model_validate(content)
    fault = next(fault for fault in caught.value.errors(include_url=False) if fault["type"] != "missing")
    assert said_in_english in english("card.bad_value", fields_of(fault))
    assert said_in_vietnamese in vietnamese("card.bad_value", fields_of(fault))


def test_what_is_not_known_keeps_the_librarys_words() -> None:
    fields = {"file": "a.toml", "line": 3, "key": "k", "reason": "Input should be odd", "fault": None, "limit": None}
    assert english("card.bad_value", fields) == "a.toml, line 3: k is not acceptable: Input should be odd"
    assert "(Input should be odd)" in vietnamese("card.bad_value", fields)
