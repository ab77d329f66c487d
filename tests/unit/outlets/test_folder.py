"""A delivery folder appears whole or not at all, and only replaces what is ours."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from studio.errors import BusyError, StorageError
from studio.files.manifest import MANIFEST_FORMAT
from studio.outlets.folder import FolderOutlet
from tests.fakes.clocks import Stopped

OURS = json.dumps({"format": MANIFEST_FORMAT})


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_nothing_is_visible_before_commit_and_all_after(tmp_path: Path) -> None:
    with FolderOutlet(Stopped()).stage(tmp_path, "d") as stage:
        stage.write_text("manifest.json", OURS)
        stage.write_text("a.txt", "chào\n")
        assert not (tmp_path / "d").exists()
        assert stage.commit() == tmp_path / "d"
    assert _names(tmp_path) == ["d"]
    assert _names(tmp_path / "d") == ["a.txt", "manifest.json"]
    assert (tmp_path / "d" / "a.txt").read_bytes() == "chào\n".encode()


def test_a_failed_run_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with FolderOutlet(Stopped()).stage(tmp_path / "out", "d") as stage:
            stage.write_text("a.txt", "x")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert _names(tmp_path / "out") == []


def test_our_own_folder_is_replaced_whole(tmp_path: Path) -> None:
    for name in ("old.txt", "new.txt"):
        with FolderOutlet(Stopped()).stage(tmp_path, "d") as stage:
            stage.write_text("manifest.json", OURS)
            stage.write_text(name, "x")
            stage.commit()
    assert _names(tmp_path / "d") == ["manifest.json", "new.txt"]


@pytest.mark.parametrize("manifest", [None, "{}", "not json", json.dumps({"format": "other"})])
def test_a_strangers_folder_is_left_alone(tmp_path: Path, manifest: str | None) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "theirs.txt").write_text("x")
    if manifest is not None:
        (tmp_path / "d" / "manifest.json").write_text(manifest)
    with pytest.raises(StorageError) as caught, FolderOutlet(Stopped()).stage(tmp_path, "d"):
        pytest.fail("a foreign folder was accepted")
    assert caught.value.code == "delivery.foreign"
    assert (tmp_path / "d" / "theirs.txt").read_text() == "x"


def test_two_runs_into_one_folder(tmp_path: Path) -> None:
    outlet = FolderOutlet(Stopped())
    with outlet.stage(tmp_path, "d"):
        with pytest.raises(BusyError) as caught, outlet.stage(tmp_path, "d"):
            pytest.fail("two runs held one folder")
        with outlet.stage(tmp_path, "e"):
            pass  # another folder of the same parent is free
    assert caught.value.code == "delivery.busy"


def test_what_a_killed_run_left_is_cleared(tmp_path: Path) -> None:
    (tmp_path / ".d.part").mkdir()
    (tmp_path / ".d.part" / "half.mp3").write_text("x")
    with FolderOutlet(Stopped()).stage(tmp_path, "d") as stage:
        stage.write_text("manifest.json", OURS)
        stage.commit()
    assert _names(tmp_path) == ["d"]
    assert _names(tmp_path / "d") == ["manifest.json"]


OTHER = "2026-01-02-ban-tin"


def left_by_a_killed_run(parent: Path, *ends: str, age_s: float = 86_401) -> None:
    """What a killed run of another delivery left: its lock file, and folders with a file in each."""
    (parent / f".{OTHER}.lock").touch()
    for end in ends:
        (parent / f".{OTHER}.{end}").mkdir()
        (parent / f".{OTHER}.{end}" / "manifest.json").write_text(OURS)
    last_s = Stopped().now().timestamp() - age_s
    for path in parent.rglob("*"):
        os.utime(path, (last_s, last_s))


def test_what_a_killed_run_of_another_delivery_left_is_cleared_a_day_later(tmp_path: Path) -> None:
    left_by_a_killed_run(tmp_path, "part")
    with FolderOutlet(Stopped()).stage(tmp_path, "d"):
        assert _names(tmp_path) == [".d.lock", ".d.part"]
    left_by_a_killed_run(tmp_path)
    with FolderOutlet(Stopped()).stage(tmp_path, "d"):
        assert _names(tmp_path) == [".d.lock", ".d.part"]


def test_another_delivery_that_a_kill_took_away_comes_back(tmp_path: Path) -> None:
    left_by_a_killed_run(tmp_path, "part", "old")
    with FolderOutlet(Stopped()).stage(tmp_path, "d"):
        assert _names(tmp_path) == [".d.lock", ".d.part", OTHER]
    assert (tmp_path / OTHER / "manifest.json").read_text() == OURS


def test_what_another_run_of_today_left_or_is_writing_stays(tmp_path: Path) -> None:
    left_by_a_killed_run(tmp_path, "part", age_s=86_399)
    with FolderOutlet(Stopped()).stage(tmp_path, "d"):
        assert (tmp_path / f".{OTHER}.part" / "manifest.json").exists()
    with FolderOutlet(Stopped()).stage(tmp_path, OTHER) as slow:
        slow.write_text("a.txt", "x")
        for path in (tmp_path / f".{OTHER}.lock", slow.folder, slow.path("a.txt")):
            os.utime(path, (0, 0))
        with FolderOutlet(Stopped()).stage(tmp_path, "d"):
            assert slow.path("a.txt").exists()
        assert slow.commit().exists()


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_links_in_the_place_of_what_a_run_leaves_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "a.txt").write_text("x")
    (tmp_path / f".{OTHER}.part").symlink_to(tmp_path / "theirs")
    (tmp_path / f".{OTHER}.lock").touch()
    for path in (tmp_path / f".{OTHER}.part", tmp_path / f".{OTHER}.lock"):
        os.utime(path, (0, 0), follow_symlinks=False)
    with FolderOutlet(Stopped()).stage(tmp_path, "d"):
        assert (tmp_path / "theirs" / "a.txt").exists()
        assert (tmp_path / f".{OTHER}.part").is_symlink()


def test_what_is_hidden_and_not_a_deliverys_stays(tmp_path: Path) -> None:
    for name in (".other.lock", ".other.part", ".2026-01-02-tin.part"):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (0, 0))
    with FolderOutlet(Stopped()).stage(tmp_path, "d"):
        pass
    assert _names(tmp_path) == [".2026-01-02-tin.part", ".other.lock", ".other.part"]


def test_a_kill_between_the_two_renames_gives_the_old_delivery_back(tmp_path: Path) -> None:
    old = tmp_path / ".d.old"
    old.mkdir()
    (old / "manifest.json").write_text(OURS)
    with FolderOutlet(Stopped()).stage(tmp_path, "d"):
        assert (tmp_path / "d" / "manifest.json").exists()


def test_a_file_where_the_parent_should_be(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(StorageError) as caught, FolderOutlet(Stopped()).stage(tmp_path / "out", "d"):
        pytest.fail("a file was taken for a folder")
    assert caught.value.code == "storage.unwritable"
