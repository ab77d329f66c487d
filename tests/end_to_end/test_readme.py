"""README's first command, in a fresh copy of the checkout in a folder with a Vietnamese name."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def first_command() -> list[str]:
    """The first line of README's first block of code."""
    block = (ROOT / "README.md").read_text(encoding="utf-8").split("```")[1]
    return shlex.split(block.strip().splitlines()[0])


def fresh_copy(folder: Path) -> Path:
    """What git would clone, with the changes that are not committed yet."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True, timeout=60
    )
    for name in filter(None, listed.stdout.split("\0")):
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).exists():
            shutil.copy2(ROOT / name, target)
    return folder


@pytest.mark.skipif(os.name == "nt", reason="the environment is lent to the copy by a symbolic link")
def test_the_first_command_makes_the_sample_programme(tmp_path: Path) -> None:
    environment = ROOT / ".venv"
    if not (ROOT / ".git").exists() or not (environment / "studio-environment.json").exists():
        pytest.skip("needs a git checkout whose environment was made by scripts/test")
    clone = fresh_copy(tmp_path / "Đài thử nghiệm")
    (clone / ".venv").symlink_to(environment)
    command = first_command()
    assert command[:2] == ["python3", "scripts/studio"]
    given = {name: value for name, value in os.environ.items() if not name.startswith("STUDIO_")}
    done = subprocess.run(
        [sys.executable, *command[1:]],
        cwd=clone,
        env=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    delivery = Path(done.stdout.strip())
    assert delivery.parent == clone / "var" / "deliveries"
    manifest = json.loads((delivery / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["title"] == "Bản tin sáng phường Láng Hạ Mẫu"
    assert {file["profile"] for file in manifest["audio"]} == {"loa", "goc"}
