"""A delivery folder appears whole or not at all, and only replaces what is ours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studio.errors import BusyError, StorageError
from studio.files.manifest import MANIFEST_FORMAT
from studio.outlets.folder import FolderOutlet

OURS = json.dumps({"format": MANIFEST_FORMAT})


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_nothing_is_visible_before_commit_and_all_after(tmp_path: Path) -> None:
    with FolderOutlet().stage(tmp_path, "d") as stage:
        stage.write_text("manifest.json", OURS)
        stage.write_text("a.txt", "chào\n")
        assert not (tmp_path / "d").exists()
        assert stage.commit() == tmp_path / "d"
    assert _names(tmp_path) == ["d"]
    assert _names(tmp_path / "d") == ["a.txt", "manifest.json"]
    assert (tmp_path / "d" / "a.txt").read_bytes() == "chào\n".encode()


def test_a_failed_run_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with FolderOutlet().stage(tmp_path / "out", "d") as stage:
            stage.write_text("a.txt", "x")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert _names(tmp_path / "out") == []


def test_our_own_folder_is_replaced_whole(tmp_path: Path) -> None:
    for name in ("old.txt", "new.txt"):
        with FolderOutlet().stage(tmp_path, "d") as stage:
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
    with pytest.raises(StorageError) as caught, FolderOutlet().stage(tmp_path, "d"):
        pytest.fail("a foreign folder was accepted")
    assert caught.value.code == "delivery.foreign"
    assert (tmp_path / "d" / "theirs.txt").read_text() == "x"


def test_two_runs_into_one_folder(tmp_path: Path) -> None:
    outlet = FolderOutlet()
    with outlet.stage(tmp_path, "d"):
        with pytest.raises(BusyError) as caught, outlet.stage(tmp_path, "d"):
            pytest.fail("two runs held one folder")
        with outlet.stage(tmp_path, "e"):
            pass  # another folder of the same parent is free
    assert caught.value.code == "delivery.busy"


def test_what_a_killed_run_left_is_cleared(tmp_path: Path) -> None:
    (tmp_path / ".d.part").mkdir()
    (tmp_path / ".d.part" / "half.mp3").write_text("x")
    with FolderOutlet().stage(tmp_path, "d") as stage:
        stage.write_text("manifest.json", OURS)
        stage.commit()
    assert _names(tmp_path) == ["d"]
    assert _names(tmp_path / "d") == ["manifest.json"]


def test_a_kill_between_the_two_renames_gives_the_old_delivery_back(tmp_path: Path) -> None:
    old = tmp_path / ".d.old"
    old.mkdir()
    (old / "manifest.json").write_text(OURS)
    with FolderOutlet().stage(tmp_path, "d"):
        assert (tmp_path / "d" / "manifest.json").exists()


def test_a_file_where_the_parent_should_be(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(StorageError) as caught, FolderOutlet().stage(tmp_path / "out", "d"):
        pytest.fail("a file was taken for a folder")
    assert caught.value.code == "storage.unwritable"
