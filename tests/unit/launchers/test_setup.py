"""What pip and the program are given, with the network and without it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from scripts._launch import pip, program, setup
from scripts._launch.layout import Layout
from scripts._launch.say import LaunchError
from scripts._launch.sets import in_order
from tests.fakes.environment import FakePip

DEV = frozenset({"dev"})


def test_requirement_options_name_every_file_and_the_pins(layout: Layout) -> None:
    options = pip.requirement_options(layout, in_order(DEV))
    names = ["requirements.txt", "requirements-dev.txt", "constraints.txt"]
    assert [Path(path).name for path in options[1::2]] == names
    assert options[::2] == ["-r", "-r", "-c"]


def test_install_from_a_folder_uses_no_network(layout: Layout, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    commands: list[Sequence[str]] = []
    monkeypatch.setattr(pip, "run_step", lambda command, *rest: commands.append(command))
    pip.install(layout, in_order(frozenset()), tmp_path)
    pip.install(layout, in_order(frozenset()), None)
    assert "--no-index --find-links " + str(tmp_path) in " ".join(commands[0])
    assert "--no-index" not in commands[1]


def test_failing_step_shows_its_errors(tmp_path: Path) -> None:
    script = "import sys; print('chatter'); print('ERROR: no such version'); print('more'); sys.exit(1)"
    with pytest.raises(LaunchError) as caught:
        pip.run_step([sys.executable, "-c", script], "installing", tmp_path / "log")
    assert str(caught.value).endswith("    ERROR: no such version")


def test_meddling_variables_do_not_reach_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_TARGET", "/elsewhere")
    monkeypatch.setenv("KEPT", "1")
    assert "PIP_TARGET" not in pip.clean_environment()
    assert pip.clean_environment()["KEPT"] == "1"


@pytest.mark.parametrize("change", [{"python": "3.9"}, {"system": "Plan 9"}, {"machine": "abacus"}, {"sets": []}])
def test_wheels_for_another_pc_are_refused(tmp_path: Path, change: dict[str, object]) -> None:
    good = {**setup.this_system(), "sets": ["core"]}
    (tmp_path / setup.FOLDER_RECORD).write_text(json.dumps(good), encoding="utf-8")
    setup.check_folder(tmp_path, frozenset())
    (tmp_path / setup.FOLDER_RECORD).write_text(json.dumps(good | change), encoding="utf-8")
    with pytest.raises(LaunchError, match=r"Prepare|prepare"):
        setup.check_folder(tmp_path, frozenset())


def test_setup_installs_from_a_folder(layout: Layout, fake: FakePip, tmp_path: Path) -> None:
    record = {**setup.this_system(), "sets": ["core", "dev"]}
    (tmp_path / setup.FOLDER_RECORD).write_text(json.dumps(record), encoding="utf-8")
    assert program.main(["setup", "--from", str(tmp_path), "dev"], layout) == 0
    assert fake.installs == [(("core", "dev"), tmp_path)]


def test_setup_refuses_an_unknown_set(layout: Layout, fake: FakePip) -> None:
    with pytest.raises(SystemExit) as caught:
        program.main(["setup", "magic"], layout)
    assert caught.value.code == 2
    assert not layout.venv.exists()


def test_program_gets_its_arguments_untouched(layout: Layout, fake: FakePip, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, Sequence[str]]] = []

    def run_module(layout: Layout, name: str, words: Sequence[str]) -> int:
        seen.append((name, words))
        return 7

    monkeypatch.setattr(program, "run_module", run_module)
    words = ["read", "tin sáng.txt", "--json", "--", "-x"]
    assert program.main(words, layout) == 7
    assert seen == [("studio", words)]


def test_failure_is_one_message_and_an_exit_code(
    layout: Layout, fake: FakePip, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.failure = LaunchError("no network")
    assert program.main(["--help"], layout) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "no network" in shown.err


def test_program_runs_in_the_root_modules_alone(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    found = program.program_environment(layout)
    assert found["PYTHONPATH"] == str(layout.root)
    assert found["PYTHONUTF8"] == "1"
