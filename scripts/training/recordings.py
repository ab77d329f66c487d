"""An announcer's recordings in the layout of LJ Speech: `metadata.csv` (name|text[|text as spoken]) and `wavs/`.

Each recording is looked at before hours are spent on it: one clipped or noisy sentence teaches its noise to all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr

from studio.audio.inspect import clipped_runs, find_cues, peak_dbfs
from studio.sound import Samples
from studio.stores.paths import refuse_special
from studio.wiring import open_reader

RATE_HZ = 22_050
LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz"
PUNCTUATION = " !,.:;?-"
SHORTEST_S, LONGEST_S = 0.8, 15.0
"""What a batch can hold: shorter than the piece a vocoder trains on, or longer than a card's memory likes."""
QUIETEST_DBFS = -30.0
LEAST_ABOVE_NOISE_DB = 25.0
"""Loud tenth of a recording above its quiet tenth: a quiet room gives 40 dB and more."""
SLOWEST, FASTEST = 2.0, 8.0
"""Syllables a second that a person reads; beyond, the text is another one than the recording's."""
MARGIN_MS = 50
_STEP_MS = 50
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Recording:
    """One sentence: its sound's file, its text as written and as it is said."""

    name: str
    path: Path
    written: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is thought of a recording: `faults` leave it out, `remarks` are for a person to look at."""

    recording: Recording
    seconds: float
    faults: tuple[str, ...]
    remarks: tuple[str, ...]


def read_folder(folder: Path) -> list[Recording]:
    """The recordings that `metadata.csv` names; raises ValueError naming the line, OSError."""
    # Not `splitlines`: a text may hold other signs that it takes for the end of a line.
    rows = list(_rows(_LINE_END.split(_text(folder / "metadata.csv"))))
    spoken = open_reader().read_lines([text for _, text in rows])
    return [
        Recording(name, folder / "wavs" / f"{name}.wav", text, said)
        for (name, text), said in zip(rows, spoken, strict=True)
    ]


def _text(path: Path) -> str:
    refuse_special(path)
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not UTF-8 text; save it as UTF-8") from error


def _rows(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        columns = [column.strip() for column in line.split("|")]
        if len(columns) not in (2, 3) or not columns[0] or not columns[-1]:
            raise ValueError(f"metadata.csv, line {number}: write name|text or name|text|text as spoken")
        name = columns[0]
        if set(name) & set('/\\:"') or any(unicodedata.category(sign) == "Cc" for sign in name):
            raise ValueError(f"metadata.csv, line {number}: {name!r} is no name of a file without its .wav")
        # Small and capital letters are the same on some disks.
        if name.casefold() in seen:
            raise ValueError(f"metadata.csv, line {number}: the name {name} is used twice")
        seen.add(name.casefold())
        yield name, columns[-1]


def judge(recording: Recording) -> tuple[Verdict, Samples | None]:
    """A verdict, and the sound ready to train on: mono, RATE_HZ, cut to its speech; None where it is left out."""
    try:
        refuse_special(recording.path)
        read, rate_hz = soundfile.read(recording.path, dtype="float32", always_2d=True)
    except (OSError, ValueError, soundfile.LibsndfileError) as error:
        return Verdict(recording, 0.0, (f"cannot be read: {error}",), ()), None
    if not np.isfinite(read).all():
        return Verdict(recording, 0.0, ("holds samples that are no numbers",), ()), None
    if not np.any(read):
        return Verdict(recording, 0.0, ("holds no sound",), ()), None
    samples: Samples = read.mean(axis=1, keepdims=True)
    first, last = find_cues(samples, rate_hz)
    seconds = (last - first) / rate_hz
    faults = (*_sound_faults(read, samples, rate_hz, seconds), *_text_faults(recording, seconds))
    remarks = _remarks(recording)
    if faults:
        return Verdict(recording, seconds, faults, remarks), None
    margin = rate_hz * MARGIN_MS // 1000
    speech = samples[max(0, first - margin) : last + margin]
    return Verdict(recording, seconds, (), remarks), np.asarray(soxr.resample(speech, rate_hz, RATE_HZ), np.float32)


def _sound_faults(read: Samples, samples: Samples, rate_hz: int, seconds: float) -> Iterator[str]:
    if rate_hz < RATE_HZ:
        yield f"was recorded at {rate_hz} Hz, {RATE_HZ} or more are needed"
    if clipped_runs(read):
        yield f"is clipped in {clipped_runs(read)} places"
    if peak_dbfs(samples) < QUIETEST_DBFS:
        yield f"peaks at {peak_dbfs(samples):.1f} dBFS, at least {QUIETEST_DBFS:.0f} are needed"
    elif above_noise_db(samples, rate_hz) < LEAST_ABOVE_NOISE_DB:
        above = above_noise_db(samples, rate_hz)
        yield f"stands {above:.0f} dB above its noise, at least {LEAST_ABOVE_NOISE_DB:.0f} are needed"
    if not SHORTEST_S <= seconds <= LONGEST_S:
        yield f"lasts {seconds:.1f} s, {SHORTEST_S} to {LONGEST_S} are wanted"


def _text_faults(recording: Recording, seconds: float) -> Iterator[str]:
    strange = sorted(set(recording.spoken.lower()) - set(LETTERS + PUNCTUATION))
    if strange or not recording.spoken:
        yield f"its text cannot be said: {' '.join(strange) or 'it is empty'}"
        return
    pace = len(recording.spoken.split()) / max(seconds, 0.01)
    if not SLOWEST <= pace <= FASTEST:
        yield f"{pace:.1f} syllables a second: is the text the recording's?"


def _remarks(recording: Recording) -> tuple[str, ...]:
    same = _words(recording.written) == _words(recording.spoken)
    return () if same else (f"is taken to say: {recording.spoken}",)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())


def above_noise_db(samples: Samples, rate_hz: int) -> float:
    """How far the loudest tenth of a recording's steps stands above its quietest tenth, in dB."""
    step = rate_hz * _STEP_MS // 1000
    whole = samples[: len(samples) // step * step, 0].reshape(-1, step)
    if len(whole) < 10:
        return 0.0
    levels = 10 * np.log10(np.mean(np.square(whole, dtype=np.float64), axis=1) + 1e-12)
    return float(np.quantile(levels, 0.9) - np.quantile(levels, 0.1))
