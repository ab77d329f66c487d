"""Districts spoken of as bodies that still exist: since 1 July 2025 there are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
_PAST = re.compile(r"(?:[Tt]rước đây|nguyên|cũ\b|năm (?:19\d\d|20(?:[01]\d|2[0-4])))")


def district_notices(text: str) -> Iterator[Notice]:
    """A notice for each district spoken of as a current body, in order."""
    for match in _CURRENT.finditer(text):
        if not _PAST.search(text, max(0, match.start() - 80), match.end() + 80):
            words = match[0].rstrip()
            yield notice("reading.abolished_district", match.start(), match.start() + len(words), written=words)
