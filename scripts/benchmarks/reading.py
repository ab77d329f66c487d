"""`scripts/bench reading`: how a reader reads a table of pairs, by class, and how fast this one is."""

from __future__ import annotations

import argparse
import shlex
import statistics
import subprocess
import sys
import time
from pathlib import Path

from scripts.benchmarks.machine import machine
from scripts.benchmarks.scoring import Pair, read_pairs, score
from scripts.benchmarks.sentences import sentences

ROOT = Path(__file__).resolve().parents[2]
OWN = [sys.executable, "-m", "studio", "read", "--lines", "-"]


def main(arguments: list[str]) -> None:
    """Runs what was asked and prints tables."""
    parser = argparse.ArgumentParser(prog="scripts/bench reading", description=__doc__)
    parser.add_argument("--pairs", type=Path, action="append", default=[], help="a table: class, written, spoken")
    parser.add_argument("--peer", action="append", default=[], metavar="COMMAND", help="another reader, line for line")
    parser.add_argument("--misses", action="store_true", help="print what was missed")
    parser.add_argument("--speed", action="store_true", help="characters a second, and the time of one line")
    asked = parser.parse_args(arguments)
    print(machine())
    for path in asked.pairs:
        pairs = read_pairs(path)
        for command in (OWN, *(shlex.split(peer) for peer in asked.peer)):
            _print_shares(path, command, pairs, asked.misses and command is OWN, by_class=command is OWN)
    if asked.speed:
        _print_speed()


def _print_shares(path: Path, command: list[str], pairs: list[Pair], misses: bool, *, by_class: bool) -> None:
    shares, missed = score(pairs, _heard(command, [pair.written for pair in pairs]))
    print(f"\n{path.name} by {'this reader' if command is OWN else ' '.join(command)}")
    for kind in sorted(shares, key=lambda kind: (kind == "all", kind)):
        share = shares[kind]
        if by_class or kind == "all":
            exact, folded = 100 * share.exact / share.count, 100 * share.folded / share.count
            print(f"{kind:32} n={share.count:4} exact {exact:5.1f} % folded {folded:5.1f} %")
    if misses:
        for pair, spoken in missed:
            print(f"[{pair.kind}] {pair.written}\n    wanted {pair.spoken}\n    read   {spoken}")


def _heard(command: list[str], lines: list[str]) -> list[str]:
    written = "".join(line + "\n" for line in lines)
    done = subprocess.run(
        command, cwd=ROOT, input=written, capture_output=True, text=True, encoding="utf-8", check=True, timeout=600
    )
    return done.stdout.split("\n")[:-1]


def _print_speed() -> None:
    from studio.wiring import open_reader

    text = "\n".join(sentences(10_000))[:1_000_000]
    reader = open_reader()
    since = time.perf_counter()
    script = reader.read(text)
    seconds = time.perf_counter() - since
    print(
        f"\n{len(text)} characters in {len(script.utterances)} lines, caches empty: {len(text) / seconds:,.0f} a second"
    )
    line = []
    for _ in range(10):
        since = time.perf_counter()
        _heard(OWN, ["Quyết định số 15/2026/QĐ-UBND ngày 05/3/2026."])
        line.append(time.perf_counter() - since)
    print(f"one line, whole process: median of ten {statistics.median(line):.3f} s")
