"""The tail of an administrative form: the recipients and the signature."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studio.text.form_tables import split_at
from studio.text.lines import Line

_TAIL_LINES = 80
_LONGEST = 160
_BETWEEN_COLUMNS = re.compile(r"(?:[^\t ]| {1,2}(?=[^ ]))+")
_RECIPIENTS = re.compile(r"Nơi\s+nhận\s*(?::\s*(?P<rest>.*))?", re.IGNORECASE)
_ON_ONE_LINE = re.compile(r"-|Như\b|Lưu\b|.*\bLưu\s*:")
_FILED = re.compile(r"[-–—+*•\s]*Lưu\b")
_ITEM = re.compile(r"Như\b|Lưu\b")
_AUTHORITY = re.compile(
    r"(?:T/?M|K/?T|T/?L|T/?U/?Q)(?:\s*[.:]\s*|\s+)[^\W\d_][^\n]{2,80}|Q\s*[.:]\s*[A-ZĐÀ-Ỹ][A-ZĐÀ-Ỹ ,–-]{2,80}"
)
_OFFICE = re.compile(
    r"(?:Q\. ?)?(?:(?:PHÓ|QUYỀN|TỔNG|ĐỒNG) )*(?:CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ|TRƯỞNG|CHÁNH|CHỦ NHIỆM|THỦ TƯỚNG"
    r"|(?:BỘ|THỨ|CỤC|HIỆU|VIỆN|TỔ|ĐỘI|THỦ) TRƯỞNG|THƯ KÝ|NGƯỜI)\b[^\W\d_]*(?:[ ,–-]+[^\W\d_]+){0,12}",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"[(\[]?\s*(?:đã k[ýí]|k[ýí] tên|k[ýí],? (?:và )?(?:ghi rõ|đóng dấu))[^\n]{0,60}", re.IGNORECASE)
_RANK = r"(?:(?:PGS|GS|TS|ThS|Ths|BS|CN|KS|Đại tá|Thượng tá|Trung tá|Thiếu tá|Đại úy|Thượng úy|Trung úy)\.?\s*)"
_NAME = re.compile(rf"{_RANK}{{0,3}}[A-ZĐÀ-Ỹ][^\W\d_]{{0,7}}(?:\s+[A-ZĐÀ-Ỹ][^\W\d_]{{0,7}}){{1,4}}")
_ANNEX = re.compile(r"(?:PHỤ LỤC|Phụ lục|CỘNG H(?:ÒA|OÀ) XÃ HỘI)\b")
_RULE = re.compile(r"[-–—_=*~•.…·─━═\s]{2,}|[-–—]?\s*\d{1,3}\s*[-–—]?")


def tail_parts(lines: list[Line], *, is_form: bool) -> dict[int, str]:
    """Indices of the lines of recipients ("recipients") and of the signature ("signature").

    A tail starts at "Nơi nhận", at an authority line (TM., KT., TL., TUQ.) or at an office in
    capitals, and holds nothing but its own kinds of lines up to an annex or the end of the text.
    `is_form` says that the text has the head of a form: then bare recipients are believed too.
    """
    ends = [at for at, line in enumerate(lines) if _ANNEX.match(line.core)]
    after = 0
    for end in [*ends, len(lines)]:
        for first in range(max(after, end - _TAIL_LINES), end):
            if _starts(lines[first]):
                tail = _Tail(lines[first:end])
                if tail.is_sure(is_form=is_form):
                    return {first + at: part for at, part in tail.parts.items()}
        after = end
    return {}


def split_tail_columns(lines: list[Line]) -> list[Line]:
    """The lines, those of recipients and signature side by side split into their columns."""
    first = next((at for at, line in enumerate(lines) if _side_by_side(line)), len(lines))
    tail: list[Line] = []
    for line in lines[first : first + _TAIL_LINES]:
        cells = split_at(line, _BETWEEN_COLUMNS) if len(line.raw) <= 2 * _LONGEST else [line]
        tail.extend(cells if len(cells) == 2 and _signs(cells[1]) else [line])
    return lines[:first] + tail + lines[first + _TAIL_LINES :]


def _side_by_side(line: Line) -> bool:
    return ("\t" in line.raw or "   " in line.raw) and _RECIPIENTS.match(line.core) is not None


def _signs(line: Line) -> bool:
    shapes = (_AUTHORITY, _OFFICE, _SIGNED, _NAME)
    return len(line.core) <= _LONGEST and any(shape.fullmatch(line.core) for shape in shapes)


def _starts(line: Line) -> bool:
    core = line.core
    if len(core) > _LONGEST:
        return False
    found = _RECIPIENTS.fullmatch(core)
    if found:
        return not found["rest"] or _ON_ONE_LINE.match(found["rest"]) is not None
    if line.ended:
        return False
    return _AUTHORITY.fullmatch(core) is not None or (core.isupper() and _OFFICE.fullmatch(core) is not None)


class _Tail:
    """One walk down a supposed tail, to its end or to a line that is none of its kinds."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.parts: dict[int, str] = {}
        self.kinds: list[str] = []
        self._listing = False
        self._filed = False
        self.complete = True
        for at, line in enumerate(lines):
            kind = self._kind(line, lines[at - 1])
            if not kind:
                self.complete = False
                break
            self.kinds.append(kind)
            if kind != "rule":
                self.parts[at] = "recipients" if kind in ("recipients", "item", "filed") else "signature"

    def is_sure(self, *, is_form: bool) -> bool:
        """Whether enough of a tail was seen, and nothing else."""
        kinds = set(self.kinds)
        if not self.complete:
            return False
        if "recipients" in kinds and kinds & {"item", "filed"}:
            return is_form or bool(kinds & {"filed", "authority", "signed"})
        return "authority" in kinds or ("office" in kinds and bool(kinds & {"signed", "name"}))

    def _kind(self, line: Line, before: Line) -> str:
        core = line.core
        if len(core) > _LONGEST:
            return ""
        found = _RECIPIENTS.fullmatch(core)
        if found:
            self._listing = True
            return self._filing(found["rest"] or "") if found["rest"] else "recipients"
        if _RULE.fullmatch(line.raw):
            return "rule"
        for kind, shape in (("authority", _AUTHORITY), ("office", _OFFICE), ("signed", _SIGNED)):
            if shape.fullmatch(core) and not line.bullet and not line.ended:
                return kind
        if self._listing and self._is_item(line, before):
            return self._filing(core)
        signs = bool({"authority", "office", "signed"}.intersection(self.kinds))
        return "name" if signs and self.kinds.count("name") < 2 and _NAME.fullmatch(core) else ""

    def _is_item(self, line: Line, before: Line) -> bool:
        """An item of the list of recipients, or the rest of one that was broken."""
        if line.bullet or _ITEM.match(line.core):
            return True
        open_item = not before.core.endswith((".", ";", ":"))
        return (open_item and (line.core[0].islower() or not self._filed or line.is_capitals)) and line.ended

    def _filing(self, core: str) -> str:
        filed = _FILED.match(core) is not None or " Lưu:" in core or core.lstrip("-–—+*• ").startswith("Như ")
        self._filed = self._filed or filed
        return "filed" if filed else "item"
