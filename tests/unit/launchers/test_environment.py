"""When the environment is made anew, and what survives a failure, a kill and a second launcher."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from scripts._launch import environment, lock, pip
from scripts._launch.layout import Layout, Record, digest_of, has, read_record, why_stale, write_record
from scripts._launch.say import LaunchError
from scripts._launch.sets import PackageSet
from tests.fakes.environment import FakePip

DEV = frozenset({"dev"})


def test_missing_environment_is_made_once(layout: Layout, fake: FakePip) -> None:
    assert why_stale(layout) == "there is none yet"
    environment.ensure(layout)
    environment.ensure(layout)
    assert fake.installs == [(("core",), None)]
    assert has(layout, frozenset())
    assert not has(layout, DEV)


def test_changed_requirements_remake_with_every_set_that_was_there(layout: Layout, fake: FakePip) -> None:
    environment.ensure(layout, DEV)
    leftover = layout.venv / "leftover"
    leftover.touch()
    (layout.root / "requirements.txt").write_text("core==2\n", encoding="utf-8")
    environment.ensure(layout)
    assert fake.installs[-1] == (("core", "dev"), None)
    assert not leftover.exists()
    assert not layout.previous.exists()


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "constraints.txt"])
def test_digest_follows_the_files_of_its_sets(layout: Layout, name: str) -> None:
    before = digest_of(layout.root, DEV)
    (layout.root / name).write_text("core==2\n", encoding="utf-8")
    assert digest_of(layout.root, DEV) != before


def test_digest_ignores_other_sets_and_line_ends(layout: Layout) -> None:
    before = digest_of(layout.root, frozenset())
    (layout.root / "requirements-neural.txt").write_text("torch==3\n", encoding="utf-8")
    (layout.root / "requirements.txt").write_bytes(b"core==1\r\n")
    assert digest_of(layout.root, frozenset()) == before


def test_half_made_environment_is_made_anew(layout: Layout, fake: FakePip) -> None:
    layout.venv.mkdir()
    write_record(layout, Record("3.11", "x", ("core", "dev")))
    (layout.venv / "half").touch()
    assert why_stale(layout) == "the last attempt at it did not end"
    environment.ensure(layout)
    assert fake.installs == [(("core", "dev"), None)]
    assert not (layout.venv / "half").exists()


def test_other_python_and_lost_python_are_noticed(layout: Layout, fake: FakePip) -> None:
    environment.ensure(layout)
    record = read_record(layout)
    assert record is not None
    write_record(layout, Record("3.9", record.digest, record.sets, finished=True))
    assert "made with Python 3.9" in str(why_stale(layout))
    write_record(layout, record)
    layout.python.unlink()
    assert "is gone" in str(why_stale(layout))


def test_failed_remake_leaves_the_old_environment(layout: Layout, fake: FakePip) -> None:
    environment.ensure(layout)
    (layout.venv / "mine").touch()
    (layout.root / "requirements.txt").write_text("core==2\n", encoding="utf-8")
    fake.failure = LaunchError("no network")
    with pytest.raises(LaunchError, match="setup --from"):
        environment.ensure(layout)
    assert (layout.venv / "mine").exists()
    assert not layout.previous.exists()
    (layout.root / "requirements.txt").write_text("core==1\n", encoding="utf-8")
    assert has(layout, frozenset())


def test_killed_remake_gives_the_old_environment_back(layout: Layout, fake: FakePip) -> None:
    environment.ensure(layout, DEV)
    (layout.venv / "mine").touch()
    layout.venv.rename(layout.previous)
    layout.venv.mkdir()
    write_record(layout, Record("3.11", "x", ("core", "dev")))
    environment.ensure(layout)
    assert (layout.venv / "mine").exists()
    assert len(fake.installs) == 1


def test_interrupt_while_making_leaves_nothing_half_made(layout: Layout, fake: FakePip) -> None:
    fake.failure = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        environment.ensure(layout)
    assert not layout.venv.exists()


def test_adding_a_set_keeps_what_is_there(layout: Layout, fake: FakePip) -> None:
    environment.ensure(layout)
    (layout.venv / "mine").touch()
    environment.ensure(layout, frozenset({"cluster"}))
    assert fake.installs[-1] == (("core", "cluster"), None)
    assert (layout.venv / "mine").exists()
    assert has(layout, frozenset({"cluster"}))


def test_failed_adding_that_changed_nothing_leaves_the_core_usable(layout: Layout, fake: FakePip) -> None:
    environment.ensure(layout)
    fake.failure = LaunchError("no network")
    with pytest.raises(LaunchError):
        environment.ensure(layout, frozenset({"neural"}))
    assert why_stale(layout) is None
    assert not has(layout, frozenset({"neural"}))


def test_adding_that_broke_off_midway_is_noticed(layout: Layout, fake: FakePip) -> None:
    environment.ensure(layout)
    fake.failure, fake.fails_after_writing = KeyboardInterrupt(), True
    with pytest.raises(KeyboardInterrupt):
        environment.ensure(layout, frozenset({"neural"}))
    assert why_stale(layout) == "adding neural to it did not end"


def test_foreign_environment_is_left_alone(layout: Layout, fake: FakePip) -> None:
    layout.venv.mkdir()
    (layout.venv / "pyvenv.cfg").touch()
    with pytest.raises(LaunchError, match="was not made by this launcher"):
        environment.ensure(layout)
    assert (layout.venv / "pyvenv.cfg").exists()


def test_python_without_ensurepip_gets_a_remedy(layout: Layout, fake: FakePip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(LaunchError, match="apt install python3"):
        environment.ensure(layout)


def test_two_launchers_make_one_environment(layout: Layout, fake: FakePip, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(layout: Layout, sets: Sequence[PackageSet], wheels: Path | None) -> None:
        time.sleep(0.3)
        fake.install(layout, sets, wheels)

    monkeypatch.setattr(pip, "install", slow)
    both = [threading.Thread(target=environment.ensure, args=(layout,)) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(timeout=20)
    assert len(fake.installs) == 1
    assert has(layout, frozenset())


HOLDING = """
import sys
from pathlib import Path
from scripts._launch import lock, pip
with lock.exclusive(Path(sys.argv[1]), lambda: None):
    pip.run_step([sys.executable, "-c", sys.argv[2]], "working", Path(sys.argv[3]))
"""
ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.skipif(os.name != "posix", reason="a lock is handed on to a child only there")
def test_lock_stays_while_the_pip_of_a_killed_launcher_works(tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    work = f"import os, time; open({str(begun)!r}, 'w').write(str(os.getpid())); time.sleep(30)"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(tmp_path / "lock"), work, str(tmp_path / "log")],
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
    ) as launcher:
        while not begun.exists() or not begun.read_text():
            assert launcher.poll() is None
            time.sleep(0.02)
        launcher.kill()
    waited: list[bool] = []

    def end_the_orphan() -> None:
        waited.append(True)
        os.kill(int(begun.read_text()), signal.SIGKILL)

    with lock.exclusive(tmp_path / "lock", end_the_orphan, pause_s=0.01):
        assert waited == [True]
