"""`studio rundown`: what keeps a rundown from being produced."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import typer

from studio.cli.opening import opened
from studio.cli.tables import clock
from studio.cli.words import english
from studio.errors import InputError
from studio.rules.naming import shown
from studio.service.checking import Problem


def check(file: Path, air_date: date, *, as_json: bool) -> None:
    """Prints every problem with file, line and key; ends with exit code 2 where there is one."""
    with opened() as studio:
        problems = studio.check(file, air_date)
        programme = None if problems else studio.open(file, air_date)
        seconds = studio.estimated_s(programme, air_date) if programme else None
    if as_json:
        records = [_record(file, problem) for problem in problems]
        about = None if seconds is None else round(seconds)
        target = programme.target_s if programme else None
        record = {"problems": records, "estimated_s": about, "target_s": target}
        sys.stdout.write(shown(json.dumps(record, ensure_ascii=False)) + "\n")
    elif programme is not None and seconds is not None:
        slot = f" of {clock(programme.target_s)}" if programme.target_s else ""
        sys.stdout.write(f"{file}: no problems; lasts about {clock(seconds)}{slot}\n")
    else:
        sys.stdout.writelines(f"{_line(file, problem)}\n" for problem in problems)
    if problems:
        raise typer.Exit(InputError.exit_code)


def _line(file: Path, problem: Problem) -> str:
    words = english(problem.error.code, problem.error.fields)
    if problem.error.fields.get("file") == str(file) and "line" in problem.error.fields:
        # The sentence says itself where in the rundown.
        return words
    place = f", line {problem.line}" if problem.line else ""
    return f"{file}{place}: {problem.key}: {words}" if problem.key else f"{file}{place}: {words}"


def _record(file: Path, problem: Problem) -> dict[str, object]:
    error = problem.error
    return {
        "file": str(file),
        "line": problem.line,
        "key": problem.key,
        "code": error.code,
        "fields": dict(error.fields),
        "message": english(error.code, error.fields),
    }
