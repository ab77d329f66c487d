"""Questions and answers: whose turn it is to speak, told by how paragraphs begin ("Hỏi:", "Đáp:", "Trả lời:")."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from studio.values.text import LeftOut, Notice, Script, Span, Utterance

ASKS, ANSWERS = 0, 1

_LABELS = {"hỏi": ASKS, "câu hỏi": ASKS, "đáp": ANSWERS, "trả lời": ANSWERS}
_FORMS = sorted({unicodedata.normalize(form, label) for form in ("NFC", "NFD") for label in _LABELS}, reverse=True)
_LABEL = re.compile(
    rf"^[ \t*_]*(?P<label>{'|'.join(_FORMS)})(?:[ \t]+\d{{1,3}})?[ \t*_]*:[ \t*_]*", re.IGNORECASE | re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says: characters `start` to `end` of the text; None before the first label."""

    speaker: int | None
    start: int
    end: int


def turns_of(text: str, *, say_labels: bool = False) -> tuple[Turn, ...]:
    """The turns of a text, labels included only where they are to be said; empty where there is no label."""
    found = list(_LABEL.finditer(text))
    if not found:
        return ()
    turns = [Turn(None, 0, found[0].start())] if text[: found[0].start()].strip() else []
    ends = [match.start() for match in found[1:]] + [len(text)]
    for match, end in zip(found, ends, strict=True):
        speaker = _LABELS[unicodedata.normalize("NFC", match["label"]).lower()]
        turns.append(Turn(speaker, match.start() if say_labels else match.end(), end))
    return tuple(turns)


def write_turns(
    text: str, turns: tuple[Turn, ...], write: Callable[[str], Script]
) -> tuple[Script, tuple[int | None, ...]]:
    """The script of all turns, each written alone by `write`, with the speaker of every utterance."""
    utterances: list[Utterance] = []
    speakers: list[int | None] = []
    left_out: list[LeftOut] = []
    notices: list[Notice] = []
    for turn in turns:
        script = write(text[turn.start : turn.end])
        said = [_moved(utterance, turn.start) for utterance in script.utterances]
        utterances += said
        speakers += [turn.speaker] * len(said)
        left_out += (replace(part, span=_later(part.span, turn.start)) for part in script.left_out)
        notices += _all_later(script.notices, turn.start)
    return Script(text, tuple(utterances), tuple(left_out), tuple(notices)), tuple(speakers)


def _moved(utterance: Utterance, by: int) -> Utterance:
    tokens = tuple(replace(token, span=_later(token.span, by)) for token in utterance.tokens)
    notices = tuple(_all_later(utterance.notices, by))
    return replace(utterance, span=_later(utterance.span, by), tokens=tokens, notices=notices)


def _all_later(notices: tuple[Notice, ...], by: int) -> Iterator[Notice]:
    return (replace(each, span=_later(each.span, by)) if each.span else each for each in notices)


def _later(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
