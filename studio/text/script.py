"""From a written bulletin to its script: the form left out, lines to be spoken, pauses, notices."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from studio.text.form import parts_of_form
from studio.text.inline import Mark, marks_of
from studio.text.legacy import to_unicode
from studio.text.lexicon import Lexicon
from studio.text.marked import MarkedReading, read_marked
from studio.text.paragraphs import Paragraph, paragraphs_of
from studio.text.pauses import pause_after
from studio.text.quotes import paced
from studio.text.sentences import Piece, ended, pieces_of, spoken_line
from studio.text.unicode import Composed, compose
from studio.values.text import LeftOut, Notice, ReadingChoices, Script, Span, Token, Utterance


def write_script(written: str, *, choices: ReadingChoices | None = None, lexicon: Lexicon | None = None) -> Script:
    """The script of a written text; all its spans are of `written`. A text that says nothing has no utterances.

    Legacy encodings are converted (notice "text.converted", field `encoding`), the parts of an
    administrative form left out unless `choices.keep_parts` names them, broken lines joined, inline marks
    (see `studio.text.inline`) obeyed.
    """
    choices = choices or ReadingChoices()
    lexicon = lexicon or Lexicon.empty()
    clean, marks, whole = _cleaned(written)
    form = parts_of_form(clean.text, choices.keep_parts)
    paragraphs = paragraphs_of(clean.text, form.body)
    spoken: list[_Lines] = []
    for paragraph in paragraphs:
        reading = read_marked(paragraph.text, _marks_in(paragraph, marks), choices, lexicon)
        lines = _Lines(paragraph, reading, clean)
        whole += lines.attach(reading.notices)
        if lines.lead_ms is not None and spoken:
            spoken[-1].pauses_ms[-1] = lines.lead_ms
        if lines.pieces:
            spoken.append(lines)
    utterances: list[Utterance] = []
    for at, lines in enumerate(spoken):
        utterances += lines.utterances(spoken[at + 1].paragraph if at + 1 < len(spoken) else None)
    left_out = tuple(_placed_part(part, clean, written) for part in form.left_out)
    return Script(written, tuple(utterances), left_out, _merged(whole))


def read_line(line: str, *, choices: ReadingChoices | None = None, lexicon: Lexicon | None = None) -> str:
    """The literal reading of one line of text, no form stripped; empty when there is nothing to say."""
    clean, marks, _ = _cleaned(line)
    reading = read_marked(clean.text, marks, choices or ReadingChoices(), lexicon or Lexicon.empty())
    return spoken_line(reading.tokens)


def _cleaned(written: str) -> tuple[Composed, Sequence[Mark], list[Notice]]:
    """The text in clean Unicode without its inline marks, the marks, and what an editor should know of it."""
    converted = to_unicode(written)
    clean = compose(converted.text if converted else written)
    offsets = (converted.offsets if converted else ()) + clean.offsets
    notices = [Notice("text.converted", (("encoding", converted.encoding),))] if converted else []
    marked = marks_of(clean.text)
    for notice in marked.notices:
        span = notice.span and Composed(clean.text, offsets).written_span(notice.span.start, notice.span.end)
        notices.append(Notice(notice.code, notice.fields, span))
    return Composed(marked.text, offsets + ((marked.offsets,) if marked.offsets else ())), marked.marks, notices


def _marks_in(paragraph: Paragraph, marks: Sequence[Mark]) -> list[Mark]:
    """The marks of a paragraph with their places in it."""
    if not marks:
        return []
    start = paragraph.start
    first = bisect_left(marks, start, key=lambda mark: mark.start)
    end = bisect_right(marks, paragraph.end, key=lambda mark: mark.end)
    return [replace(mark, start=mark.start - start, end=mark.end - start) for mark in marks[first:end]]


class _Lines:
    """The spoken lines of one paragraph, while they are made."""

    def __init__(self, paragraph: Paragraph, reading: MarkedReading, clean: Composed) -> None:
        self.paragraph = paragraph
        self.pieces: list[Piece] = []
        self.pauses_ms: list[int | None] = []
        """The pause that an inline mark asks for after each piece."""
        self.lead_ms: int | None = None
        """The pause that one asks for before the first."""
        tokens, quoted_ms = paced(paragraph.text, reading.tokens)
        for piece in pieces_of(tokens):
            last = piece.tokens[-1]
            pause_ms = self._pause_ms(last, reading, quoted_ms)
            if piece.line:
                self.pieces.append(piece)
                self.pauses_ms.append(pause_ms)
            elif pause_ms is not None and self.pieces:
                self.pauses_ms[-1] = pause_ms
            elif pause_ms is not None:
                self.lead_ms = pause_ms
        self._clean = clean
        self._starts = [piece.tokens[0].span.start for piece in self.pieces]
        self._notices: list[list[Notice]] = [[] for _ in self.pieces]

    @staticmethod
    def _pause_ms(last: Token, reading: MarkedReading, quoted_ms: Mapping[int, int]) -> int | None:
        """How long the pause is that a piece ends with: an editor's mark wins over a quotation's border."""
        if last.kind != "pause":
            return None
        return reading.pauses_ms.get(last.span.start, quoted_ms.get(last.span.start))

    def attach(self, notices: Iterable[Notice]) -> list[Notice]:
        """Put each notice to the line it speaks of; those of the whole text come back."""
        whole: list[Notice] = []
        for notice in notices:
            if notice.span is None:
                whole.append(notice)
                continue
            placed = Notice(notice.code, notice.fields, self._written(notice.span), notice.alternatives)
            if self.pieces:
                self._notices[max(0, bisect_right(self._starts, notice.span.start) - 1)].append(placed)
            else:
                whole.append(placed)
        return whole

    def utterances(self, following: Paragraph | None) -> list[Utterance]:
        """The paragraph's utterances; `following` is the next paragraph that says something."""
        layout = self.paragraph.layout
        next_layout = following.layout if following else None
        made: list[Utterance] = []
        for at, piece in enumerate(self.pieces):
            last = at == len(self.pieces) - 1
            tokens = self._placed(piece.tokens)
            ends = piece.ends_sentence and (last or piece.tokens[-1].kind != "pause")
            pause = self.pauses_ms[at]
            if pause is None:
                pause = pause_after(layout, next_layout=next_layout, ends_paragraph=last, ends_sentence=ends)
            span = Span(tokens[0].span.start, tokens[-1].span.end)
            spoken = ended(piece.line) if ends else piece.line
            made.append(Utterance(span, spoken, tokens, pause, layout, tuple(self._notices[at])))
        return made

    def _placed(self, tokens: Sequence[Token]) -> tuple[Token, ...]:
        """The tokens without the space at their ends, with their spans in the written text."""
        shift = self.paragraph.start
        moved = bool(self._clean.offsets)
        placed: list[Token] = []
        for token in tokens:
            written, start, end = token.written, token.span.start, token.span.end
            if written[:1] == " " or written[-1:] == " ":
                start += len(written) - len(written.lstrip())
                written = written.strip()
                end = start + len(written)
            span = self._clean.written_span(start + shift, end + shift) if moved else Span(start + shift, end + shift)
            placed.append(Token(span, written, token.spoken, token.kind, token.certain))
        return tuple(placed)

    def _written(self, span: Span) -> Span:
        shift = self.paragraph.start
        return self._clean.written_span(span.start + shift, span.end + shift)


def _placed_part(part: LeftOut, clean: Composed, written: str) -> LeftOut:
    span = clean.written_span(part.span.start, part.span.end)
    return LeftOut(part.part, span, written[span.start : span.end])


def _merged(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Notices in order; of those of the whole text that say the same, the first."""
    merged: dict[tuple[object, ...], Notice] = {}
    for notice in notices:
        merged.setdefault((notice.code, notice.fields, notice.span), notice)
    return tuple(merged.values())
