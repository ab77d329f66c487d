"""`studio doctor`: what is installed, what is missing, and the line that fixes it."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import typer

from studio.cli.opening import environment_settings
from studio.wiring import probe_machine

if TYPE_CHECKING:
    from studio.stores.probe import Part

REINSTALL = "delete .venv, then run python3 scripts/studio doctor"

TITLES = {
    "python": "Python",
    "ffmpeg": "ffmpeg",
    "espeak": "espeak-ng",
    "soundfile": "libsndfile",
    "pyav": "PyAV",
    "font": "font of the page",
    "timezone": "time zone",
    "home": "STUDIO_HOME",
    "models": "voice weights",
    "neural.torch": "torch",
    "neural.coqui": "Coqui TTS",
    "neural.vieneu": "VieNeu",
    "piper.piper": "Piper",
    "piper.onnxruntime": "ONNX Runtime",
    "piper.onnx": "onnx",
    "neural.cuda": "graphics card (CUDA)",
    "cluster.ray": "Ray",
    "ocr.pypdfium2": "pypdfium2",
    "audit.parselmouth": "parselmouth (Praat)",
    "ocr.tesseract": "Tesseract",
}

FIXES = {
    "ffmpeg no_mp3": "unset STUDIO_FFMPEG, so that the bundled program is used",
    "espeak path_too_long": "move the studio to a folder with a shorter path",
    "models unwritable": "mend the folder's permissions, or set STUDIO_MODELS to one that can be written",
    "home unwritable": "mend the folder's permissions, or set STUDIO_HOME to one that can be written",
    "python": "install Python 3.11 or newer, then run again",
    "ffmpeg": f"{REINSTALL}; or unset STUDIO_FFMPEG",
    "espeak": REINSTALL,
    "soundfile": REINSTALL,
    "pyav": REINSTALL,
    "font": "the checkout is not whole: fetch studio/web/static again",
    "timezone": REINSTALL,
    "home": "free some space there, or set STUDIO_HOME to a folder with more",
    "models": "nothing to do: only neural voices need it",
    "neural": "python3 scripts/studio setup neural",
    "piper": "python3 scripts/studio setup piper",
    "neural.cuda": "nothing to do on a CPU; for a GPU install its driver and a CUDA build of torch",
    "cluster": "python3 scripts/studio setup cluster",
    "ocr": "python3 scripts/studio setup ocr",
    "audit": "python3 scripts/studio setup audit",
    "ocr.tesseract": (
        "Debian, Ubuntu: sudo apt install tesseract-ocr tesseract-ocr-vie; Windows, macOS: install Tesseract with its "
        "Vietnamese data, and name the program in STUDIO_TESSERACT where it is not on the PATH"
    ),
}


def run(*, as_json: bool) -> None:
    """Prints every part; exits with 8 when a needed part is missing."""
    parts = probe_machine(environment_settings())
    if as_json:
        sys.stdout.write(json.dumps([_record(part) for part in parts], ensure_ascii=False) + "\n")
    else:
        for part in parts:
            sys.stdout.write(_line(part) + "\n")
    if any(part.needed and not part.ok for part in parts):
        raise typer.Exit(8)


def fix(part: Part) -> str:
    """The line that mends a part."""
    names = (f"{part.code} {part.problem}", part.code, part.code.split(".")[0])
    return next(FIXES[name] for name in names if name in FIXES)


def _line(part: Part) -> str:
    mark = "ok     " if part.ok else "MISSING" if part.needed else "not set up"
    details = ", ".join(f"{name} {value}" for name, value in part.fields if value is not None)
    line = f"{mark:10} {TITLES[part.code]:22} {details}"
    if part.ok:
        return line.rstrip()
    return f"{line.rstrip()}\n{'':10} {part.problem}: {fix(part)}"


def _record(part: Part) -> dict[str, object]:
    return {
        "code": part.code,
        "ok": part.ok,
        "needed": part.needed,
        "problem": part.problem,
        "fix": None if part.ok else fix(part),
        "fields": dict(part.fields),
    }
