"""`scripts/bench sound`: how near the target a decoded file comes, how fast, and in how much memory."""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.benchmarks.machine import machine
from scripts.benchmarks.mixes import Mix, make_mixes, write_programme, write_segments
from scripts.benchmarks.ways import Run, Way, encode_alone, shipped_profile, studio_by_segments, ways
from studio.audio.meter import measure
from studio.files.profile import Profile
from studio.stores.soundfiles import FfmpegSoundFiles

AIM_LU = 0.1


@dataclass(frozen=True, slots=True)
class Outcome:
    """One decoded file: LU off the target and dB over the peak allowed; None where refused or silent."""

    off_lu: float | None
    peak_over_db: float | None
    run: Run


def main(arguments: list[str]) -> None:
    """Runs the benchmark and prints its tables."""
    parser = argparse.ArgumentParser(prog="scripts/bench sound", description=__doc__)
    parser.add_argument("--profile", default="loa", help="a shipped profile in MP3 (%(default)s)")
    parser.add_argument("--minutes", type=float, nargs="*", default=[15.0, 60.0], help="lengths of the programmes")
    parser.add_argument("--no-mixes", action="store_true", help="time the programmes only")
    parser.add_argument("--json", type=Path, help="also write the figures there")
    asked = parser.parse_args(arguments)
    profile = shipped_profile(asked.profile)
    if profile.codec != "mp3":
        parser.error("the other ways are told of MP3 only")
    figures: dict[str, object] = {"machine": machine()}
    print(machine())
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        if not asked.no_mixes:
            figures["mixes"] = _mixes(folder, profile)
        figures["programmes"] = [_programme(folder, minutes, profile) for minutes in asked.minutes]
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=2), encoding="utf-8")


def _mixes(folder: Path, profile: Profile) -> dict[str, object]:
    mixes = make_mixes(folder)
    print(f"\n{len(mixes)} mixes to {profile.target_lufs} LUFS, {profile.max_true_peak_dbtp} dBTP, decoded")
    figures: dict[str, object] = {}
    for name, way in ways().items():
        outcomes = _outcomes(way, [mix.path for mix in mixes], profile)
        _print_accuracy(name, mixes, outcomes)
        figures[name] = [
            {"kind": mix.kind, "off_lu": outcome.off_lu, "peak_over_db": outcome.peak_over_db, "s": outcome.run.seconds}
            | ({"refused": outcome.run.refused} if outcome.run.refused else {})
            for mix, outcome in zip(mixes, outcomes, strict=True)
        ]
    return figures


def _programme(folder: Path, minutes: float, profile: Profile) -> dict[str, object]:
    path = folder / "programme.wav"
    write_programme(path, minutes)
    print(f"\nprogramme of {minutes:g} minutes{'':14} s   x real   peak MB   off by LU   peak over dB")
    figures: dict[str, object] = {"minutes": minutes}
    segments = write_segments(path)

    def by_segments(pairs: Sequence[tuple[Path, Path]], profile: Profile) -> list[Run]:
        return [studio_by_segments(segments, out, profile) for _, out in pairs]

    for name, way in {"studio, by segments": by_segments, **ways(), "encoding alone": encode_alone}.items():
        (outcome,) = _outcomes(way, [path], profile)
        run = outcome.run
        speed = minutes * 60 / run.seconds
        level = "" if name == "encoding alone" else f"{_shown(outcome.off_lu)}  {_shown(outcome.peak_over_db)}"
        print(f"{name:28} {run.seconds:9.1f} {speed:8.0f} {run.peak_mb:9.0f}   {level}")
        figures[name] = {"s": run.seconds, "peak_mb": run.peak_mb, "off_lu": outcome.off_lu}
    return figures


def _outcomes(way: Way, mixes: Sequence[Path], profile: Profile) -> list[Outcome]:
    pairs = [(mix, mix.with_name(f"{mix.stem}-out.mp3")) for mix in mixes]
    runs = way(pairs, profile)
    sounds = FfmpegSoundFiles()
    outcomes = []
    for (_, out), run in zip(pairs, runs, strict=True):
        if run.refused:
            outcomes.append(Outcome(None, None, run))
            continue
        heard = measure(sounds.decode(out), profile.rate_hz, true_peak=True)
        off = None if heard.integrated_lufs is None else heard.integrated_lufs - profile.target_lufs
        over = None if heard.true_peak_dbtp is None else heard.true_peak_dbtp - profile.max_true_peak_dbtp
        outcomes.append(Outcome(off, over, run))
        out.unlink()
    return outcomes


def _print_accuracy(name: str, mixes: Sequence[Mix], outcomes: Sequence[Outcome]) -> None:
    offs = [abs(outcome.off_lu) for outcome in outcomes if outcome.off_lu is not None]
    near = sum(off <= AIM_LU for off in offs)
    over = sum(outcome.peak_over_db is not None and outcome.peak_over_db > 0 for outcome in outcomes)
    corrected = sum(outcome.run.corrections > 0 for outcome in outcomes)
    seconds = sum(outcome.run.seconds for outcome in outcomes)
    print(
        f"{name:20} within {AIM_LU} LU {near} of {len(outcomes)}, worst {max(offs, default=0):.2f}, "
        f"median {statistics.median(offs or [0]):.3f}; peak over {over}; refused {len(outcomes) - len(offs)}; "
        f"corrected {corrected}; {seconds:.1f} s"
    )
    by_kind: dict[str, list[str]] = defaultdict(list)
    for mix, outcome in zip(mixes, outcomes, strict=True):
        by_kind[mix.kind].append(_shown(outcome.off_lu) if outcome.run.refused is None else outcome.run.refused)
    for kind, shown in by_kind.items():
        print(f"    {kind:22} {'  '.join(shown)}")


def _shown(value: float | None) -> str:
    return "   --" if value is None else f"{value:+.2f}"
