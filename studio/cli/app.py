"""The `studio` command and its subcommands; each loads what it needs when it is called."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from studio import __version__
from studio.cli.cart_commands import carts
from studio.cli.comparing import add_comparing
from studio.cli.formats import LexiconFormat, LexiconLayer, ScriptFormat
from studio.cli.plainly import plainly
from studio.values.vietnam import VIETNAM

KEEP_HELP = "Part of a form to speak all the same, such as header, recipients, signature, table; may be repeated."

app = typer.Typer(
    name="studio",
    help="Phát Thanh Studio: written bulletins in, Hanoi-accent programmes out.",
    epilog="Optional parts: python3 scripts/studio setup piper|neural|cluster|ocr|audit; setup --help says more.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
voices = typer.Typer(help="Voices: what can speak here.", no_args_is_help=True)
app.add_typer(voices, name="voices")
lexicon = typer.Typer(help="Lexicons: what is said for a written word.", no_args_is_help=True)
app.add_typer(lexicon, name="lexicon")
app.add_typer(carts, name="carts")
rundown = typer.Typer(help="Rundowns: what a programme is made from.", no_args_is_help=True)
app.add_typer(rundown, name="rundown")
DATE_HELP = "Air date; default: today in Vietnam."


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
    keep: Annotated[list[str] | None, typer.Option(metavar="PART", help=KEEP_HELP)] = None,
    air_date: Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD", help=DATE_HELP)] = None,
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
    profiles = tuple(profile) if profile else None
    run(Asked(file, out, voice, profiles, day, dry_run, verify, as_json, frozenset(keep or ())))


@app.command()
@plainly
def read(
    file: Annotated[str, typer.Argument(help="A document, or - for standard input.")] = "-",
    lines: Annotated[bool, typer.Option("--lines", help="Read each line literally, one output line each.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Utterances with tokens, spans, classes and warnings.")
    ] = False,
    ssml: Annotated[bool, typer.Option("--ssml", help="The text is SSML: speak, p, s, sub, break.")] = False,
    choice: Annotated[
        list[str] | None, typer.Option(metavar="NAME=VALUE", help="A choice of reading; may be repeated.")
    ] = None,
    keep: Annotated[list[str] | None, typer.Option(metavar="PART", help=KEEP_HELP)] = None,
) -> None:
    """Print the spoken form of a text."""
    from studio.cli.read import run

    if keep:
        choice = [*(choice or ()), "keep_parts=" + ",".join(keep)]
    run(file, by_line=lines, as_json=as_json, ssml=ssml, chosen=choice or ())


@app.command()
@plainly
def script(
    file: Annotated[Path, typer.Argument(help="A bulletin or a rundown.")],
    form: Annotated[ScriptFormat, typer.Option("--format", help="txt and docx are for a human reader.")] = (
        ScriptFormat.TXT
    ),
    out: Annotated[Path | None, typer.Option("-o", "--out", help="File to write; default: standard output.")] = None,
    voice: Annotated[str | None, typer.Option(help="Voice id, for the times that vtt estimates.")] = None,
) -> None:
    """Write a script: for an announcer, as SSML, as WebVTT, as JSON."""
    from studio.cli.script import run

    run(file, form, out, voice)


@app.command()
@plainly
def lint(
    file: Annotated[Path, typer.Argument(help="A bulletin or a rundown.")],
    voice: Annotated[str | None, typer.Option(help="Voice id, for the length in minutes.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say what is hard to follow by ear, with suggestions, and how long the text lasts."""
    from studio.cli.lint import run

    run(file, voice, as_json=as_json)


@rundown.command("check")
@plainly
def rundown_check(
    file: Annotated[Path, typer.Argument(help="A rundown (.toml).")],
    air_date: Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD", help=DATE_HELP)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Name file, line and key of everything that keeps a rundown from being produced."""
    from studio.cli.rundown import check

    check(file, _date(air_date), as_json=as_json)


@lexicon.command("list")
@plainly
def lexicon_list(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List the entries that are heard: layer, written, spoken, note."""
    from studio.cli.lexicon import list_entries

    list_entries(as_json=as_json)


@lexicon.command("import")
@plainly
def lexicon_import(
    file: Annotated[Path, typer.Argument(help="A lexicon (.pls or .tsv).")],
    layer: Annotated[LexiconLayer, typer.Option(help="Whose lexicon it becomes part of.")],
    replace: Annotated[bool, typer.Option("--replace", help="Replace one of the same name.")] = False,
) -> None:
    """Check a lexicon and keep it under STUDIO_HOME; says what now disagrees."""
    from studio.cli.lexicon import import_file

    import_file(file, layer, replace=replace)


@lexicon.command("export")
@plainly
def lexicon_export(
    form: Annotated[LexiconFormat, typer.Option("--format", help="PLS 1.0 or a table.")] = LexiconFormat.TSV,
    layer: Annotated[LexiconLayer | None, typer.Option(help="One layer alone.")] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="File to write; default: standard output.")] = None,
) -> None:
    """Write the entries of city and unit."""
    from studio.cli.lexicon import export

    export(form, layer, out)


@lexicon.command("conflicts")
@plainly
def lexicon_conflicts() -> None:
    """List written forms that are to be said in several ways, and which one is heard."""
    from studio.cli.lexicon import list_conflicts

    list_conflicts()


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


@voices.command("pull")
@plainly
def voices_pull(
    voice: Annotated[str, typer.Argument(help="Voice id.")],
    source: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="FILE|DIR|URL", help="Take the files from here instead of the card's addresses."
        ),
    ] = None,
) -> None:
    """Bring a voice's weights, checked by size and digest; goes on where it was broken off."""
    from studio.cli.voices import pull

    pull(voice, source)


@voices.command("verify")
@plainly
def voices_verify(
    voice: Annotated[list[str] | None, typer.Argument(help="Voice ids; default: all.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Hash the weights that lie here and compare them with what they should be."""
    from studio.cli.voices import verify

    verify(tuple(voice or ()), as_json=as_json)


@voices.command("remove")
@plainly
def voices_remove(voice: Annotated[str, typer.Argument(help="Voice id.")]) -> None:
    """Delete a voice's weights; its card stays."""
    from studio.cli.voices import remove

    remove(voice)


add_comparing(voices)


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
    from studio.cli.dates import option_date

    return datetime.now(VIETNAM).date() if written is None else option_date("--date", written)
