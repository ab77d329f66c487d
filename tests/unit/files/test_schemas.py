"""The published schemas are those of the models, and hold for real files."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from studio.files.schemas import FORMATS, schema_text

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_published_schema_is_the_models(name: str) -> None:
    published = ROOT / "docs" / "schemas" / f"{name}.schema.json"
    assert published.read_text(encoding="utf-8") == schema_text(name), "run scripts/make_schemas.py"


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("rundown", "samples/ban-tin-sang.toml"),
        ("cart", "samples/carts/nhac-nen.toml"),
        ("profile", "outlets/profiles/loa.toml"),
        ("profile", "outlets/profiles/goc.toml"),
        ("profile", "outlets/profiles/luu_tru.toml"),
        ("profile", "outlets/profiles/truc_tuyen.toml"),
        ("profile", "outlets/profiles/web.toml"),
        ("voice", "voices/hanoi-espeak.toml"),
    ],
)
def test_shipped_files_fit_their_schema(name: str, path: str) -> None:
    validator = Draft202012Validator(json.loads(schema_text(name)))
    record = json.loads(json.dumps(tomllib.loads((ROOT / path).read_text(encoding="utf-8")), default=str))
    assert [error.message for error in validator.iter_errors(record)] == []


def test_a_schema_refuses_an_unknown_key() -> None:
    validator = Draft202012Validator(json.loads(schema_text("rundown")))
    record = {"title": "t", "unit": "u", "items": [{"title": "i", "text": "x", "jingle": "y"}]}
    assert [error.validator for error in validator.iter_errors(record)] == ["additionalProperties"]
