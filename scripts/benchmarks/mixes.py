"""Fifty varied mixes, and programmes of any length, all made here: whispers, clipped speech, carts of odd kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scripts.benchmarks.sentences import sentences
from studio.audio.blocks import in_blocks, mono, resampled
from studio.sound import Blocks, Samples
from studio.stores.soundfiles import FfmpegSoundFiles
from studio.units import STUDIO_RATE_HZ, gain_of_db

VARIANTS = 5
"""Mixes of each kind."""

LINES = 40
"""Spoken sentences that the mixes draw from: some five minutes."""

SEGMENT_MINUTES = 3
"""Of a programme: a bulletin's length."""

TELEPHONE_HZ, STUDIO_HIGH_HZ, CD_HZ = 8_000, 96_000, 44_100


@dataclass(frozen=True, slots=True)
class Mix:
    """One mix by the name of its kind: mono at the studio's rate, as a file."""

    kind: str
    path: Path


def make_mixes(folder: Path) -> list[Mix]:
    """Writes the mixes into `folder`; the same sound every time."""
    lines = spoken(LINES)
    made = []
    for kind, make in KINDS.items():
        for number in range(VARIANTS):
            path = folder / f"{kind.replace(' ', '-')}-{number}.wav"
            _write(path, iter([make(_Maker(lines, folder, number))]))
            made.append(Mix(kind, path))
    return made


def write_segments(whole: Path) -> list[Path]:
    """A programme in files of SEGMENT_MINUTES beside it, the last one maybe shorter."""
    paths = []
    blocks = in_blocks(FfmpegSoundFiles().decode(whole)(), 60 * STUDIO_RATE_HZ * SEGMENT_MINUTES)
    for number, block in enumerate(blocks):
        paths.append(whole.with_name(f"segment-{number:02d}.wav"))
        _write(paths[-1], iter([block]))
    return paths


def write_programme(path: Path, minutes: float) -> None:
    """Speech with pauses, a jingle each minute and a bed, written in blocks: one minute is held at a time."""
    maker = _Maker(spoken(LINES), path.parent, 0)
    minute = 60 * STUDIO_RATE_HZ

    def blocks() -> Blocks:
        left = round(minutes * minute)
        number = 0
        while left > 0:
            block = _fitted(np.concatenate([maker.jingle(4.0), maker.over_bed(56.0, number)]), minute)[:left]
            left -= block.shape[0]
            number += 7
            yield block * np.float32(gain_of_db(3.0 * np.sin(number)))

    _write(path, blocks())


def spoken(count: int) -> list[Samples]:
    """So many sentences in the default voice, at the studio's rate."""
    from studio.cli.opening import environment_settings
    from studio.engines.registry import EngineRegistry
    from studio.values.voice import SpeechRequest
    from studio.wiring import DEFAULT_VOICE, open_reader, open_studio

    studio = open_studio(environment_settings())
    card = studio.voices.card(DEFAULT_VOICE)
    voice = studio.engines.resolve(card, studio.voices.weights(card), card.speed)
    engine = EngineRegistry().load(voice.engine)
    said = []
    for line in open_reader().read_lines(sentences(count)):
        sound = engine.speak(SpeechRequest(line, voice))
        said.append(np.concatenate(list(resampled(iter([sound.samples]), sound.rate_hz, STUDIO_RATE_HZ))))
    return said


class _Maker:
    """Makes the parts of one mix; `number` varies level, length and chance."""

    def __init__(self, lines: list[Samples], folder: Path, number: int) -> None:
        self.number = number
        self.chance = np.random.default_rng(1_000 + number)
        self._lines = lines
        self._folder = folder

    def speech(self, seconds: float, pause_s: float = 0.4, start: int = 0) -> Samples:
        """Sentences with pauses, cut or filled to the length."""
        pieces: list[Samples] = []
        frames, wanted = 0, round(seconds * STUDIO_RATE_HZ)
        at = start + 3 * self.number
        while frames < wanted:
            pieces += [self._lines[at % len(self._lines)], _silence(pause_s)]
            frames += pieces[-2].shape[0] + pieces[-1].shape[0]
            at += 1
        return _fitted(np.concatenate(pieces), wanted)

    def jingle(self, seconds: float, rate_hz: int = STUDIO_RATE_HZ, channels: int = 1) -> Samples:
        """Chords with a hard start, wide in stereo, up to the rate's upper end."""
        at = np.arange(round(seconds * rate_hz)) / rate_hz
        sides = []
        for side in range(channels):
            chord = np.zeros(at.size)
            for harmonic in range(1, 40):
                pitch = 131.0 * harmonic * (1.0 + 0.002 * side)
                if pitch < 0.45 * rate_hz:
                    chord += np.sin(2 * np.pi * pitch * at + harmonic * (1 + side)) / harmonic
            sides.append(chord * np.exp(-3.0 * (at % 0.5)) * 0.3)
        return np.stack(sides, axis=1).astype(np.float32)

    def over_bed(self, seconds: float, start: int = 0) -> Samples:
        """Speech with music 15 dB under it."""
        bed = self.jingle(seconds) * np.float32(gain_of_db(-22.0))
        mixed: Samples = self.speech(seconds, start=start) + bed
        return mixed

    def from_cart(self, rate_hz: int, channels: int, seconds: float) -> Samples:
        """A cart written at its own rate and read back as the studio reads carts."""
        import soundfile

        path = self._folder / "cart.wav"
        soundfile.write(path, self.jingle(seconds, rate_hz, channels), rate_hz, subtype="PCM_24")
        read = FfmpegSoundFiles().decode(path, STUDIO_RATE_HZ)
        cart: Samples = np.concatenate([mono(block) for block in read()])
        path.unlink()
        return cart


def _whisper(maker: _Maker) -> Samples:
    """Noise with the swell of speech, near the floor of a cheap microphone."""
    speech = maker.speech(12.0)
    noise = maker.chance.standard_normal(speech.shape).astype(np.float32)
    swell = np.convolve(np.abs(speech[:, 0]), np.ones(480, np.float32) / 480, mode="same")[:, np.newaxis]
    whispered: Samples = noise * swell * np.float32(gain_of_db(-24.0 - 5.0 * maker.number))
    return whispered


def _clipped(maker: _Maker) -> Samples:
    over = np.float32(gain_of_db(8.0 + 4.0 * maker.number))
    return np.asarray(np.clip(maker.speech(15.0) * over, -0.99, 0.99), np.float32)


def _silence_heavy(maker: _Maker) -> Samples:
    quiet = _silence(20.0 + 8.0 * maker.number)
    parts: Samples = np.concatenate([quiet, maker.speech(3.0), quiet, maker.speech(2.0, start=9), quiet])
    return parts


def _short(maker: _Maker) -> Samples:
    return maker.speech(3.0) * np.float32(gain_of_db(-4.0 * maker.number))


def _cart(rate_hz: int, channels: int) -> Callable[[_Maker], Samples]:
    def make(maker: _Maker) -> Samples:
        cart = maker.from_cart(rate_hz, channels, 4.0 + maker.number)
        loud = np.float32(gain_of_db(-6.0 * (maker.number - 2)))
        return np.concatenate([np.clip(cart * loud, -1, 1), maker.speech(10.0)])

    return make


def _levels_jump(maker: _Maker) -> Samples:
    quiet, loud = np.float32(gain_of_db(-20.0 - 2.0 * maker.number)), np.float32(gain_of_db(4.0))
    return np.concatenate([maker.speech(6.0) * quiet, maker.speech(6.0, start=5) * loud])


def _peaky(maker: _Maker) -> Samples:
    """Quiet speech with single clicks at full scale."""
    mixed = maker.speech(15.0) * np.float32(gain_of_db(-18.0))
    mixed[maker.chance.integers(0, mixed.shape[0], 5 + 10 * maker.number)] = 0.98
    return mixed


def _plain(maker: _Maker) -> Samples:
    return maker.speech(20.0 + 10.0 * maker.number, pause_s=0.3 + 0.2 * maker.number)


def _bedded(maker: _Maker) -> Samples:
    return np.concatenate([maker.jingle(5.0), maker.over_bed(25.0)])


KINDS: dict[str, Callable[[_Maker], Samples]] = {
    "plain speech": _plain,
    "speech over a bed": _bedded,
    "whisper": _whisper,
    "clipped speech": _clipped,
    "silence-heavy": _silence_heavy,
    "3 s item": _short,
    "8 kHz cart": _cart(TELEPHONE_HZ, 1),
    "96 kHz cart": _cart(STUDIO_HIGH_HZ, 1),
    "stereo cart": _cart(CD_HZ, 2),
    "levels jump, clicks": lambda maker: (_levels_jump if maker.number % 2 else _peaky)(maker),
}


def _silence(seconds: float) -> Samples:
    return np.zeros((round(seconds * STUDIO_RATE_HZ), 1), np.float32)


def _fitted(samples: Samples, frames: int) -> Samples:
    return np.pad(samples, ((0, max(0, frames - samples.shape[0])), (0, 0)))[:frames]


def _write(path: Path, blocks: Iterator[Samples]) -> None:
    import soundfile

    with soundfile.SoundFile(path, "w", STUDIO_RATE_HZ, 1, subtype="FLOAT", format="WAV") as file:
        for block in blocks:
            file.write(block)
