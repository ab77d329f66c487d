"""Draws a cart: its peaks over time, what is cut away in grey, a bed's loop on a tinted ground."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from studio.files.cart import CartCard
from studio.sound import Samples

WIDTH, HEIGHT = 1200, 200
GROUND, LOOP_GROUND = (255, 255, 255), (232, 240, 250)
PLAYED, CUT_AWAY = (16, 86, 140), (190, 190, 190)
POINT = (200, 60, 20)


def waveform_png(cells: Samples, frames: int, card: CartCard) -> bytes:
    """A picture of WIDTH by HEIGHT; `cells` holds the peaks of equal pieces of the cart's `frames`."""
    # Imported here: only a cart that is kept is drawn.
    from PIL import Image

    columns = np.arange(WIDTH) * frames // WIDTH
    played = (columns >= card.cue_in) & (columns < card.cue_out)
    picture = np.full((HEIGHT, WIDTH, 3), GROUND, np.uint8)
    if card.loop is not None:
        picture[:, (columns >= card.loop[0]) & (columns < card.loop[1])] = LOOP_GROUND
    # Counted from the middle line outward; a quiet sound still shows its line.
    reach = np.maximum(1, np.rint(_peaks(cells) * (HEIGHT / 2)))
    inside = np.abs(np.arange(HEIGHT) - (HEIGHT - 1) / 2)[:, np.newaxis] < reach
    picture[inside & played] = PLAYED
    picture[inside & ~played] = CUT_AWAY
    for point in (card.cue_in, card.cue_out, *(card.loop or ())):
        picture[:, min(WIDTH - 1, point * WIDTH // frames)] = POINT
    file = BytesIO()
    Image.fromarray(picture).save(file, "PNG")
    return file.getvalue()


def _peaks(cells: Samples) -> NDArray[np.float64]:
    """The highest cell under each column, at most full scale."""
    edges = np.arange(WIDTH) * cells.size // WIDTH
    return np.minimum(1.0, np.maximum.reduceat(cells, edges).astype(np.float64))
