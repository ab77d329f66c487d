"""PDF files that carry their text; a scan is refused, with word of how to get its text."""

from __future__ import annotations

import io
import logging
import re
import zlib
from typing import TYPE_CHECKING

from studio.errors import InputError
from studio.values.text import Document, Notice

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_PAGES = 500
_MAX_TEXT_CHARS = 4 * 2**20
_FEWEST_LETTERS = 12
_LETTER = re.compile(r"[^\W\d_]")


def document_of(data: bytes, name: str) -> Document:
    """The text of the pages, in order; a notice "text.picture_pages" (pages) names those that are pictures alone.

    Raises InputError: documents.damaged, documents.encrypted, documents.image_only, documents.too_large.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its complaints come back as our error
    if b"%PDF" not in data[:1024]:
        raise InputError("documents.damaged", file=name)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("documents.encrypted", file=name)
        pages = _pages(reader, name)
    # What pypdf lets through from a broken file, besides its own errors.
    except (
        PyPdfError,
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        NotImplementedError,
        OSError,
        RecursionError,
        TypeError,
        ValueError,
        zlib.error,
    ) as error:
        raise InputError("documents.damaged", file=name) from error
    text = "\n\n".join(text for text, _ in pages)
    if len(_LETTER.findall(text[:10_000])) < _FEWEST_LETTERS:
        raise InputError("documents.image_only", file=name)
    pictures = [str(number) for number, (text, has_picture) in enumerate(pages, 1) if has_picture and not text.strip()]
    if not pictures:
        return Document(text)
    return Document(text, (Notice("text.picture_pages", (("pages", ", ".join(pictures)),)),))


def _pages(reader: PdfReader, name: str) -> list[tuple[str, bool]]:
    """Each page's text, and whether a picture lies on it."""
    if len(reader.pages) > MAX_PAGES:
        raise InputError("documents.too_large", file=name, limit_mib=_MAX_TEXT_CHARS // 2**21)
    pages: list[tuple[str, bool]] = []
    length = 0
    for page in reader.pages:
        text = page.extract_text()
        pages.append((text, not text.strip() and len(page.images) > 0))
        length += len(text)
        if length > _MAX_TEXT_CHARS:
            raise InputError("documents.too_large", file=name, limit_mib=_MAX_TEXT_CHARS // 2**21)
    return pages
