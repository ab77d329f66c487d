"""The administrative form around a text: recognised part by part, and left out of the broadcast.

The parts follow Decree 30/2020/NĐ-CP, annex I (national header and issuing body, number and
sign, place and date, signature, recipients). A part is recognised by its shape and by its
place: the head only at the top, the signature only before an annex or the end. What is not
sure stays in the broadcast.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from studio.text.form_head import head_parts, is_place_date, split_head_columns
from studio.text.form_tables import split_cells, table_rows
from studio.text.form_tail import split_tail_columns, tail_parts
from studio.text.lines import Line, lines_of
from studio.values.text import LeftOut, Span


@dataclass(frozen=True, slots=True)
class Form:
    """The lines that are broadcast, and the parts that are not, both in order of the text."""

    body: tuple[Line, ...]
    left_out: tuple[LeftOut, ...]


_ORNAMENT = frozenset("-–—_=*~•.…·+#─━═ \t")
_KNOT = re.compile(r"[-–—_*=~\s]+[oO0]{2,5}[-–—_*=~\s]+")
_PAGE = re.compile(r"[-–—]\s*\d{1,3}\s*[-–—]|(?:Trang|Page)\s+\d{1,3}(?:\s*(?:/|of|trên)\s*\d{1,3})?", re.IGNORECASE)
_BARE_PAGE = re.compile(r"\d{1,3}")
_SHORT = 40


def parts_of_form(text: str, keep: Collection[str] = ()) -> Form:
    """The form's parts in a clean text (see `studio.text.unicode.compose`); linear in its length.

    `keep` names parts (see `LeftOut.part`) that stay in the broadcast all the same.
    """
    lines = split_tail_columns(split_head_columns(lines_of(text)))
    parts = table_rows(lines) | _pages(lines) | _ornaments(lines)
    head = head_parts(lines)
    tail = tail_parts(lines, is_form=bool(head))
    above = min(tail, default=0) - 1
    if above >= 0 and is_place_date(lines[above]):
        tail[above] = "place_date"
    parts |= head | tail
    body: list[Line] = []
    for at, line in enumerate(lines):
        if at not in parts:
            body.append(line)
        elif parts.get(at) in keep:
            body.extend(split_cells(line) if parts[at] == "table" else [line])
    left_out = _left_out(text, lines, {at: part for at, part in parts.items() if part not in keep})
    return Form(tuple(body), tuple(left_out))


def _ornaments(lines: list[Line]) -> dict[int, str]:
    """Lines of dashes, stars or dots: "* * *", "-----o0o-----"."""
    return {
        at: "mark"
        for at, line in enumerate(lines)
        if len(line.raw) >= 3
        and ((set(line.raw) <= _ORNAMENT and _strokes(line.raw) >= 3) or _KNOT.fullmatch(line.raw))
    }


def _strokes(raw: str) -> int:
    return len(raw) - raw.count(" ") - raw.count("\t") + 2 * raw.count("…")


def _pages(lines: list[Line]) -> dict[int, str]:
    """Page numbers: "- 2 -" and "Trang 2/5" anywhere; a bare number only where it breaks a sentence or counts on."""
    short = [at for at, line in enumerate(lines) if len(line.raw) <= _SHORT]
    sure = {at: "page_number" for at in short if _PAGE.fullmatch(lines[at].core)}
    bare = [at for at in short if _BARE_PAGE.fullmatch(lines[at].core)]
    for at, before in zip(bare, [-1, *bare], strict=False):
        counts_on = before >= 0 and at - before >= 5 and int(lines[at].core) == int(lines[before].core) + 1
        if counts_on:
            sure[before] = sure[at] = "page_number"
        elif 0 < at < len(lines) - 1 and not lines[at - 1].ended and lines[at + 1].core[0].islower():
            sure[at] = "page_number"
    return sure


def _left_out(text: str, lines: list[Line], parts: dict[int, str]) -> list[LeftOut]:
    """Lines of one part that follow one another, as one entry."""
    runs: list[tuple[str, int, int, int]] = []
    for at in sorted(parts):
        line = lines[at]
        if runs and runs[-1][0] == parts[at] and runs[-1][3] == at - 1:
            runs[-1] = (parts[at], runs[-1][1], line.end, at)
        else:
            runs.append((parts[at], line.start, line.end, at))
    return [LeftOut(part, Span(start, end), text[start:end]) for part, start, end, _ in runs]
