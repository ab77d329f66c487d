"""A script for a human announcer: words as they are said, breaths marked | and ‖, long pauses written out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from studio.text.pauses import PAUSE_MS
from studio.values.text import Layout, Script, Utterance

BREATH, LONG_BREATH = "|", "‖"
LEGEND = f"{BREATH} lấy hơi ngắn   {LONG_BREATH} nghỉ hết câu"

_CLAUSE = re.compile(r"([,;:]) ")


@dataclass(frozen=True, slots=True)
class AnnouncerLine:
    """One line to be read out; `ends_block` says that a new paragraph begins after it."""

    text: str
    layout: Layout
    ends_block: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a programme: its title and its script, None for music."""

    title: str
    script: Script | None


def announcer_lines(script: Script) -> Iterator[AnnouncerLine]:
    """The lines of a script with their breaths."""
    for utterance in script.utterances:
        words = _CLAUSE.sub(rf"\1 {BREATH} ", utterance.spoken)
        ends = utterance.pause_after_ms >= PAUSE_MS["paragraph"]
        yield AnnouncerLine(f"{words} {_pause(utterance)}", utterance.layout, ends)


def announcer_text(title: str, parts: Iterable[Part]) -> str:
    """The whole programme as plain text."""
    blocks = [f"{title.upper()}\n{LEGEND}\n"]
    for number, part in enumerate(parts, 1):
        blocks.append(f"[{number}] {part.title}\n")
        if part.script is None:
            blocks.append("(nhạc)\n")
            continue
        blocks += [line.text + ("\n" if line.ends_block else "") for line in announcer_lines(part.script)]
    return "\n".join(blocks)


def _pause(utterance: Utterance) -> str:
    pause_ms = utterance.pause_after_ms
    if pause_ms < PAUSE_MS["sentence"]:
        return BREATH
    if pause_ms <= PAUSE_MS["paragraph"]:
        return LONG_BREATH
    return f"{LONG_BREATH} [{pause_ms / 1000:g} giây]".replace(".", ",")
