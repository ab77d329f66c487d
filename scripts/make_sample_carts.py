#!/usr/bin/env python3
"""Makes the sample carts: original tones in D major pentatonic, the same bytes on every run.

Usage: make_sample_carts.py [FOLDER]   (default: samples/carts beside the scripts)
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 48_000
BEAT_S = 0.5

# A bed lies under speech anyway, and a lower level makes its file smaller.
PEAKS = {"nhac-nen": 0.12}

Wave = NDArray[np.float64]

# Steps of D major pentatonic above D4: D E F# A B.
SCALE = (0, 2, 4, 7, 9)
D4_HZ = 293.6648

# (beat, degree, beats held): degree 5 is D5. The opening climbs, answers and comes to rest on D.
OPENING = (
    (0, 0, 1), (1, 2, 1), (2, 3, 1.5), (3.5, 4, 0.5), (4, 5, 2), (6, 3, 1), (7, 4, 1), (8, 3, 1), (9, 2, 1),
    (10, 1, 1.5), (11.5, 2, 0.5), (12, 3, 2), (14, 5, 1), (15, 6, 1), (16, 7, 2), (18, 5, 4),
)  # fmt: skip
CLOSING = ((0, 7, 1), (1, 5, 1), (2, 4, 1), (3, 3, 1.5), (4.5, 2, 0.5), (5, 3, 1), (6, 1, 2), (8, 0, 4))
STING = ((0, 3, 0.5), (0.5, 5, 0.5), (1, 7, 1.5))

# Chords as degrees below or around the tune: D, Bm7, Asus, D.
CHORDS = ((-5, 0, 2), (-6, 0, 2), (-7, -4, 1), (-5, 0, 2))


def hz(degree: int) -> float:
    """Frequency of a degree of the scale, 0 being D4, in equal temperament."""
    octave, step = divmod(degree, len(SCALE))
    return float(D4_HZ * 2.0 ** (octave + SCALE[step] / 12))


def bell(frequency_hz: float, seconds: float) -> Wave:
    """A struck tone: partials that die away, the higher the sooner."""
    t = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    tone = np.zeros(t.size)
    for partial, level, decay in ((1, 1.0, 1.6), (2, 0.45, 2.6), (3, 0.22, 4.0), (4.02, 0.1, 6.5), (6.03, 0.05, 10)):
        tone += level * np.exp(-decay * t) * np.sin(2 * np.pi * frequency_hz * partial * t)
    attack, release = int(0.004 * RATE_HZ), int(0.15 * RATE_HZ)
    tone[:attack] *= np.linspace(0, 1, attack)
    tone[-release:] *= np.linspace(1, 0, release) ** 2
    return tone


def string(frequency_hz: float, seconds: float) -> Wave:
    """A soft sustained tone of two slightly different strings, swelling and fading."""
    t = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    tone = np.zeros(t.size)
    for detune in (0.9985, 1.0015):
        for partial in range(1, 6):
            tone += np.sin(2 * np.pi * frequency_hz * detune * partial * t + partial * detune) / partial**2.2
    return tone * np.sin(np.pi * np.minimum(1, np.arange(t.size) / t.size)) ** 0.7


def lay(canvas: Wave, at_s: float, tone: Wave, level: float) -> None:
    """Adds a tone to the canvas, as far as it fits."""
    start = int(at_s * RATE_HZ)
    part = tone[: max(0, canvas.size - start)]
    canvas[start : start + part.size] += level * part


def tune(notes: Sequence[tuple[float, int, float]], seconds: float, chord_beats: float) -> Wave:
    """A melody of struck tones over slow chords, ending in its own decay."""
    canvas = np.zeros(int(seconds * RATE_HZ))
    for beat, degree, held in notes:
        lay(canvas, beat * BEAT_S, bell(hz(degree + 5), held * BEAT_S + 1.2), 0.5)
        lay(canvas, beat * BEAT_S, bell(hz(degree), held * BEAT_S + 1.2), 0.18)
    last_beat = notes[-1][0]
    for number, beat in enumerate(np.arange(0, last_beat + 0.1, chord_beats)):
        chord = CHORDS[0] if beat + chord_beats > last_beat else CHORDS[number % len(CHORDS)]
        for degree in chord:
            lay(canvas, beat * BEAT_S, string(hz(degree), (chord_beats + 0.6) * BEAT_S), 0.10)
    fade = int(0.4 * RATE_HZ)
    canvas[-fade:] *= np.cos(np.linspace(0, np.pi / 2, fade)) ** 2
    return canvas


def bed(seconds: int) -> Wave:
    """Calm chords that overlap around the end, so that the loop has no seam."""
    canvas = np.zeros(seconds * RATE_HZ)
    each_s, over_s = seconds / len(CHORDS), 2.0
    for number, chord in enumerate(CHORDS):
        for degree in chord:
            tone = 0.16 * string(hz(degree), each_s + 2 * over_s)
            tone += 0.05 * string(hz(degree + 5), each_s + 2 * over_s)
            start = int((number * each_s - over_s) * RATE_HZ)
            at = (start + np.arange(tone.size)) % canvas.size
            np.add.at(canvas, at, tone)
    return canvas


def attention(seconds: float) -> Wave:
    """The tone before an emergency: two pitches in turn, half a second each, that a horn carries well."""
    canvas = np.zeros(int(seconds * RATE_HZ))
    edge = np.sin(np.linspace(0, np.pi / 2, int(0.01 * RATE_HZ))) ** 2
    for number in range(int(seconds / BEAT_S)):
        t = np.arange(int(BEAT_S * RATE_HZ)) / RATE_HZ
        frequency_hz = (D4_HZ * 2, D4_HZ * 3)[number % 2]
        note = np.sin(2 * np.pi * frequency_hz * t) + 0.3 * np.sin(2 * np.pi * frequency_hz * 3 * t)
        note[: edge.size] *= edge
        note[-edge.size :] *= edge[::-1]
        lay(canvas, number * BEAT_S, note, 1.0)
    return canvas


def carts() -> dict[str, Wave]:
    """Each cart by its name."""
    return {
        "nhac-hieu": tune(OPENING, 12.0, 4),
        "nhac-cat": tune(STING, 1.6, 4),
        "nhac-nen": bed(18),
        "nhac-ket": tune(CLOSING, 8.0, 4),
        "bao-khan": attention(6.0),
    }


def main(arguments: Sequence[str]) -> int:
    """Writes the carts as FLAC, 48 kHz, 16 bit, mono."""
    import soundfile

    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parent.parent / "samples" / "carts"
    folder.mkdir(parents=True, exist_ok=True)
    for name, wave in carts().items():
        path = folder / f"{name}.flac"
        samples = np.rint(wave / np.abs(wave).max() * PEAKS.get(name, 0.5) * 32767).astype(np.int16)
        soundfile.write(path, samples, RATE_HZ, subtype="PCM_16", format="FLAC", compression_level=1.0)
        print(f"{path}  {samples.size / RATE_HZ:.1f} s  {path.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
