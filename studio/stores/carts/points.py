"""Where a cart is cut: its cue points as found or as asked, and the loop of a bed."""

from __future__ import annotations

from dataclasses import dataclass

from studio.errors import InputError, SoundError
from studio.files.cart import LEAST_CART_MS, LEAST_LOOP_MS
from studio.ports import NewCart
from studio.stores.carts.converting import Converted
from studio.units import STUDIO_RATE_HZ, frames_of_ms
from studio.values.cart import CartKind


@dataclass(frozen=True, slots=True)
class Points:
    """Milliseconds for the card; `moved` says that a cue is not where it was found. Frames end with the sound."""

    cue_in_ms: int
    cue_out_ms: int
    frames: int
    moved: bool
    loop_in_ms: int | None = None
    loop_out_ms: int | None = None

    @property
    def cue_in(self) -> int:
        """First frame that plays."""
        return frames_of_ms(self.cue_in_ms)

    @property
    def cue_out(self) -> int:
        """The frame after the last one that plays."""
        return min(self.frames, frames_of_ms(self.cue_out_ms))


def chosen_points(cart: str, new: NewCart, sound: Converted) -> Points:
    """The asked points, else those found; raises InputError `cart.bad_point`, `cart.loop_*` naming the cart."""
    # Outward to whole milliseconds, so that nothing heard is cut away.
    found_in, found_out = sound.cue_in * 1000 // STUDIO_RATE_HZ, -(-sound.cue_out * 1000 // STUDIO_RATE_HZ)
    end_ms = -(-sound.frames * 1000 // STUDIO_RATE_HZ)
    cue_out = found_out if new.cue_out_ms is None else new.cue_out_ms
    _check(cart, "cue-out", cue_out, LEAST_CART_MS, end_ms)
    cue_in = min(found_in, cue_out - LEAST_CART_MS) if new.cue_in_ms is None else new.cue_in_ms
    _check(cart, "cue-in", cue_in, 0, cue_out - LEAST_CART_MS)
    moved = (cue_in, cue_out) != (found_in, found_out)
    points = Points(cue_in, cue_out, sound.frames, moved, new.loop_in_ms, new.loop_out_ms)
    _check_loop(cart, new.kind, points)
    return points


def _check_loop(cart: str, kind: CartKind, points: Points) -> None:
    first, last = points.loop_in_ms, points.loop_out_ms
    if first is None and last is None:
        return
    if first is None or last is None:
        raise InputError("cart.half_loop", cart=cart)
    if kind is not CartKind.BED:
        raise InputError("cart.loop_no_bed", cart=cart, kind=kind.value)
    _check(cart, "loop-in", first, points.cue_in_ms, points.cue_out_ms)
    _check(cart, "loop-out", last, points.cue_in_ms, points.cue_out_ms)
    if last - first < LEAST_LOOP_MS:
        raise SoundError("cart.loop_too_short", cart=cart, loop_ms=last - first, least_ms=LEAST_LOOP_MS)


def _check(cart: str, option: str, value_ms: int, lowest_ms: int, highest_ms: int) -> None:
    if not lowest_ms <= value_ms <= highest_ms:
        raise InputError(
            "cart.bad_point", cart=cart, option=option, value_ms=value_ms, lowest_ms=lowest_ms, highest_ms=highest_ms
        )
