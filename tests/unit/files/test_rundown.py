"""What a rundown's keys demand of each other, and that a fault names the key it is at."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from studio.files.rundown import Bed, Rundown

ITEM = {"title": "Tin", "text": "Xin chào."}
FACTS = {"who": "a", "what": "b", "where": "c", "when": "d", "do": "e"}
KHAN: dict[str, object] = {"priority": "khan_cap", "emergency": FACTS}
ASKED: dict[str, object] = {**ITEM, "kind": "hoi_dap", "voices": ["mot", "hai"]}

RIGHT: list[dict[str, object]] = [
    {"items": [ITEM]},
    {"items": [{**ITEM, "bed": False}, {**ITEM, "bed": {"cart": "nen", "under_speech_lu": 18}}]},
    {"items": [{"title": "Bài hát", "audio": "bai.mp3", "intro": "Mời nghe.", "headline": ""}]},
    {"items": [ASKED], "notices": [ITEM], "headlines": {"text": "Tin chính."}, "target_s": 900},
    {"items": [ITEM], "opening": {"cart": "hieu", "text": "Chào.", "under_greeting_s": 3}},
    KHAN,
    {**KHAN, "items": [ITEM]},
]

WRONG: list[tuple[dict[str, object], str]] = [
    ({}, "items"),
    ({"items": []}, "items"),
    ({"items": [{"title": "Tin"}]}, "items.0"),
    ({"items": [{**ITEM, "audio": "x"}]}, "items.0"),
    ({"items": [{**ITEM, "bed": {"under_speech_lu": 18}}]}, "items.0.bed.?table.cart"),
    ({"items": [{**ITEM, "bed": 3}]}, "items.0.bed.?table"),
    ({"items": [{**ITEM, "kind": "hoi_dap"}]}, "items.0"),
    ({"items": [{**ASKED, "voices": ["mot"]}]}, "items.0.voices.1"),
    ({"items": [{**ITEM, "say_labels": True}]}, "items.0"),
    ({"items": [ITEM], "opening": {"text": "Chào.", "under_greeting_s": 3}}, "opening"),
    ({"items": [ITEM], "emergency": FACTS}, "emergency"),
    ({"priority": "khan_cap"}, "emergency"),
    ({"priority": "khan_cap", "emergency": {**FACTS, "times": 1}}, "emergency.times"),
    ({"priority": "khan"}, "priority"),
]


@pytest.mark.parametrize("keys", RIGHT)
def test_what_is_right_is_taken_and_fits_the_schema(keys: dict[str, object]) -> None:
    record = {"title": "Bản tin", "unit": "Đài", **keys}
    Rundown.model_validate(record)
    Draft202012Validator(Rundown.model_json_schema()).validate(record)


@pytest.mark.parametrize(("keys", "place"), WRONG)
def test_what_is_wrong_is_told_at_its_key_alone(keys: dict[str, object], place: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Rundown.model_validate({"title": "Bản tin", "unit": "Đài", **keys})
    assert [".".join(map(str, error["loc"])) for error in caught.value.errors()] == [place]


@pytest.mark.parametrize("keys", [{}, {"items": []}, {"priority": "khan_cap"}, {"items": [ITEM], "emergency": FACTS}])
def test_the_schema_refuses_what_the_priority_does_not_go_with(keys: dict[str, object]) -> None:
    record = {"title": "Bản tin", "unit": "Đài", **keys}
    assert list(Draft202012Validator(Rundown.model_json_schema()).iter_errors(record))


def test_each_missing_fact_of_an_emergency_is_told() -> None:
    with pytest.raises(ValidationError) as caught:
        Rundown.model_validate(
            {"title": "a", "unit": "b", "priority": "khan_cap", "emergency": {"who": "a", "do": "b"}}
        )
    assert {error["loc"] for error in caught.value.errors()} == {
        ("emergency", key) for key in ("what", "where", "when")
    }


def test_a_bed_is_a_table_or_a_flag() -> None:
    rundown = Rundown.model_validate({"title": "a", "unit": "b", **RIGHT[1]})
    assert [item.bed for item in rundown.items] == [False, Bed(cart="nen", under_speech_lu=18)]
