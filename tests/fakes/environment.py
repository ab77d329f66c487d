"""An environment made of a few files, in the place of venv and pip."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scripts._launch.layout import Layout
from scripts._launch.sets import PackageSet


class FakePip:
    """Stands for venv and pip: makes the interpreter's file and one file per set, or fails as told."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.installs: list[tuple[tuple[str, ...], Path | None]] = []
        self.failure: BaseException | None = None
        self.fails_after_writing = False

    def run_step(self, command: Sequence[str], what: str, log: Path) -> None:
        self.layout.python.parent.mkdir(parents=True)
        self.layout.python.touch()

    def install(self, layout: Layout, sets: Sequence[PackageSet], wheels: Path | None) -> None:
        self.installs.append((tuple(item.name for item in sets), wheels))
        if self.failure is not None and not self.fails_after_writing:
            raise self.failure
        packages = layout.venv / "lib" / "python3" / "site-packages"
        packages.mkdir(parents=True, exist_ok=True)
        for item in sets:
            (packages / item.name).touch()
        if self.failure is not None:
            raise self.failure
