"""Documents an editor hands in, as text: plain text, Word, OpenDocument, PDF with a text layer, HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from studio.errors import InputError
from studio.stores.documents import plain
from studio.stores.paths import refuse_special
from studio.text.legacy import to_unicode
from studio.values.text import Document, Notice

MAX_FILE_BYTES = 32 * 2**20
"""A larger file is refused before it is opened."""
MAX_TEXT_BYTES = 2 * 2**20
"""More text than this (in UTF-8) is no bulletin: about forty hours of speech."""

Reader = Callable[[bytes, str], str | Document]


# Each kind's reader is imported when it is asked for: a line at a prompt needs none of them.
def _word(data: bytes, name: str) -> str:
    from studio.stores.documents import word

    return word.text_of(data, name)


def _odf(data: bytes, name: str) -> str:
    from studio.stores.documents import odf

    return odf.text_of(data, name)


def _pdf(data: bytes, name: str) -> Document:
    from studio.stores.documents import pdf

    return pdf.document_of(data, name)


def _html(data: bytes, name: str) -> str:
    from studio.stores.documents import html

    return html.text_of(data, name)


_READERS: dict[str, Reader] = {
    ".txt": plain.text_of,
    ".text": plain.text_of,
    ".md": plain.text_of,
    ".docx": _word,
    ".docm": _word,
    ".odt": _odf,
    ".pdf": _pdf,
    ".html": _html,
    ".htm": _html,
}
_WORD = re.compile(r"\w")
KINDS = tuple(_READERS)
"""The file name endings that can be read."""
PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff")
"""Those of pictures, read only where scans are."""


class Recogniser(Protocol):
    """Reads scans; what it gives is marked uncertain."""

    def is_ready(self) -> bool:
        """Whether everything it needs is here."""

    def recognise(self, data: bytes, name: str) -> Document:
        """The text of a PDF or a picture without text, with notices "text.recognised" and "text.doubtful_word"."""


class FileDocuments:
    """Reads documents from the disk or from an upload; scans only by the `ocr` that the caller hands in."""

    def __init__(self, ocr: Recogniser | None = None) -> None:
        self._ocr = ocr

    def reads_scans(self) -> bool:
        """Whether pictures of text can be read here and now."""
        return self._ocr is not None and self._ocr.is_ready()

    def read(self, path: Path) -> str:
        """The text of the file; see `load` for errors."""
        return self.load(path).text

    def load(self, path: Path) -> Document:
        """The text of the file with its notices ("text.converted", field `encoding`, for TCVN3 and VNI).

        Raises InputError, with field `file`: documents.not_found, .unreadable, .unknown_kind (kind, known),
        .empty, .binary, .encoding, .too_large (limit_mib), .encrypted, .damaged, .image_only; of scans also what
        `studio.stores.scans.Scans.recognise` raises.
        """
        return self.from_bytes(path.name, _bytes_of(path))

    def load_plain(self, path: Path) -> Document:
        """The text of a file whose name may end in anything; errors as for `decode` and of the disk."""
        return self.decode(_bytes_of(path), path.name)

    def from_bytes(self, name: str, data: bytes) -> Document:
        """The text of an upload called `name`; errors as for `load`."""
        kind = Path(name).suffix.lower()
        reader = _no_text if kind in PICTURES else _READERS.get(kind)
        if reader is None:
            known = KINDS + (PICTURES if self._ocr else ())
            raise InputError("documents.unknown_kind", file=name, kind=kind, known=" ".join(known))
        if len(data) > MAX_FILE_BYTES:
            raise InputError("documents.too_large", file=name, limit_mib=MAX_FILE_BYTES // 2**20)
        if not data.strip():
            raise InputError("documents.empty", file=name)
        try:
            found = reader(data, name)
        except InputError as error:
            if error.code != "documents.image_only" or self._ocr is None:
                raise
            return self._ocr.recognise(data, name)
        document = found if isinstance(found, Document) else Document(found)
        if not _WORD.search(document.text):
            raise InputError("documents.empty", file=name)
        converted = _document(document.text, name)
        return Document(converted.text, document.notices + converted.notices)

    def decode(self, data: bytes, name: str) -> Document:
        """Plain text from somewhere without a file, such as standard input; it may be empty.

        Raises InputError: documents.binary, .encoding, .too_large.
        """
        if len(data) > MAX_FILE_BYTES:
            raise InputError("documents.too_large", file=name, limit_mib=MAX_FILE_BYTES // 2**20)
        return _document(plain.text_of(data, name), name)


def _no_text(data: bytes, name: str) -> str:
    raise InputError("documents.image_only", file=name)


def _bytes_of(path: Path) -> bytes:
    try:
        refuse_special(path)
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise InputError("documents.too_large", file=path.name, limit_mib=MAX_FILE_BYTES // 2**20)
        return path.read_bytes()
    except (FileNotFoundError, ValueError) as error:
        # A name with a NUL in it is nowhere.
        raise InputError("documents.not_found", file=path.name) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InputError("documents.unreadable", file=path.name, reason=reason) from error


def _document(text: str, name: str) -> Document:
    """The text, unless there is too much of it, freed from TCVN3 and VNI."""
    if len(text) > MAX_TEXT_BYTES or len(text.encode("utf-8", "replace")) > MAX_TEXT_BYTES:
        raise InputError("documents.too_large", file=name, limit_mib=MAX_TEXT_BYTES // 2**20)
    converted = to_unicode(text)
    if converted is None:
        return Document(text)
    return Document(converted.text, (Notice("text.converted", (("encoding", converted.encoding),)),))
