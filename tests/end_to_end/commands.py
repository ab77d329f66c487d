"""The command line as a technician's script calls it, and what it says it did."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DAY = "2026-01-05"


def environment(desk: Path) -> dict[str, str]:
    return {**os.environ, "STUDIO_HOME": str(desk / "home"), "STUDIO_WORKERS": "2", "PYTHONPATH": str(ROOT)}


def studio(desk: Path, *arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "studio", *arguments],
        env=environment(desk),
        cwd=desk,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=240,
        check=False,
    )


def produce(desk: Path, file: str = "ban-tin.toml", *more: str) -> subprocess.CompletedProcess[str]:
    return studio(desk, "produce", file, "--out", "out", "--date", DAY, *more)


def lines_of(done: subprocess.CompletedProcess[str]) -> tuple[int, int]:
    """Lines spoken and reused, as the last line of stderr says."""
    last = done.stderr.strip().splitlines()[-1]
    found = re.fullmatch(r"(\d+) lines: (\d+) spoken, (\d+) reused", last)
    assert found, done.stderr
    assert int(found[1]) == int(found[2]) + int(found[3])
    return int(found[2]), int(found[3])


def masters_made(done: subprocess.CompletedProcess[str]) -> int:
    found = re.search(r"masters: (\d+) made", done.stderr)
    assert found, done.stderr
    return int(found[1])
