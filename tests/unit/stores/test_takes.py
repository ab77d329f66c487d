"""Takes are kept whole or not at all, found cheaply, and never handed out damaged."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from studio.errors import SoundError, StorageError
from studio.fingerprint import Fields, fingerprint
from studio.sound import Samples, Sound
from studio.stores.takes import FolderTakeStore

RATE_HZ = 16_000
FIELDS: Fields = {"spoken": "xin chào bà con", "take": 1}
KEY = fingerprint(FIELDS)
ROOT = Path(__file__).resolve().parents[3]


def speech(seconds: float = 0.3, amplitude: float = 0.3, seed: int = 1) -> Sound:
    noise = np.random.default_rng(seed).uniform(-amplitude, amplitude, (round(RATE_HZ * seconds), 1))
    silence = np.zeros((RATE_HZ // 10, 1))
    return Sound(np.concatenate([silence, noise, silence]).astype(np.float32), RATE_HZ)


@pytest.fixture
def store(tmp_path: Path) -> FolderTakeStore:
    return FolderTakeStore(tmp_path)


def kept_files(home: Path) -> set[str]:
    return {path.name for path in (home / "takes").rglob("*") if path.is_file() and path.name != ".lock"}


def quarantined(home: Path) -> int:
    folder = home / "quarantine"
    return len(list(folder.glob("*.flac"))) if folder.exists() else 0


def sound_file(home: Path) -> Path:
    return home / "takes" / KEY[:2] / f"{KEY}.flac"


class TestKeeping:
    def test_what_was_saved_is_found_and_loaded(self, store: FolderTakeStore, tmp_path: Path) -> None:
        assert store.find(KEY) is None
        info = store.save(KEY, FIELDS, speech())
        assert store.find(KEY) == info
        assert FolderTakeStore(tmp_path).find(KEY) == info
        sound = store.load(KEY)
        np.testing.assert_allclose(sound.samples, speech().samples, atol=2**-24)
        assert (sound.rate_hz, sound.frames, sound.channels) == (RATE_HZ, info.frames, 1)
        assert info.digest == hashlib.sha256(sound.samples.astype("<f4").tobytes()).hexdigest()
        assert kept_files(tmp_path) == {f"{KEY}.flac", f"{KEY}.json"}

    def test_sixteen_bit_samples_come_back_exactly(self, store: FolderTakeStore) -> None:
        levels = (np.array([[0], [1], [-1], [32_767], [-32_768], [12_345]]) / 32_768).astype(np.float32)
        store.save(KEY, FIELDS, Sound(levels, RATE_HZ))
        np.testing.assert_array_equal(store.load(KEY).samples, levels)

    def test_a_whisper_below_the_last_bit_is_no_damage(self, store: FolderTakeStore) -> None:
        levels = np.array([[0.5], [-1e-9], [1e-9], [-0.5]], np.float32)
        store.save(KEY, FIELDS, Sound(levels, RATE_HZ))
        np.testing.assert_array_equal(store.load(KEY).samples, np.array([[0.5], [0], [0], [-0.5]], np.float32))

    def test_tells_where_the_speech_lies_and_how_loud_it_is(self, store: FolderTakeStore) -> None:
        info = store.save(KEY, FIELDS, speech())
        assert info.cue_in == pytest.approx(RATE_HZ // 10, abs=RATE_HZ // 200)
        assert info.cue_out == pytest.approx(info.frames - RATE_HZ // 10, abs=RATE_HZ // 200)
        assert info.peak_dbfs == pytest.approx(-10.46, abs=0.05)

    def test_the_record_says_what_the_take_was_made_from(self, store: FolderTakeStore, tmp_path: Path) -> None:
        store.save(KEY, FIELDS, speech())
        record = json.loads(sound_file(tmp_path).with_suffix(".json").read_text(encoding="utf-8"))
        assert record["fields"] == FIELDS

    def test_the_record_says_where_it_was_spoken(self, store: FolderTakeStore, tmp_path: Path) -> None:
        assert store.save(KEY, FIELDS, speech(), device="cuda").device == "cuda"
        found = FolderTakeStore(tmp_path).find(KEY)
        assert found is not None
        assert found.device == "cuda"

    def test_a_record_from_before_that_was_said_is_of_the_cpu(self, store: FolderTakeStore, tmp_path: Path) -> None:
        info = store.save(KEY, FIELDS, speech())
        path = sound_file(tmp_path).with_suffix(".json")
        record = json.loads(path.read_text(encoding="utf-8"))
        del record["info"]["device"]
        path.write_text(json.dumps(record), encoding="utf-8")
        assert store.find(KEY) == info
        assert info.device == "cpu"

    def test_the_first_of_two_takes_stays(self, store: FolderTakeStore) -> None:
        first = store.save(KEY, FIELDS, speech(seed=1))
        assert store.save(KEY, FIELDS, speech(seed=2)) == first
        assert store.load(KEY).frames == first.frames


def with_sample(value: float) -> Samples:
    samples = speech().samples.copy()
    samples[100] = value
    return samples


@pytest.mark.parametrize(
    ("samples", "code"),
    [
        (np.zeros((800, 1), np.float32), "take.silent"),
        (np.zeros((0, 1), np.float32), "take.silent"),
        (np.full((800, 1), 0.0005, np.float32), "take.silent"),
        (with_sample(np.nan), "take.not_finite"),
        (with_sample(np.inf), "take.not_finite"),
        (with_sample(1.01), "take.over_full_scale"),
        (np.full((800, 2), 0.5, np.float32), "take.not_mono"),
    ],
)
def test_refuses_what_is_no_speech(store: FolderTakeStore, tmp_path: Path, samples: Samples, code: str) -> None:
    with pytest.raises(SoundError) as caught:
        store.save(KEY, FIELDS, Sound(samples, RATE_HZ))
    assert caught.value.code == code
    assert caught.value.fields["line"] == "xin chào bà con"
    assert store.find(KEY) is None
    assert not (tmp_path / "takes").exists()


class TestDamage:
    def test_a_changed_file_is_quarantined_and_can_be_spoken_again(
        self, store: FolderTakeStore, tmp_path: Path
    ) -> None:
        info = store.save(KEY, FIELDS, speech())
        path = sound_file(tmp_path)
        content = bytearray(path.read_bytes())
        content[-50] ^= 0xFF
        path.write_bytes(content)
        assert store.find(KEY) is None
        assert quarantined(tmp_path) == 1
        assert kept_files(tmp_path) == set()
        assert store.save(KEY, FIELDS, speech()) == info
        assert store.find(KEY) == info

    def test_a_change_that_keeps_size_and_time_is_found_by_verify_and_by_load(
        self, store: FolderTakeStore, tmp_path: Path
    ) -> None:
        path = sound_file(tmp_path)
        for check in ("verify", "load"):
            info = store.save(KEY, FIELDS, speech())
            before = path.stat()
            content = bytearray(path.read_bytes())
            content[-50] ^= 0xFF
            path.write_bytes(content)
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
            assert store.find(KEY) == info
            if check == "verify":
                assert store.verify(KEY) is False
            else:
                with pytest.raises(SoundError) as caught:
                    store.load(KEY)
                assert caught.value.code == "take.damaged"
            assert store.find(KEY) is None
        assert quarantined(tmp_path) == 2

    def test_a_whole_take_passes_verify(self, store: FolderTakeStore) -> None:
        assert store.verify(KEY) is False
        store.save(KEY, FIELDS, speech())
        assert store.verify(KEY) is True

    def test_a_restored_copy_with_a_new_time_is_kept(self, store: FolderTakeStore, tmp_path: Path) -> None:
        info = store.save(KEY, FIELDS, speech())
        os.utime(sound_file(tmp_path), ns=(1, 1))
        assert store.find(KEY) == info
        assert quarantined(tmp_path) == 0
        record = json.loads(sound_file(tmp_path).with_suffix(".json").read_bytes())
        assert record["file"]["mtime_ns"] == 1

    def test_a_truncated_file_is_quarantined(self, store: FolderTakeStore, tmp_path: Path) -> None:
        store.save(KEY, FIELDS, speech())
        sound_file(tmp_path).write_bytes(b"")
        with pytest.raises(SoundError):
            store.load(KEY)
        assert store.find(KEY) is None

    @pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"info": {}, "fields": {}, "file": {}}'])
    def test_a_torn_record_is_no_take(self, store: FolderTakeStore, tmp_path: Path, content: str) -> None:
        store.save(KEY, FIELDS, speech())
        sound_file(tmp_path).with_suffix(".json").write_text(content)
        assert store.find(KEY) is None
        assert quarantined(tmp_path) == 1

    def test_a_record_of_another_take_is_no_take(self, store: FolderTakeStore, tmp_path: Path) -> None:
        store.save(KEY, FIELDS, speech())
        other = KEY[:2] + "0" * 62
        for suffix in (".json", ".flac"):
            path = sound_file(tmp_path).with_suffix(suffix)
            path.with_name(other + suffix).write_bytes(path.read_bytes())
        assert store.find(other) is None
        assert store.find(KEY) is not None

    def test_sound_without_a_record_is_no_take(self, store: FolderTakeStore, tmp_path: Path) -> None:
        info = store.save(KEY, FIELDS, speech())
        sound_file(tmp_path).with_suffix(".json").unlink()
        assert store.find(KEY) is None
        assert store.save(KEY, FIELDS, speech()) == info


class TestStorage:
    def test_a_full_disk_leaves_nothing_behind(
        self, store: FolderTakeStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(_descriptor: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr("studio.stores.durable.os.fsync", full)
        with pytest.raises(StorageError) as caught:
            store.save(KEY, FIELDS, speech())
        assert caught.value.code == "storage.disk_full"
        assert KEY in str(caught.value.fields["path"])
        assert kept_files(tmp_path) == set()
        assert store.find(KEY) is None

    def test_a_home_that_cannot_be_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "home").write_text("a file")
        store = FolderTakeStore(tmp_path / "home")
        with pytest.raises(StorageError) as caught:
            store.save(KEY, FIELDS, speech())
        assert caught.value.code == "storage.unwritable"

    @pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions bind no administrator")
    def test_a_folder_without_permission(self, store: FolderTakeStore, tmp_path: Path) -> None:
        tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
        try:
            with pytest.raises(StorageError) as caught:
                store.save(KEY, FIELDS, speech())
        finally:
            tmp_path.chmod(stat.S_IRWXU)
        assert caught.value.code == "storage.unwritable"


def save_many(home: str, seed: int) -> None:
    store = FolderTakeStore(Path(home))
    for number in range(10):
        fields: Fields = {"spoken": "cùng một câu", "take": number}
        store.save(fingerprint(fields), fields, speech(seed=seed))


class TestTogether:
    def test_threads_that_save_one_take_agree(self, store: FolderTakeStore) -> None:
        saved = []
        threads = [
            threading.Thread(target=lambda seed=seed: saved.append(store.save(KEY, FIELDS, speech(seed=seed))))
            for seed in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        assert len(saved) == 8
        assert len(set(saved)) == 1
        assert store.verify(KEY)

    def test_processes_that_save_the_same_takes_leave_whole_ones(self, store: FolderTakeStore, tmp_path: Path) -> None:
        program = (
            "import sys; sys.path.insert(0, sys.argv[1]); import runpy\n"
            "runpy.run_path(sys.argv[2])['save_many'](sys.argv[3], int(sys.argv[4]))\n"
        )
        children = [
            subprocess.Popen([sys.executable, "-c", program, str(ROOT), __file__, str(tmp_path), str(seed)])
            for seed in range(3)
        ]
        assert [child.wait(60) for child in children] == [0, 0, 0]
        for number in range(10):
            key = fingerprint({"spoken": "cùng một câu", "take": number})
            assert store.verify(key)
            assert store.load(key).frames
        assert quarantined(tmp_path) == 0

    @pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
    def test_a_killed_saver_leaves_only_whole_takes(self, store: FolderTakeStore, tmp_path: Path) -> None:
        program = (
            "import sys; sys.path.insert(0, sys.argv[1]); import runpy\n"
            "test = runpy.run_path(sys.argv[2])\n"
            "store = test['FolderTakeStore'](test['Path'](sys.argv[3]))\n"
            "for number in range(100000):\n"
            "    fields = {'spoken': 'mãi', 'take': number}\n"
            "    store.save(test['fingerprint'](fields), fields, test['speech']())\n"
        )
        child = subprocess.Popen([sys.executable, "-c", program, str(ROOT), __file__, str(tmp_path)])
        end = time.monotonic() + 60
        while len(kept_files(tmp_path)) < 20 and time.monotonic() < end:
            time.sleep(0.01)
        child.send_signal(signal.SIGKILL)
        child.wait(60)
        found = 0
        for number in range(1_000):
            fields: Fields = {"spoken": "mãi", "take": number}
            info = store.find(fingerprint(fields))
            if info is None:
                break
            assert store.load(info.fingerprint).frames == info.frames
            found += 1
        assert found >= 9
        assert store.save(fingerprint(fields), fields, speech()).frames
