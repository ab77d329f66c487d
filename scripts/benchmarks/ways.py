"""Ways to bring a file to a level: the studio's, two-pass loudnorm, ffmpeg-normalize; and encoding alone, the floor."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.files.profile import Profile

ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 3_600
TOGETHER = "--together"


@dataclass(frozen=True, slots=True)
class Run:
    """One file made: wall seconds, peak memory of the largest processes, corrections, or why it was refused."""

    seconds: float
    peak_mb: float
    corrections: int = 0
    refused: str | None = None


Way = Callable[[Sequence[tuple[Path, Path]], Profile], list[Run]]
"""Makes each second file of each first; one after another."""


def shipped_profile(profile_id: str) -> Profile:
    """A profile as it is shipped, whatever the unit has of its own."""
    from studio.stores.tomlfiles import read_toml

    return read_toml(ROOT / "outlets" / "profiles" / f"{profile_id}.toml", Profile, "profile")


def ways() -> dict[str, Way]:
    """The ways that can be walked here, by name."""
    found: dict[str, Way] = {"studio": studio, "two-pass loudnorm": loudnorm}
    if shutil.which("ffmpeg-normalize"):
        found["ffmpeg-normalize"] = ffmpeg_normalize
    return found


def studio(pairs: Sequence[tuple[Path, Path]], profile: Profile) -> list[Run]:
    """The whole chain: filter, compression, gain, limiter, encode, decode, measure, correct."""
    names = [str(path) for pair in pairs for path in pair]
    said = _run([sys.executable, "-m", "scripts.benchmarks.master_one", profile.id, *names])[0]
    return _read(said)


def studio_by_segments(segments: Sequence[Path], out: Path, profile: Profile) -> Run:
    """The same chain as it is used: a programme's segments side by side on all cores, then joined."""
    names = [str(path) for path in (out, *segments)]
    said = _run([sys.executable, "-m", "scripts.benchmarks.master_one", profile.id, TOGETHER, *names])[0]
    return _read(said)[0]


def loudnorm(pairs: Sequence[tuple[Path, Path]], profile: Profile) -> list[Run]:
    """ffmpeg's filter, its second pass told what the first found and asked to stay linear."""
    return [_loudnorm(mix, out, profile) for mix, out in pairs]


def ffmpeg_normalize(pairs: Sequence[tuple[Path, Path]], profile: Profile) -> list[Run]:
    """The program of that name, at the same target and encoding."""
    environment = {"FFMPEG_PATH": ffmpeg()}
    asked = ["-t", str(profile.target_lufs), "-tp", str(profile.max_true_peak_dbtp), "-f", *_encoding(profile)[1]]
    runs = []
    for mix, out in pairs:
        since = time.perf_counter()
        _, _, peak_mb = _run(["ffmpeg-normalize", str(mix), "-o", str(out), *asked], environment)
        runs.append(Run(time.perf_counter() - since, peak_mb))
    return runs


def encode_alone(pairs: Sequence[tuple[Path, Path]], profile: Profile) -> list[Run]:
    """No level set at all: what no way can go under."""
    runs = []
    for mix, out in pairs:
        since = time.perf_counter()
        _, _, peak_mb = _run([ffmpeg(), "-v", "error", "-y", "-i", str(mix), *_encoding(profile)[0], str(out)])
        runs.append(Run(time.perf_counter() - since, peak_mb))
    return runs


def ffmpeg() -> str:
    """The binary that the studio uses too."""
    import imageio_ffmpeg

    return str(imageio_ffmpeg.get_ffmpeg_exe())


def _read(said: str) -> list[Run]:
    found = map(json.loads, said.splitlines())
    return [Run(run["seconds"], run["peak_mb"], run.get("corrections", 0), run.get("refused")) for run in found]


def _loudnorm(mix: Path, out: Path, profile: Profile) -> Run:
    target = f"loudnorm=I={profile.target_lufs}:TP={profile.max_true_peak_dbtp}:LRA=11"
    since = time.perf_counter()
    first = [ffmpeg(), "-hide_banner", "-nostats", "-i", str(mix), "-af", f"{target}:print_format=json"]
    _, words, first_mb = _run([*first, "-f", "null", "-"])
    found = json.loads(words[words.rindex("{") : words.rindex("}") + 1])
    second = (
        f"{target}:linear=true:measured_I={found['input_i']}:measured_TP={found['input_tp']}"
        f":measured_LRA={found['input_lra']}:measured_thresh={found['input_thresh']}:offset={found['target_offset']}"
    )
    command = [ffmpeg(), "-v", "error", "-y", "-i", str(mix), "-af", second, *_encoding(profile)[0], str(out)]
    _, _, second_mb = _run(command)
    return Run(time.perf_counter() - since, max(first_mb, second_mb))


def _encoding(profile: Profile) -> tuple[list[str], list[str]]:
    """How ffmpeg and how ffmpeg-normalize are told rate, channels and bit rate."""
    rate, bits = str(profile.rate_hz), str(profile.bit_rate_bps)
    plain = ["-ar", rate, "-ac", "1", "-c:a", "libmp3lame", "-b:a", bits]
    return plain, ["-ar", rate, "-c:a", "libmp3lame", "-b:a", bits]


def _run(command: list[str], environment: dict[str, str] | None = None) -> tuple[str, str, float]:
    """Standard output, standard error, and peak memory in MB; a process between notes that of its largest child."""
    given = {**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})}
    watched = [sys.executable, "-m", "scripts.benchmarks.watched", *command]
    done = subprocess.run(
        watched, cwd=ROOT, env=given, capture_output=True, text=True, encoding="utf-8", check=True, timeout=LIMIT_S
    )
    words, _, last = done.stderr.rstrip("\n").rpartition("\n")
    return done.stdout, words, float(last.split()[1])
