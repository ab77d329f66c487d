"""Values of measured tones."""

from __future__ import annotations

from dataclasses import dataclass

POINTS = 10
"""Points of a contour, in the middles of tenths of the voiced rime."""

Contour = tuple[float | None, ...]
"""POINTS values in semitones, None where there is no voice."""


@dataclass(frozen=True, slots=True)
class Rime:
    """One syllable's voiced part: `contour` in semitones above 1 Hz.

    `gap_s` is the longest stretch inside without voice, `dip_db` how far the level falls inside below what comes
    before and after, `release_s` how long the level takes at the end from 10 to 30 dB below its highest.
    """

    contour: Contour
    duration_s: float
    gap_s: float
    dip_db: float
    release_s: float
