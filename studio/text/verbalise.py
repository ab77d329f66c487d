"""The one door of the reader: written Vietnamese in, the words an announcer says out."""

from __future__ import annotations

from dataclasses import dataclass

from studio.text.districts import district_notices
from studio.text.lexicon import Lexicon
from studio.text.place import Piece
from studio.text.surface import Surface, surface_of
from studio.text.tokens import pieces
from studio.values.text import Notice, ReadingChoices, Span, Token

_MARKS = ",;:.?!"
_CLAUSE_MARKS = ",;:"
_MARK_KINDS = frozenset(("mark", "clause", "stop"))
_EMPTY = Lexicon.empty()
_DEFAULT = ReadingChoices()


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as tokens in order, with what an editor should look at; spans are of the text as given."""

    tokens: tuple[Token, ...]
    notices: tuple[Notice, ...]

    @property
    def spoken(self) -> str:
        """The spoken form: words, single spaces and , . ; : ? ! only."""
        return joined(self.tokens)


def joined(tokens: tuple[Token, ...]) -> str:
    """The spoken forms of tokens in one line, with no space before a mark."""
    line = " ".join(token.spoken for token in tokens if token.spoken)
    for mark in _MARKS:
        line = line.replace(f" {mark}", mark)
    return line


def verbalise(text: str, *, choices: ReadingChoices = _DEFAULT, lexicon: Lexicon = _EMPTY, offset: int = 0) -> Reading:
    """Read a paragraph or a line (NFC) as a Hanoi announcer would.

    `offset` is where `text` begins in a longer text whose characters the spans shall count.

    Every spoken word belongs to a token with its span of `text`; a token of kind "stop" ends a sentence and one
    of kind "clause" is a pause inside it. What is not certain is a notice; nothing is ever read silently wrong.
    """
    surface = surface_of(text)
    speech = _Speech(text, surface, offset)
    for piece in pieces(surface.text, choices, lexicon):
        speech.add(piece)
    speech.close()
    for notice in district_notices(surface.text):
        speech.note(notice)
    return Reading(tuple(speech.tokens), tuple(speech.notices))


class _Speech:
    """Tokens as they are said: no mark at the beginning, no two marks in a row."""

    def __init__(self, written: str, surface: Surface, offset: int) -> None:
        self.tokens: list[Token] = []
        self.notices: list[Notice] = []
        self._written = written
        self._surface = surface
        self._offset = offset
        self._end = 0
        self._last = -1

    def add(self, piece: Piece) -> None:
        """Append the piece's token; a mark that would double another one is silent."""
        spoken = piece.spoken
        if spoken and spoken[0] in _MARKS:
            spoken = self._after_mark(spoken)
        if piece.notices:
            for notice in piece.notices:
                self.note(notice)
        if not spoken and piece.kind in _MARK_KINDS:
            return
        start, end = self._bounds(piece)
        self._end, shift = end, self._offset
        span = Span(start + shift, end + shift) if shift else Span(start, end)
        self.tokens.append(Token(span, self._written[start:end], spoken, piece.kind, not piece.notices))
        if spoken:
            self._last = len(self.tokens) - 1

    def _bounds(self, piece: Piece) -> tuple[int, int]:
        """The place of a piece; one written character that became several (½) belongs to its first token."""
        offsets = self._surface.offsets
        if offsets is None:
            return piece.start, piece.end
        span = self._surface.span(piece.start, piece.end)
        return (span.start, span.end) if span.start >= self._end else (self._end, max(self._end, span.end))

    def _after_mark(self, spoken: str) -> str:
        """`spoken`, which begins with a mark, as it stands after what was said so far."""
        if self._last < 0:
            return spoken.lstrip(_MARKS).lstrip()
        last = self.tokens[self._last]
        if last.spoken[-1] not in _MARKS:
            return spoken
        if spoken[0] in _CLAUSE_MARKS or last.spoken[-1] not in _CLAUSE_MARKS:
            return spoken.lstrip(_MARKS).lstrip()
        self._silence_mark(last)
        return spoken

    def _silence_mark(self, last: Token) -> None:
        """Take the clause mark from the end of the last spoken token: a stop follows."""
        bare = last.spoken.rstrip(_MARKS).rstrip()
        if bare:
            self.tokens[self._last] = Token(last.span, last.written, bare, last.kind, last.certain)
        else:
            del self.tokens[self._last]

    def close(self) -> None:
        """Take back a pause that nothing follows."""
        while self._last >= 0 and self.tokens[self._last].spoken.endswith(","):
            self._silence_mark(self.tokens[self._last])
            self._last = next((at for at in range(len(self.tokens) - 1, -1, -1) if self.tokens[at].spoken), -1)

    def note(self, notice: Notice) -> None:
        """Keep a notice, its span turned back to the text as given."""
        if notice.span is None or (self._surface.offsets is None and not self._offset):
            self.notices.append(notice)
            return
        span = self._surface.span(notice.span.start, notice.span.end)
        placed = Span(span.start + self._offset, span.end + self._offset)
        self.notices.append(Notice(notice.code, notice.fields, placed, notice.alternatives))
