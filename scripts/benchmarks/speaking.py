"""Ways to speak lines: an engine alone, the booth's workers, Coqui's own door, and the engines' own command lines."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from studio.values.voice import SpeechRequest, VoiceSpec

LIMIT_S = 3_600


@dataclass(frozen=True, slots=True)
class Figure:
    """One way of speaking all lines: seconds of sound, seconds they took, and this process's seconds on its cores.

    Where other programs share the machine the last tells more; what other processes use is not counted.
    """

    way: str
    sound_s: float
    took_s: float
    cores_s: float | None

    @property
    def speed(self) -> float:
        """Seconds of sound in one second."""
        return self.sound_s / self.took_s


def coqui_loop(lines: Sequence[str], checkpoint: Path, rate_hz: int, device: str) -> Figure:
    """As Coqui's documents say: its door, one text after the other, with as many threads as torch likes."""
    import torch

    from studio.engines.torchaudio_compat import ensure_torchaudio

    torch.set_num_threads(os.cpu_count() or 1)
    ensure_torchaudio()
    from TTS.api import TTS

    config = checkpoint.with_name("config.json")
    voice = TTS(model_path=str(checkpoint), config_path=str(config), progress_bar=False).to(device)

    def speak(texts: Iterable[str]) -> float:
        return sum(len(voice.tts(text, split_sentences=False)) for text in texts) / rate_hz

    return _timed("TTS.tts() in a loop", speak, lines)


def coqui_command(lines: Sequence[str], checkpoint: Path, rate_hz: int) -> Figure:
    """Coqui's command line, which takes one text a call and loads its model each time; sound of `lines` by it."""
    took_s = sound_s = 0.0
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        out = Path(folder) / "line.wav"
        config = str(checkpoint.with_name("config.json"))
        for line in lines:
            command = [sys.executable, "-c", _TTS, "--model_path", str(checkpoint), "--config_path", config]
            took_s += _run([*command, "--text", line, "--out_path", str(out)], b"")[0]
            sound_s += _seconds(out)
    return Figure("its own command line, a call a line", sound_s, took_s, None)


def piper_command(lines: Sequence[str], model: Path, rate_hz: int) -> Figure:
    """Piper's command line, all lines in one call, with as many threads as ONNX Runtime likes."""
    command = [sys.executable, "-m", "piper", "-m", str(model), "--output-raw"]
    took_s, raw = _run(command, "\n".join(lines).encode())
    return Figure("its own command line, all lines in one call", len(raw) / 2 / rate_hz, took_s, None)


def engine_alone(lines: Sequence[str], voice: VoiceSpec) -> list[Figure]:
    """Line by line in this process, and in batches where the engine can."""
    from studio.engines.registry import EngineRegistry, SpeaksMany
    from studio.sound import Sound

    engine = EngineRegistry().load(voice.engine)
    threads = ", 1 thread" if voice.device == "cpu" else ""

    def one_by_one(texts: Iterable[str]) -> float:
        return sum(engine.speak(SpeechRequest(text, voice)).seconds for text in texts)

    figures = [_timed(f"engine, line by line{threads}, {voice.precision}", one_by_one, lines)]
    if isinstance(engine, SpeaksMany):
        many = engine.speak_many

        def together(texts: Iterable[str]) -> float:
            heard = many([SpeechRequest(text, voice) for text in texts])
            return sum(sound.seconds for sound in heard if isinstance(sound, Sound))

        figures.append(_timed(f"engine, in batches{threads}, {voice.precision}", together, lines))
    return figures


def booth_at_work(lines: Sequence[str], voice: VoiceSpec, workers: int) -> Figure:
    """As the studio produces: workers that are up already."""
    from studio.booths.local import LocalBooth

    with LocalBooth(workers) as booth:

        def speak(texts: Iterable[str]) -> float:
            return sum(sound.seconds for sound in booth.speak(SpeechRequest(text, voice) for text in texts))

        # Other speeds are other voices: each worker gets a line of its own to load the model for.
        for turn in range(workers):
            list(booth.speak([SpeechRequest(lines[0], replace(voice, speed=1.0 + turn / 100))] * workers))
        figure = _timed(f"booth of {workers} workers, {voice.precision}", speak, lines)
    return replace(figure, cores_s=None)


def booth_from_cold(lines: Sequence[str], voice: VoiceSpec, workers: int) -> Figure:
    """As `booth_at_work`, with starting the workers and loading the model in each, as a command line has to."""
    from studio.booths.local import LocalBooth

    since = time.perf_counter()
    with LocalBooth(workers) as booth:
        sound_s = sum(sound.seconds for sound in booth.speak(SpeechRequest(text, voice) for text in lines))
    took_s = time.perf_counter() - since
    return Figure(f"booth of {workers} workers, from cold, {voice.precision}", sound_s, took_s, None)


_TTS = (
    "from studio.engines.torchaudio_compat import ensure_torchaudio; ensure_torchaudio(); "
    "from TTS.bin.synthesize import main; main()"
)
"""Coqui's command line, beside a torch without a card too."""


def _timed(way: str, speak: Callable[[Iterable[str]], float], lines: Sequence[str]) -> Figure:
    speak(lines[:1])
    since, own_since = time.perf_counter(), time.process_time()
    sound_s = speak(lines)
    took_s, cores_s = time.perf_counter() - since, time.process_time() - own_since
    return Figure(way, sound_s, took_s, cores_s)


def _run(command: Sequence[str], given: bytes) -> tuple[float, bytes]:
    since = time.perf_counter()
    done = subprocess.run(command, input=given, capture_output=True, check=True, timeout=LIMIT_S)
    return time.perf_counter() - since, done.stdout


def _seconds(path: Path) -> float:
    import soundfile

    return float(soundfile.info(path).duration)
