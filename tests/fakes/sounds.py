"""Sounds made up for tests: takes, carts, readers."""

from __future__ import annotations

import struct
import wave
from pathlib import Path

import numpy as np

from studio.ports import CartInfo, SoundReader
from studio.sound import Samples
from studio.values.timeline import Source
from studio.values.voice import TakeInfo

TAKE_RATE_HZ = 22_050


class Held:
    """A sound in memory as a reader that notes how much was read at once."""

    def __init__(self, samples: Samples, rate_hz: int) -> None:
        self._samples = samples
        self.rate_hz = rate_hz
        self.frames = samples.shape[0]
        self.largest_read = 0

    def read(self, start: int, frames: int) -> Samples:
        self.largest_read = max(self.largest_read, frames)
        return self._samples[start : start + frames]


class Shelf:
    """Sounds by key, opened like a store's."""

    def __init__(self) -> None:
        self.readers: dict[str, Held] = {}
        self.opened: list[str] = []

    def take(self, key: str, seconds: float = 1.0, hz: float = 220.0, level: float = 0.2) -> TakeInfo:
        """A tone that beats like syllables, between two silences of 100 ms."""
        at = np.arange(int(seconds * TAKE_RATE_HZ)) / TAKE_RATE_HZ
        tone = level * np.sin(2 * np.pi * hz * at) * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * at))
        edge = TAKE_RATE_HZ // 10
        samples = np.pad(tone, edge).astype(np.float32)[:, np.newaxis]
        self.readers[key] = Held(samples, TAKE_RATE_HZ)
        return TakeInfo(key, f"digest-{key}", TAKE_RATE_HZ, samples.shape[0], edge, edge + at.size, -14.0)

    def cart(self, key: str, samples: Samples, integrated_lufs: float = -20.0) -> CartInfo:
        self.readers[key] = Held(samples, 48_000)
        return CartInfo(key, key, 48_000, samples.shape[0], 0, samples.shape[0], integrated_lufs)

    def open(self, source: Source) -> SoundReader:
        self.opened.append(source.key)
        return self.readers[source.key]


def tone(hz: float, seconds: float, level: float, rate_hz: int = 48_000) -> Samples:
    at = np.arange(int(seconds * rate_hz)) / rate_hz
    return (level * np.sin(2 * np.pi * hz * at)).astype(np.float32)[:, np.newaxis]


def eight_bits(path: Path, samples: Samples, rate_hz: int) -> None:
    """A WAV file as the oldest recorders wrote it: one unsigned byte a sample."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(rate_hz)
        file.writeframes(np.rint(samples[:, 0] * 127 + 128).astype(np.uint8).tobytes())


def long_silence(path: Path, hours: int, rate_hz: int = 4_000) -> Path:
    """A whole WAV file of so many hours that takes no room on the disk: all but its header is a hole."""
    frames = hours * 3_600 * rate_hz
    with path.open("wb") as file:
        file.write(struct.pack("<4sI8sIHHIIHH4sI", b"RIFF", 36 + frames, b"WAVEfmt ", 16, 1, 1, rate_hz, rate_hz, 1, 8,
                               b"data", frames))  # fmt: skip
        file.truncate(44 + frames)
    return path
