"""Masters one file by the studio's chain in a process of its own: `python -m scripts.benchmarks.master_one`.

Says on standard output, as JSON, what it came to, its seconds without Python's start, and its peak memory.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from scripts.benchmarks.ways import shipped_profile
from studio.audio.mastering import master
from studio.errors import StudioError
from studio.files.profile import Profile
from studio.sound import Blocks
from studio.stores.soundfiles import FfmpegSoundFiles
from studio.units import STUDIO_RATE_HZ


def main() -> None:
    """Arguments: the profile's id, then pairs of files: in, out."""
    profile = shipped_profile(sys.argv[1])
    sounds = FfmpegSoundFiles()
    pairs = [Path(name) for name in sys.argv[2:]]
    for mix, out in zip(pairs[::2], pairs[1::2], strict=True):
        since = time.perf_counter()
        figures = _mastered(sounds, profile, mix, out)
        figures["seconds"] = time.perf_counter() - since
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        figures["peak_mb"] = (own + child) / 1024
        print(json.dumps(figures), flush=True)


def _mastered(sounds: FfmpegSoundFiles, profile: Profile, mix: Path, out: Path) -> dict[str, object]:
    def encode(blocks: Blocks) -> None:
        sounds.encode_part(blocks, profile, out)

    try:
        result = master(sounds.decode(mix), STUDIO_RATE_HZ, profile, encode, lambda: sounds.decode(out))
    except StudioError as error:
        return {"refused": error.code}
    return {"corrections": result.corrections}


main()
