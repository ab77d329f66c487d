"""JSON Schemas of every file format, as published in `docs/schemas/`."""

from __future__ import annotations

import json

from studio.files.base import FileModel
from studio.files.card import VoiceCard
from studio.files.manifest import Manifest
from studio.files.profile import Profile
from studio.files.rundown import Rundown

FORMATS: dict[str, type[FileModel]] = {
    "manifest": Manifest,
    "profile": Profile,
    "rundown": Rundown,
    "voice": VoiceCard,
}


def schema_text(name: str) -> str:
    """The schema of one format as indented JSON; raises KeyError for an unknown name."""
    model = FORMATS[name]
    mode = "serialization" if name == "manifest" else "validation"
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema(mode=mode)}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
