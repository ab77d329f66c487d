"""JSON Schemas of every file format, as published in `docs/schemas/`."""

from __future__ import annotations

import json

from studio.files.audit import VoiceAudit
from studio.files.audition import Audition, Judgement
from studio.files.base import FileModel
from studio.files.card import Consent, VoiceCard
from studio.files.cart import CartCard
from studio.files.choices import Choices
from studio.files.manifest import Manifest
from studio.files.profile import Profile
from studio.files.quality import QualityReport
from studio.files.rundown import Rundown
from studio.files.unit import Unit

FORMATS: dict[str, type[FileModel]] = {
    "audit": VoiceAudit,
    "audition": Audition,
    "judgement": Judgement,
    "cart": CartCard,
    "consent": Consent,
    "manifest": Manifest,
    "profile": Profile,
    "quality": QualityReport,
    "reading": Choices,
    "rundown": Rundown,
    "unit": Unit,
    "voice": VoiceCard,
}


WRITTEN_BY_US = frozenset(("audit", "audition", "judgement", "manifest", "quality"))
"""Files that others only read; all others are written by people."""


def schema_text(name: str) -> str:
    """The schema of one format as indented JSON; raises KeyError for an unknown name."""
    model = FORMATS[name]
    body = model.model_json_schema(mode="serialization" if name in WRITTEN_BY_US else "validation")
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **body}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
