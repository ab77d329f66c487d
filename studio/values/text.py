"""Values of the written and the spoken text: spans, tokens, notices, utterances, scripts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` (included) to `end` (excluded) of the text as the editor wrote it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Something an editor should see: a stable code, named fields, where, and what to pick instead.

    `alternatives` are spoken forms an editor can choose in place of the one taken.
    """

    code: str
    fields: tuple[tuple[str, str], ...] = ()
    span: Span | None = None
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """One token of the written text and how it is read.

    `spoken` holds words and clause punctuation only; it is empty when the token is silent.
    `kind` is the class of the reading ("word", "cardinal", "date", "document_number", …).
    """

    span: Span
    written: str
    spoken: str
    kind: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file, and what was done to it that an editor should look at."""

    text: str
    notices: tuple[Notice, ...] = ()


class Layout(StrEnum):
    """What part of the page an utterance comes from."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One line to be spoken: its spoken form, its tokens, and the pause after it in milliseconds."""

    span: Span
    spoken: str
    tokens: tuple[Token, ...]
    pause_after_ms: int
    layout: Layout = Layout.PARAGRAPH
    notices: tuple[Notice, ...] = ()


PARTS = frozenset(("header", "number_line", "place_date", "recipients", "signature", "page_number", "table", "mark"))
"""The parts of a form that are not broadcast unless a choice keeps them."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part of an administrative form that is not broadcast, and which part it is.

    `part` is one of: header, number_line, place_date, recipients, signature, page_number, table, mark.
    """

    part: str
    span: Span
    written: str


@dataclass(frozen=True, slots=True)
class Script:
    """A bulletin as spoken lines, with what was left out and what an editor should look at."""

    written: str
    utterances: tuple[Utterance, ...]
    left_out: tuple[LeftOut, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def all_notices(self) -> tuple[Notice, ...]:
        """Notices of the whole text, then of each utterance, in order."""
        return self.notices + tuple(n for u in self.utterances for n in u.notices)


@dataclass(frozen=True, slots=True)
class ReadingChoices:
    """House choices of reading; each is named and defaulted here and nowhere else."""

    document_year: str = "always"
    """The year in a document number: "always", or "unless_repeated" by the date that follows."""
    document_number: str = "short"
    """"short" says the issuing body; "verbatim" spells the code."""
    outline_number: str = "literal"
    """Numbers of headings: "literal" says them, "silent" pauses instead."""
    decimals: str = "digits"
    """After the comma: "digits" one by one, or "pairs" (two figures as one number)."""
    thousand: str = "nghìn"
    """"nghìn" or "ngàn"."""
    zero_tens: str = "linh"
    """"linh" or "lẻ"."""
    phone_groups: str = "written"
    """Groups of telephone numbers: "written" as marks part them, "standard" always 4-3-3 and the like, or "none"."""
    first_days: str = "mùng"
    """The word before days 1-9: "mùng", "mồng" or "" for none."""
    keep_parts: frozenset[str] = field(default_factory=frozenset)
    """Parts of a form (see LeftOut.part) that are broadcast all the same."""
