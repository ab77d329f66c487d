"""Districts spoken of as bodies that still exist: since 1 July 2025 there are none."""

from __future__ import annotations

import re

from studio.text.place import notice
from studio.values.text import Notice

_BODY = (
    r"(?:UBND|HĐND|MTTQ|Ủy ban nhân dân|Hội đồng nhân dân|Chủ tịch|Bí thư|Công an|"
    r"Phòng [^.,;\n]{1,30}?|Trung tâm [^.,;\n]{1,60}?)"
)
_DISTRICT = r"(?:quận|huyện|thị trấn|thị xã)"
_CURRENT = re.compile(
    rf"{_BODY} (?:các )?{_DISTRICT}(?![^\W_])|(?<![^\W_])(?<!cấp ){_DISTRICT} (?=(?-i:[A-ZÀ-ỸĐ][a-zà-ỹđ]))",
    re.IGNORECASE,
)
"""Local government law 72/2025/QH15: two tiers, city and commune."""
_PAST = re.compile(r"(?:trước đây|nguyên|cũ\b|năm (?:19\d\d|20(?:[01]\d|2[0-4])))")


def district_notice(text: str) -> Notice | None:
    """One notice for the first district spoken of as a current body, or None."""
    match = _CURRENT.search(text)
    if match is None or _PAST.search(text, max(0, match.start() - 80), match.end() + 80):
        return None
    return notice("reading.abolished_district", match.start(), match.end(), written=match[0])
