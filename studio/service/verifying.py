"""A last check of a staged delivery: every audio file decoded whole and held against its manifest."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from studio.audio.meter import measure
from studio.errors import LoudnessError, SoundError
from studio.files.manifest import Manifest
from studio.ports import Stage
from studio.service.rooms import Rooms
from studio.sound import Blocks
from studio.values.loudness import Measurement

DURATION_TOLERANCE_S = 0.1
MOST_CHANNELS = 6
"""ITU-R BS.1770-4 weighs the channels of 5.1 and of what has fewer."""

LOUDNESS_TOLERANCE_LU = 0.1


def measured(rooms: Rooms, path: Path) -> Measurement:
    """How loud a sound file is, decoded whole as a stream; raises SoundError naming the file."""
    form = rooms.sounds.probe(path)
    if form.channels > MOST_CHANNELS:
        raise SoundError("sound.many_channels", path=path.name, channels=form.channels, most=MOST_CHANNELS)
    decoded = rooms.sounds.decode(path)

    def blocks() -> Blocks:
        for block in decoded():
            if not np.isfinite(block).all():
                raise SoundError("sound.damaged", path=path.name, reason="samples that are no numbers")
            yield block

    return measure(blocks, form.rate_hz, true_peak=True)


def verify(rooms: Rooms, manifest: Manifest, stage: Stage) -> None:
    """Raises LoudnessError `delivery.differs` for the first file that is not what the manifest says."""
    for file in manifest.audio:
        heard = measured(rooms, stage.path(file.name))
        loud = heard.integrated_lufs
        stated = file.loudness.integrated_lufs
        if (
            loud is None
            or abs(loud - stated) > LOUDNESS_TOLERANCE_LU
            or abs(heard.duration_s - file.duration_s) > DURATION_TOLERANCE_S
        ):
            raise LoudnessError(
                "delivery.differs",
                file=file.name,
                stated_lufs=stated,
                measured_lufs=loud,
                stated_s=file.duration_s,
                measured_s=round(heard.duration_s, 3),
            )
