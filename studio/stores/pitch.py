"""Pitch by Praat's autocorrelation (Boersma, 1993), through parselmouth: an optional part."""

from __future__ import annotations

from typing import Any

import numpy as np

from studio.errors import MissingPartError
from studio.sound import PitchTrack, Sound

STEP_S = 0.005
PAD_S = 0.1
"""Silence put around a sound: Praat's first window lies whole inside it."""


class PraatPitch:
    """Fulfils the port `PitchTracker`; parselmouth is loaded when it is asked."""

    def track(self, sound: Sound, lowest_hz: float, highest_hz: float) -> PitchTrack:
        """Pitch every STEP_S of a mono sound between the two frequencies, by windows of three longest periods."""
        parselmouth = _parselmouth()
        pad = round(PAD_S * sound.rate_hz)
        samples = np.pad(sound.samples[:, 0].astype(np.float64), pad)
        pitch = parselmouth.Sound(samples, sampling_frequency=sound.rate_hz).to_pitch_ac(
            time_step=STEP_S, pitch_floor=lowest_hz, pitch_ceiling=highest_hz
        )
        hz = np.array(pitch.selected_array["frequency"], np.float64)
        hz[hz == 0.0] = np.nan
        return PitchTrack(float(pitch.xs()[0]) - pad / sound.rate_hz, float(pitch.get_time_step()), hz)

    def version(self) -> str:
        """Praat's version and parselmouth's."""
        parselmouth = _parselmouth()
        return f"Praat {parselmouth.PRAAT_VERSION}, parselmouth {parselmouth.__version__}"


def _parselmouth() -> Any:
    try:
        import parselmouth
    except ImportError as error:
        raise MissingPartError("audit.not_installed", part="praat-parselmouth") from error
    return parselmouth
