"""What a run came to, segment by segment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studio.rules.planning import Plan, PlannedSegment
from studio.values.loudness import MasterInfo


@dataclass(frozen=True, slots=True)
class SegmentReport:
    """One produced segment: its masters in profile order, how many were made now, and its lines."""

    segment: PlannedSegment
    masters: tuple[MasterInfo, ...]
    mastered: int
    spoken: int
    reused: int


Results = Mapping[tuple[int, str], tuple[MasterInfo, bool]]
"""Masters by segment index and profile id, each with whether it was made in this run."""


def segment_reports(plan: Plan, results: Results) -> tuple[SegmentReport, ...]:
    """Reports in playing order; a line that repeats is spoken where it first stands, and reused after."""
    reports = []
    spoken_before: set[str] = set()
    for segment in plan.segments:
        mine = [result for (index, _), result in results.items() if index == segment.index]
        fresh = {line.fingerprint for line in segment.to_speak} - spoken_before
        spoken_before |= fresh
        reports.append(
            SegmentReport(
                segment=segment,
                masters=tuple(info for info, _ in mine),
                mastered=sum(made for _, made in mine),
                spoken=len(fresh),
                reused=len(segment.lines) - len(fresh),
            )
        )
    return tuple(reports)
