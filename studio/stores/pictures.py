"""Pictures for reports, drawn with Pillow."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from studio.files.audit import VoiceAudit

STOPS = (
    (0.0, (8, 12, 40)),
    (0.35, (48, 32, 120)),
    (0.6, (176, 52, 104)),
    (0.8, (240, 128, 48)),
    (1.0, (252, 244, 176)),
)
"""Colours from the quietest to the loudest level."""


class PillowPictures:
    """Fulfils the port `Pictures`."""

    def heat_png(self, levels: NDArray[np.uint8]) -> bytes:
        """A PNG of levels (columns, rows), 0 to 255, low rows at the bottom, coloured from dark to bright."""
        from PIL import Image

        buffer = io.BytesIO()
        picture = Image.fromarray(np.ascontiguousarray(levels.T[::-1]), "L").convert("P")
        picture.putpalette(_palette())
        picture.save(buffer, "PNG", optimize=True)
        return buffer.getvalue()

    def tones_png(self, audit: VoiceAudit) -> bytes:
        """A PNG of an audit's tones against their template."""
        from studio.stores.tonepicture import tones_png

        return tones_png(audit)


def _palette() -> list[int]:
    at = np.linspace(0.0, 1.0, 256)
    places = [place for place, _ in STOPS]
    channels = [np.interp(at, places, [colour[channel] for _, colour in STOPS]) for channel in range(3)]
    return [round(float(value)) for colour in zip(*channels, strict=True) for value in colour]
