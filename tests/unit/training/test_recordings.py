"""An announcer's recordings looked at before a voice is trained on them."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import numpy as np
import pytest
import soundfile

from scripts.training.__main__ import main
from scripts.training.recordings import LETTERS, RATE_HZ, Recording, judge, read_folder
from scripts.training.trainer import left_by_a_stopped_run, newest_checkpoint
from studio.sound import Samples
from tests.fakes.announcer import TEXTS, reading, write_folder

TEXT = TEXTS[0]


def verdict_on(tmp_path: Path, samples: Samples, text: str = TEXT, rate_hz: int = RATE_HZ) -> list[str]:
    path = tmp_path / "cau.wav"
    soundfile.write(path, samples, rate_hz, subtype="PCM_16")
    verdict, ready = judge(Recording("cau", path, text, text))
    assert (ready is None) == bool(verdict.faults)
    return list(verdict.faults)


def test_a_good_recording_is_cut_to_its_speech(tmp_path: Path) -> None:
    samples = reading(TEXT)
    path = tmp_path / "cau.wav"
    soundfile.write(path, samples, RATE_HZ)
    verdict, ready = judge(Recording("cau", path, TEXT, TEXT))
    assert verdict.faults == ()
    assert ready is not None
    assert 0.8 * len(samples) < len(ready) <= len(samples) - RATE_HZ // 4
    assert verdict.seconds == pytest.approx(len(ready) / RATE_HZ, abs=0.15)


def test_stereo_at_a_higher_rate_is_made_fit(tmp_path: Path) -> None:
    samples = np.repeat(np.repeat(reading(TEXT), 2, axis=0), 2, axis=1)
    path = tmp_path / "cau.wav"
    soundfile.write(path, samples, 2 * RATE_HZ)
    verdict, ready = judge(Recording("cau", path, TEXT, TEXT))
    assert verdict.faults == ()
    assert ready is not None
    assert ready.shape[1] == 1
    assert len(ready) == pytest.approx(verdict.seconds * RATE_HZ, abs=0.15 * RATE_HZ)


def test_what_spoils_a_recording_is_named(tmp_path: Path) -> None:
    good = reading(TEXT)
    hiss = np.float32(0.05) * np.random.default_rng(3).standard_normal(good.shape, np.float32)
    assert "clipped" in verdict_on(tmp_path, np.clip(8 * good, -1, 1))[0]
    assert "dB above its noise" in verdict_on(tmp_path, good + hiss)[0]
    assert "dBFS" in verdict_on(tmp_path, good / np.float32(200))[0]
    assert "Hz" in verdict_on(tmp_path, good[::2].copy(), rate_hz=RATE_HZ // 2)[0]
    assert "lasts" in verdict_on(tmp_path, np.concatenate([good] * 6))[0]
    assert "syllables a second" in verdict_on(tmp_path, good, text="Vâng.")[0]
    assert "cannot be said: 7" in verdict_on(tmp_path, good, text="Lúc 7 giờ tối, mời bà con tới nhà văn hoá.")[0]


def test_a_file_that_is_no_sound_is_named(tmp_path: Path) -> None:
    (tmp_path / "cau.wav").write_bytes(b"not sound")
    verdict, ready = judge(Recording("cau", tmp_path / "cau.wav", TEXT, TEXT))
    assert ready is None
    assert "cannot be read" in verdict.faults[0]


def test_texts_are_read_as_the_studio_reads_and_that_is_told(tmp_path: Path) -> None:
    (tmp_path / "metadata.csv").write_text("a|Lúc 7h, mời bà con.\nb|x|Mời bà con.\n", encoding="utf-8")
    first, second = read_folder(tmp_path)
    assert (first.written, first.spoken) == ("Lúc 7h, mời bà con.", "Lúc bảy giờ, mời bà con.")
    assert second.spoken == "Mời bà con."
    assert set(first.spoken.lower()) <= set(LETTERS + " ,.")
    for recording in (first, second):
        recording.path.parent.mkdir(exist_ok=True)
        soundfile.write(recording.path, reading(TEXT), RATE_HZ)
    assert judge(first)[0].remarks == ("is taken to say: Lúc bảy giờ, mời bà con.",)
    assert judge(second)[0].remarks == ()


@pytest.mark.parametrize("text", ["a\n", "a|\n", "|b\n", "a|b|c|d\n", "a|b\na|c\n", "../a|b\n"])
def test_a_wrong_line_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "metadata.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"metadata\.csv, line"):
        read_folder(tmp_path)


class TestCommand:
    def run(self, folder: Path, *more: str) -> int:
        return main([str(folder), "--id", "giong-phuong", "--gender", "female", *more])

    def test_a_check_says_how_much_is_fit(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.run(write_folder(tmp_path / "thu"), "--check", "--least-minutes", "0.1") == 0
        assert "4 of 4 recordings are fit" in capsys.readouterr().out

    def test_without_consent_nothing_is_trained(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.run(write_folder(tmp_path / "thu", consent=None)) == 2
        assert "consent.toml" in capsys.readouterr().err
        assert self.run(write_folder(tmp_path / "ai", consent='person = "Phát thanh viên"\n')) == 2
        assert "given" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("consent", "said"),
        [
            ("person\n", "consent.toml, line 1: "),
            ('person = "A"\ngiven = 2025-01-02\npurpose = "x"\nuntill = 2030-01-01\n', "line 4: unknown key untill"),
            ('person = "A"\ngiven = 2025-01-02\npurpose = "x"\nuntil = 2025-02-02\n', "ended on 2025-02-02"),
            ('person = "A"\ngiven = 9998-01-02\npurpose = "x"\n', "has yet to consent, on 9998-01-02"),
        ],
    )
    def test_a_consent_that_does_not_hold_is_told(
        self, consent: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert self.run(write_folder(tmp_path / "thu", consent=consent), "--check", "--least-minutes", "0.1") == 2
        error = capsys.readouterr().err
        assert said in error
        assert len(error.splitlines()) == 1

    @pytest.mark.parametrize(
        "option", [("--epochs", "-1"), ("--batch", "0"), ("--least-minutes", "nan"), ("--least-minutes", "x")]
    )
    def test_numbers_that_cannot_be(
        self, option: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as caught:
            self.run(tmp_path, *option)
        assert caught.value.code == 2
        assert f"{option[0]}: {option[1]}: write a" in capsys.readouterr().err

    def test_files_that_cannot_be_read_are_named(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = write_folder(tmp_path / "thu")
        (sound, *_) = sorted((folder / "wavs").iterdir())
        sound.unlink()
        os.mkfifo(sound)
        assert self.run(folder, "--check", "--least-minutes", "0") == 0
        assert f"{sound.stem}: left out: cannot be read: [Errno 22] it is a pipe" in capsys.readouterr().out
        monkeypatch.setenv("STUDIO_HOME", str(folder / "metadata.csv"))
        assert self.run(folder, "--check") == 2
        assert "metadata.csv" in capsys.readouterr().err
        monkeypatch.undo()
        (folder / "metadata.csv").write_bytes(b"a|\xe7\xf1\n")
        assert self.run(folder, "--check") == 2
        assert "metadata.csv: not UTF-8" in capsys.readouterr().err
        (folder / "metadata.csv").write_text("", encoding="utf-8")
        assert self.run(folder, "--check", "--least-minutes", "0") == 2
        monkeypatch.setenv("STUDIO_DEVICE", "tpu")
        assert self.run(folder) == 2
        assert "STUDIO_DEVICE=tpu" in capsys.readouterr().err

    def test_too_little_is_refused(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.run(write_folder(tmp_path / "thu")) == 2
        assert "at least 10.0 are needed" in capsys.readouterr().err


@pytest.mark.parametrize(("value", "said"), [(np.nan, "no numbers"), (np.inf, "no numbers"), (0.0, "no sound")])
def test_samples_that_are_no_sound_are_named(tmp_path: Path, value: float, said: str) -> None:
    samples = reading(TEXT) * np.float32(bool(value))
    samples[1_000] = value
    path = tmp_path / "cau.wav"
    soundfile.write(path, samples, RATE_HZ, subtype="FLOAT")
    verdict, ready = judge(Recording("cau", path, TEXT, TEXT))
    assert ready is None
    assert [fault for fault in verdict.faults if said in fault] == list(verdict.faults) != []


@pytest.mark.parametrize(
    ("names", "said"),
    [(("cau", "Cau"), "used twice"), (("a:b",), "no name of a file"), (('"cau"',), "no name"), (("a\0b",), "no name")],
)
def test_a_name_that_can_be_no_file_of_its_own_is_refused(tmp_path: Path, names: tuple[str, ...], said: str) -> None:
    rows = "".join(f"{name}|{TEXT}\r\n" for name in names)
    (tmp_path / "metadata.csv").write_text("\ufeff" + rows, encoding="utf-8", newline="")
    with pytest.raises(ValueError, match=said):
        read_folder(tmp_path)


def test_only_the_end_of_a_line_ends_one(tmp_path: Path) -> None:
    (tmp_path / "metadata.csv").write_text("a|Mời bà con\u2028tới dự.\n", encoding="utf-8")
    (recording,) = read_folder(tmp_path)
    assert recording.spoken.startswith("Mời bà con")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--id", "hanoi-espeak"), "another voice's card"),
        (("--id", "cua-phuong"), "another voice's card"),
        (("--id", "moi", "--name", "a\udcff"), "--name"),
        (("--id", "moi", "--name", "a" * 301), "at most 300"),
    ],
)
def test_what_would_fail_after_hours_is_refused_before(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    more: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.setenv("STUDIO_HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "voices").mkdir(parents=True)
    shipped = Path(__file__).parents[3] / "voices" / "hanoi-espeak.toml"
    card = shipped.read_text("utf-8").replace('"hanoi-espeak"', '"cua-phuong"')
    (tmp_path / "home" / "voices" / "cua-phuong.toml").write_text(card, encoding="utf-8")
    folder = write_folder(tmp_path / "thu")
    assert main([str(folder), *more, "--gender", "female", "--check", "--least-minutes", "0"]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="there is no such device")
def test_a_disk_without_room_is_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STUDIO_HOME", str(tmp_path / "home"))
    folder = write_folder(tmp_path / "thu")
    wavs = tmp_path / "home" / "training" / "moi" / "wavs"
    wavs.mkdir(parents=True)
    for recording in read_folder(folder):
        (wavs / f"{recording.name}.wav").mkdir()
    assert main([str(folder), "--id", "moi", "--gender", "female", "--check"]) == 2
    assert "cannot write" in capsys.readouterr().err


def test_a_checkpoint_that_was_being_written_when_the_run_ended_is_none(tmp_path: Path) -> None:
    run = tmp_path / "giong"
    run.mkdir()
    (run / "config.json").write_text("{}", encoding="utf-8")
    whole, torn = run / "checkpoint_2.pth", run / "checkpoint_4.pth"
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("data.pkl", b"x" * 1_000)
    torn.write_bytes(whole.read_bytes()[:-100])
    os.utime(torn, ns=(1 << 62, 1 << 62))
    assert newest_checkpoint(tmp_path) == whole
    assert torn.exists()
    assert left_by_a_stopped_run(tmp_path) == whole
    assert not torn.exists()


def test_a_checkpoint_of_no_step_is_no_voice(tmp_path: Path) -> None:
    (tmp_path / "giong").mkdir()
    (tmp_path / "giong" / "config.json").write_text("{}", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "giong" / "checkpoint_0.pth", "w") as archive:
        archive.writestr("data.pkl", b"x")
    assert newest_checkpoint(tmp_path) is None
