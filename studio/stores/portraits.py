"""Portraits of masters as compressed arrays; no pickle is ever written or read."""

from __future__ import annotations

import io
from typing import BinaryIO

import numpy as np

from studio.sound import Portrait

FORMAT = 1
"""Raised when a portrait's meaning changes: older ones are painted anew."""


def portrait_bytes(portrait: Portrait) -> bytes:
    """The portrait as a file of numpy's own format."""
    buffer = io.BytesIO()
    gap = np.nan if portrait.bed_gap_lu is None else portrait.bed_gap_lu
    np.savez_compressed(
        buffer,
        head=np.array([FORMAT, portrait.rate_hz, portrait.frames, portrait.clipped], np.int64),
        gap=np.array([gap], np.float64),
        powers=portrait.powers,
        outline=portrait.outline.astype(np.float16),
        spectrum=portrait.spectrum,
        silences=np.array(portrait.silences, np.int64).reshape(-1, 2),
    )
    return buffer.getvalue()


def read_portrait(file: BinaryIO) -> Portrait:
    """The portrait of a file; raises ValueError or KeyError for one of another make, OSError, BadZipFile."""
    with np.load(file, allow_pickle=False) as arrays:
        made, rate_hz, frames, clipped = arrays["head"].tolist()
        if made != FORMAT:
            raise ValueError(f"portrait of format {made}")
        gap = float(arrays["gap"][0])
        return Portrait(
            rate_hz=rate_hz,
            frames=frames,
            powers=arrays["powers"],
            outline=arrays["outline"].astype(np.float32),
            spectrum=arrays["spectrum"],
            silences=tuple((first, end) for first, end in arrays["silences"].tolist()),
            clipped=clipped,
            bed_gap_lu=None if np.isnan(gap) else gap,
        )
