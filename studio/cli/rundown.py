"""`studio rundown`: what keeps a rundown from being produced."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import typer

from studio.cli.opening import opened
from studio.cli.words import english
from studio.errors import InputError
from studio.service.checking import Problem


def check(file: Path, air_date: date, *, as_json: bool) -> None:
    """Prints every problem with file, line and key; ends with exit code 2 where there is one."""
    with opened() as studio:
        problems = studio.check(file, air_date)
    if as_json:
        records = [_record(file, problem) for problem in problems]
        sys.stdout.write(json.dumps({"problems": records}, ensure_ascii=False) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in _lines(file, problems))
    if problems:
        raise typer.Exit(InputError.exit_code)


def _lines(file: Path, problems: tuple[Problem, ...]) -> list[str]:
    return [_line(file, problem) for problem in problems] or [f"{file}: no problems"]


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
