"""Pages of a scan as grey pictures, each drawn in a process of its own that may crash or hang and be ended."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from studio.errors import InputError
from studio.stores.scans.limits import Limits

DPI = 300
"""What Tesseract's models are trained for."""
_PROGRAM = Path(__file__).with_name("draw.py")


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as a grey PGM file, and how many pages the scan has."""

    pgm: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class Drawer:
    """Draws the pages of one scan."""

    data: bytes
    name: str
    limits: Limits

    def draw(self, number: int) -> Picture:
        """The page `number`, from 0; raises InputError as `Scans.recognise` does."""
        limits = self.limits
        task = {
            "page": number,
            "dpi": DPI,
            "most_pages": limits.pages,
            "page_pixels": limits.page_pixels,
            "picture_pixels": limits.picture_pixels,
            "memory_bytes": limits.memory_bytes,
        }
        try:
            done = subprocess.run(  # noqa: S603 - this interpreter, our own code
                # -P: what stands beside the program must not take the place of the standard library.
                [sys.executable, "-P", str(_PROGRAM), json.dumps(task)],
                input=self.data,
                capture_output=True,
                timeout=limits.draw_s,
                check=True,
            )
            head, _, pgm = done.stdout.partition(b"\n")
            answer = json.loads(head)
        except subprocess.TimeoutExpired as error:
            raise InputError("ocr.timed_out", file=self.name, page=number + 1, limit_s=round(limits.draw_s)) from error
        except (subprocess.CalledProcessError, ValueError) as error:
            raise InputError("documents.damaged", file=self.name) from error
        if "problem" in answer:
            self._refuse(answer)
        return Picture(pgm, answer["pages"])

    def _refuse(self, answer: dict[str, Any]) -> NoReturn:
        if answer["problem"] == "pages":
            raise InputError("documents.too_many_pages", file=self.name, pages=answer["pages"], most=self.limits.pages)
        if answer["problem"] == "pixels":
            raise InputError(
                "documents.picture_too_large",
                file=self.name,
                megapixels=answer["pixels"] // 1_000_000,
                most=self.limits.picture_pixels // 1_000_000,
            )
        if answer["problem"] == "encrypted":
            raise InputError("documents.encrypted", file=self.name)
        raise InputError("documents.damaged", file=self.name)
