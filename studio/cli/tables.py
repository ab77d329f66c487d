"""What a run came to, as tables on stderr and as JSON."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from studio.cli.notices import notice_lines, shortened
from studio.cli.words import english
from studio.rules.planning import Plan, Reason
from studio.service.preparing import Preparation
from studio.service.requests import Produced
from studio.text.findings import findings

REASONS = {
    "kept": "kept",
    "new": "new",
    "changed": "changed",
    "lost": "its kept sound is gone",
    "speech": "waits for its lines",
}


def show_produced(produced: Produced) -> None:
    """Segments with duration, level, peak, lines and warnings; then the count of lines."""
    table = Table(box=None, pad_edge=False)
    for heading in ("#", "segment", "profile", "duration", "LUFS", "dBTP", "spoken", "reused", "warnings"):
        table.add_column(heading, justify="left" if heading in ("segment", "profile") else "right")
    for report in produced.segments:
        script = report.segment.prepared.script
        notices = len(findings(script)) if script else 0
        for nth, info in enumerate(report.masters):
            first = nth == 0
            table.add_row(
                str(report.segment.index) if first else "",
                escape(report.segment.source.title) if first else "",
                info.profile_id,
                clock(info.frames / info.rate_hz),
                _figure(info.measured.integrated_lufs),
                _figure(info.measured.true_peak_dbtp),
                str(report.spoken) if first else "",
                str(report.reused) if first else "",
                str(notices) if first else "",
            )
    for file in produced.manifest.audio:
        if file.segment is None:
            loud = file.loudness
            level = (f"{loud.integrated_lufs:.1f}", f"{loud.true_peak_dbtp:.1f}")
            table.add_row("", "whole programme", file.profile, clock(file.duration_s), *level, "", "", "")
    console = _console()
    console.print(table)
    for remark in produced.manifest.remarks:
        console.print(f"note: {english(remark.code, remark.fields)}", highlight=False, markup=False)
    lines = produced.spoken + produced.reused
    made = sum(report.mastered for report in produced.segments)
    total = sum(len(report.masters) for report in produced.segments)
    console.print(f"{total} masters: {made} made, {total - made} reused", highlight=False)
    console.print(f"{lines} lines: {produced.spoken} spoken, {produced.reused} reused", highlight=False)


def show_plan(ready: Preparation) -> None:
    """Each segment's lines to speak and masters to make, with the reasons."""
    table = Table(box=None, pad_edge=False)
    for heading in ("#", "segment", "lines", "to speak", "why", "masters"):
        table.add_column(heading, justify="right" if heading in ("#", "lines", "to speak") else "left")
    for segment in ready.plan.segments:
        why = ", ".join(dict.fromkeys(reason_words(line.reason) for line in segment.to_speak))
        masters = "; ".join(
            f"{master.profile_id}: {reason_words(master.reason)}"
            for master in ready.masters
            if master.segment == segment.index
        )
        title = escape(segment.source.title)
        table.add_row(str(segment.index), title, str(len(segment.lines)), str(len(segment.to_speak)), why, masters)
    console = _console()
    console.print(table)
    for remark in ready.remarks:
        console.print(f"note: {english(remark.code, remark.fields)}", highlight=False, markup=False)
    lines, missing = len(ready.plan.lines), len(ready.plan.to_speak)
    console.print(f"{lines} lines: {missing} to speak, {lines - missing} reused", highlight=False)


def plan_record(ready: Preparation) -> dict[str, object]:
    """The plan as plain data."""
    return {
        "title": ready.plan.programme.title,
        "slug": ready.plan.programme.slug,
        "profiles": [profile.id for profile in ready.profiles],
        "lines": len(ready.plan.lines),
        "to_speak": len(ready.plan.to_speak),
        "remarks": [{"code": remark.code, "fields": remark.fields} for remark in ready.remarks],
        "segments": [
            {
                "index": segment.index,
                "kind": segment.source.kind.value,
                "title": segment.source.title,
                "lines": [
                    {"spoken": line.request.spoken, "reason": line.reason.code, "changed": line.reason.changed}
                    for line in segment.lines
                ],
                "masters": [
                    {"profile": each.profile_id, "reason": each.reason.code, "changed": each.reason.changed}
                    for each in ready.masters
                    if each.segment == segment.index
                ],
            }
            for segment in ready.plan.segments
        ],
    }


def show_notices(plan: Plan) -> None:
    """Every warning with the written words it speaks of, and what was left out."""
    console = _console()
    for segment in plan.segments:
        title, script = segment.source.title, segment.prepared.script
        if script is None:
            continue
        for part in script.left_out:
            console.print(f"left out ({title}): {part.part}: {shortened(part.written)}", highlight=False, markup=False)
        for line in notice_lines(script):
            console.print(f"warning ({title}): {line}", highlight=False, markup=False)


def reason_words(reason: Reason) -> str:
    """A reason in words."""
    words = REASONS[reason.code]
    return f"{words} ({', '.join(reason.changed)})" if reason.changed else words


def clock(seconds: float) -> str:
    """Minutes and seconds."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def _figure(value: float | None) -> str:
    return "—" if value is None else f"{value:.1f}"


def _console() -> Console:
    return Console(stderr=True, soft_wrap=True)
