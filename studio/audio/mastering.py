"""Brings a mix to a profile's loudness and true peak, proved on the decoded file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from studio.audio.limiter import DENSE, GENTLE, Cells, Timing, apply, cell_peaks, greatest_overshoot, limit
from studio.audio.meter import LOUDNESS_FLOOR_LUFS, measure
from studio.audio.outline import outline
from studio.audio.shaping import Shaped
from studio.errors import LoudnessError, SoundError
from studio.files.profile import Profile
from studio.sound import Blocks, BlockSource
from studio.units import gain_of_db
from studio.values.loudness import Measurement

AIM_LU = 0.1
"""A decoded file nearer to the target than this, and than the profile's tolerance, is not corrected."""

ESTIMATE_LU = 0.01
"""The gain is sought this near before anything is encoded."""

MAX_STEPS = 24

FIRST_SLOPE, LEAST_SLOPE = 0.5, 0.05
"""What a decibel of gain into the limiter gives in loudness: a first guess, and the least believed."""

GENTLE_LU = 8.0
"""How far the gentle limiter may be driven before the dense one takes over."""

LIMITING_LU = 18.0
"""How far the dense limiter may be driven; a sound that would need more is refused by what is measured."""

MAX_CORRECTION_DB = 1.0
"""Room for lower ceilings and higher aims in the detector's threshold."""

MAX_CORRECTIONS = 2

CEILING_STEP_DB = 1.0
"""How far a wanted ceiling that costs too much loudness is raised at a time."""

PEAK_MARGIN_DB = 0.1
"""How far below the allowed peak a correction of the ceiling aims."""


@dataclass(frozen=True, slots=True)
class Mastered:
    """What mastering came to; `measured` is of the decoded file."""

    gain_db: float
    corrections: int
    measured: Measurement


def render(
    source: BlockSource, source_rate_hz: int, profile: Profile, gain_db: float, timing: Timing = GENTLE
) -> BlockSource:
    """The sound as the encoder gets it: shaped for the profile, times the gain, limited to its wanted ceiling."""
    return limit(Shaped(source, source_rate_hz, profile).blocks, profile.wanted_ceiling_dbtp, gain_db, timing)


def master(
    mix: BlockSource,
    timeline_rate_hz: int,
    profile: Profile,
    encode: Callable[[Blocks], None],
    decode: Callable[[], BlockSource],
) -> Mastered:
    """Shapes the mix, finds the gain, encodes, decodes, measures, and corrects at most twice; the last encoding stands.

    The gain is first sought on the sound's outline with the limiter at work, which costs a small part of an
    encoding. Peaks are held to the profile's peak to loudness ratio where the loudness can be reached under it,
    else as near to it as it can. Raises SoundError `sound.unmeasurable` for silence or less than 0.4 s, LoudnessError
    `master.level_missed` beyond the profile's tolerance and `master.peak_over` above its true peak.
    """
    shaped = Shaped(mix, timeline_rate_hz, profile)
    search = _Search(shaped, profile)
    ceiling_dbtp, aim_lufs = search.ceiling_dbtp(), profile.target_lufs
    corrections = 0
    while True:
        gain_db, timing, _ = search.gain(aim_lufs, ceiling_dbtp)
        encode(apply(shaped.blocks, search.peaks, ceiling_dbtp, gain_db, timing))
        # Only Broadcast Wave states the highest momentary loudness.
        measured = measure(decode(), profile.rate_hz, true_peak=True, momentary=profile.codec == "wav")
        short_by, over_by = _misses(measured, profile)
        if (abs(short_by) <= min(AIM_LU, profile.tolerance_lu) and over_by <= 0) or corrections == MAX_CORRECTIONS:
            break
        corrections += 1
        aim_lufs += short_by
        if over_by > 0:
            ceiling_dbtp -= over_by + PEAK_MARGIN_DB
    _refuse_misses(measured, profile)
    return Mastered(gain_db, corrections, measured)


class _Search:
    """Finds the gain that brings the limited sound to a loudness, on its outline alone."""

    def __init__(self, shaped: Shaped, profile: Profile) -> None:
        self._source = shaped.blocks
        self._profile = profile
        self._rate_hz = profile.rate_hz
        self._outline = shaped.outline()
        plain = self._outline.integrated_lufs()
        if plain is None:
            raise SoundError("sound.unmeasurable", seconds=round(self._outline.frames / profile.rate_hz, 3))
        self._plain_lufs = plain
        self.peaks = self._peaks(shaped.blocks, profile)
        self._found: dict[tuple[float, float], tuple[float, Timing, bool]] = {}

    def _peaks(self, source: BlockSource, profile: Profile) -> Cells:
        """The cells' peaks, as exactly as the limiter can come to need them."""
        plain_db = profile.target_lufs - self._plain_lufs
        least = gain_of_db(profile.wanted_ceiling_dbtp - MAX_CORRECTION_DB - plain_db)
        if self._outline.sample_peak * greatest_overshoot() <= least:
            return np.zeros(0, np.float32)
        # Where a sample alone is over, the limiter works for certain: no need to look twice.
        if self._outline.sample_peak <= least:
            peaks = cell_peaks(source, least)
            if float(peaks.max()) <= least:
                return peaks
        return cell_peaks(source, least / gain_of_db(LIMITING_LU))

    def ceiling_dbtp(self) -> float:
        """The lowest ceiling, from the wanted one up, under which the limited sound reaches the target."""
        ceiling_dbtp, highest = self._profile.wanted_ceiling_dbtp, self._profile.ceiling_dbtp
        while ceiling_dbtp < highest and not self.gain(self._profile.target_lufs, ceiling_dbtp)[2]:
            ceiling_dbtp = min(highest, ceiling_dbtp + CEILING_STEP_DB)
        return ceiling_dbtp

    def gain(self, target_lufs: float, ceiling_dbtp: float) -> tuple[float, Timing, bool]:
        """The gain in decibels, the limiter's timing, and whether the target is reached.

        The timing is the gentle one unless it would cost too much loudness.
        """
        asked = (target_lufs, ceiling_dbtp)
        if asked not in self._found:
            self._found[asked] = self._gain(target_lufs, ceiling_dbtp)
        return self._found[asked]

    def _gain(self, target_lufs: float, ceiling_dbtp: float) -> tuple[float, Timing, bool]:
        gain_db, reached = self._sought(target_lufs, ceiling_dbtp, GENTLE, GENTLE_LU)
        if reached:
            return gain_db, GENTLE, True
        gain_db, reached = self._sought(target_lufs, ceiling_dbtp, DENSE, LIMITING_LU)
        if not reached:
            return gain_db, DENSE, False
        # So quick a gain does not leave the weighting alone: the outline's error is found once, by ear.
        heard = self._heard(ceiling_dbtp, gain_db)
        gain_db, reached = self._sought(target_lufs + target_lufs - heard, ceiling_dbtp, DENSE, LIMITING_LU)
        return gain_db, DENSE, reached

    def _heard(self, ceiling_dbtp: float, gain_db: float) -> float:
        """The loudness that the dense limiter's sound really has."""
        limited: BlockSource = lambda: apply(self._source, self.peaks, ceiling_dbtp, gain_db, DENSE)  # noqa: E731
        heard = outline(limited, self._rate_hz).integrated_lufs()
        return LOUDNESS_FLOOR_LUFS if heard is None else heard

    def _sought(self, target_lufs: float, ceiling_dbtp: float, timing: Timing, most_lu: float) -> tuple[float, bool]:
        """The gain, at most `most_lu` above what would do without the limiter, and whether it reaches the target."""

        def short_by(gain_db: float) -> float:
            limited = self._outline.limited_lufs(self.peaks, ceiling_dbtp, gain_db, timing)
            return target_lufs - (LOUDNESS_FLOOR_LUFS if limited is None else limited)

        gain_db = low = target_lufs - self._plain_lufs
        high = low + most_lu
        missing = short_by(gain_db)
        # The far end next: where even that is too quiet, nothing between needs a look.
        if missing > ESTIMATE_LU and short_by(high) > ESTIMATE_LU:
            return round(high, 3), False
        # At first a decibel of gain is taken to give half a decibel of loudness, then what the last step gave.
        slope = FIRST_SLOPE
        for _ in range(MAX_STEPS):
            if abs(missing) <= ESTIMATE_LU or high - low < ESTIMATE_LU:
                break
            low, high = (gain_db, high) if missing > 0 else (low, gain_db)
            guess = gain_db + missing / slope
            before, was_missing = gain_db, missing
            gain_db = guess if low < guess < high else (low + high) / 2
            missing = short_by(gain_db)
            slope = max((was_missing - missing) / (gain_db - before), LEAST_SLOPE)
        return round(gain_db, 3), abs(missing) <= ESTIMATE_LU


def _misses(measured: Measurement, profile: Profile) -> tuple[float, float]:
    """How far below the target the loudness lies in LU, and how far above its limit the true peak in dB."""
    if measured.integrated_lufs is None or measured.true_peak_dbtp is None:
        raise SoundError("sound.unmeasurable", seconds=round(measured.duration_s, 3))
    return profile.target_lufs - measured.integrated_lufs, measured.true_peak_dbtp - profile.max_true_peak_dbtp


def _refuse_misses(measured: Measurement, profile: Profile) -> None:
    _, over_by = _misses(measured, profile)
    # The peak first: lowering it is what may have cost the level.
    if over_by > 0:
        raise LoudnessError(
            "master.peak_over",
            profile=profile.id,
            measured_dbtp=measured.true_peak_dbtp,
            allowed_dbtp=profile.max_true_peak_dbtp,
        )
    if not profile.is_on_target(measured.integrated_lufs):
        raise LoudnessError(
            "master.level_missed",
            profile=profile.id,
            measured_lufs=measured.integrated_lufs,
            target_lufs=profile.target_lufs,
            tolerance_lu=profile.tolerance_lu,
        )
