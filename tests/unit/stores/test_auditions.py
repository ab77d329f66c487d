"""Kept auditions are whole or not there; scores are appended and survive a torn line."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from studio.errors import InputError, StorageError
from studio.files.audition import Audition, Heard, Judgement, Stimulus
from studio.sound import Sound, samples_digest
from studio.stores.auditions import FolderAuditions
from studio.stores.scores import FileScoreBook
from studio.stores.takesound import decoded
from studio.stores.voices import FolderVoices

AT = datetime(2026, 11, 25, tzinfo=UTC)
ID = "0123456789abcdef"


def audition(*levels: float) -> Audition:
    stimuli = tuple(
        Stimulus(
            file=f"mau-{number}.flac", sha256=samples_digest(sound(level).samples), candidate="x", voice="x", name="X",
            engine="tone", engine_version="1", variant="", speed=1.0, accent="hanoi", gender="other", licence="none",
            attribution="",
            duration_s=1.0, syllables_per_second=3.0, own_lufs=-20.0, gain_db=0.0, integrated_lufs=-23.0,
            true_peak_dbtp=-9.0,
        )
        for number, level in enumerate(levels, 1)
    )  # fmt: skip
    return Audition(id=ID, made_at=AT, lines=("Xin chào.",), target_lufs=-23.0, stimuli=stimuli)


def sound(level: float) -> Sound:
    return Sound(np.full((480, 1), level, np.float32), 48_000)


def test_an_audition_is_kept_with_its_sounds_and_its_page(tmp_path: Path) -> None:
    store = FolderAuditions(tmp_path)
    assert store.find(ID) is None
    store.save(audition(0.25, 0.5), [sound(0.25), sound(0.5)], "<html>")
    assert store.find(ID) == audition(0.25, 0.5)
    assert decoded(store.file(ID, "mau-2.flac").read_bytes()).samples[0, 0] == 0.5
    assert sorted(path.name for path in (tmp_path / "auditions").iterdir()) == [ID]
    store.save(audition(0.125, 0.125), [sound(0.125), sound(0.125)], "later")
    assert (store.folder(ID) / "index.html").read_text() == "<html>", "what listeners scored stays as it is"


def test_what_lacks_a_file_is_made_anew(tmp_path: Path) -> None:
    store = FolderAuditions(tmp_path)
    store.save(audition(0.25, 0.5), [sound(0.25), sound(0.5)], "<html>")
    store.file(ID, "mau-1.flac").unlink()
    assert store.find(ID) is None
    store.save(audition(0.25, 0.5), [sound(0.25), sound(0.5)], "<html>")
    assert store.find(ID) is not None


@pytest.mark.parametrize("cut", [50, 0])
def test_other_sounds_than_those_that_were_judged_are_made_anew(tmp_path: Path, cut: int) -> None:
    store = FolderAuditions(tmp_path)
    store.save(audition(0.25, 0.5), [sound(0.25), sound(0.5)], "<html>")
    path = store.file(ID, "mau-2.flac")
    path.write_bytes(path.read_bytes()[:cut] if cut else store.file(ID, "mau-1.flac").read_bytes())
    assert store.find(ID) is None
    store.save(audition(0.25, 0.5), [sound(0.25), sound(0.5)], "<html>")
    assert store.find(ID) is not None


def test_a_failure_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, sound: Sound) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("studio.stores.auditions.write_flac", full)
    with pytest.raises(StorageError) as caught:
        FolderAuditions(tmp_path).save(audition(0.5), [sound(0.5)], "")
    assert caught.value.code == "storage.disk_full"
    assert list((tmp_path / "auditions").iterdir()) == []


def test_only_an_id_names_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no id"):
        FolderAuditions(tmp_path).folder("../takes")


def judgement(listener: str) -> Judgement:
    heard = Heard(candidate="x", sha256="0" * 64, opinion=3)
    return Judgement(at=AT, listener=listener, audition=ID, first=heard, second=heard, preferred="none")


def test_scores_are_appended_in_order(tmp_path: Path) -> None:
    book = FileScoreBook(tmp_path)
    assert book.read() == ((), 0)
    for name in ("Lan", "Minh\nHà"):
        book.add(judgement(name))
    assert [each.listener for each in book.read()[0]] == ["Lan", "Minh\nHà"]
    assert len((tmp_path / "auditions" / "scores.jsonl").read_bytes().splitlines()) == 2


def test_a_torn_line_costs_no_other(tmp_path: Path) -> None:
    book = FileScoreBook(tmp_path)
    path = tmp_path / "auditions" / "scores.jsonl"
    book.add(judgement("Lan"))
    with path.open("ab") as file:
        file.write(b'{"format":"phat-th')
    before = path.read_bytes()
    book.add(judgement("Minh"))
    assert path.read_bytes().startswith(before), "what was written is never edited"
    kept, torn = book.read()
    assert ([each.listener for each in kept], torn) == (["Lan", "Minh"], 1)


def _add_many(home: Path) -> None:
    for number in range(10):
        FileScoreBook(home).add(judgement(f"người nghe {number}"))


def test_several_processes_lose_no_line(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_add_many, args=(tmp_path,)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    kept, torn = FileScoreBook(tmp_path).read()
    assert (len(kept), torn) == (20, 0)


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(b"\xff\xfe\xff"), lambda path: path.mkdir()])
def test_a_text_that_cannot_be_read_is_said(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    spoil(tmp_path / "audition.txt")
    with pytest.raises(InputError) as caught:
        FolderVoices([tmp_path], tmp_path).audition_text()
    assert caught.value.code == "audition.no_text"


def test_the_units_own_text_comes_first(tmp_path: Path) -> None:
    own, shipped = tmp_path / "own", tmp_path / "shipped"
    for folder in (own, shipped):
        folder.mkdir()
        (folder / "audition.txt").write_text(folder.name, encoding="utf-8")
    assert FolderVoices([own, shipped], tmp_path).audition_text() == "own"
    (own / "audition.txt").unlink()
    assert FolderVoices([own, shipped], tmp_path).audition_text() == "shipped"
    (shipped / "audition.txt").unlink()
    with pytest.raises(InputError):
        FolderVoices([own, shipped], tmp_path).audition_text()
