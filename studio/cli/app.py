"""The `studio` command and its subcommands; each loads what it needs when it is called."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Annotated

import typer

from studio import __version__
from studio.cli.plainly import plainly

VIETNAM = timezone(timedelta(hours=7))  # no daylight saving since 1975

app = typer.Typer(
    name="studio",
    help="Phát Thanh Studio: written bulletins in, Hanoi-accent programmes out.",
    epilog="Optional parts: python3 scripts/studio setup neural|cluster; setup --help says how without internet.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
voices = typer.Typer(help="Voices: what can speak here.", no_args_is_help=True)
app.add_typer(voices, name="voices")


def _version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Phát Thanh Studio: written bulletins in, Hanoi-accent programmes out."""


@app.command()
@plainly
def produce(
    file: Annotated[Path, typer.Argument(help="A rundown (.toml) or a bulletin (.txt, .md, .docx, .odt, .pdf).")],
    out: Annotated[
        Path | None, typer.Option(help="Parent folder of the delivery; default: STUDIO_HOME/deliveries.")
    ] = None,
    voice: Annotated[str | None, typer.Option(help="Voice id, for every segment.")] = None,
    profile: Annotated[
        list[str] | None, typer.Option(help="Station profile; may be repeated. Default: loa, goc.")
    ] = None,
    air_date: Annotated[
        str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Air date; default: today in Vietnam.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be spoken and mastered, and why; write nothing.")
    ] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Decode and measure every file once more before delivering.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the plan or the result as JSON.")] = False,
) -> None:
    """Make a programme and deliver it as a folder; prints the folder's path."""
    from studio.cli.produce import Asked, run

    day = _date(air_date)
    run(Asked(file, out, voice, tuple(profile) if profile else None, day, dry_run, verify, as_json))


@app.command()
@plainly
def read(
    file: Annotated[str, typer.Argument(help="A document, or - for standard input.")] = "-",
    lines: Annotated[bool, typer.Option("--lines", help="Read each line literally, one output line each.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Utterances with tokens, spans, classes and warnings.")
    ] = False,
    choice: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="A choice of reading; may be repeated.")
    ] = None,
) -> None:
    """Print the spoken form of a text."""
    from studio.cli.read import run

    run(file, by_line=lines, as_json=as_json, chosen=choice or ())


@app.command()
@plainly
def measure(files: Annotated[list[Path], typer.Argument(help="Sound files.")]) -> None:
    """Measure loudness and true peak; one JSON object a line."""
    from studio.cli.measure import run

    run(files)


@voices.command("list")
@plainly
def voices_list(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List the voices, and whether each can speak here."""
    from studio.cli.voices import run

    run(as_json=as_json)


@app.command()
@plainly
def doctor(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Say what is installed, what is missing, and the line that fixes it."""
    from studio.cli.doctor import run

    run(as_json=as_json)


@app.command()
@plainly
def serve(
    host: Annotated[str, typer.Option(help="Loopback address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 7860,
) -> None:
    """Serve the page on this machine."""
    from studio.cli.serve import run

    run(host, port)


def _date(written: str | None) -> date:
    from studio.errors import InputError

    if written is None:
        return datetime.now(VIETNAM).date()
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise InputError("option.bad_date", value=written) from error
