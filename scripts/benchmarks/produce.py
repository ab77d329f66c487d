"""`scripts/bench produce`: a programme of distinct sentences, cold, warm and with one word changed."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scripts.benchmarks.chain import run_chain
from scripts.benchmarks.machine import machine
from scripts.benchmarks.sentences import sentences

ROOT = Path(__file__).resolve().parents[2]
SECONDS_A_SENTENCE = 10.0
SENTENCES_AN_ITEM = 12


def main(arguments: list[str]) -> None:
    """Runs the benchmark and prints its table."""
    parser = argparse.ArgumentParser(prog="scripts/bench produce", description=__doc__)
    parser.add_argument("--minutes", type=float, default=15.0)
    parser.add_argument("--json", type=Path, help="also write the figures there")
    asked = parser.parse_args(arguments)
    count = max(SENTENCES_AN_ITEM, round(asked.minutes * 60 / SECONDS_A_SENTENCE))
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        figures = _measure(sentences(count), Path(folder))
    _print(figures)
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=2), encoding="utf-8")


def _measure(lines: list[str], folder: Path) -> dict[str, float | str | None]:
    figures: dict[str, float | str | None] = {"lines": len(lines)}
    rundown = folder / "chuong-trinh.toml"
    spoken = _spoken(lines)
    for name, changed in (("cold", False), ("warm", False), ("one word changed", True)):
        _write_rundown(rundown, lines, changed=changed)
        seconds, delivered, memory_mb = _produce(rundown, folder)
        figures[f"{name} s"], figures[f"{name} peak MB"] = seconds, memory_mb
        whole = next(delivered.glob("loa-chuong-trinh.mp3"))
    level = _level(whole)
    figures["programme min"] = level["duration_s"] / 60
    figures["programme LUFS"] = level["integrated_lufs"]
    figures["bare engine s"] = _bare_engine(spoken)
    espeak = shutil.which("espeak-ng")
    if espeak:
        chain = folder / "chain"
        chain.mkdir()
        since = time.perf_counter()
        out = run_chain(spoken, chain, _ffmpeg(), espeak)
        figures["scripted chain s"] = time.perf_counter() - since
        figures["scripted chain LUFS"] = _level(out)["integrated_lufs"]
    return figures


def _write_rundown(path: Path, lines: list[str], *, changed: bool) -> None:
    parts = ['title = "Chương trình"', 'unit = "Đài thử"']
    for start in range(0, len(lines), SENTENCES_AN_ITEM):
        text = "\n".join(lines[start : start + SENTENCES_AN_ITEM])
        if changed and start == 0:
            text = text.replace("phường", "xã", 1)
        parts += ["[[items]]", f'title = "Tin {start // SENTENCES_AN_ITEM + 1}"', f'text = """\n{text}\n"""']
    path.write_text("\n".join(parts) + "\n", encoding="utf-8")


def _produce(rundown: Path, folder: Path) -> tuple[float, Path, float]:
    """Wall seconds, the delivery, and the peak resident memory of the program and its largest child (MB)."""
    environment = {**os.environ, "STUDIO_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(ROOT / "scripts" / "benchmarks" / "peak.py")]
    command += ["produce", str(rundown), "--out", str(folder / "out"), "--profile", "loa", "--date", "2026-01-01"]
    since = time.perf_counter()
    done = subprocess.run(
        command, env=environment, check=True, capture_output=True, text=True, encoding="utf-8", timeout=1800
    )
    seconds = time.perf_counter() - since
    memory = [float(line.split()[1]) for line in done.stderr.splitlines() if line.startswith("peak-mb")]
    return seconds, Path(done.stdout.strip()), memory[0]


def _spoken(lines: list[str]) -> list[str]:
    from studio.wiring import open_reader

    return list(open_reader().read_lines(lines))


def _bare_engine(spoken: list[str]) -> float:
    from studio.cli.opening import environment_settings
    from studio.engines.registry import EngineRegistry
    from studio.values.voice import SpeechRequest
    from studio.wiring import DEFAULT_VOICE, open_studio

    studio = open_studio(environment_settings())
    card = studio.voices.card(DEFAULT_VOICE)
    voice = studio.engines.resolve(card, studio.voices.weights(card), card.speed)
    engine = EngineRegistry().load(voice.engine)
    since = time.perf_counter()
    for line in spoken:
        engine.speak(SpeechRequest(line, voice))
    return time.perf_counter() - since


def _level(path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "studio", "measure", str(path)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=600)
    return dict(json.loads(done.stdout))


def _ffmpeg() -> str:
    import imageio_ffmpeg

    return str(imageio_ffmpeg.get_ffmpeg_exe())


def _print(figures: dict[str, float | str | None]) -> None:
    print(machine())
    for name, value in figures.items():
        print(f"{name:28} {value:10.2f}" if isinstance(value, float) else f"{name:28} {value:>10}")
    cold, changed = figures["cold s"], figures["one word changed s"]
    assert isinstance(cold, float)
    assert isinstance(changed, float)
    bare, chain = figures["bare engine s"], figures.get("scripted chain s")
    assert isinstance(bare, float)
    print(f"{'cold / bare engine':28} {cold / bare:10.2f}")
    if isinstance(chain, float):
        print(f"{'scripted chain / cold':28} {chain / cold:10.2f}")
        print(f"{'scripted chain / changed':28} {chain / changed:10.2f}")
    else:
        print("scripted chain: not run, the command espeak-ng is not installed")
