"""The stand-in for torchaudio's compiled part, in processes of their own: what it leaves must not reach other tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ASK = """
import sys
sys.path[:0] = sys.argv[1:]
from studio.engines.torchaudio_compat import ensure_torchaudio
stood_in = ensure_torchaudio()
import torchaudio
print(stood_in, torchaudio.functional.__name__, ensure_torchaudio())
print(torchaudio.refused() if stood_in else "")
"""
PACKAGE = """
from . import _extension
from torchaudio import functional

@_extension.fail_if_no_align
def forced_align():
    return "aligned"

def refused():
    try:
        return forced_align()
    except RuntimeError as error:
        return error
"""


def torchaudio(folder: Path, extension: str) -> Path:
    package = folder / "torchaudio"
    (package / "_extension").mkdir(parents=True)
    (package / "__init__.py").write_text(PACKAGE)
    (package / "functional.py").write_text("")
    (package / "_extension" / "__init__.py").write_text(extension)
    return folder


def ask(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", ASK, str(folder), str(ROOT)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_a_torchaudio_that_loads_is_left_alone(tmp_path: Path) -> None:
    said = ask(torchaudio(tmp_path, "fail_if_no_align = lambda function: function\n"))
    assert said.stdout.split() == ["False", "torchaudio.functional", "False"]


def test_what_is_written_in_python_is_there_without_the_compiled_part(tmp_path: Path) -> None:
    said = ask(torchaudio(tmp_path, "raise OSError('libcudart.so.13: cannot open shared object file')\n"))
    first, second = said.stdout.splitlines()
    assert first.split() == ["True", "torchaudio.functional", "False"]
    assert "forced_align needs its compiled part" in second


@pytest.mark.parametrize("fault", ["ImportError('no torchaudio')", "ValueError('something else')"])
def test_other_faults_are_not_covered_up(tmp_path: Path, fault: str) -> None:
    said = ask(torchaudio(tmp_path, f"raise {fault}\n"))
    assert said.returncode != 0
    assert fault.partition("(")[0] in said.stderr
