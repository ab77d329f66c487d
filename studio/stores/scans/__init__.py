"""Scans as text: pages drawn one at a time, recognised by Tesseract, and all of it marked uncertain."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING

from studio.errors import InputError, MissingPartError
from studio.stores.scans.limits import Limits
from studio.values.text import Document

if TYPE_CHECKING:
    # What reads a scan is loaded when there is one: reading a line must not wait for it.
    from studio.stores.scans.drawing import Drawer
    from studio.stores.scans.layout import Word
    from studio.stores.scans.tesseract import Tesseract

PROGRAM = "tesseract"


def installed_scans(program: str | None = None) -> Scans | None:
    """Reading of scans where the optional set for it is installed; `program` is another Tesseract than the system's."""
    return Scans(program or PROGRAM) if find_spec("pypdfium2") is not None else None


@dataclass(frozen=True, slots=True)
class Scans:
    """Reads scans with one Tesseract program, within bounds."""

    program: str = PROGRAM
    limits: Limits = field(default_factory=Limits)

    def is_ready(self) -> bool:
        """Whether Tesseract is here with its Vietnamese data."""
        from studio.stores.scans.tesseract import Tesseract

        try:
            Tesseract(self.program, "").check()
        except MissingPartError:
            return False
        return True

    def recognise(self, data: bytes, name: str) -> Document:
        """The text of a scan called `name`: a PDF, or a picture (PNG, JPEG, TIFF of several pages).

        Its notices: "text.recognised" (`pages`, `confidence`: Tesseract's mean over the words, 0 to 100),
        "text.empty_page" (`page`) for each without a word, then "text.doubtful_word" (`confidence`) at the span of
        each word below 60.

        Raises MissingPartError `ocr.not_installed` (file, part, reason), and InputError with field `file`:
        documents.damaged, .encrypted, .too_many_pages (pages, most), .picture_too_large (megapixels, most),
        .no_words, ocr.failed (page, reason), ocr.timed_out (page, limit_s).
        """
        from studio.stores.scans.drawing import Drawer
        from studio.stores.scans.layout import document_of
        from studio.stores.scans.tesseract import Tesseract

        tesseract = Tesseract(self.program, name)
        tesseract.check()
        pages = tuple(self._pages(Drawer(data, name, self.limits), tesseract))
        if not any(pages):
            raise InputError("documents.no_words", file=name)
        return document_of(pages)

    def _pages(self, drawer: Drawer, tesseract: Tesseract) -> Iterator[tuple[Word, ...]]:
        from studio.stores.scans.layout import words_of

        begun = time.monotonic()
        number, pages = 0, 1
        while number < pages:
            left_s = self.limits.document_s - (time.monotonic() - begun)
            if left_s <= 0:
                raise InputError(
                    "ocr.timed_out", file=drawer.name, page=number + 1, limit_s=round(self.limits.document_s)
                )
            picture = drawer.draw(number)
            yield words_of(tesseract.tsv(picture.pgm, number + 1, min(self.limits.page_s, left_s)))
            number, pages = number + 1, picture.pages
