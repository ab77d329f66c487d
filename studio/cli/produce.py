"""`studio produce`: a file in, a delivery's path out."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from studio.cli import tables
from studio.cli.opening import environment_settings, opened
from studio.cli.progress import ProgressBars
from studio.errors import InputError
from studio.service.preparing import Preparation
from studio.service.requests import ProduceOptions
from studio.values.text import PARTS


@dataclass(frozen=True, slots=True)
class Asked:
    """The command's arguments."""

    file: Path
    out: Path | None
    voice: str | None
    profiles: tuple[str, ...] | None
    air_date: date
    dry_run: bool
    verify: bool
    as_json: bool
    keep: frozenset[str] = frozenset()


def run(asked: Asked) -> None:
    """Plans or produces; tables go to stderr."""
    out = asked.out or environment_settings().home / "deliveries"
    options = ProduceOptions(out.absolute(), asked.air_date, asked.voice, asked.profiles, verify=asked.verify)
    with opened() as studio:
        programme = studio.open(asked.file, asked.air_date).keeping(_parts(asked.keep))
        if asked.dry_run:
            _show_plan(studio.plan(programme, options), asked.as_json)
            return
        with ProgressBars() as progress:
            produced = studio.produce(programme, options, progress)
    tables.show_notices(produced.plan)
    tables.show_produced(produced)
    if asked.as_json:
        sys.stdout.write(json.dumps({"folder": str(produced.folder)}, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(f"{produced.folder}\n")


def _parts(keep: frozenset[str]) -> frozenset[str]:
    for part in sorted(keep - PARTS):
        raise InputError("option.unknown_part", value=part, known=", ".join(sorted(PARTS)))
    return keep


def _show_plan(ready: Preparation, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(tables.plan_record(ready), ensure_ascii=False) + "\n")
        return
    tables.show_notices(ready.plan)
    tables.show_plan(ready)
