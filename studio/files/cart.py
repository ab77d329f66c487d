"""Cart cards: what a kept piece of sound is, who holds its rights, and where it is cut."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from studio.files.base import FileModel, Line, NamedModel
from studio.files.card import Consent
from studio.units import STUDIO_RATE_HZ, Frames, frames_of_ms, seconds_of_frames
from studio.values.cart import CartKind

LEAST_CART_MS = 400
"""A shorter sound has no loudness: one gating block lasts as long (ITU-R BS.1770-4)."""

LEAST_LOOP_MS = 400
"""A shorter loop is heard as a flutter; it also leaves room for the cross-fade at its seam."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

Millis = Annotated[int, Field(ge=0)]


class CartSource(FileModel):
    """The file a cart was made from, which is not kept."""

    file: Line
    sha256: Sha256


class CartCard(NamedModel):
    """One cart, as in `STUDIO_HOME/carts/cards/<id>.toml`; its sound lies under `digest`, at the studio's rate."""

    name: Line
    kind: CartKind
    rights: Line | None = None
    """Who holds the rights; without this a cart does not air unless the unit allows it."""
    licence: Line | None = None
    synthetic: bool = False
    """Made by a machine; the voice of such an ident is nobody's."""
    cue_in_ms: Millis
    cue_out_ms: Millis
    loop_in_ms: Millis | None = None
    loop_out_ms: Millis | None = None
    """A bed plays from its cue in to here, then again and again from `loop_in_ms`."""
    digest: Sha256
    """SHA-256 of the samples: float32, little-endian, mono at 48 kHz."""
    frames: Annotated[int, Field(ge=1)]
    integrated_lufs: Annotated[float, Field(ge=-70, le=10)]
    """Between the cue points, as is the true peak."""
    true_peak_dbtp: Annotated[float, Field(ge=-90, le=20)]
    source: CartSource
    consent: Consent | None = None

    @model_validator(mode="after")
    def _points_in_order(self) -> Self:
        if self.cue_out_ms - self.cue_in_ms < LEAST_CART_MS:
            raise PydanticCustomError(
                "cart:cues_too_close",
                "cue_out_ms needs to be at least {limit} ms after cue_in_ms",
                {"limit": LEAST_CART_MS},
            )
        if frames_of_ms(self.cue_out_ms) >= self.frames + frames_of_ms(1):
            end_ms = self.frames * 1000 // STUDIO_RATE_HZ
            raise PydanticCustomError(
                "cart:cue_after_end", "cue_out_ms is after the end, {limit} ms", {"limit": end_ms}
            )
        return self

    @model_validator(mode="after")
    def _loop_inside(self) -> Self:
        first, last = self.loop_in_ms, self.loop_out_ms
        if first is None and last is None:
            return self
        if first is None or last is None or self.kind is not CartKind.BED:
            raise PydanticCustomError(
                "cart:loop_not_whole", "a loop needs loop_in_ms and loop_out_ms, and kind nhac_nen"
            )
        if not self.cue_in_ms <= first < last <= self.cue_out_ms or last - first < LEAST_LOOP_MS:
            raise PydanticCustomError(
                "cart:loop_too_short",
                "a loop lasts at least {limit} ms and lies between the cue points",
                {"limit": LEAST_LOOP_MS},
            )
        return self

    @property
    def duration_s(self) -> float:
        """How long it plays: between the cue points, in seconds."""
        return seconds_of_frames(self.cue_out - self.cue_in)

    @property
    def cue_in(self) -> Frames:
        """First frame that plays."""
        return frames_of_ms(self.cue_in_ms)

    @property
    def cue_out(self) -> Frames:
        """The frame after the last one that plays."""
        return Frames(min(self.frames, frames_of_ms(self.cue_out_ms)))

    @property
    def loop(self) -> tuple[Frames, Frames] | None:
        """The frames between which a bed goes on and on."""
        if self.loop_in_ms is None or self.loop_out_ms is None:
            return None
        return frames_of_ms(self.loop_in_ms), Frames(min(self.frames, frames_of_ms(self.loop_out_ms)))
