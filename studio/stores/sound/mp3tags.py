"""Where the sound of an MP3 file ends and tags of other kinds begin: ID3v1, APEv2 and Lyrics3, in any order.

Players and tools for levels write them behind the sound, where ffmpeg takes most of them for damaged frames.
"""

from __future__ import annotations

from io import SEEK_END
from pathlib import Path
from typing import BinaryIO

MOST_TAGS = 8
ID3V1_BYTES = 128
APE_FOOTER_BYTES = 32
"""Of the footer and, where its flags say so, of the header (APEv2, "APE Tags Header")."""
LYRICS3_END_BYTES = 15
"""Six figures of length and LYRICS200 (Lyrics3 v2.00)."""
_HAS_HEADER = 1 << 31


def tags_start(path: Path) -> int | None:
    """The byte at which the tags behind the sound begin; None where there are none. Raises OSError."""
    with path.open("rb") as file:
        size = end = file.seek(0, SEEK_END)
        for _ in range(MOST_TAGS):
            length = _last_tag_bytes(file, end)
            if not 0 < length < end:
                break
            end -= length
    return None if end == size else end


def _last_tag_bytes(file: BinaryIO, end: int) -> int:
    """How long the tag is that ends at `end`; 0 where none does."""
    start = max(0, end - ID3V1_BYTES)
    file.seek(start)
    tail = file.read(end - start)
    if len(tail) == ID3V1_BYTES and tail.startswith(b"TAG"):
        return ID3V1_BYTES
    footer = tail[-APE_FOOTER_BYTES:]
    if footer.startswith(b"APETAGEX"):
        # The size stands without the header, which the flags tell of.
        flags = int.from_bytes(footer[20:24], "little")
        return int.from_bytes(footer[12:16], "little") + (APE_FOOTER_BYTES if flags & _HAS_HEADER else 0)
    figures = tail[-LYRICS3_END_BYTES:-9]
    if tail.endswith(b"LYRICS200") and figures.isdigit():
        return int(figures) + LYRICS3_END_BYTES
    return 0
