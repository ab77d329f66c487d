"""Paragraphs of a written text: lines that a program broke are joined again, headings and list items told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from studio.text.lines import Line
from studio.values.text import Layout


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a clean text.

    `text` has a character for each of the clean text's from `start` on: line ends and whatever was
    left out in between are spaces in it.
    """

    start: int
    text: str
    layout: Layout

    @property
    def end(self) -> int:
        """Position in the clean text just after the paragraph."""
        return self.start + len(self.text)


_LONGEST_HEADING_WORDS = 40
_WIDEST_WRAP = 130
_NARROWEST_WRAP = 30
_OPEN_MARKS = (",", "-", "–", "—", "(")
_OPEN_WORDS = frozenset(("và", "hoặc", "của", "cho", "tại", "với", "về"))


def paragraphs_of(text: str, lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs that `lines` of the clean `text` make, in order; linear in their length."""
    width = _wrap_width(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _goes_on(groups[-1][-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    paragraphs: list[Paragraph] = []
    for group in groups:
        after_heading = bool(paragraphs) and paragraphs[-1].layout is Layout.HEADING
        paragraphs.append(_paragraph(text, group, after_heading=after_heading))
    return [paragraph for paragraph in paragraphs if paragraph.text]


def _wrap_width(lines: Iterable[Line]) -> int:
    """The width at which a program broke the lines of this text; 0 when its lines are whole paragraphs."""
    widest = max((line.end - line.start for line in lines), default=0)
    return widest if _NARROWEST_WRAP <= widest <= _WIDEST_WRAP else 0


def _goes_on(line: Line, following: Line, width: int) -> bool:
    """Whether `following` continues the sentence, or the wrapped paragraph, of `line`."""
    if _number_broken(line, following):
        return True
    if following.bullet or following.outlined or following.heading_mark or line.heading_mark:
        return False
    if line.is_capitals or following.is_capitals:
        return line.is_capitals and following.is_capitals and not following.gap and _open(line)
    if not line.ended and following.core[0].islower():
        return True
    if following.gap or not width:
        return False
    length = line.end - line.start
    return (not line.ended and length >= 0.75 * width) or length >= 0.9 * width or _open(line)


_HALF_NUMBER = re.compile(r"(?<!\d)0\d{1,4}[.-]$|\d\s?/$")
_OTHER_HALF = re.compile(r"[./-]\d")
_SPAN_BEGUN = re.compile(r"(?:từ|Từ)\s+\d\S*$")
_SPAN_ENDED = re.compile(r"[-–]\s?\d\S*\s")


def _number_broken(line: Line, following: Line) -> bool:
    """Whether a line end stands inside a number, a date, a span of time, or before the number a word asks for."""
    if following.gap:
        return False
    starts_with_figure = following.core[0].isdecimal()
    if _HALF_NUMBER.search(line.core[-8:]) and starts_with_figure:
        return True
    if line.core[-1].isdecimal() and _OTHER_HALF.match(following.core):
        return True
    if _SPAN_BEGUN.search(line.core[-16:]) and _SPAN_ENDED.match(following.core):
        return True
    asks = not line.is_capitals and starts_with_figure and not following.outlined
    return asks and line.core.rsplit(None, 1)[-1].lower() in _ASKS_FOR_NUMBER


_ASKS_FOR_NUMBER = frozenset(
    ("ngày", "tháng", "năm", "số", "từ", "đến", "lúc", "khoản", "điều", "điểm", "mục", "hết", "trước", "thứ", "quý")
)


def _open(line: Line) -> bool:
    """The line ends in the middle of a phrase."""
    last = line.core[-12:].lower().rsplit(None, 1)[-1]
    return last.endswith(_OPEN_MARKS) or last in _OPEN_WORDS


def _paragraph(text: str, group: Sequence[Line], *, after_heading: bool) -> Paragraph:
    first = group[0]
    opener = first.heading_mark or first.bullet
    start = first.start + opener
    if len(group) == 1:
        words = text[start : first.end]
    else:
        pieces: list[str] = []
        at = start
        for line in group:
            pieces += (" " * (line.start - at), text[max(at, line.start) : line.end])
            at = line.end
        words = "".join(pieces)
    return Paragraph(start, words, _layout(group, words, after_heading=after_heading))


def _layout(group: Sequence[Line], words: str, *, after_heading: bool) -> Layout:
    first, last = group[0], group[-1]
    if first.bullet:
        return Layout.LIST_ITEM
    if first.heading_mark:
        return Layout.HEADING
    if last.ended or last.core.endswith(",") or words.count(" ") > _LONGEST_HEADING_WORDS:
        return Layout.HEADING if all(line.is_capitals for line in group) and not last.ended else Layout.PARAGRAPH
    capitals = all(line.is_capitals for line in group)
    return Layout.HEADING if capitals or first.outlined or after_heading else Layout.PARAGRAPH
