"""What a browser keeps of a bulletin that is being written, and what of it can still be used when it comes back."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import TypeAdapter

from studio.values.text import Document, Span
from studio.web.words import vietnamese

MOST_CHARACTERS_KEPT = 4_000_000
"""Of a draft as JSON: its text and the document that this came from, each of the longest that the page takes."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of the page as the browser kept them."""

    title: str = ""
    unit: str = ""
    written: str = ""
    keep: tuple[str, ...] = ()
    """Parts of the form to be spoken all the same."""
    source: str = ""
    """The document that the text was taken from, as JSON; "" where nothing is said of it."""

    def document(self) -> Document | None:
        """The document that the text was taken from; None where there was none, or where it cannot be used."""
        try:
            document = TypeAdapter(Document).validate_json(self.source)
            for notice in document.notices:
                vietnamese(notice.code, dict(notice.fields))
        except (ValueError, LookupError):
            return None
        return document if all(_inside(document.text, notice.span) for notice in document.notices) else None


def from_browser(kept: str | None) -> Draft | None:
    """The draft of the JSON that a browser kept; None where no text is in it, or it cannot be used."""
    if not kept or len(kept) > MOST_CHARACTERS_KEPT:
        return None
    try:
        draft = TypeAdapter(Draft).validate_json(kept)
    except ValueError:
        return None
    return draft if draft.written.strip() else None


def for_browser(document: Document | None) -> str:
    """A document as JSON; "" where nothing is said of it, since its text is kept anyway."""
    if document is None or not document.notices:
        return ""
    return TypeAdapter(Document).dump_json(document).decode("utf-8")


def _inside(text: str, span: Span | None) -> bool:
    return span is None or 0 <= span.start <= span.end <= len(text)
