"""A pitch tracker without Praat, exact for pure tones."""

from __future__ import annotations

import numpy as np

from studio.errors import MissingPartError
from studio.sound import PitchTrack, Sound

STEP_S, WINDOW_S, SIZE = 0.01, 0.04, 1 << 14


class PlainPitch:
    """Fulfils the port `PitchTracker`: the strongest line of the spectrum wherever there is sound."""

    def track(self, sound: Sound, lowest_hz: float, highest_hz: float) -> PitchTrack:
        window = round(WINDOW_S * sound.rate_hz)
        wave = np.pad(sound.samples[:, 0], window // 2)
        frames = np.lib.stride_tricks.sliding_window_view(wave, window)[:: round(STEP_S * sound.rate_hz)]
        spectra = np.abs(np.fft.rfft(frames * np.hanning(window), SIZE, axis=1))
        hz = spectra.argmax(axis=1) * sound.rate_hz / SIZE
        energies = np.square(frames).mean(axis=1)
        hz[(energies < 0.3 * energies.max()) | (hz < lowest_hz) | (hz > highest_hz)] = np.nan
        return PitchTrack(0.0, STEP_S, hz)

    def version(self) -> str:
        return "plain"


class MissingPitch(PlainPitch):
    """One that is not installed."""

    def version(self) -> str:
        raise MissingPartError("audit.not_installed", part="praat-parselmouth")
