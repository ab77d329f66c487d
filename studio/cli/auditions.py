"""`studio voices audition|scores`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from studio.cli.notices import notice_lines, tell
from studio.cli.opening import opened
from studio.cli.progress import ProgressBars
from studio.cli.words import english
from studio.errors import SoundError, VoiceError
from studio.rules.audition import Scores
from studio.rules.candidates import Candidate, candidate
from studio.values.text import Notice

if TYPE_CHECKING:
    from studio.files.audition import Audition
    from studio.ports import Progress
    from studio.service.studio import Studio


def run(voices: tuple[str, ...], text: Path | None, *, as_json: bool) -> None:
    """Makes an audition and prints its folder."""
    with opened() as studio:
        chosen = tuple(map(candidate, voices)) or studio.candidates()
        if not voices and len({each.voice_id for each in chosen}) == 1:
            tell([Notice("audition.one_voice", (("voice", chosen[0].voice_id),))])
        written = None if text is None else studio.reader.documents.read(text)
        for line in notice_lines(studio.reader.read(written)) if written is not None else ():
            sys.stderr.write(f"warning: {line}\n")
        with ProgressBars() as progress:
            audition = audition_of(studio, written, chosen, progress, named=bool(voices))
        folder = studio.auditions.folder(audition.id)
    for each in audition.stimuli:
        tell(each.doubtful)
    if as_json:
        sys.stdout.write(json.dumps({"folder": str(folder), **audition.model_dump(mode="json")}, ensure_ascii=False))
        sys.stdout.write("\n")
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("file", "voice", "seconds", "syllables/s", "own LUFS", "gain dB", "LUFS"):
        table.add_column(heading, justify="left" if heading in ("file", "voice") else "right", overflow="fold")
    for each in audition.stimuli:
        figures = (each.duration_s, each.syllables_per_second, each.own_lufs, each.gain_db, each.integrated_lufs)
        table.add_row(each.file, each.candidate, *(f"{figure:.1f}" for figure in figures))
    Console(stderr=True, soft_wrap=True).print(table)
    sys.stdout.write(f"{folder}\n")


def audition_of(
    studio: Studio, written: str | None, chosen: Sequence[Candidate], progress: Progress, *, named: bool
) -> Audition:
    """The audition; of voices that nobody named those that then cannot speak are left out and said."""
    while True:
        try:
            return studio.audition(written, chosen, progress)
        except (SoundError, VoiceError) as error:
            left = [each for each in chosen if each.voice_id != error.fields.get("voice")]
            if named or not left or len(left) == len(chosen):
                raise
            chosen = left
            reason = english(error.code, error.fields)
            tell([Notice("audition.left_out", (("voice", str(error.fields["voice"])), ("reason", reason)))])


def show_scores(*, as_json: bool) -> None:
    """Prints mean opinions and preferences."""
    with opened() as studio:
        scores, torn = studio.judged()
    if torn:
        tell([Notice("audition.torn_lines", (("count", str(torn)),))])
    if as_json:
        sys.stdout.write(json.dumps({**asdict(scores), "torn_lines": torn}, ensure_ascii=False) + "\n")
        return
    for line in _lines(scores):
        sys.stdout.write(line + "\n")


def _lines(scores: Scores) -> list[str]:
    lines = [f"{scores.judgements} judgements by {scores.listeners} listeners"]
    for each in scores.opinions:
        spread = "-" if each.spread is None else f"{each.spread:.2f}"
        lines.append(f"opinion\t{each.candidate}\t{each.mean:.2f}\tspread {spread}\tlisteners {each.listeners}")
    for pair in scores.preferences:
        chance = "-" if pair.chance is None else f"{pair.chance:.3f}"
        counts = f"{pair.first} {pair.first_wins}\t{pair.second} {pair.second_wins}\tties {pair.ties}"
        lines.append(f"preference\t{counts}\tp {chance}")
    return lines
