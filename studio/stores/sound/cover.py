"""The picture of a file: the unit's own, or one drawn from the programme's title, unit and date."""

from __future__ import annotations

import warnings
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from studio.errors import InputError

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile
    from PIL.ImageFont import FreeTypeFont

OWN = ("cover.png", "cover.jpg", "cover.jpeg")
"""Names of a unit's own picture, looked for in its folder in this order."""

SIDE = 300
"""Pixels: enough for a telephone, and a few kilobytes of what a loudspeaker fetches over 4G."""

MOST_PIXELS = 50_000_000
"""A larger picture takes more memory than the rest of the work."""

JPEG_QUALITY = 80
PALETTE = 16
MARGIN = 22
BACKGROUND, STRIPE, INK = "#14375e", "#f2b632", "#ffffff"
FONTS = Path(__file__).resolve().parents[2] / "web" / "static"


def cover(title: str, unit: str, date: str, home: Path | None) -> bytes:
    """The picture as PNG or JPEG; raises InputError `cover.not_a_picture`, `cover.too_large` for a unit's file."""
    for path in [home / name for name in OWN] if home is not None else []:
        if path.is_file():
            return _own(path, path.stat().st_mtime_ns)
    return _drawn(title, unit, date)


@lru_cache(maxsize=2)
def _own(path: Path, stamp: int) -> bytes:
    """The unit's picture no larger than `SIDE`, as JPEG; `stamp` tells a changed file."""
    from PIL import Image, UnidentifiedImageError

    try:
        with _opened(path) as image:
            if image.width * image.height > MOST_PIXELS:
                raise _too_large(path)
            image.thumbnail((SIDE, SIDE))
            written = BytesIO()
            image.convert("RGB").save(written, "JPEG", quality=JPEG_QUALITY)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(path) from error
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError) as error:
        raise InputError("cover.not_a_picture", path=str(path)) from error
    return written.getvalue()


def _opened(path: Path) -> ImageFile:
    """The picture, not decoded yet; what the library would only warn of is raised."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        return Image.open(path, formats=("PNG", "JPEG"))


def _too_large(path: Path) -> InputError:
    return InputError("cover.too_large", path=str(path), most_megapixels=MOST_PIXELS // 1_000_000)


@lru_cache(maxsize=64)
def _drawn(title: str, unit: str, date: str) -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (SIDE, SIDE), BACKGROUND)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIDE, 10), fill=STRIPE)
    bold = ImageFont.truetype(str(FONTS / "NotoSans-Bold.ttf"), 26)
    plain = ImageFont.truetype(str(FONTS / "NotoSans-Regular.ttf"), 16)
    draw.multiline_text((MARGIN, 36), _wrapped(title, bold, 4), INK, bold, spacing=4)
    draw.multiline_text((MARGIN, SIDE - 92), _wrapped(unit, plain, 2), INK, plain, spacing=2)
    draw.text((MARGIN, SIDE - 40), date, STRIPE, plain)
    written = BytesIO()
    image.quantize(PALETTE).save(written, "PNG", optimize=True)
    return written.getvalue()


def _wrapped(text: str, font: FreeTypeFont, most: int) -> str:
    """At most so many lines; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= SIDE - 2 * MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1] + "…"]
    return "\n".join(lines)
