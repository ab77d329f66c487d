"""`studio lint`: what is hard to follow by ear, with a suggestion each, and how long the text lasts."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from studio.cli.notices import notice_line, shortened
from studio.cli.opening import opened
from studio.cli.words import SUGGESTIONS
from studio.text.lint import lint, minutes, place_to_split
from studio.values.text import Notice, Script


def run(file: Path, voice: str | None, *, as_json: bool) -> None:
    """Prints every notice of every segment; never fails for what it finds."""
    with opened() as studio:
        programme = studio.open(file)
        scripts = studio.scripts(programme)
        card = studio.voices.card(voice or programme.voice_id or studio.default_voice)
    rate = card.syllables_per_second * card.speed * programme.speed
    titled = [(source.title, script) for source, script in zip(programme.segments, scripts, strict=True) if script]
    length = sum(minutes(script, rate) for _, script in titled)
    if as_json:
        found = [_record(title, script, notice) for title, script in titled for notice in lint(script)]
        record = {"notices": found, "minutes": round(length, 2), "voice": card.id}
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
        return
    for title, script in titled:
        for notice in lint(script):
            sys.stdout.write(f"{title}, line {_line(script, notice)}: {notice_line(notice, script)}\n")
            sys.stdout.write(f"  suggestion: {suggestion(script, notice)}\n")
    sys.stdout.write(f"about {length:.1f} minutes with {card.id}\n")


def suggestion(script: Script, notice: Notice) -> str:
    """What to do about a notice, with the place where a long sentence parts best."""
    span = notice.span
    at = place_to_split(script, span) if notice.code == "lint.long_sentence" and span else None
    if at is None or span is None:
        return SUGGESTIONS[notice.code]
    return f"end the sentence before “{shortened(script.written[at : span.end])}”"


def _line(script: Script, notice: Notice) -> int:
    return script.written.count("\n", 0, notice.span.start if notice.span else 0) + 1


def _record(title: str, script: Script, notice: Notice) -> dict[str, object]:
    span = notice.span
    return {
        "segment": title,
        "code": notice.code,
        "fields": dict(notice.fields),
        "line": _line(script, notice),
        "span": [span.start, span.end] if span else None,
        "written": script.written[span.start : span.end] if span else None,
        "suggestion": suggestion(script, notice),
    }
