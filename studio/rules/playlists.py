"""The texts of a delivery: playlist and script."""

from __future__ import annotations

from collections.abc import Sequence

from studio.rules.planning import PlannedSegment
from studio.rules.programme import SegmentKind


def m3u8(title: str, entries: Sequence[tuple[str, str, float]]) -> str:
    """An extended M3U playlist in UTF-8; entries are (file name, title, seconds)."""
    lines = ["#EXTM3U", f"#PLAYLIST:{_one_line(title)}"]
    for name, entry_title, seconds in entries:
        lines += [f"#EXTINF:{seconds:.0f},{_one_line(entry_title)}", name]
    return "\n".join(lines) + "\n"


def script_text(title: str, unit: str, segments: Sequence[PlannedSegment]) -> str:
    """What is said, segment by segment and line by line, as plain text."""
    parts = [title.upper()]
    if unit:
        parts.append(unit)
    for segment in segments:
        heading = f"[{segment.index}] {segment.source.title}"
        if segment.prepared.script is None:
            recorded = segment.source.kind is SegmentKind.RECORDING
            parts.append(f"{heading}\n({'bản thu' if recorded else 'nhạc'})")
            continue
        said = "\n".join(utterance.spoken for utterance in segment.prepared.script.utterances)
        parts.append(f"{heading}\n{said}")
    return "\n\n".join(parts) + "\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())
