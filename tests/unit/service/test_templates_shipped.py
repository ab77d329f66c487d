"""The shipped rundowns: each can be produced as it is, with nothing to doubt in how it is read."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from studio.files.schemas import schema_text
from studio.rules.programme import SegmentKind
from studio.service.studio import Studio

ROOT = Path(__file__).resolve().parents[3]
RUNDOWNS = sorted((ROOT / "samples").glob("*.toml"))
DAY = date(2026, 12, 3)
WANTED = {
    "ban-tin-sang",
    "ban-tin-15-phut",
    "ban-tin-30-phut",
    "thong-bao",
    "khan-cap",
    "hoi-dap-phap-luat",
    "tra-loi-kien-nghi",
}


def test_every_template_is_there() -> None:
    assert {path.stem for path in RUNDOWNS} >= WANTED


@pytest.mark.parametrize("path", RUNDOWNS, ids=lambda path: path.stem)
def test_a_template_has_no_problems_and_no_doubts(studio: Studio, path: Path) -> None:
    assert studio.check(path, DAY) == ()
    programme = studio.open(path, DAY)
    assert studio.estimated_s(programme) > 30
    doubts = [notice for script in studio.scripts(programme) if script for notice in script.all_notices]
    assert doubts == []


@pytest.mark.parametrize("path", RUNDOWNS, ids=lambda path: path.stem)
def test_a_template_fits_the_published_schema(path: Path) -> None:
    record = json.loads(json.dumps(tomllib.loads(path.read_text(encoding="utf-8"))))
    Draft202012Validator(json.loads(schema_text("rundown"))).validate(record)


def test_the_emergency_says_its_facts_three_times_after_the_tone(studio: Studio) -> None:
    programme = studio.open(ROOT / "samples" / "khan-cap.toml", DAY)
    assert [segment.kind for segment in programme.segments] == [SegmentKind.ATTENTION, SegmentKind.EMERGENCY]
    script = studio.scripts(programme)[1]
    assert script is not None
    said = [utterance.spoken for utterance in script.utterances]
    assert said.count("Ban Chỉ huy phòng thủ dân sự xã Bãi Mẫu thông báo khẩn.") == 3
    assert sum("thứ Năm, ngày mùng ba tháng mười hai" in line for line in said) == 3
