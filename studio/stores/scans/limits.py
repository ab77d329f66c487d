"""How much of the machine one scan may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one scan; times in seconds of the clock."""

    pages: int = 50
    page_pixels: int = 40_000_000
    """A page is drawn at 300 dpi, or smaller so as to stay within this: more than A2."""
    picture_pixels: int = 120_000_000
    """A picture with more is refused before it is unpacked: more than A3 at 600 dpi in two pages."""
    draw_s: float = 60.0
    page_s: float = 120.0
    document_s: float = 900.0
    memory_bytes: int = 2 * 2**30
    """Of the process that draws, where the system can hold it to that."""
