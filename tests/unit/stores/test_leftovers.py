"""What killed runs left goes; what lives, what is another's and what a pull goes on with stays."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from studio.sound import Sound
from studio.stores.durable import hidden_beside, written_beside
from studio.stores.leftovers import UNTOUCHED, FolderLeftovers
from studio.stores.takes import FolderTakeStore
from tests.fakes.clocks import Stopped

NOW_S = Stopped().now().timestamp()
DAY_S = UNTOUCHED.total_seconds()
MORE = timedelta(seconds=1).total_seconds()
ROOT = Path(__file__).resolve().parents[3]
GONE = "2147483646-0123abcd-0123456789abcdef"
"""What a name says of a process of a number that no system gives."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home" / "takes" / "3f").mkdir(parents=True)
    return tmp_path / "home"


def sweep(home: Path) -> None:
    """The sweep of a new day."""
    (home / ".swept").unlink(missing_ok=True)
    swept_today(home)


def swept_today(home: Path) -> None:
    FolderLeftovers(home, home.parent / "models", Stopped()).sweep()


def aged(path: Path, age_s: float = DAY_S + MORE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_bytes(b"half")
    os.utime(path, (NOW_S - age_s, NOW_S - age_s))
    return path


@contextmanager
def writing(program: str, target: Path) -> Iterator[Path]:
    """Runs a program that writes half of `target`, says where, and waits; killed in the end. Gives what it wrote."""
    program = "import sys, pathlib; sys.path.insert(0, sys.argv[1]); target = pathlib.Path(sys.argv[2])\n" + program
    command = [sys.executable, "-c", program, str(ROOT), str(target)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        try:
            yield Path(child.stdout.readline().strip())
        finally:
            child.kill()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps what is open by itself")
def test_what_a_process_writes_stays_while_it_lives_and_goes_a_day_after_it_was_killed(home: Path) -> None:
    program = (
        "from studio.stores.durable import written_beside\n"
        "with written_beside(target) as beside:\n"
        "    beside.write_bytes(b'half'); print(beside, flush=True); sys.stdin.read()\n"
    )
    with writing(program, home / "takes" / "3f" / "whole.flac") as half:
        aged(half)
        sweep(home)
        assert half.exists(), "its process lives, though it may have slept for a day"
    aged(half, DAY_S - MORE)
    sweep(home)
    assert half.exists(), "a process of another machine may write it"
    aged(half)
    sweep(home)
    assert not half.exists()


@pytest.mark.parametrize(
    "name",
    [
        f"takes/3f/.3fab.{GONE}.part.flac",
        f"takes/3f/.3fab.{GONE}.part.json",
        f"masters/00/.00ab.{GONE}.part.mp3",
        f"masters/00/.00ab.{GONE}.part.mp3.raw",
        f"masters/00/.00ab.{GONE}.part.mp3.tone.raw",
        f"carts/.cart.{GONE}.part.flac",
        f"carts/..cart.{GONE}.part.{GONE}.part.flac",
        f"audits/.hanoi-espeak.speed.1.1.{GONE}.part.png",
        f"../models/giong-thu/.verified.{GONE}.part.json",
        "takes/3f/.3fab.0123456789abcdef0123456789abcdef.part.flac",
    ],
)
def test_every_kind_of_name_that_is_given_is_known(home: Path, name: str) -> None:
    path = aged(home / name)
    sweep(home)
    assert not path.exists()


@pytest.mark.parametrize(
    "name",
    [
        "takes/3f/.lock",
        f"takes/3f/3fab.{GONE}.part.flac",
        "takes/3f/3fab.flac",
        "takes/3f/.3fab.part.flac",
        "../models/giong-thu/.giong.onnx.part",
        "../models/giong-thu/.giong.onnx.part.from",
        f"takes/3f/deeper/than/.ours.{GONE}.part.flac",
        f".hidden/.ours.{GONE}.part.flac",
    ],
)
def test_what_is_not_of_that_kind_stays(home: Path, name: str) -> None:
    path = aged(home / name)
    sweep(home)
    assert path.exists()


def test_a_half_made_folder_goes_whole_when_all_in_it_is_old(home: Path) -> None:
    dead, fresh = (home / "auditions" / f".{name}.{GONE}.part" for name in ("0123", "4567"))
    for folder in (dead, fresh):
        aged(folder / "mau-1.flac")
        aged(folder)
    os.utime(fresh / "mau-1.flac", (NOW_S, NOW_S))
    sweep(home)
    assert not dead.exists()
    assert (fresh / "mau-1.flac").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_links_are_neither_followed_nor_removed(home: Path, tmp_path: Path) -> None:
    theirs = aged(tmp_path / "theirs" / f".a.{GONE}.part.flac")
    (home / "masters").symlink_to(theirs.parent)
    (home / f".b.{GONE}.part").symlink_to(theirs.parent)
    inside = home / f".c.{GONE}.part"
    inside.mkdir()
    (inside / "link").symlink_to(theirs.parent)
    for link in (home / f".b.{GONE}.part", inside / "link"):
        os.utime(link, (0, 0), follow_symlinks=False)
    aged(inside)
    sweep(home)
    assert theirs.exists()
    assert (home / f".b.{GONE}.part").is_symlink()
    assert not inside.exists()


def test_what_this_process_writes_stays_and_what_an_earlier_one_of_its_number_wrote_goes(home: Path) -> None:
    with written_beside(home / "takes" / "3f" / "a.flac") as beside:
        ours = aged(beside)
        earlier = aged(ours.with_name(f".a.{os.getpid()}-00000000-0123456789abcdef.part.flac"))
        sweep(home)
        assert ours.exists() or os.name == "nt"
        assert not earlier.exists()


def test_the_folders_are_walked_once_a_day(home: Path) -> None:
    half = aged(home / f".a.{GONE}.part.json")
    aged(home / ".swept", DAY_S - MORE)
    swept_today(home)
    assert half.exists()
    # A clock that was wrong once does not put the next sweep off for years.
    for age_s in (DAY_S, -DAY_S):
        aged(half)
        aged(home / ".swept", age_s)
        swept_today(home)
        assert not half.exists()


def test_a_home_that_is_not_there_or_is_a_file_is_no_error(tmp_path: Path) -> None:
    sweep(tmp_path / "none")
    (tmp_path / "file").write_text("x")
    swept_today(tmp_path / "file")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions bind no administrator")
def test_what_cannot_be_removed_keeps_nothing_else_from_going(home: Path) -> None:
    kept, gone = aged(home / "carts" / f".a.{GONE}.part.flac"), aged(home / "takes" / "3f" / f".a.{GONE}.part.flac")
    kept.parent.chmod(0o500)
    try:
        sweep(home)
    finally:
        kept.parent.chmod(0o700)
    assert kept.exists()
    assert not gone.exists()


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_killed_take_leaves_nothing_for_ever(home: Path) -> None:
    """The names that the store itself gives, under a kill in the middle of a save."""
    program = (
        "import numpy, studio.stores.takes as takes\n"
        "from studio.sound import Sound\n"
        "def stop(path, sound):\n"
        "    path.write_bytes(b'half'); print(path, flush=True); sys.stdin.read()\n"
        "takes.write_flac = stop\n"
        "sound = Sound(numpy.full((1600, 1), 0.5, numpy.float32), 16000)\n"
        "takes.FolderTakeStore(target).save('3f' * 32, {'spoken': 'a'}, sound)\n"
    )
    with writing(program, home) as half:
        pass
    aged(half)
    sweep(home)
    assert [path.name for path in half.parent.iterdir()] == [".lock"]
    store = FolderTakeStore(home)
    assert store.save("3f" * 32, {"spoken": "a"}, Sound(np.full((1600, 1), 0.5, np.float32), 16_000)).frames == 1600


def test_no_two_names_beside_one_file_are_alike(tmp_path: Path) -> None:
    names = {hidden_beside(tmp_path / "a.flac").name for _ in range(50)}
    assert len(names) == 50
    assert all(name.startswith(".a.") and name.endswith(".part.flac") for name in names)
