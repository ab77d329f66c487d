"""The whole check: format, lint, types, floors and tests, each timed; the first failure decides the exit code."""

from __future__ import annotations

import argparse
import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass

from .environment import ensure
from .layout import Layout, here
from .program import in_words, program_environment

TIERS = {
    "piper": "piper",
    "neural": "neural",
    "browser": None,
    "cluster": "cluster",
    "ocr": "ocr",
    "audit": "audit",
    "peers": None,
}
"""Tiers of tests beyond what the core needs, and the set of packages that each needs."""

PURE = ("tests/unit", "tests/property")
GO_ON = "--continue-on-collection-errors"
"""A module that cannot be read must not hide what the others find."""
FLOORS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the check: its name and what the environment's Python is given."""

    name: str
    arguments: tuple[str, ...]


def main(arguments: Sequence[str], layout: Layout | None = None) -> int:
    """Runs the check; gives the exit code of the first step that failed."""
    layout = layout or here()
    own, extra = split(arguments)
    chosen = parser().parse_args(own)
    tiers = frozenset(chosen.tiers)

    def work() -> int:
        ensure(layout, frozenset({"dev"}) | {name for tier in tiers if (name := TIERS[tier])})
        return run(layout, steps(layout, tiers, chosen.fast, extra), tiers)

    return in_words(layout, work)


def split(arguments: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """Our own options, and those after `--`, which are pytest's."""
    words = list(arguments)
    if "--" not in words:
        return words, ()
    at = words.index("--")
    return words[:at], tuple(words[at + 1 :])


def parser() -> argparse.ArgumentParser:
    """The options of the check."""
    result = argparse.ArgumentParser(
        prog="scripts/test", description="Format, lint, types, floors and tests. What follows `--` is given to pytest."
    )
    result.add_argument(
        "--with",
        dest="tiers",
        type=_tier_list,
        default=(),
        metavar="TIER[,TIER]",
        help=f"tiers to add, in which a missing part is a failure: {', '.join(TIERS)}",
    )
    result.add_argument("--fast", action="store_true", help=f"only the tests in {' and '.join(PURE)}")
    return result


def _tier_list(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    unknown = [name for name in names if name not in TIERS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no tier {', '.join(unknown)}; there are {', '.join(TIERS)}")
    return names


def steps(layout: Layout, tiers: frozenset[str], fast: bool, extra: Sequence[str]) -> tuple[Step, ...]:
    """The steps, in order."""
    pure = [name for name in PURE if (layout.root / name).is_dir()]
    left_out = [tier for tier in TIERS if tier not in tiers]
    tests: list[str] = ["-m", "pytest", GO_ON, *(pure if fast else ())]
    if left_out:
        tests += ["-m", " and ".join(f"not {tier}" for tier in left_out)]
    # Starting workers costs more than the pure tests take.
    if not fast:
        tests += ["-n", str(min(2, os.cpu_count() or 1)), "--dist", "worksteal"]
    return (
        Step("format", ("-m", "ruff", "format", "--check", ".")),
        Step("lint", ("-m", "ruff", "check", ".")),
        Step("types", ("-m", "mypy")),
        Step("floors", ("-c", FLOORS)),
        Step("tests", (*tests, *extra)),
    )


def run(layout: Layout, todo: Sequence[Step], tiers: frozenset[str]) -> int:
    """Runs every step in the root, whatever fails, and sums up; gives the first exit code that is not 0."""
    env = program_environment(layout) | {"STUDIO_TIERS": ",".join(sorted(tiers))}
    first = 0
    for step in todo:
        print(f"== {step.name}", flush=True)
        begun = time.monotonic()
        code = subprocess.run([str(layout.python), *step.arguments], cwd=layout.root, env=env, check=False).returncode
        outcome = "ok" if code == 0 else f"FAILED ({code})"
        print(f"== {step.name}: {outcome}, {time.monotonic() - begun:.1f} s", flush=True)
        first = first or code
    return first
