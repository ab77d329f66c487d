"""From the words that Tesseract sees, each with its place, to paragraphs of text with what is doubtful in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from studio.values.text import Document, Notice, Span

DOUBTFUL_BELOW = 60.0
"""Tesseract's confidence in a word, 0 to 100."""
_WORD_LEVEL = "5"
_COLUMNS = 12
_LEAST_COLUMN = 0.6
"""How much of the page's text a block of running text takes in width."""
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_HYPHEN_AFTER_WORD = re.compile(r"[^\W_][-‐‑]$")


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word; `paragraph` and `line` are told apart within its page, `left` and `right` in pixels."""

    text: str
    confidence: float
    block: int
    paragraph: tuple[int, int]
    line: tuple[int, int, int]
    left: int
    right: int


def words_of(tsv: str) -> tuple[Word, ...]:
    """The words of one page, in the order of reading; text in NFC.

    The columns are level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
    """
    rows = (row.split("\t", _COLUMNS - 1) for row in tsv.splitlines())
    return tuple(_word(row) for row in rows if len(row) == _COLUMNS and row[0] == _WORD_LEVEL and row[-1].strip())


def _word(row: Sequence[str]) -> Word:
    block, paragraph, line = int(row[2]), int(row[3]), int(row[4])
    left, width = int(row[6]), int(row[8])
    text = unicodedata.normalize("NFC", "".join(row[11].split()))
    return Word(text, float(row[10]), block, (block, paragraph), (block, paragraph, line), left, left + width)


def document_of(pages: Sequence[Sequence[Word]]) -> Document:
    """The text of all pages, at least one word among them, with its notices (see `Scans.recognise`)."""
    pieces: list[str] = []
    doubts: list[Notice] = []
    length = 0
    words = 0
    total = 0.0
    for before, word in _joined(pages):
        start = length + len(before)
        length = start + len(word.text)
        pieces += (before, word.text)
        words, total = words + 1, total + word.confidence
        if word.confidence < DOUBTFUL_BELOW:
            doubts.append(
                Notice("text.doubtful_word", (("confidence", f"{word.confidence:.0f}"),), Span(start, length))
            )
    whole = Notice("text.recognised", (("pages", str(len(pages))), ("confidence", f"{total / words:.0f}")))
    # A picture that could not be unpacked leaves its page white, so an empty page is always told.
    empty = [Notice("text.empty_page", (("page", str(number)),)) for number, page in enumerate(pages, 1) if not page]
    return Document("".join(pieces), (whole, *empty, *doubts))


def _joined(pages: Iterable[Sequence[Word]]) -> Iterator[tuple[str, Word]]:
    """Each word with what stands before it: nothing, a space, a line end or an empty line."""
    started = False
    for page in pages:
        edges = _right_edges(page)
        before: Word | None = None
        for word, upcoming in zip(page, _line_starts(page), strict=True):
            if not started:
                yield "", word
            elif before is None or (before.paragraph != word.paragraph and not _goes_on(before, word, edges)):
                yield "\n\n", word
            elif before.line == word.line:
                yield " ", word
            else:
                yield _between_lines(before, upcoming, edges.get(before.block)), word
            before, started = word, True


def _line_starts(page: Sequence[Word]) -> Iterator[Word]:
    """For each word the first of its line."""
    for _, line in groupby(page, key=lambda word: word.line):
        words = list(line)
        yield from (words[0] for _ in words)


def _right_edges(page: Sequence[Word]) -> dict[int, int]:
    """The right edge of each block of running text; a narrow block, as in the head of a form, has none."""
    if not page:
        return {}
    page_width = max(word.right for word in page) - min(word.left for word in page)
    edges: dict[int, int] = {}
    for number, block in groupby(page, key=lambda word: word.block):
        words = list(block)
        left, right = min(word.left for word in words), max(word.right for word in words)
        if right - left >= _LEAST_COLUMN * page_width:
            edges[number] = right
    return edges


def _goes_on(last: Word, first: Word, edges: dict[int, int]) -> bool:
    """Whether a paragraph was cut where a line only wrapped: a small word follows, on a line of its own."""
    inside = first.text.isalpha() and first.text.islower() and last.text[-1].isalnum()
    return inside and len(first.text) > 1 and _wrapped(last, first, edges.get(last.block))


def _wrapped(last: Word, first: Word, edge: int | None) -> bool:
    """Whether the next line's first word would not have stood on this line any more; never where no edge is known.

    Capitals before a word that only begins with one are a heading, however wide.
    """
    if edge is None or (last.text.isupper() and first.text.istitle()):
        return False
    return last.right + _space(first) + (first.right - first.left) > edge


def _between_lines(last: Word, first: Word, edge: int | None) -> str:
    """What parts two lines of a paragraph.

    A line that did not wrap was broken on purpose. A hyphen that ends a wrapped line belongs to what it
    joins ("QĐ-" and "UBND"): Vietnamese does not divide words.
    """
    if not _wrapped(last, first, edge):
        return "\n"
    return "" if _HYPHEN_AFTER_WORD.search(last.text) and _LETTER_OR_DIGIT.match(first.text) else " "


def _space(word: Word) -> int:
    """A space beside the word, in pixels: about half a letter."""
    return (word.right - word.left) // (2 * max(1, len(word.text)))
