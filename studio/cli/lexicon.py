"""`studio lexicon`: what the city, the unit and the program itself want said for a written word."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from studio.cli.formats import LexiconFormat, LexiconLayer
from studio.cli.notices import tell
from studio.cli.opening import environment_settings
from studio.text.lexicon import Conflict, conflicts, winners
from studio.values.lexicon import Entry
from studio.wiring import open_lexicons, write_output


def list_entries(*, as_json: bool) -> None:
    """Prints the entries that are heard, the built-in ones included."""
    heard = winners(open_lexicons(environment_settings()).entries())
    if as_json:
        sys.stdout.write(json.dumps([entry._asdict() for entry in heard], ensure_ascii=False) + "\n")
        return
    for entry in heard:
        sys.stdout.write("\t".join((entry.layer, entry.written, entry.spoken, entry.note)) + "\n")


def import_file(file: Path, layer: LexiconLayer, *, replace: bool) -> None:
    """Checks a file and keeps its entries in a layer; says what is not used and what now disagrees."""
    lexicons = open_lexicons(environment_settings())
    entries, notices = lexicons.load(file, layer.value)
    tell(notices, by="warning")
    kept = lexicons.keep(file.stem, layer.value, entries, replace=replace)
    sys.stdout.write(f"{kept}\t{len(entries)} entries\n")
    mine = {entry.written.casefold() for entry in entries}
    found = conflicts(lexicons.entries())
    _print_conflicts((each for each in found if each.winner.written.casefold() in mine), sys.stderr.write)


def export(form: LexiconFormat, layer: LexiconLayer | None, out: Path | None) -> None:
    """Writes the entries of the house that are heard, or all of one layer."""
    entries = open_lexicons(environment_settings()).house()
    chosen = winners(entry for entry in entries if layer is None or entry.layer == layer.value)
    if form is LexiconFormat.PLS:
        from studio.text.pls import write_pls

        text = write_pls(chosen)
    else:
        from studio.text.lexicon_tsv import write_tsv

        text = write_tsv(chosen)
    if out is None:
        sys.stdout.write(text)
    else:
        write_output(out, text.encode())
        sys.stdout.write(f"{out}\n")


def list_conflicts() -> None:
    """Prints written forms with several spoken ones, the one that is heard first."""
    _print_conflicts(conflicts(open_lexicons(environment_settings()).entries()), sys.stdout.write)


def _print_conflicts(found: Iterable[Conflict], write: Callable[[str], object]) -> None:
    for conflict in found:
        losers = "; ".join(map(_placed, conflict.losers))
        write(f"{conflict.winner.written}\theard: {_placed(conflict.winner)}\tnot heard: {losers}\n")


def _placed(entry: Entry) -> str:
    place = f", {Path(entry.file).name} line {entry.line}" if entry.file else ""
    return f"“{entry.spoken}” ({entry.layer}{place})"
