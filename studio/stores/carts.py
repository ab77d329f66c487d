"""Prepared carts: found by name, converted once, kept by the digest of their samples."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from studio.audio.blocks import BLOCK_FRAMES, in_blocks
from studio.audio.meter import Meter
from studio.errors import InputError, SoundError, StorageError
from studio.fingerprint import fingerprint
from studio.ports import CartInfo
from studio.sound import Samples
from studio.stores.durable import write_bytes, written_beside
from studio.stores.sound.encoder import unwritten
from studio.stores.sound.prepare import prepared
from studio.stores.soundfiles import FfmpegSoundFiles
from studio.units import STUDIO_RATE_HZ, gain_of_db

EXTENSIONS = (".wav", ".flac", ".mp3", ".ogg", ".m4a")

RECIPE = 1
"""Raised when the way from a file to its prepared samples changes."""

CUE_BELOW_PEAK_DB = -40.0
SILENT_DBFS = -60.0
LEAST_SECONDS = 0.4

CUE_FRAMES = 64
"""Cue points lie on this grid (1.3 ms)."""

FULL_SCALE = 2**23
"""Samples are kept with 24 bits, which float32 holds exactly."""


class FileCartStore:
    """Fulfils the port `CartStore`: samples in `<home>/carts/<digest>.flac`, what is known of them beside.

    `folders` are searched for a cart named without a folder, the unit's own first.
    """

    def __init__(self, home: Path, folders: Sequence[Path], sounds: FfmpegSoundFiles) -> None:
        self._kept = home / "carts"
        self._folders = tuple(folders)
        self._sounds = sounds

    def prepare(self, reference: str, beside: Path) -> CartInfo:
        """Finds a cart, and converts, checks and measures it unless this very file was prepared before.

        `reference` is a path seen from the folder `beside`, or a name (its extension may be left out) in the
        cart folders. Raises InputError `cart.not_found` naming where it was looked for, SoundError `cart.*`
        for a file that is damaged, silent, too short, too long or no sound, and StorageError.
        """
        path = self._find(reference, beside)
        memo = self._kept / "seen" / f"{self._seen_key(path)}.json"
        known = self._known(memo)
        if known is not None:
            return known
        info = self._convert(path)
        text = json.dumps(asdict(info), ensure_ascii=False, sort_keys=True)
        write_bytes(self._kept / f"{info.digest}.json", text.encode())
        write_bytes(memo, text.encode())
        return info

    def reader(self, digest: str) -> FlacReader:
        """Reads a prepared cart; raises SoundError `cart.damaged` where it is gone."""
        return FlacReader(self._kept / f"{digest}.flac")

    def _find(self, reference: str, beside: Path) -> Path:
        folders = [beside if beside.is_dir() else beside.parent]
        if Path(reference).name == reference:
            folders.extend(self._folders)
        for folder in folders:
            for name in (reference, *(reference + extension for extension in EXTENSIONS)):
                path = folder / name
                if path.is_file() and path.suffix.lower() in EXTENSIONS:
                    return path
        raise InputError("cart.not_found", reference=reference, folders=", ".join(map(str, folders)))

    def _seen_key(self, path: Path) -> str:
        state = path.stat()
        where = str(path.resolve())
        return fingerprint(
            {"recipe": RECIPE, "path": where, "size_bytes": state.st_size, "mtime_ns": state.st_mtime_ns}
        )

    def _known(self, memo: Path) -> CartInfo | None:
        try:
            info = CartInfo(**json.loads(memo.read_bytes()))
        except (OSError, ValueError, TypeError):
            # Never seen, or a memo of another make: the cart is prepared again.
            return None
        return info if (self._kept / f"{info.digest}.flac").is_file() else None

    def _convert(self, path: Path) -> CartInfo:
        import soundfile

        shape, meter, digest = _Shape(), Meter(STUDIO_RATE_HZ, true_peak=False), hashlib.sha256()
        # The samples' name is their digest, known only at the end: they are written under another one first.
        unnamed = self._kept / "seen" / f"{self._seen_key(path)}.flac"
        with written_beside(unnamed) as beside:
            try:
                with soundfile.SoundFile(beside, "w", STUDIO_RATE_HZ, 1, subtype="PCM_24", format="FLAC") as file:
                    for block in in_blocks(prepared(path, self._sounds.ffmpeg), BLOCK_FRAMES):
                        whole_numbers = np.clip(np.rint(block * FULL_SCALE), -FULL_SCALE, FULL_SCALE - 1)
                        file.write(whole_numbers.astype(np.int32) << 8)
                        kept = (whole_numbers / FULL_SCALE).astype(np.float32)
                        digest.update(kept.astype("<f4").tobytes())
                        meter.push(kept)
                        shape.push(kept)
            except soundfile.LibsndfileError as error:
                raise unwritten(error, beside) from error
            info = _checked(path, shape, meter, digest.hexdigest())
        try:
            unnamed.replace(self._kept / f"{info.digest}.flac")
        except OSError as error:
            raise StorageError.of(error, unnamed) from error
        return info


class FlacReader:
    """Random access to a prepared cart: opens the file for each read, holds nothing."""

    def __init__(self, path: Path) -> None:
        import soundfile

        self._path = path
        try:
            info = soundfile.info(path)
        except soundfile.LibsndfileError as error:
            raise SoundError("cart.damaged", path=path.name, reason=str(error)) from error
        self.rate_hz = int(info.samplerate)
        self.frames = int(info.frames)

    def read(self, start: int, frames: int) -> Samples:
        """float32 (n, 1); raises SoundError `cart.damaged` where fewer can be read than the file states."""
        import soundfile

        wanted = max(0, min(frames, self.frames - start))
        try:
            samples: Samples = soundfile.read(self._path, wanted, start, dtype="float32", always_2d=True)[0]
        except soundfile.LibsndfileError as error:
            raise SoundError("cart.damaged", path=self._path.name, reason=str(error)) from error
        if samples.shape[0] != wanted:
            raise SoundError("cart.damaged", path=self._path.name, reason=f"{samples.shape[0]} of {wanted} frames")
        return samples


class _Shape:
    """Length, peak, and where sound lies, by the peaks of short cells."""

    def __init__(self) -> None:
        self.frames = 0
        self._cells: list[Samples] = []

    def push(self, block: Samples) -> None:
        """Hears a block; all but the last hold whole cells."""
        self.frames += block.shape[0]
        padded = np.pad(block[:, 0], (0, -block.shape[0] % CUE_FRAMES))
        self._cells.append(np.abs(padded).reshape(-1, CUE_FRAMES).max(axis=1))

    def peak_and_cues(self) -> tuple[float, int, int]:
        """The peak (linear), the first frame of the first loud cell and the frame after the last one."""
        cells = np.concatenate(self._cells) if self._cells else np.zeros(1, np.float32)
        peak = float(cells.max())
        loud = np.flatnonzero(cells >= peak * gain_of_db(CUE_BELOW_PEAK_DB))
        return peak, int(loud[0]) * CUE_FRAMES, min(self.frames, (int(loud[-1]) + 1) * CUE_FRAMES)


def _checked(path: Path, shape: _Shape, meter: Meter, digest: str) -> CartInfo:
    seconds = shape.frames / STUDIO_RATE_HZ
    if seconds < LEAST_SECONDS:
        raise SoundError("cart.too_short", path=path.name, seconds=round(seconds, 3), least_s=LEAST_SECONDS)
    peak, cue_in, cue_out = shape.peak_and_cues()
    integrated_lufs = meter.result().integrated_lufs
    if peak < gain_of_db(SILENT_DBFS) or integrated_lufs is None:
        raise SoundError("cart.silent", path=path.name)
    if cue_out - cue_in < LEAST_SECONDS * STUDIO_RATE_HZ:
        heard_s = (cue_out - cue_in) / STUDIO_RATE_HZ
        raise SoundError("cart.too_short", path=path.name, seconds=round(heard_s, 3), least_s=LEAST_SECONDS)
    return CartInfo(digest, path.name, int(STUDIO_RATE_HZ), shape.frames, cue_in, cue_out, integrated_lufs)
