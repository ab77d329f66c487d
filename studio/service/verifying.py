"""A last check of a staged delivery: every audio file decoded whole and held against its manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.errors import LoudnessError
from studio.files.manifest import Manifest
from studio.ports import Stage

if TYPE_CHECKING:
    from studio.service.studio import Studio

DURATION_TOLERANCE_S = 0.1
LOUDNESS_TOLERANCE_LU = 0.1


def verify(studio: Studio, manifest: Manifest, stage: Stage) -> None:
    """Raises LoudnessError `delivery.differs` for the first file that is not what the manifest says."""
    for file in manifest.audio:
        measured = studio.measure_sound(stage.path(file.name))
        loud = measured.integrated_lufs
        stated = file.loudness.integrated_lufs
        if (
            loud is None
            or abs(loud - stated) > LOUDNESS_TOLERANCE_LU
            or abs(measured.duration_s - file.duration_s) > DURATION_TOLERANCE_S
        ):
            raise LoudnessError(
                "delivery.differs",
                file=file.name,
                stated_lufs=stated,
                measured_lufs=loud,
                stated_s=file.duration_s,
                measured_s=round(measured.duration_s, 3),
            )
