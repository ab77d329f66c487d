"""What an editor can decide about a reading: doubtful places with the readings to pick from, parts to bring back."""

from __future__ import annotations

from dataclasses import dataclass

from studio.text.findings import findings
from studio.text.letters import spelled
from studio.text.marking import LETTERS, is_markable, mark_spans
from studio.values.text import Notice, Script, Span, Utterance
from studio.web.labels import PARTS
from studio.web.reading_view import shortened

SILENT = "∅"
"""Stands for silence among the readings, where an empty choice would mean none."""

CLAUSE_MARKS = " ,;:.!?…"
_NOTHING_TO_SAY = ("mark",)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubtful place: how it is called, and pairs of shown and spoken reading."""

    span: Span
    name: str
    readings: tuple[tuple[str, str], ...]
    alike: tuple[Span, ...]
    """Every place that the same is said of and that can be decided, this one among them."""

    @property
    def key(self) -> str:
        """The place among all of one text."""
        return f"{self.span.start}:{self.span.end}"


@dataclass(frozen=True, slots=True)
class Seen:
    """The text that the page shows the reading of, and what is doubtful in it."""

    written: str = ""
    doubts: tuple[Doubt, ...] = ()

    def find(self, key: str | None) -> Doubt | None:
        """The doubt with this key, if there is one."""
        return next((doubt for doubt in self.doubts if doubt.key == key), None)


def doubts_of(script: Script) -> tuple[Doubt, ...]:
    """The places that a notice speaks of and a mark can decide, in order, each once."""
    marks = mark_spans(script.written)
    found: dict[Span, Doubt] = {}
    for each in findings(script):
        places = [(number, span) for number, span in zip(each.lines, each.spans, strict=False) if span not in found]
        places = [(number, span) for number, span in places if is_markable(script.written, span, marks)]
        alike = tuple(span for _, span in places)
        for number, span in places:
            line = script.utterances[number - 1] if number else None
            words = shortened(script.written[span.start : span.end])
            name = f"Câu {number}: “{words}”" if number else f"“{words}”"
            found[span] = Doubt(span, name, _readings(script.written, line, each.notice, span), alike)
    return tuple(found[span] for span in sorted(found, key=lambda span: (span.start, span.end)))


def parts_of(script: Script) -> tuple[str, ...]:
    """The parts left out of a script that could be spoken, in the order of the form."""
    left_out = {part.part for part in script.left_out}
    return tuple(part for part in PARTS if part in left_out and part not in _NOTHING_TO_SAY)


def _readings(written: str, line: Utterance | None, notice: Notice, span: Span) -> tuple[tuple[str, str], ...]:
    now = _spoken_now(line, span) if line else ""
    spoken = {said.casefold(): said for said in (*notice.alternatives, now) if said}
    named = [(f"“{said}” (đang đọc)" if key == now.casefold() else f"“{said}”", said) for key, said in spoken.items()]
    words = written[span.start : span.end]
    letters = spelled(words) if len(words.split()) == 1 else ""
    if letters and letters.casefold() not in spoken:
        named.append((f"Đọc từng chữ: “{letters}”", LETTERS))
    return (*named, ("Không đọc", SILENT))


def _spoken_now(line: Utterance, span: Span) -> str:
    """What is said for the span, where whole tokens stand for it."""
    inside = [token for token in line.tokens if token.span.start < span.end and span.start < token.span.end]
    if any(token.span.start < span.start or token.span.end > span.end for token in inside):
        return ""
    return " ".join(token.spoken for token in inside if token.spoken.strip(CLAUSE_MARKS)).strip(CLAUSE_MARKS)
