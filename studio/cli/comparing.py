"""`studio voices audition|scores|audit`: commands that compare and measure voices."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from studio.cli.plainly import plainly

FORM = r"ID\[+VARIANT]\[@SPEED]\[:SETTING=VALUE]"
"""With its brackets kept from being taken for the terminal's markup."""


def add_comparing(voices: typer.Typer) -> None:
    """Adds the commands to `studio voices`."""
    for command in (audition, scores, audit):
        voices.command(command.__name__)(command)


@plainly
def audition(
    voice: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID…", help=f"Voices, each as {FORM}; default: all."),
    ] = None,
    text: Annotated[Path | None, typer.Option(help="A document to read; default: a short text of the house.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the audition as JSON.")] = False,
) -> None:
    """Let several voices read the same text, level-matched; prints the folder with its index page."""
    from studio.cli.auditions import run

    run(tuple(voice or ()), text, as_json=as_json)


@plainly
def scores(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Sum up what listeners said on the page: mean opinions and preferences."""
    from studio.cli.auditions import show_scores

    show_scores(as_json=as_json)


@plainly
def audit(
    voice: Annotated[str, typer.Argument(metavar="ID", help=f"A voice, as {FORM}.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the audit as JSON.")] = False,
) -> None:
    """Measure how Hanoi a voice sounds: tones against a template, mergers, rate, pauses, levels."""
    from studio.cli.audits import run

    run(voice, as_json=as_json)
