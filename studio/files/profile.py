"""Station profiles: the level, peak and encoding a station needs."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from studio.files.base import NamedModel

LOSSY_HEADROOM_DB = 1.0
"""A lossy encoder overshoots the limiter; its input stays this much lower (decibels)."""

EXTENSIONS = {"mp3": ".mp3", "wav": ".wav"}


class Profile(NamedModel):
    """One station profile, as in `outlets/profiles/<id>.toml`."""

    name: str
    codec: Literal["mp3", "wav"]
    rate_hz: Annotated[int, Field(ge=8_000, le=192_000)]
    channels: Literal[1] = 1
    bit_rate_bps: Annotated[int, Field(ge=32_000, le=320_000)] | None = None
    sample_bits: Literal[16, 24] | None = None
    target_lufs: Annotated[float, Field(ge=-40, le=-9)]
    max_true_peak_dbtp: Annotated[float, Field(ge=-9, le=-0.1)]
    tolerance_lu: Annotated[float, Field(gt=0, le=1)] = 0.2
    bed_under_speech_lu: Annotated[float, Field(ge=10, le=40)] = 15.0

    @model_validator(mode="after")
    def _encoding_is_whole(self) -> Self:
        if self.codec == "mp3" and (self.bit_rate_bps is None or self.rate_hz not in (32_000, 44_100, 48_000)):
            raise ValueError("mp3 needs bit_rate_bps and a rate_hz of 32000, 44100 or 48000")
        if self.codec == "wav" and self.sample_bits is None:
            raise ValueError("wav needs sample_bits")
        return self

    @property
    def lossy(self) -> bool:
        """Whether decoding gives other samples than were encoded."""
        return self.codec == "mp3"

    @property
    def ceiling_dbtp(self) -> float:
        """What the limiter holds, so that the decoded file keeps `max_true_peak_dbtp`."""
        return self.max_true_peak_dbtp - (LOSSY_HEADROOM_DB if self.lossy else 0.0)

    @property
    def extension(self) -> str:
        """File name extension with its dot."""
        return EXTENSIONS[self.codec]
