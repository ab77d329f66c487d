"""Curves of a sound as SVG, for pages that need nothing beside them."""

from __future__ import annotations

import math
from collections.abc import Sequence

WIDTH, WAVE_HEIGHT, PITCH_HEIGHT = 1000, 120, 160
MOST_POINTS = 2_000
"""Points of a curve: more than a screen shows."""
LOWEST_HZ, HIGHEST_HZ = 75.0, 500.0
"""The range of a pitch curve, drawn by octaves."""
_SHOWN_HZ = (100, 200, 400)


def wave_svg(outline: Sequence[tuple[float, float]], label: str) -> str:
    """The lowest and highest sample by time, full scale at the edges; `label` is plain text without markup."""
    steps = list(enumerate(thinned(outline)))
    middle, across = WAVE_HEIGHT / 2, WIDTH / max(1, len(steps))
    above = " ".join(f"{at * across:.1f},{middle * (1 - high):.1f}" for at, (_, high) in steps)
    below = " ".join(f"{at * across:.1f},{middle * (1 - low):.1f}" for at, (low, _) in reversed(steps))
    return (
        f'<svg viewBox="0 0 {WIDTH} {WAVE_HEIGHT}" role="img" aria-label="{label}">'
        f'<polygon points="{above} {below}" fill="#0b5a9e"/></svg>'
    )


def thinned(outline: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """At most `MOST_POINTS` steps, each as wide as the ones it stands for."""
    every = max(1, -(-len(outline) // MOST_POINTS))
    pieces = (outline[at : at + every] for at in range(0, len(outline), every))
    return [(min(low for low, _ in piece), max(high for _, high in piece)) for piece in pieces]


def pitch_svg(pitches_hz: Sequence[float | None], label: str) -> str:
    """Pitch by time on a scale of octaves, None where there is no voice; `label` is plain text without markup."""
    lines = "".join(
        f'<line x1="0" x2="{WIDTH}" y1="{_height(hz):.1f}" y2="{_height(hz):.1f}" stroke="#e4eaf0"/>'
        f'<text x="4" y="{_height(hz) - 3:.1f}" font-size="11" fill="#5b6b7c">{hz} Hz</text>'
        for hz in _SHOWN_HZ
    )
    return (
        f'<svg viewBox="0 0 {WIDTH} {PITCH_HEIGHT}" role="img" aria-label="{label}">{lines}'
        f'<path d="{_pitch_path(pitches_hz)}" fill="none" stroke="#b3261e" stroke-width="2"/></svg>'
    )


def _pitch_path(pitches_hz: Sequence[float | None]) -> str:
    across = WIDTH / max(1, len(pitches_hz))
    pieces: list[str] = []
    pen = "M"
    for at, hz in enumerate(pitches_hz):
        if hz is None:
            pen = "M"
            continue
        pieces.append(f"{pen}{at * across:.1f} {_height(hz):.1f}")
        pen = "L"
    return "".join(pieces)


def _height(hz: float) -> float:
    kept = min(HIGHEST_HZ, max(LOWEST_HZ, hz))
    return PITCH_HEIGHT * math.log2(HIGHEST_HZ / kept) / math.log2(HIGHEST_HZ / LOWEST_HZ)
