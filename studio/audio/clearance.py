"""Keeps a bed clear of the speech: at least 10 LU under it in every 3 s that hold 1 s of speech."""

from __future__ import annotations

from itertools import product

import numpy as np

from studio.audio.ducking import HOLD_MS, Envelope, Keeping, bed_envelope
from studio.audio.loudness_curve import SPEECH_STEPS, WINDOW_STEPS, Powers, gap_lu
from studio.audio.portrait import POWERS_PER_S
from studio.values.timeline import Timeline

LEAST_GAP_LU = 10.2
"""Where a bed would come nearer to the speech in any window of 3 s it keeps farther away: 10 LU and a margin."""

STEP_MS = 500
"""By so much more the bed waits, or sinks sooner."""

FARTHEST_MS = 1000 * (WINDOW_STEPS - SPEECH_STEPS) // POWERS_PER_S
"""At this distance from all speech no window that counts hears the bed."""

ALIKE_LU = 0.05


def clear_envelope(timeline: Timeline, speech_lufs: float, speech: Powers, bed: Powers) -> Envelope:
    """The bed's envelope, as near to the house's ramps and hold as the windows allow.

    `speech` and `bed` are powers of the stems (see `portrait.step_powers`), the bed not ducked. Where a window is too
    narrow the bed rises later and sinks sooner; only if that does not do, because a sentence is soft or a bed uneven,
    all of it lies lower.
    """
    middles = (np.arange(bed.size, dtype=np.float64) + 0.5) * (timeline.rate_hz / POWERS_PER_S)
    waits, earlies = range(0, FARTHEST_MS - HOLD_MS + 1, STEP_MS), range(0, FARTHEST_MS + 1, STEP_MS)
    found: list[tuple[float, Envelope]] = []
    # The nearest first.
    for wait_ms, early_ms in sorted(product(waits, earlies), key=sum):
        envelope = bed_envelope(timeline, speech_lufs, Keeping(wait_ms, early_ms))
        gap = gap_lu(speech, bed * np.square(envelope.factors_at(middles)))
        missing_lu = 0.0 if gap is None else max(0.0, LEAST_GAP_LU - gap)
        if not missing_lu:
            return envelope
        found.append((missing_lu, envelope))
    least_lu = min(missing_lu for missing_lu, _ in found)
    missing_lu, envelope = next(each for each in found if each[0] <= least_lu + ALIKE_LU)
    return envelope.lowered(missing_lu)
