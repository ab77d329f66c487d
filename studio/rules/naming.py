"""ASCII names for files and folders that importers and shell scripts survive."""

from __future__ import annotations

import re
import unicodedata

MAX_SLUG = 48


def shown(file_name: str) -> str:
    """What of a file's name can be shown and kept: bytes that are no UTF-8, as old archives leave them, become "?"."""
    return file_name.encode("utf-8", "replace").decode()


def slugify(text: str) -> str:
    """Lower-case ASCII words joined by hyphens, at most 48 characters; "ban-tin" where nothing is left."""
    folded = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    ascii_only = folded.encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", ascii_only)
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:MAX_SLUG]
        if len(longer) > MAX_SLUG:
            break
        slug = longer
    return slug or "ban-tin"
