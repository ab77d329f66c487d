"""Writes docs/schemas/*.schema.json from the models; run with the studio's own Python."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from studio.files.schemas import FORMATS, schema_text  # noqa: E402  (the checkout is put on the path first)

for name in FORMATS:
    path = ROOT / "docs" / "schemas" / f"{name}.schema.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(schema_text(name), encoding="utf-8", newline="\n")
    print(path.relative_to(ROOT))
