"""Masters files by the studio's chain in a process of its own: `python -m scripts.benchmarks.master_one`.

Says on standard output, as JSON, what each came to, its seconds without Python's start, and its peak memory.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from scripts.benchmarks.ways import TOGETHER, shipped_profile
from studio.audio.mastering import master
from studio.errors import StudioError
from studio.files.profile import Profile
from studio.ports import Tags
from studio.sound import Blocks
from studio.stores.soundfiles import FfmpegSoundFiles
from studio.units import STUDIO_RATE_HZ


def main() -> None:
    """Arguments: the profile's id, then pairs of files (in, out), or `--together`, a file out, and its segments."""
    profile, names = shipped_profile(sys.argv[1]), sys.argv[2:]
    sounds = FfmpegSoundFiles()
    if names[0] == TOGETHER:
        out, *segments = map(Path, names[1:])
        _say(partial(_together, sounds, profile, segments, out))
        return
    for mix, made in zip(names[::2], names[1::2], strict=True):
        _say(partial(_mastered, sounds, profile, Path(mix), Path(made)))


def _say(work: Callable[[], int]) -> None:
    since = time.perf_counter()
    figures: dict[str, object] = {}
    try:
        figures["corrections"] = work()
    except StudioError as error:
        figures["refused"] = error.code
    figures["seconds"] = time.perf_counter() - since
    figures["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(figures), flush=True)


def _mastered(sounds: FfmpegSoundFiles, profile: Profile, mix: Path, out: Path) -> int:
    def encode(blocks: Blocks) -> None:
        sounds.encode_part(blocks, profile, out)

    return master(sounds.decode(mix), STUDIO_RATE_HZ, profile, encode, lambda: sounds.decode(out)).corrections


def _together(sounds: FfmpegSoundFiles, profile: Profile, segments: Sequence[Path], out: Path) -> int:
    """As a production does: segments side by side on all cores, then joined without encoding again."""
    parts = [segment.with_suffix(profile.extension) for segment in segments]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        corrections = sum(pool.map(partial(_mastered, sounds, profile), segments, parts))
    sounds.join(parts, profile, out, Tags(title="bench", artist="bench", album="bench", date="2026-01-01"))
    return corrections


main()
