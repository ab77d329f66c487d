"""Converts a sound file once: samples at the studio's rate in 24 bits, with length, level, peak and cue points."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from studio.audio.blocks import BLOCK_FRAMES, in_blocks
from studio.audio.meter import Meter
from studio.errors import SoundError
from studio.files.cart import LEAST_CART_MS
from studio.sound import FULL_SCALE_24_BITS as FULL_SCALE
from studio.sound import Samples
from studio.stores.durable import hidden_beside, written_beside
from studio.stores.sound.encoder import unwritten
from studio.stores.sound.prepare import prepared
from studio.units import STUDIO_RATE_HZ, gain_of_db
from studio.values.loudness import Measurement

CUE_BELOW_PEAK_DB = -40.0
SILENT_DBFS = -60.0

CELL_FRAMES = 64
"""Peaks are kept, and cue points lie, on this grid (1.3 ms)."""

EDGE_CELLS = 76
"""100 ms at either end, in which a constant offset that begins or ends there rings; no cart is so short."""


@dataclass(frozen=True, slots=True, eq=False)
class Converted:
    """What is known of a converted sound, and the file that holds it under a name of its own.

    `cells` holds the peak of every CELL_FRAMES frames.
    """

    file: Path
    digest: str
    frames: int
    cue_in: int
    cue_out: int
    integrated_lufs: float
    true_peak_dbtp: float
    cells: Samples


def convert(path: Path, ffmpeg: str, folder: Path) -> Converted:
    """Writes a sound file's samples as mono FLAC into `folder`, whole or not at all, for the caller to move.

    Raises SoundError `cart.*` naming the file for one that is damaged, silent, too short, too long or no
    sound, and StorageError.
    """
    import soundfile

    peaks, meter, digest = _Peaks(), Meter(STUDIO_RATE_HZ, true_peak=True), hashlib.sha256()
    # Its name is its digest, known only at the end, and several processes may hear the same file at once.
    to = hidden_beside(folder / "cart.flac")
    with written_beside(to) as beside:
        try:
            with soundfile.SoundFile(beside, "w", STUDIO_RATE_HZ, 1, subtype="PCM_24", format="FLAC") as file:
                for block in in_blocks(prepared(path, ffmpeg), BLOCK_FRAMES):
                    whole_numbers = np.clip(np.rint(block * FULL_SCALE), -FULL_SCALE, FULL_SCALE - 1)
                    file.write(whole_numbers.astype(np.int32) << 8)
                    kept = (whole_numbers / FULL_SCALE).astype(np.float32)
                    digest.update(kept.astype("<f4").tobytes())
                    meter.push(kept)
                    peaks.push(kept)
        except soundfile.LibsndfileError as error:
            raise unwritten(error, beside) from error
        heard = meter.result()
        _check(path, peaks, heard)
    cue_in, cue_out = peaks.cues()
    assert heard.integrated_lufs is not None
    assert heard.true_peak_dbtp is not None
    return Converted(
        file=to,
        digest=digest.hexdigest(),
        frames=peaks.frames,
        cue_in=cue_in,
        cue_out=cue_out,
        integrated_lufs=heard.integrated_lufs,
        true_peak_dbtp=heard.true_peak_dbtp,
        cells=peaks.cells,
    )


class _Peaks:
    """Length, mean, and the highest and lowest samples of short cells."""

    def __init__(self) -> None:
        self.frames = 0
        self._sum = 0.0
        self._highs: list[Samples] = []
        self._lows: list[Samples] = []

    def push(self, block: Samples) -> None:
        """Hears a block; all but the last hold whole cells."""
        self.frames += block.shape[0]
        self._sum += float(block.sum(dtype=np.float64))
        padded = np.pad(block[:, 0], (0, -block.shape[0] % CELL_FRAMES), "edge").reshape(-1, CELL_FRAMES)
        self._highs.append(padded.max(axis=1))
        self._lows.append(padded.min(axis=1))

    @property
    def cells(self) -> Samples:
        """The peak of each cell."""
        return self._peaks_around(0.0)

    @property
    def is_silent(self) -> bool:
        """Whether nothing sounds once a constant offset is taken away: nobody hears that."""
        sounding = self._peaks_around(self._sum / max(self.frames, 1))[EDGE_CELLS:-EDGE_CELLS]
        return float(sounding.max(initial=0.0)) < gain_of_db(SILENT_DBFS)

    def _peaks_around(self, offset: float) -> Samples:
        """How far each cell goes from an offset."""
        if not self._highs:
            return np.zeros(1, np.float32)
        highs, lows = np.concatenate(self._highs), np.concatenate(self._lows)
        return np.asarray(np.maximum(np.abs(highs - offset), np.abs(lows - offset)), np.float32)

    def cues(self) -> tuple[int, int]:
        """The first frame of the first cell within 40 dB of the highest, and the frame after the last such cell."""
        cells = self.cells
        loud = np.flatnonzero(cells >= cells.max() * gain_of_db(CUE_BELOW_PEAK_DB))
        return int(loud[0]) * CELL_FRAMES, min(self.frames, (int(loud[-1]) + 1) * CELL_FRAMES)


def _check(path: Path, peaks: _Peaks, heard: Measurement) -> None:
    _check_length(path, peaks.frames)
    if peaks.is_silent or heard.integrated_lufs is None or heard.true_peak_dbtp is None:
        raise SoundError("cart.silent", path=path.name)
    cue_in, cue_out = peaks.cues()
    _check_length(path, cue_out - cue_in)


def _check_length(path: Path, frames: int) -> None:
    if frames * 1000 < LEAST_CART_MS * STUDIO_RATE_HZ:
        seconds = round(frames / STUDIO_RATE_HZ, 3)
        raise SoundError("cart.too_short", path=path.name, seconds=seconds, least_s=LEAST_CART_MS / 1000)
