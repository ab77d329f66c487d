"""Station profiles: the level, peak and encoding a station needs, and how its loudspeakers want the sound shaped."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from studio.files.base import FileModel, NamedModel

LOSSY_HEADROOM_DB = 1.0
"""A lossy encoder overshoots the limiter; its input stays this much lower (decibels)."""

MOST_TOLERANCE_LU = 0.2
"""Beyond this nothing is delivered (loudness units)."""

EXTENSIONS = {"mp3": ".mp3", "wav": ".wav", "flac": ".flac", "aac": ".m4a", "opus": ".opus"}

RATES_HZ = {"mp3": (32_000, 44_100, 48_000), "aac": (32_000, 44_100, 48_000), "opus": (48_000,)}
"""Of the codecs that have some only; Opus always decodes at its one (RFC 7845)."""

MP3_BIT_RATES_BPS = tuple(1000 * kbps for kbps in (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320))
"""Of an MPEG-1 layer III frame (ISO/IEC 11172-3, 2.4.2.3); an encoder asked for another takes the nearest."""

AAC_BITS_PER_SAMPLE = 6
"""A frame of 1,024 samples holds at most 6,144 bits a channel (ISO/IEC 14496-3, 4.5.3)."""

OPUS_MOST_BPS = 256_000
"""What its encoder takes for one channel."""


class Compression(FileModel):
    """Gentle compression towards a crest factor: peak over RMS of what is loud, in decibels.

    The threshold is found for each sound, on the scale of its peaks and never below its loudness; a sound
    whose crest factor is small already is left alone. Above it the level rises by 1/`ratio`, bent in over
    `knee_db`. What the compressor leaves is the limiter's (`max_plr_lu`).
    """

    crest_db: Annotated[float, Field(ge=6, le=20)] = 12.0
    ratio: Annotated[float, Field(ge=1.2, le=4)] = 2.0
    knee_db: Annotated[float, Field(ge=0, le=12)] = 6.0


class Profile(NamedModel):
    """One station profile, as in `outlets/profiles/<id>.toml`."""

    name: str
    codec: Literal["mp3", "wav", "flac", "aac", "opus"]
    rate_hz: Annotated[int, Field(ge=8_000, le=192_000)]
    channels: Literal[1] = 1
    bit_rate_bps: Annotated[int, Field(ge=32_000, le=320_000)] | None = None
    sample_bits: Literal[16, 24] | None = None
    target_lufs: Annotated[float, Field(ge=-40, le=-9)]
    max_true_peak_dbtp: Annotated[float, Field(ge=-9, le=-0.1)]
    tolerance_lu: Annotated[float, Field(gt=0, le=MOST_TOLERANCE_LU)] = MOST_TOLERANCE_LU
    """How far from the target a sound is refused: a station may ask for less than the house, not for more."""
    bed_under_speech_lu: Annotated[float, Field(ge=10, le=40)] = 15.0
    high_pass_hz: Annotated[int, Field(ge=20, le=1_000)] | None = None
    low_pass_hz: Annotated[int, Field(ge=2_000, le=20_000)] | None = None
    compression: Compression | None = None
    max_plr_lu: Annotated[float, Field(ge=8, le=25)] | None = None

    @model_validator(mode="after")
    def _encoding_is_whole(self) -> Self:
        if self.codec in ("wav", "flac") and self.sample_bits is None:
            raise PydanticCustomError("profile:no_sample_bits", "wav and flac need sample_bits")
        if self.lossy and self.bit_rate_bps is None:
            raise PydanticCustomError("profile:no_bit_rate", "mp3, aac and opus need bit_rate_bps")
        rates_hz = RATES_HZ.get(self.codec)
        if rates_hz is not None and self.rate_hz not in rates_hz:
            raise PydanticCustomError(
                "profile:rate_of_codec", "this codec needs a rate_hz of {limit}", {"limit": _listed(rates_hz)}
            )
        return self

    @model_validator(mode="after")
    def _bit_rate_is_one_that_comes_out(self) -> Self:
        most = {"aac": AAC_BITS_PER_SAMPLE * self.rate_hz, "opus": OPUS_MOST_BPS}.get(self.codec)
        if self.codec == "mp3" and self.bit_rate_bps not in MP3_BIT_RATES_BPS:
            raise PydanticCustomError(
                "profile:mp3_bit_rate",
                "mp3 needs a bit_rate_bps of {limit}",
                {"limit": _listed(MP3_BIT_RATES_BPS)},
            )
        if most is not None and (self.bit_rate_bps or 0) > most:
            raise PydanticCustomError(
                "profile:bit_rate_too_high",
                "this codec takes a bit_rate_bps of at most {limit} at this rate_hz",
                {"limit": most},
            )
        return self

    @model_validator(mode="after")
    def _band_fits(self) -> Self:
        if self.low_pass_hz is not None and self.low_pass_hz >= 0.45 * self.rate_hz:
            raise PydanticCustomError("profile:low_pass_too_high", "low_pass_hz must be below 0.45 times rate_hz")
        return self

    @property
    def lossy(self) -> bool:
        """Whether decoding gives other samples than were encoded."""
        return self.codec in ("mp3", "aac", "opus")

    def is_on_target(self, integrated_lufs: float | None) -> bool:
        """Whether a sound is as loud as the station needs; None, which cannot be measured, is not."""
        return integrated_lufs is not None and abs(integrated_lufs - self.target_lufs) <= self.tolerance_lu

    @property
    def joins_parts(self) -> bool:
        """Whether encoded parts join sample for sample; AAC and Opus carry state from packet to packet."""
        return self.codec in ("mp3", "wav", "flac")

    @property
    def ceiling_dbtp(self) -> float:
        """What the limiter holds at the most, so that the decoded file keeps `max_true_peak_dbtp`."""
        return self.max_true_peak_dbtp - (LOSSY_HEADROOM_DB if self.lossy else 0.0)

    @property
    def wanted_ceiling_dbtp(self) -> float:
        """What the limiter holds where the loudness can be reached under it: `max_plr_lu` over the target."""
        if self.max_plr_lu is None:
            return self.ceiling_dbtp
        return min(self.ceiling_dbtp, self.target_lufs + self.max_plr_lu)

    @property
    def extension(self) -> str:
        """File name extension with its dot."""
        return EXTENSIONS[self.codec]

    @property
    def unshaped(self) -> Profile:
        """The same profile without filter and compression, for sound that has been through them."""
        return self.model_copy(update={"high_pass_hz": None, "low_pass_hz": None, "compression": None})


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))
