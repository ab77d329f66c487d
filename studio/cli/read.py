"""`studio read`: the spoken form of a document, or of each line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from studio.cli.notices import notice_line
from studio.errors import InputError
from studio.values.text import Notice, Script, Span
from studio.wiring import open_reader

if TYPE_CHECKING:
    from studio.service.reading import Reader


def run(file: str, *, by_line: bool, as_json: bool) -> None:
    """Reads and prints; warnings of a whole document go to stderr."""
    reader = open_reader()
    if by_line and as_json:
        raise InputError("option.together", first="--lines", second="--json")
    documents = reader.documents
    document = documents.decode(sys.stdin.buffer.read(), "-") if file == "-" else documents.load(Path(file))
    if by_line:
        _by_line(reader, document.text)
        return
    script = reader.read_document(document)
    if not script.utterances:
        raise InputError("text.nothing_to_say", title=file)
    if as_json:
        sys.stdout.write(json.dumps(script_record(script), ensure_ascii=False) + "\n")
        return
    for utterance in script.utterances:
        sys.stdout.write(utterance.spoken + "\n")
    for notice in script.all_notices:
        sys.stderr.write(f"warning: {notice_line(notice, script)}\n")


def _by_line(reader: Reader, written: str) -> None:
    lines = written.split("\n")
    if lines[-1] == "":
        lines.pop()
    for spoken in reader.read_lines(lines):
        sys.stdout.write(spoken + "\n")


def script_record(script: Script) -> dict[str, object]:
    """A script as plain data."""
    return {
        "utterances": [
            {
                "spoken": utterance.spoken,
                "span": _span(utterance.span),
                "layout": utterance.layout.value,
                "pause_after_ms": utterance.pause_after_ms,
                "tokens": [
                    {
                        "written": token.written,
                        "spoken": token.spoken,
                        "class": token.kind,
                        "span": _span(token.span),
                        "certain": token.certain,
                    }
                    for token in utterance.tokens
                ],
                "warnings": [_notice_record(notice) for notice in utterance.notices],
            }
            for utterance in script.utterances
        ],
        "left_out": [
            {"part": part.part, "span": _span(part.span), "written": part.written} for part in script.left_out
        ],
        "warnings": [_notice_record(notice) for notice in script.notices],
    }


def _notice_record(notice: Notice) -> dict[str, object]:
    return {
        "code": notice.code,
        "fields": dict(notice.fields),
        "span": _span(notice.span),
        "alternatives": list(notice.alternatives),
    }


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]
