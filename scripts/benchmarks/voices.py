"""`scripts/bench voices`: how fast a full-size VITS speaks, here and by Coqui's own `TTS.tts()` in a loop."""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from scripts.benchmarks.machine import machine
from scripts.benchmarks.sentences import sentences

LINES = {"cpu": 16, "cuda": 512}


@dataclass(frozen=True, slots=True)
class Figure:
    """One way of speaking all lines: seconds of sound, seconds they took, and this process's seconds on its cores.

    Where other programs share the machine the last tells more; what workers use is not counted.
    """

    way: str
    sound_s: float
    took_s: float
    cores_s: float | None

    @property
    def speed(self) -> float:
        """Seconds of sound in one second."""
        return self.sound_s / self.took_s


def main(arguments: list[str]) -> None:
    """Runs the benchmark on the CPU, and on a graphics card where there is one; prints a table for each."""
    parser = argparse.ArgumentParser(prog="scripts/bench voices", description=__doc__)
    parser.add_argument(
        "--lines", type=int, help=f"sentences; by itself {LINES['cpu']} on a CPU, {LINES['cuda']} on a card"
    )
    parser.add_argument("--device", choices=sorted(LINES), help="only there")
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
            table = _measure(device, asked.lines or LINES[device], Path(folder) / device)
            _print(device, table)
            figures[device] = [asdict(each) for each in table]
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=2, ensure_ascii=False), encoding="utf-8")


def _measure(device: str, count: int, models: Path) -> list[Figure]:
    from scripts.benchmarks.vitsmodel import write_voice
    from studio.engines.registry import EngineRegistry
    from studio.stores.weights import FolderWeights
    from studio.wiring import open_reader

    card = write_voice(models / "toc-do")
    FolderWeights(models).verify(card)
    lines = list(open_reader().read_lines(sentences(count)))
    registry = EngineRegistry(device=device)
    table = [_loop(lines, models / card.folder, device)]
    precisions = ["float32"] if device == "cpu" else ["float32", "float16"]
    for precision in precisions:
        changed = card.model_copy(update={"settings": {"precision": precision}})
        voice = registry.resolve(changed, models / card.folder, 1.0)
        table += [*_engine(lines, voice), _booth(lines, voice)]
    return table


def _loop(lines: list[str], folder: Path, device: str) -> Figure:
    """As Coqui's documents say: its door, one text after the other, with as many threads as torch likes."""
    import torch

    from scripts.benchmarks.vitsmodel import MODEL, RATE_HZ
    from studio.engines.torchaudio_compat import ensure_torchaudio

    torch.set_num_threads(os.cpu_count() or 1)
    ensure_torchaudio()
    from TTS.api import TTS

    voice = TTS(model_path=str(folder / MODEL), config_path=str(folder / "config.json"), progress_bar=False).to(device)

    def speak(texts: Iterable[str]) -> float:
        return sum(len(voice.tts(text, split_sentences=False)) for text in texts) / RATE_HZ

    return _timed("TTS.tts() in a loop", speak, lines)


def _engine(lines: list[str], voice: Any) -> list[Figure]:
    from studio.engines.coqui import CoquiEngine
    from studio.sound import Sound
    from studio.values.voice import SpeechRequest

    engine = CoquiEngine()

    def one_by_one(texts: Iterable[str]) -> float:
        return sum(engine.speak(SpeechRequest(text, voice)).seconds for text in texts)

    def together(texts: Iterable[str]) -> float:
        heard = engine.speak_many([SpeechRequest(text, voice) for text in texts])
        return sum(sound.seconds for sound in heard if isinstance(sound, Sound))

    threads = ", 1 thread" if voice.device == "cpu" else ""
    return [
        _timed(f"engine, line by line{threads}, {voice.precision}", one_by_one, lines),
        _timed(f"engine, in batches{threads}, {voice.precision}", together, lines),
    ]


def _booth(lines: list[str], voice: Any) -> Figure:
    """As the studio produces: workers that are up already."""
    from studio.booths.local import LocalBooth
    from studio.values.voice import SpeechRequest
    from studio.wiring import GPU_WORKERS

    workers = (os.cpu_count() or 1) if voice.device == "cpu" else GPU_WORKERS
    with LocalBooth(workers) as booth:

        def speak(texts: Iterable[str]) -> float:
            return sum(sound.seconds for sound in booth.speak(SpeechRequest(text, voice) for text in texts))

        # Other speeds are other voices: each worker gets a line of its own to load the model for.
        for turn in range(workers):
            list(booth.speak([SpeechRequest(lines[0], replace(voice, speed=1.0 + turn / 100))] * workers))
        return _timed(f"booth of {workers} workers, {voice.precision}", speak, lines, in_process=False)


def _timed(way: str, speak: Callable[[Iterable[str]], float], lines: list[str], *, in_process: bool = True) -> Figure:
    speak(lines[:1])
    since, own_since = time.perf_counter(), time.process_time()
    sound_s = speak(lines)
    took_s, cores_s = time.perf_counter() - since, time.process_time() - own_since
    return Figure(way, sound_s, took_s, cores_s if in_process else None)


def _print(device: str, table: list[Figure]) -> None:
    import torch

    name = torch.cuda.get_device_name(0) if device == "cuda" else "CPU"
    print(f"\n{name}: {'way':44} {'sound s':>9} {'took s':>9} {'s per s':>9} {'× loop':>7} {'cores s':>8}")
    for each in table:
        cores = "" if each.cores_s is None else f"{each.cores_s:.1f}"
        print(
            f"{'':{len(name) + 1}} {each.way:44} {each.sound_s:9.1f} {each.took_s:9.1f} "
            f"{each.speed:9.2f} {each.speed / table[0].speed:7.2f} {cores:>8}"
        )
