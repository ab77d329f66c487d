"""Lines whose sound is doubtful, spoken once more while the voice is at hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from studio.audio.inspect import clipped_runs, find_cues, is_silent, peak_dbfs
from studio.errors import StudioError
from studio.rules.retakes import WORTH_ANOTHER, doubt, once_more
from studio.sound import Sound
from studio.values.voice import SpeechRequest

Outcome = Sound | StudioError
Speak = Callable[[Sequence[SpeechRequest]], Sequence[Outcome]]


def with_retakes(speak: Speak, requests: Sequence[SpeechRequest]) -> list[Outcome]:
    """Each line's outcome; a doubtful one is the second try's where that one is sound."""
    outcomes = list(speak(requests))
    doubtful = [place for place, outcome in enumerate(outcomes) if is_doubtful(requests[place], outcome)]
    if doubtful:
        again = speak([once_more(requests[place]) for place in doubtful])
        for place, outcome in zip(doubtful, again, strict=True):
            if not is_doubtful(requests[place], outcome):
                outcomes[place] = outcome
    return outcomes


def is_doubtful(request: SpeechRequest, outcome: Outcome) -> bool:
    """Whether other noise may give a better sound of this line."""
    if isinstance(outcome, StudioError):
        return outcome.code in WORTH_ANOTHER
    samples = outcome.samples
    if not np.isfinite(samples).all() or is_silent(samples) or peak_dbfs(samples) > 0:
        return True
    cue_in, cue_out = find_cues(samples, outcome.rate_hz)
    return doubt(request, (cue_out - cue_in) / outcome.rate_hz, clipped_runs(samples)) is not None
