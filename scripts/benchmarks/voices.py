"""`scripts/bench voices`: how fast voices of true size speak, here and by their engines' own ways."""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts.benchmarks.machine import machine
from scripts.benchmarks.sentences import sentences
from scripts.benchmarks.speaking import (
    Figure,
    booth_at_work,
    booth_from_cold,
    coqui_command,
    coqui_loop,
    engine_alone,
    piper_command,
)

if TYPE_CHECKING:
    from studio.files.card import VoiceCard
    from studio.values.voice import VoiceSpec

LINES = {"cpu": 16, "cuda": 512}
COMMAND_LINES = 2
"""Lines spoken by a command line that starts anew for each: it takes as long for any of them."""


def main(arguments: list[str]) -> None:
    """Runs the benchmark on the CPU, and on a graphics card where there is one; prints a table for each voice."""
    parser = argparse.ArgumentParser(prog="scripts/bench voices", description=__doc__)
    parser.add_argument(
        "--lines", type=int, help=f"sentences; by itself {LINES['cpu']} on a CPU, {LINES['cuda']} on a card"
    )
    parser.add_argument("--device", choices=sorted(LINES), help="only there")
    parser.add_argument("--engine", choices=("coqui", "piper"), help="only this one")
    parser.add_argument("--json", type=Path, help="also write the figures there")
    asked = parser.parse_args(arguments)
    if importlib.util.find_spec("TTS") is None:
        sys.exit("bench voices: needs the neural set: python3 scripts/studio setup neural")
    import torch

    found = [device for device in LINES if device == "cpu" or torch.cuda.is_available()]
    if asked.device and asked.device not in found:
        sys.exit(f"bench voices: torch finds no {asked.device} here")
    figures: dict[str, Any] = {"machine": machine(), "torch": str(torch.__version__)}
    print(figures["machine"], f"torch {torch.__version__}", sep=", ")
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for device in [asked.device] if asked.device else found:
            lines = _lines(asked.lines or LINES[device])
            for name, table in _tables(asked.engine, device, lines, Path(folder) / device):
                _print(f"{name} on {_device_name(device)}", table)
                figures[f"{name}, {device}"] = [asdict(each) for each in table]
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=2, ensure_ascii=False), encoding="utf-8")


def _lines(count: int) -> list[str]:
    from studio.wiring import open_reader

    return list(open_reader().read_lines(sentences(count)))


def _tables(engine: str | None, device: str, lines: list[str], models: Path) -> Iterator[tuple[str, list[Figure]]]:
    if engine != "piper":
        yield "VITS by Coqui", _vits(device, lines, models)
    if engine != "coqui" and importlib.util.find_spec("piper") is not None:
        table = _piper(device, lines, models)
        if table:
            yield "Piper, medium", table


def _vits(device: str, lines: list[str], models: Path) -> list[Figure]:
    from scripts.benchmarks.vitsmodel import MODEL, RATE_HZ, write_voice

    card = write_voice(models / "toc-do-vits")
    checkpoint = models / card.folder / MODEL
    table = [coqui_loop(lines, checkpoint, RATE_HZ, device)]
    if device == "cpu":
        table.append(coqui_command(lines[:COMMAND_LINES], checkpoint, RATE_HZ))
    for precision in ["float32"] if device == "cpu" else ["float32", "float16"]:
        voice = _resolved(card.model_copy(update={"settings": {"precision": precision}}), models, device)
        table += [*engine_alone(lines, voice), booth_at_work(lines, voice, _workers(device))]
    return table


def _piper(device: str, lines: list[str], models: Path) -> list[Figure]:
    """On a card only where ONNX Runtime is the build for cards."""
    from scripts.benchmarks.pipermodel import MODEL, write_piper_voice
    from scripts.benchmarks.vitsmodel import RATE_HZ

    card = write_piper_voice(models / "toc-do-piper")
    voice = _resolved(card, models, device)
    if voice.device != device:
        return []
    ours = [*engine_alone(lines, voice), booth_at_work(lines, voice, _workers(device))]
    if device != "cpu":
        return ours
    command = piper_command(lines, models / card.folder / MODEL, RATE_HZ)
    return [command, *ours, booth_from_cold(lines, voice, _workers(device))]


def _resolved(card: VoiceCard, models: Path, device: str) -> VoiceSpec:
    from studio.engines.registry import EngineRegistry
    from studio.stores.weights import FolderWeights

    FolderWeights(models).verify(card)
    return EngineRegistry(device=device).resolve(card, models / card.folder, 1.0)


def _workers(device: str) -> int:
    from studio.wiring import GPU_WORKERS

    return (os.cpu_count() or 1) if device == "cpu" else GPU_WORKERS


def _device_name(device: str) -> str:
    import torch

    return str(torch.cuda.get_device_name(0)) if device == "cuda" else "the CPU"


def _print(name: str, table: list[Figure]) -> None:
    print(f"\n{name:44} {'sound s':>9} {'took s':>9} {'s per s':>9} {'× first':>7} {'cores s':>8}")
    for each in table:
        cores = "" if each.cores_s is None else f"{each.cores_s:.1f}"
        print(
            f"{each.way:44} {each.sound_s:9.1f} {each.took_s:9.1f} "
            f"{each.speed:9.2f} {each.speed / table[0].speed:7.2f} {cores:>8}"
        )
