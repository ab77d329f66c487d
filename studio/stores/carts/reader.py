"""Random access to a prepared cart."""

from __future__ import annotations

from pathlib import Path

from studio.errors import SoundError
from studio.sound import Samples


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
