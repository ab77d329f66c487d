"""The chain a user would script: espeak-ng per line to WAV, concat, two-pass loudnorm, MP3."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

TARGET = "loudnorm=I=-16:TP=-1.5:LRA=11"


def run_chain(lines: list[str], folder: Path, ffmpeg: str, espeak: str) -> Path:
    """Makes one MP3 of all lines in `folder` and returns it."""
    listing = []
    for number, line in enumerate(lines):
        wav = folder / f"{number:05d}.wav"
        _run([espeak, "-v", "vi+f5", "-s", "135", "-w", str(wav), line])
        listing.append(f"file '{wav.name}'")
    (folder / "list.txt").write_text("\n".join(listing), encoding="utf-8")
    joined, out = folder / "joined.wav", folder / "out.mp3"
    _run([ffmpeg, "-v", "error", "-y", "-f", "concat", "-i", str(folder / "list.txt"), "-c", "copy", str(joined)])
    first = _run(
        [ffmpeg, "-hide_banner", "-nostats", "-i", str(joined), "-af", f"{TARGET}:print_format=json", "-f", "null", "-"]
    )
    found = json.loads(first[first.rindex("{") : first.rindex("}") + 1])
    second = (
        f"{TARGET}:linear=true:measured_I={found['input_i']}:measured_TP={found['input_tp']}"
        f":measured_LRA={found['input_lra']}:measured_thresh={found['input_thresh']}:offset={found['target_offset']}"
    )
    _run(
        [
            ffmpeg,
            "-v",
            "error",
            "-y",
            "-i",
            str(joined),
            "-af",
            second,
            "-ar",
            "44100",
            "-ac",
            "1",
            "-b:a",
            "96k",
            str(out),
        ]
    )
    return out


def _run(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8", timeout=600).stderr
