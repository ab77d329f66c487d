"""What is asked of the service and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from studio.files.manifest import Manifest
from studio.rules.planning import Plan
from studio.rules.reports import SegmentReport


@dataclass(frozen=True, slots=True)
class ProduceOptions:
    """How a programme is produced; None leaves it to the programme, then to the house."""

    out: Path
    air_date: date
    voice_id: str | None = None
    profiles: tuple[str, ...] | None = None
    speed: float | None = None
    verify: bool = False
    """Decode and measure every delivered file once more before the folder appears."""


@dataclass(frozen=True, slots=True)
class Produced:
    """A delivery that stands, and how it came about."""

    folder: Path
    plan: Plan
    segments: tuple[SegmentReport, ...]
    manifest: Manifest

    @property
    def spoken(self) -> int:
        """Lines spoken in this run."""
        return sum(segment.spoken for segment in self.segments)

    @property
    def reused(self) -> int:
        """Lines that were answered by a kept take."""
        return sum(segment.reused for segment in self.segments)
