"""From a written bulletin to its script: the form left out, lines to be spoken, pauses, notices."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from studio.text.form import parts_of_form
from studio.text.legacy import to_unicode
from studio.text.lexicon import Lexicon
from studio.text.paragraphs import Paragraph, paragraphs_of
from studio.text.pauses import pause_after
from studio.text.sentences import ended, pieces_of, spoken_line
from studio.text.unicode import Composed, compose
from studio.text.verbalise import verbalise
from studio.values.text import LeftOut, Notice, ReadingChoices, Script, Span, Token, Utterance


def write_script(written: str, *, choices: ReadingChoices | None = None, lexicon: Lexicon | None = None) -> Script:
    """The script of a written text; all its spans are of `written`. A text that says nothing has no utterances.

    Legacy encodings are converted (notice "text.converted", field `encoding`), the parts of an
    administrative form left out unless `choices.keep_parts` names them, broken lines joined.
    """
    choices = choices or ReadingChoices()
    lexicon = lexicon or Lexicon.empty()
    clean, whole = _cleaned(written)
    form = parts_of_form(clean.text, choices.keep_parts)
    paragraphs = paragraphs_of(clean.text, form.body)
    spoken: list[_Lines] = []
    for paragraph in paragraphs:
        reading = verbalise(paragraph.text, choices=choices, lexicon=lexicon)
        lines = _Lines(paragraph, reading.tokens, clean)
        whole += lines.attach(reading.notices)
        if lines.pieces:
            spoken.append(lines)
    utterances: list[Utterance] = []
    for at, lines in enumerate(spoken):
        utterances += lines.utterances(spoken[at + 1].paragraph if at + 1 < len(spoken) else None)
    left_out = tuple(_placed_part(part, clean, written) for part in form.left_out)
    return Script(written, tuple(utterances), left_out, _merged(whole))


def read_line(line: str, *, choices: ReadingChoices | None = None, lexicon: Lexicon | None = None) -> str:
    """The literal reading of one line of text, no form stripped; empty when there is nothing to say."""
    clean, _ = _cleaned(line)
    reading = verbalise(clean.text, choices=choices or ReadingChoices(), lexicon=lexicon or Lexicon.empty())
    return spoken_line(reading.tokens)


def _cleaned(written: str) -> tuple[Composed, list[Notice]]:
    """The text in clean Unicode, and what an editor should know of the conversion."""
    converted = to_unicode(written)
    if converted is None:
        return compose(written), []
    clean = compose(converted.text)
    notice = Notice("text.converted", (("encoding", converted.encoding),))
    return Composed(clean.text, converted.offsets + clean.offsets), [notice]


class _Lines:
    """The spoken lines of one paragraph, while they are made."""

    def __init__(self, paragraph: Paragraph, tokens: Sequence[Token], clean: Composed) -> None:
        self.paragraph = paragraph
        self.pieces = [piece for piece in pieces_of(tokens) if piece.line]
        self._clean = clean
        self._starts = [piece.tokens[0].span.start for piece in self.pieces]
        self._notices: list[list[Notice]] = [[] for _ in self.pieces]

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
            pause = pause_after(layout, next_layout=next_layout, ends_paragraph=last, ends_sentence=piece.ends_sentence)
            span = Span(tokens[0].span.start, tokens[-1].span.end)
            spoken = ended(piece.line) if piece.ends_sentence else piece.line
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
