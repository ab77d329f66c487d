"""Shaping for loudspeakers: what the filters let through, and what the compressor does to a crest factor."""

from __future__ import annotations

import numpy as np
import pytest

from studio.audio.compressor import fitting, reduction_db
from studio.audio.mastering import master
from studio.audio.meter import integrated_of_blocks, measure
from studio.audio.shaping import Shaped
from studio.files.profile import Compression, Profile
from studio.sound import Blocks, BlockSource, Samples

RATE_HZ = 48_000
PLAIN = Profile(
    id="g", name="Gốc", codec="wav", rate_hz=RATE_HZ, sample_bits=24, target_lufs=-16, max_true_peak_dbtp=-1
)
BAND = PLAIN.model_copy(update={"high_pass_hz": 250, "low_pass_hz": 8_000})
CURVE = Compression()
HORN = BAND.model_copy(update={"compression": CURVE, "max_plr_lu": 9.0})


def tone(hz: float, seconds: float = 2.0) -> Samples:
    at = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    return np.asarray(0.25 * np.sin(2 * np.pi * hz * at), np.float32)[:, np.newaxis]


def voice(seconds: float = 12.0) -> Samples:
    """Pulses at a man's pitch through two resonances, in syllables of changing stress, with pauses."""
    at = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    since = (at * 115 % 1.0) / 115
    pulses = np.exp(-since * 350) * (np.sin(2 * np.pi * 520 * since) + 0.6 * np.sin(2 * np.pi * 1500 * since))
    stress = np.abs(np.sin(2 * np.pi * 2.1 * at)) * (0.35 + 0.65 * np.abs(np.sin(2 * np.pi * 0.37 * at)))
    return np.asarray(0.4 * pulses * stress * (at % 3.0 < 2.5), np.float32)[:, np.newaxis]


def source(sound: Samples, size: int = 0) -> BlockSource:
    step = size or sound.shape[0]
    return lambda: iter([sound[at : at + step] for at in range(0, sound.shape[0], step)])


def heard(blocks: Blocks) -> Samples:
    return np.concatenate(list(blocks))


def crest_db(sound: Samples) -> float:
    """Highest sample over the gated RMS of pieces of 100 ms."""
    hop = RATE_HZ // 10
    powers = np.square(sound[: sound.shape[0] // hop * hop, 0].astype(np.float64)).reshape(-1, hop).mean(axis=1)
    level = integrated_of_blocks((10 * np.log10(powers + 1e-20)).tolist())
    assert level is not None
    return float(20 * np.log10(np.abs(sound).max()) - level)


@pytest.mark.parametrize(
    ("hz", "least_db", "most_db"),
    [
        (50, 50, 70),
        (100, 30, 34),
        (250, 2.5, 3.5),
        (500, 0, 0.1),
        (1_000, 0, 0.1),
        (4_000, 0, 0.1),
        (8_000, 2.5, 3.5),
        (12_000, 15, 25),
    ],
)
def test_the_band_of_a_horn(hz: float, least_db: float, most_db: float) -> None:
    middle = slice(RATE_HZ // 2, RATE_HZ)
    came, went = heard(Shaped(source(tone(hz)), RATE_HZ, BAND).blocks()), tone(hz)
    lost_db = 20 * np.log10(went[middle].std() / came[middle].std())
    assert least_db - 0.01 <= lost_db <= most_db


def test_without_shaping_nothing_changes() -> None:
    assert np.array_equal(heard(Shaped(source(voice()), RATE_HZ, PLAIN).blocks()), voice())
    plain = HORN.unshaped
    assert (plain.high_pass_hz, plain.low_pass_hz, plain.compression) == (None, None, None)
    assert plain.wanted_ceiling_dbtp == HORN.wanted_ceiling_dbtp


def test_the_crest_factor_falls_and_the_length_stays() -> None:
    sound = voice()
    went = heard(Shaped(source(sound), RATE_HZ, HORN).blocks())
    assert went.shape == sound.shape
    assert crest_db(sound) > CURVE.crest_db + 2
    assert crest_db(went) < crest_db(sound) - 1.5


def test_a_horn_gets_a_crest_factor_of_eight_to_ten() -> None:
    kept: list[Samples] = []

    def encode(blocks: Blocks) -> None:
        kept[:] = [heard(blocks)]

    mastered = master(source(voice()), RATE_HZ, HORN, encode, lambda: source(kept[0]))
    assert mastered.measured.integrated_lufs == pytest.approx(-16, abs=0.1)
    assert mastered.measured.true_peak_dbtp is not None
    assert mastered.measured.true_peak_dbtp <= HORN.wanted_ceiling_dbtp + 0.05
    assert 8 <= crest_db(kept[0]) <= 10


def test_peaks_stay_higher_where_the_level_could_not_be_reached() -> None:
    sound = np.concatenate([voice() * np.float32(0.05), voice(3.0)])
    kept: list[Samples] = []

    def encode(blocks: Blocks) -> None:
        kept[:] = [heard(blocks)]

    tight = HORN.model_copy(update={"max_plr_lu": 8.0, "compression": None})
    mastered = master(source(sound), RATE_HZ, tight, encode, lambda: source(kept[0]))
    assert mastered.measured.integrated_lufs == pytest.approx(-16, abs=0.1)
    assert mastered.measured.true_peak_dbtp is not None
    assert tight.wanted_ceiling_dbtp < mastered.measured.true_peak_dbtp <= tight.max_true_peak_dbtp


def test_the_result_does_not_depend_on_blocks() -> None:
    expected = heard(Shaped(source(voice()), RATE_HZ, HORN).blocks())
    for size in (441, 7_919, 100_000):
        assert np.array_equal(heard(Shaped(source(voice(), size), RATE_HZ, HORN).blocks()), expected)


@pytest.mark.parametrize("sound", [tone(1_000), np.zeros((RATE_HZ, 1), np.float32), voice(0.3)])
def test_what_needs_no_compression_gets_none(sound: Samples) -> None:
    assert fitting(source(sound), RATE_HZ, CURVE)[0] is None


def test_the_threshold_lies_no_lower_than_the_loudness() -> None:
    hardest = Compression(crest_db=6.0)
    squeeze, plain = fitting(source(voice()), RATE_HZ, hardest)
    loudness = plain.integrated_lufs()
    assert squeeze is not None
    assert loudness is not None
    assert squeeze.threshold_db == pytest.approx(loudness, abs=0.001)


def test_the_outline_of_the_compressed_sound_is_found_without_hearing_it() -> None:
    went = Shaped(source(voice()), RATE_HZ, HORN)
    measured = measure(went.blocks, RATE_HZ, true_peak=False).integrated_lufs
    assert went.outline().integrated_lufs() == pytest.approx(measured, abs=0.05)
    assert went.outline().sample_peak == pytest.approx(np.abs(heard(went.blocks())).max(), rel=0.02)


def test_the_curve_is_a_ratio_with_a_soft_knee() -> None:
    levels = np.array([-60, -33.1, -30, -27, -10, 0], np.float32)
    reduced = reduction_db(levels, -30.0, CURVE)
    assert reduced == pytest.approx([0, 0, -0.375, -1.5, -10, -15], abs=1e-3)
    hard = reduction_db(levels, -30.0, Compression(knee_db=0, ratio=4))
    assert hard == pytest.approx([0, 0, 0, -2.25, -15, -22.5], abs=1e-3)
    assert np.all(np.diff(levels + reduction_db(levels, -30.0, CURVE)) > 0)


def test_the_gain_is_down_before_a_peak_comes() -> None:
    sound = tone(1_000, 4.0)
    sound[2 * RATE_HZ : 2 * RATE_HZ + 2_400] *= 3.9
    squeeze, _ = fitting(source(sound), RATE_HZ, Compression(crest_db=6.0))
    assert squeeze is not None
    gains = squeeze.gains(0, squeeze.peaks_db.size)
    start = 2 * RATE_HZ // 64
    assert gains[start] == pytest.approx(gains.min(), abs=1e-6)
    assert 20 * np.log10(gains[start + 10]) == pytest.approx(
        reduction_db(squeeze.peaks_db[start + 10 : start + 11], squeeze.threshold_db, squeeze.curve)[0], abs=0.01
    )
    assert gains[start - 40] == pytest.approx(gains[100], abs=1e-4)
