"""The head of an administrative form: national header, issuing body, number line, place and date."""

from __future__ import annotations

import re
from itertools import takewhile

from studio.text.form_tables import split_at
from studio.text.lines import Line

_HEAD_LINES = 16
_LONGEST = 120
_BETWEEN_COLUMNS = re.compile(r"(?:[^\t |]| {1,2}(?=[^ ])|\|(?=\S))+")
_BLANK = r"[\d\s.…_]*"
_NATIONAL = re.compile(r"CỘNG\s*H(?:ÒA|OÀ)\s*XÃ\s*HỘI\s*CHỦ\s*NGHĨA\s*VIỆT\s*NAM|ĐẢNG CỘNG SẢN VIỆT NAM", re.IGNORECASE)
_MOTTO = re.compile(r"Độc\s*lập\s*[-–—−.]?\s*Tự\s*do\s*[-–—−.]?\s*Hạnh\s*phúc\.?", re.IGNORECASE)
_NUMBER = re.compile(rf"S[ốỐ]\s*:?{_BLANK}(?:/\s*\d{{4}}\s*)?[/–—-]\s*[A-ZĐ]{{2,}}[\w./&–—-]{{0,40}}")
_PLACE_DATE = re.compile(
    rf"[^\d,.:;]{{2,40}},\s*ngày(?:{_BLANK}tháng{_BLANK}năm{_BLANK}|\s*\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{4}})",
    re.IGNORECASE,
)
_ISSUER = re.compile(
    r"(?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|HĐND|HỘI|BỘ|SỞ|PHÒNG|BAN|ĐẢNG|THÀNH ỦY|MẶT TRẬN|CÔNG AN|TRUNG TÂM|CỤC|CHI CỤC"
    r"|VĂN PHÒNG|CHÍNH PHỦ|THỦ TƯỚNG|QUỐC HỘI|ĐOÀN|LIÊN ĐOÀN|TRƯỜNG|THÀNH PHỐ|TỈNH|QUẬN|HUYỆN|PHƯỜNG|XÃ|THỊ TRẤN|THỊ XÃ"
    r"|TRẠM|ĐÀI|TỔ DÂN PHỐ|THÔN|VIỆN|BẢO HIỂM|TÒA ÁN)\b"
)
_STAMP = re.compile(r"HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN|MẬT|TỐI MẬT|TUYỆT MẬT|DỰ THẢO|BẢN SAO|\[?\(?Dự thảo\)?\]?")
_SUBJECT = re.compile(r"(?:V/v|Về việc)\b")
_TITLE = re.compile(
    r"(?:THÔNG (?:BÁO|TIN|CÁO|TƯ)|KẾ HOẠCH|QUYẾT ĐỊNH|CHỈ THỊ|CÔNG ĐIỆN|CÔNG VĂN|BÁO CÁO|TỜ TRÌNH|GIẤY|NGHỊ|LUẬT"
    r"|HƯỚNG DẪN|CHƯƠNG TRÌNH|QUY|BẢN TIN|TIN|LỜI|THƯ|LỊCH|BÀI|ĐỀ ÁN|PHƯƠNG ÁN|KẾT LUẬN|THỂ LỆ|TIẾNG NÓI|CHUYÊN MỤC)\b"
)
_RULE = re.compile(r"[-–—_=*~•.…·─━═\s]{2,}|\*")
_ANCHORS = frozenset(("national", "motto", "number_line", "place_date"))


def head_parts(lines: list[Line]) -> dict[int, str]:
    """Indices of the lines at the top that belong to the form, with their part.

    The head reaches from the first line to the last of its anchors (national header, motto,
    number, place and date), through lines of its own kinds alone. A date line with nothing else
    of a form above it is news, and stays.
    """
    kinds = list(takewhile(bool, map(_kind, lines[:_HEAD_LINES])))
    seen = _ANCHORS.intersection(kinds)
    if "national" not in seen and len(seen) < 2 and "capitals" in kinds:
        kinds = kinds[: kinds.index("capitals")]
        seen = _ANCHORS.intersection(kinds)
    if not seen or seen == {"place_date"}:
        return {}
    last = max(at for at, kind in enumerate(kinds) if kind in _ANCHORS)
    return {
        at: kind if kind in ("number_line", "place_date") else "header"
        for at, kind in enumerate(kinds[: last + 1])
        if kind != "subject"
    }


def is_place_date(line: Line) -> bool:
    """Whether the line is the place and date of a form: "Ba Đình, ngày 2 tháng 9 năm 2025"."""
    return len(line.core) <= _LONGEST and _PLACE_DATE.fullmatch(line.core) is not None


def split_head_columns(lines: list[Line]) -> list[Line]:
    """The lines, those at the top that hold two columns of a head side by side split into their cells."""
    top: list[Line] = []
    for line in lines[:_HEAD_LINES]:
        cells = split_at(line, _BETWEEN_COLUMNS) if len(line.raw) <= 2 * _LONGEST else [line]
        top.extend(cells if len(cells) > 1 and all(map(_kind, cells)) else [line])
    return top + lines[_HEAD_LINES:]


def _kind(line: Line) -> str:
    """What a line of a head is, "capitals" for an unknown name of a body, "" for what is none of a head's."""
    core = line.core
    if len(core) > _LONGEST:
        return ""
    for kind, shape in (
        ("national", _NATIONAL),
        ("motto", _MOTTO),
        ("number_line", _NUMBER),
        ("place_date", _PLACE_DATE),
    ):
        if shape.fullmatch(core):
            return kind
    if _RULE.fullmatch(line.raw):
        return "rule"
    if _SUBJECT.match(core):
        return "subject"
    if not core.isupper() or _TITLE.match(core) or line.ended:
        return "stamp" if _STAMP.fullmatch(core) else ""
    return "issuer" if _ISSUER.match(core) or _STAMP.fullmatch(core) else "capitals"
