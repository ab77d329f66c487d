"""`studio read`: the spoken form of a document, or of each line."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from studio.cli.notices import notice_lines, shortened
from studio.cli.opening import environment_settings
from studio.errors import InputError
from studio.text.findings import Finding, findings
from studio.values.text import Document, Script, Span
from studio.wiring import open_reader

if TYPE_CHECKING:
    from studio.service.reading import Reader


def run(file: str, *, by_line: bool, as_json: bool, ssml: bool, chosen: Sequence[str]) -> None:
    """Reads and prints; what a document leaves out and its warnings go to stderr."""
    reader = open_reader(environment_settings(), chosen)
    if by_line and as_json:
        raise InputError("option.together", first="--lines", second="--json")
    if by_line and ssml:
        raise InputError("option.together", first="--lines", second="--ssml")
    document = _document(reader, file, plain=ssml)
    if by_line:
        _by_line(reader, document.text)
        return
    script = _script(reader, document, file, ssml=ssml)
    if not script.utterances:
        raise InputError("text.nothing_to_say", title=file)
    if as_json:
        sys.stdout.write(json.dumps(script_record(script), ensure_ascii=False) + "\n")
        return
    for utterance in script.utterances:
        sys.stdout.write(utterance.spoken + "\n")
    for part in script.left_out:
        sys.stderr.write(f"left out: {part.part}: {shortened(part.written)}\n")
    for line in notice_lines(script):
        sys.stderr.write(f"warning: {line}\n")


def _document(reader: Reader, file: str, *, plain: bool) -> Document:
    if file == "-":
        return reader.documents.decode(sys.stdin.buffer.read(), file)
    return reader.documents.load_plain(Path(file)) if plain else reader.documents.load(Path(file))


def _script(reader: Reader, document: Document, file: str, *, ssml: bool) -> Script:
    if ssml:
        return reader.read_ssml(document, file)
    return reader.read_document(document, () if file == "-" else reader.lexicons.beside(Path(file)))


def _by_line(reader: Reader, written: str) -> None:
    lines = written.split("\n")
    if lines[-1] == "":
        lines.pop()
    for spoken in reader.read_lines(lines):
        sys.stdout.write(spoken + "\n")


def script_record(script: Script) -> dict[str, object]:
    """A script as plain data; what is said of several places stands at the first, with all their spans."""
    found: dict[int, list[dict[str, object]]] = {}
    for each in findings(script):
        found.setdefault(each.line, []).append(_finding_record(each))
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
                "warnings": found.get(number, []),
            }
            for number, utterance in enumerate(script.utterances, 1)
        ],
        "left_out": [
            {"part": part.part, "span": _span(part.span), "written": part.written} for part in script.left_out
        ],
        "warnings": found.get(0, []),
    }


def _finding_record(found: Finding) -> dict[str, object]:
    notice = found.notice
    return {
        "code": notice.code,
        "fields": dict(notice.fields),
        "span": _span(notice.span),
        "places": found.places,
        "spans": [_span(span) for span in found.spans],
        "alternatives": list(notice.alternatives),
    }


def _span(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]
