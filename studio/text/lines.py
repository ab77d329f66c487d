"""Lines of a written text: where each stands, and what kind of line it looks like."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"[•▪■●○◦‣⁃∙·➢➤✓✔►❖♦◆]\s*|[-–—+*−]\s+|[-–—+](?=[^\W\d_])")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+")
_OUTLINE = re.compile(
    r"(?:(?:[Pp]hần|[Cc]hương|[Mm]ục|[Đđ]iều|PHẦN|CHƯƠNG|MỤC|ĐIỀU)\s+(?:[IVXL]{1,7}|\d{1,3})[.:]?\s"
    r"|[IVXL]{1,7}[.)/]\s|\d{1,2}[.)/]\s|\d{1,2}(?:\.\d{1,2}){1,4}[.)]?\s|[A-ZĐa-zđ]\)\s|[A-DĐa-dđ]\.\s)"
)
_CLOSERS = "\"'”’»)]*_ \ue000"  # the last is where a pause mark was
_ENDS = (".", "!", "?", ":", ";", "…", "./")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something: [start, end) of the text without the space around, and its bare words.

    `raw` is the line as it stands, `core` the same without marks of emphasis; `gap` says that an empty
    line stands before it.
    """

    start: int
    end: int
    raw: str
    core: str
    gap: bool = False

    @property
    def is_capitals(self) -> bool:
        """Letters, and none of them small."""
        return self.core.isupper()

    @property
    def ended(self) -> bool:
        """The line closes a sentence, or a clause that a new paragraph may follow."""
        closed = self.core.rstrip(_CLOSERS)
        return closed.endswith(_ENDS)

    @property
    def bullet(self) -> int:
        """Characters of the bullet that opens the line, space included; 0 when there is none."""
        found = None if self.raw[0].isalnum() else _BULLET.match(self.raw)
        return found.end() if found else 0

    @property
    def heading_mark(self) -> int:
        """Characters of a Markdown heading mark ("## "); 0 when there is none."""
        found = _MARKDOWN_HEADING.match(self.raw) if self.raw[0] == "#" else None
        return found.end() if found else 0

    @property
    def outlined(self) -> bool:
        """An outline number opens the line: "1.", "2.3.", "IV.", "a)", "Điều 5."."""
        return len(self.core) > 2 and _OUTLINE.match(self.core) is not None


def lines_of(text: str) -> list[Line]:
    """The lines of `text` that hold more than space, in order; linear in its length."""
    lines: list[Line] = []
    before = 0
    for found in _LINE.finditer(text):
        line = found[0]
        raw = line.strip()
        if not raw:
            continue
        start = found.start() + len(line) - len(line.lstrip())
        gap = start - before > 1 and text.count("\n", before, start) > 1
        before = start + len(raw)
        core = _core(raw) if raw[0] in "#>*_" or raw[-1] in "*_" else raw
        lines.append(Line(start, before, raw, core, gap))
    return lines


def _core(raw: str) -> str:
    """The line without Markdown's heading marks, quote marks and emphasis at its ends."""
    core = raw.lstrip("#> ") if raw[0] in "#>" else raw
    emphasised = core.startswith(("**", "__")) or core.endswith(("**", "__"))
    if emphasised or (len(core) > 2 and core[0] == core[-1] and core[0] in "*_" and core[1] != " "):
        core = core.strip("*_ ")
    return core or raw
