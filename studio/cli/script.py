"""`studio script`: a bulletin or a rundown as a script for people and programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from studio.cli.formats import ScriptFormat
from studio.cli.notices import notice_lines
from studio.cli.opening import opened
from studio.cli.read import script_record
from studio.rules.programme import Programme
from studio.service.studio import Studio
from studio.values.text import Script
from studio.wiring import write_announcer_docx, write_output


def run(file: Path, form: ScriptFormat, out: Path | None, voice: str | None) -> None:
    """Writes the script to `out`, or to standard output; warnings go to stderr."""
    with opened() as studio:
        programme = studio.open(file)
        scripts = studio.scripts(programme)
        content = _content(studio, programme, scripts, form, voice)
    for script in filter(None, scripts):
        for line in notice_lines(script):
            sys.stderr.write(f"warning: {line}\n")
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        return
    write_output(out, content)
    sys.stdout.write(f"{out}\n")


def _content(
    studio: Studio, programme: Programme, scripts: Sequence[Script | None], form: ScriptFormat, voice: str | None
) -> bytes:
    from studio.text.announcer import Part, announcer_text

    titled = [Part(source.title, script) for source, script in zip(programme.segments, scripts, strict=True)]
    written = [script for script in scripts if script is not None]
    if form is ScriptFormat.DOCX:
        return write_announcer_docx(programme.title, titled)
    if form is ScriptFormat.TXT:
        return announcer_text(programme.title, titled).encode()
    if form is ScriptFormat.SSML:
        from studio.text.ssml import ssml_of

        return ssml_of(written).encode()
    if form is ScriptFormat.VTT:
        return _estimated_vtt(studio, programme, written, voice).encode()
    records = [{"title": part.title, **(script_record(part.script) if part.script else {})} for part in titled]
    return (json.dumps({"title": programme.title, "segments": records}, ensure_ascii=False) + "\n").encode()


def _estimated_vtt(studio: Studio, programme: Programme, scripts: Sequence[Script], voice: str | None) -> str:
    from studio.rules.cues import estimated_cues, webvtt

    card = studio.voices.card(voice or programme.voice_id or studio.default_voice)
    rate = card.syllables_per_second * card.speed * programme.speed
    note = f"estimated at {rate:.2f} syllables a second, music not counted; a delivery holds the measured times"
    return webvtt(estimated_cues(scripts, rate), note)
