"""Fingerprints of inputs: SHA-256 over canonical JSON of named, resolved fields and a recipe version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict

from studio.values.voice import SpeechRequest

TAKE_RECIPE = 1
"""Raised when the way from a spoken line to its kept samples changes."""

MASTER_RECIPE = 4
"""Raised when mixing, mastering or encoding changes the sound of a master."""

Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]
Fields = dict[str, Value]


def canonical(fields: Mapping[str, Value]) -> str:
    """One line of JSON: keys sorted, no spaces, floats in Python's shortest form."""
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def fingerprint(fields: Mapping[str, Value]) -> str:
    """SHA-256 in hexadecimal of the canonical JSON of `fields`."""
    return hashlib.sha256(canonical(fields).encode()).hexdigest()


def take_fields(request: SpeechRequest) -> Fields:
    """The fields that decide the sound of one take."""
    voice = asdict(request.voice)
    voice["settings"] = dict(request.voice.settings)
    # The same weights in another folder sound the same: their digest counts, not their place.
    del voice["weights"]
    # Likewise the device: batches and cards have a stated tolerance, and precision is a field of its own.
    del voice["device"]
    # What a voice is expected to last is measured now and then; a better figure makes no other sound.
    del voice["syllables_per_second"]
    # Nor does what keeps a line from being spoken at all.
    del voice["most_characters"]
    return {"recipe": TAKE_RECIPE, "spoken": request.spoken, "take": request.take, "voice": voice}


def changed_fields(old: Mapping[str, Value], new: Mapping[str, Value], under: str = "") -> tuple[str, ...]:
    """Dotted names of the fields in which two fingerprints' inputs differ."""
    names: list[str] = []
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name), new.get(name)
        if isinstance(before, dict) and isinstance(after, dict):
            names.extend(changed_fields(before, after, f"{under}{name}."))
        elif before != after:
            names.append(under + name)
    return tuple(names)
