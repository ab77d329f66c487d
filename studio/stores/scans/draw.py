"""A program of its own: one page of the scan on stdin drawn as a grey picture on stdout, after a line of JSON.

It imports nothing of the studio. The line says how many pages there are, or the problem: damaged,
encrypted, pages (how many), pixels (how many).
"""

from __future__ import annotations

import contextlib
import io
import json
import math
import sys
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

_FORMATS = ("PNG", "JPEG", "TIFF")
_POINTS_PER_INCH = 72


class RefusedError(Exception):
    """The scan cannot be drawn; the fields are what the line of JSON says."""

    def __init__(self, problem: str, **fields: int) -> None:
        super().__init__(problem)
        self.answer = {"problem": problem, **fields}


@dataclass(frozen=True, slots=True)
class Task:
    """Which page to draw, and its bounds; as the caller writes it in JSON."""

    page: int
    dpi: int
    most_pages: int
    page_pixels: int
    picture_pixels: int
    memory_bytes: int


def main() -> None:
    """Does what the first argument says."""
    task = Task(**json.loads(sys.argv[1]))
    bound_memory(task.memory_bytes)
    data = sys.stdin.buffer.read()
    out = sys.stdout.buffer
    try:
        picture, pages = pdf_page(data, task) if b"%PDF" in data[:1024] else picture_page(data, task)
    except RefusedError as refused:
        out.write(json.dumps(refused.answer).encode() + b"\n")
        return
    out.write(json.dumps({"pages": pages}).encode() + b"\n")
    save(picture, out)


def bound_memory(most_bytes: int) -> None:
    """Holds this process to so much memory, where the system can."""
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))


def save(picture: Image.Image, out: BinaryIO) -> None:
    """Writes the picture as PGM, which every build of Tesseract reads."""
    buffer = io.BytesIO()
    picture.save(buffer, "PPM")
    out.write(buffer.getvalue())


def pdf_page(data: bytes, task: Task) -> tuple[Image.Image, int]:
    """The page of a PDF at the wanted density, or at what the bound on pixels leaves of it."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        pages = len(document)
        check_pages(pages, task)
        page = document[task.page]
        width, height = (max(1.0, points) for points in page.get_size())
        scale = min(task.dpi / _POINTS_PER_INCH, math.sqrt(task.page_pixels / (width * height)))
        return page.render(scale=scale, grayscale=True).to_pil().convert("L"), pages
    except pypdfium2.PdfiumError as error:
        raise RefusedError("encrypted" if "password" in str(error).lower() else "damaged") from error


def picture_page(data: bytes, task: Task) -> tuple[Image.Image, int]:
    """The page of a picture, upright, grey on white, within the bound on pixels."""
    Image.MAX_IMAGE_PIXELS = None  # our own bound stands in its place
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            # A preview beside the photograph in a JPEG is no page.
            pages = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
            check_pages(pages, task)
            picture.seek(task.page)
            if picture.width * picture.height > task.picture_pixels:
                raise RefusedError("pixels", pixels=picture.width * picture.height)
            grey = on_white(ImageOps.exif_transpose(picture))
    # What Pillow lets through from a broken file, besides its own errors.
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, LookupError, TypeError, EOFError) as error:
        raise RefusedError("damaged") from error
    shrink = math.sqrt(task.page_pixels / (grey.width * grey.height))
    if shrink < 1:
        size = (max(1, int(grey.width * shrink)), max(1, int(grey.height * shrink)))
        grey = grey.resize(size, Image.Resampling.LANCZOS)
    return grey, pages


def check_pages(pages: int, task: Task) -> None:
    """Raises RefusedError for none, or too many."""
    if pages < 1:
        raise RefusedError("damaged")
    if pages > task.most_pages:
        raise RefusedError("pages", pages=pages)


def on_white(picture: Image.Image) -> Image.Image:
    """The picture in grey; what is transparent becomes white."""
    if picture.mode.startswith("I;16"):
        # Pillow would cut 16 bits off at 255 and leave a white page.
        return picture.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        white.alpha_composite(picture)
        picture = white
    return picture.convert("L")


if __name__ == "__main__":
    main()
