"""What this machine has and lacks, part by part, as values; repairs nothing and keeps nothing."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from studio.errors import Field
from studio.values.libraries import BUILT_FOR_CARDS

TIMEOUT_S = 60
LEAST_PYTHON = (3, 11)
LEAST_FREE_MB = 1000
"""A day's takes and masters of a ward fit in far less; below this a delivery may break off."""

OPTIONAL = {
    "neural.torch": "torch",
    "neural.coqui": "coqui-tts",
    "neural.vieneu": "vieneu",
    "piper.piper": "piper-tts",
    "piper.onnxruntime": "onnxruntime",
    "piper.onnx": "onnx",
    "cluster.ray": "ray",
    "ocr.pypdfium2": "pypdfium2",
    "audit.parselmouth": "praat-parselmouth",
}
"""Optional parts and the distributions that bring them."""

# espeak-ng is global to its process and may bring a process down: asked in a process of its own.
ASK_ESPEAK = """
import ctypes, json, os, espeakng_loader
library = ctypes.CDLL(str(espeakng_loader.get_library_path()))
library.espeak_Info.restype = ctypes.c_char_p
data = str(espeakng_loader.get_data_path())
try:
    data = min(data, os.path.relpath(data), key=lambda way: len(os.fsencode(way)))
except (OSError, ValueError):
    pass
rate = library.espeak_Initialize(1, 0, os.fsencode(data), 0x8000)
used = ctypes.c_char_p()
version = library.espeak_Info(ctypes.byref(used)).decode()
found = used.value == os.fsencode(data)
voice = library.espeak_SetVoiceByName(b"vi") if found and rate > 0 else -1
print(json.dumps({"version": version, "rate_hz": rate, "vietnamese": voice == 0, "data": data, "found": found}))
"""
"""As the engine does it: the shorter way to the data, and refused where espeak-ng then looks elsewhere."""
ASK_CUDA = """
import json, torch
found = torch.cuda.is_available()
name = torch.cuda.get_device_name(0) if found else None
print(json.dumps({"found": int(found), "device": name, "runtime": torch.version.cuda}))
"""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the machine: `code` is stable, `needed` tells core from optional, `fields` hold the details.

    A part that is not ok has `problem`, a stable word for what is wrong.
    """

    code: str
    ok: bool
    needed: bool
    problem: str | None
    fields: tuple[tuple[str, Field], ...]


def _part(code: str, problem: str | None, *, needed: bool = True, **fields: Field) -> Part:
    return Part(code, problem is None, needed, problem, tuple(fields.items()))


def probe(home: Path, models: Path, ffmpeg: str | None, tesseract: str | None = None) -> tuple[Part, ...]:
    """Everything the studio stands on, the core's parts first.

    `ffmpeg` and `tesseract` are programs that the settings name instead of the bundled and the system's one.
    """
    core: tuple[Callable[[], Part], ...] = (
        python_part,
        lambda: ffmpeg_part(ffmpeg),
        espeak_part,
        soundfile_part,
        pyav_part,
        font_part,
        timezone_part,
        lambda: home_part(home),
    )
    return (*(ask() for ask in core), models_part(models), *optional_parts(), tesseract_part(tesseract))


def python_part() -> Part:
    """The running Python."""
    version = ".".join(str(number) for number in sys.version_info[:3])
    problem = None if sys.version_info >= LEAST_PYTHON else "old"
    least = ".".join(str(number) for number in LEAST_PYTHON)
    return _part("python", problem, version=version, least=least, executable=sys.executable)


def ffmpeg_part(chosen: str | None) -> Part:
    """The ffmpeg program, and whether it encodes MP3 by LAME."""
    import imageio_ffmpeg

    try:
        program = chosen or imageio_ffmpeg.get_ffmpeg_exe()
    except RuntimeError as error:
        return _part("ffmpeg", "missing", program=None, reason=str(error))
    version = _run([program, "-hide_banner", "-version"])
    if version.problem is not None:
        return _part("ffmpeg", version.problem, program=program, reason=version.text)
    found = re.search(r"ffmpeg version (\S+)", version.text)
    if found is None:
        return _part("ffmpeg", "fails", program=program, reason="it does not answer as ffmpeg does")
    encoders = _run([program, "-hide_banner", "-encoders"])
    has_mp3 = "libmp3lame" in encoders.text
    return _part("ffmpeg", None if has_mp3 else "no_mp3", program=program, version=found[1], mp3=int(has_mp3))


def espeak_part() -> Part:
    """The espeak-ng library: that it loads, its version, and that it has its Vietnamese voice."""
    said = _run([sys.executable, "-c", ASK_ESPEAK])
    if said.problem is not None:
        return _part("espeak", said.problem, reason=said.text)
    found = json.loads(said.text)
    problem = None if found["vietnamese"] else "no_vietnamese" if found["found"] else "path_too_long"
    return _part("espeak", problem, version=found["version"].split()[0], rate_hz=found["rate_hz"], data=found["data"])


def soundfile_part() -> Part:
    """libsndfile, and whether it reads MP3."""
    try:
        import soundfile
    except (ImportError, OSError) as error:
        return _part("soundfile", "missing", reason=str(error))
    has_mp3 = "MP3" in soundfile.available_formats()
    version = str(soundfile.__libsndfile_version__)
    return _part("soundfile", None if has_mp3 else "no_mp3", version=version, mp3=int(has_mp3))


def pyav_part() -> Part:
    """PyAV and the loudness filter that it carries."""
    try:
        import av
        import av.filter
    except (ImportError, OSError) as error:
        return _part("pyav", "missing", reason=str(error))
    has_meter = "ebur128" in av.filter.filters_available
    return _part("pyav", None if has_meter else "no_meter", version=str(av.__version__), meter=int(has_meter))


def font_part() -> Part:
    """The bundled fonts, and that each draws every letter that Vietnamese adds to Latin."""
    from PIL import ImageFont

    fonts = sorted((Path(__file__).parents[1] / "web").rglob("*.ttf"))
    if not fonts:
        return _part("font", "missing", files=0)
    for path in fonts:
        font = ImageFont.truetype(str(path), 24)
        # The glyph for a letter that no font has: the box drawn in place of what is missing.
        box = bytes(font.getmask("\U0010fffe"))
        if any(bytes(font.getmask(letter)) == box for letter in "ăâđêôơưẮệỗỡừỹ₫"):
            return _part("font", "lacks_letters", files=len(fonts), file=path.name)
    return _part("font", None, files=len(fonts), file=fonts[0].name)


def timezone_part() -> Part:
    """The time zone of every date that is shown or spoken."""
    try:
        zoneinfo.ZoneInfo("Asia/Ho_Chi_Minh")
    except zoneinfo.ZoneInfoNotFoundError as error:
        return _part("timezone", "missing", reason=str(error))
    return _part("timezone", None, name="Asia/Ho_Chi_Minh")


def home_part(home: Path) -> Part:
    """Whether the studio's home can be written, and how much room its disk has."""
    existing = next((folder for folder in (home, *home.parents) if folder.exists()), home)
    try:
        with tempfile.TemporaryFile(dir=existing):
            free_mb = shutil.disk_usage(existing).free // 1_000_000
    except OSError as error:
        return _part("home", "unwritable", path=str(home), reason=error.strerror or str(error))
    problem = "little_room" if free_mb < LEAST_FREE_MB else None
    return _part("home", problem, path=str(home), free_mb=free_mb, least_mb=LEAST_FREE_MB)


def models_part(models: Path) -> Part:
    """The folder of voice weights, which the built-in voice does not need, and whether a voice can be pulled there."""
    existing = next((folder for folder in (models, *models.parents) if folder.exists()), models)
    try:
        with tempfile.TemporaryFile(dir=existing):
            problem = None if models.is_dir() else "missing"
    except OSError as error:
        reason = error.strerror or str(error)
        return _part("models", "unwritable", needed=False, path=str(models), reason=reason)
    return _part("models", problem, needed=False, path=str(models))


def optional_parts() -> tuple[Part, ...]:
    """The optional sets by what is installed, and the graphics card where torch is."""
    found = {code: _version(name) or _version(BUILT_FOR_CARDS.get(name, name)) for code, name in OPTIONAL.items()}
    parts = [
        _part(code, None if version else "missing", needed=False, version=version) for code, version in found.items()
    ]
    if found["neural.torch"] is not None:
        parts.append(cuda_part())
    return tuple(parts)


def cuda_part() -> Part:
    """The graphics card as torch sees it, asked in a process of its own since torch loads for seconds."""
    said = _run([sys.executable, "-c", ASK_CUDA])
    if said.problem is not None:
        return _part("neural.cuda", said.problem, needed=False, reason=said.text)
    answer = json.loads(said.text)
    problem = None if answer["found"] else "missing"
    return _part("neural.cuda", problem, needed=False, device=answer["device"], runtime=answer["runtime"])


def tesseract_part(chosen: str | None) -> Part:
    """The Tesseract program, and whether it has its Vietnamese data."""
    program = chosen or "tesseract"
    version = _run([program, "--version"])
    if version.problem is not None:
        return _part("ocr.tesseract", version.problem, needed=False, program=program, reason=version.text)
    found = re.search(r"tesseract v?(\d\S*)", version.text)
    if found is None:
        reason = "it does not answer as Tesseract does"
        return _part("ocr.tesseract", "fails", needed=False, program=program, reason=reason)
    languages = _run([program, "--list-langs"]).text.split()
    problem = None if "vie" in languages else "no_vietnamese"
    return _part("ocr.tesseract", problem, needed=False, program=program, version=found[1])


def _version(distribution: str) -> str | None:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


@dataclass(frozen=True, slots=True)
class _Said:
    """What a program said; `problem` where it could not be run to its end."""

    text: str
    problem: str | None = None


def _run(command: list[str]) -> _Said:
    env = os.environ | {"PYTHONUTF8": "1"}
    try:
        done = subprocess.run(  # noqa: S603 — a list, of programs that the settings or we name
            command, capture_output=True, timeout=TIMEOUT_S, check=True, stdin=subprocess.DEVNULL, env=env
        )
    except subprocess.TimeoutExpired:
        return _Said(f"no answer in {TIMEOUT_S} s", "hangs")
    except subprocess.CalledProcessError as error:
        lines = error.stderr.decode("utf-8", "replace").strip().splitlines()
        return _Said(lines[-1] if lines else f"exit code {error.returncode}", "fails")
    except OSError as error:
        return _Said(error.strerror or str(error), "missing")
    return _Said(done.stdout.decode("utf-8", "replace"))
