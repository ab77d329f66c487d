"""Auditions by the command line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.fakes.weightserver import serving

ROOT = Path(__file__).resolve().parents[2]


def studio(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "STUDIO_HOME": str(home), "STUDIO_WORKERS": "2", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "studio", "voices", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )


def test_an_audition_is_one_folder_that_needs_nothing_else(tmp_path: Path) -> None:
    text = tmp_path / "bài.txt"
    text.write_text("Mời bà con nghe thử 汉字.", encoding="utf-8")
    done = studio(tmp_path / "home", "audition", "--text", str(text))
    assert done.returncode == 0, done.stderr
    assert "warning: “汉字”: cannot be spoken and is left out" in done.stderr
    assert "hanoi-espeak-f2" in done.stderr
    folder = Path(done.stdout.strip())
    record = json.loads((folder / "audition.json").read_text("utf-8"))
    names = {stimulus["file"] for stimulus in record["stimuli"]}
    assert {path.name for path in folder.iterdir()} == names | {"audition.json", "index.html"}
    again = studio(tmp_path / "home", "audition", "--text", str(text), "--json")
    assert json.loads(again.stdout)["id"] == record["id"]
    assert record["made_at"] == json.loads(again.stdout)["made_at"], "it is made once"
    assert studio(tmp_path / "home", "scores").stdout == "0 judgements by 0 listeners\n"


@pytest.mark.parametrize(("voice", "code", "said"), [("a b", 2, "ID[+VARIANT]"), ("khong-co", 3, "hanoi-espeak")])
def test_a_voice_that_is_none_is_said(tmp_path: Path, voice: str, code: int, said: str) -> None:
    done = studio(tmp_path, "audition", voice)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_card_is_told_and_hides_no_other_voice(tmp_path: Path) -> None:
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "xau.toml").write_text('id = "xau"\nname = 3\n', encoding="utf-8")
    done = studio(tmp_path, "list")
    assert done.returncode == 2
    assert "hanoi-espeak\tready" in done.stdout
    assert "xau.toml, line 2: name is not acceptable" in done.stderr


def test_an_audit_without_its_part_says_the_line_that_installs_it(tmp_path: Path) -> None:
    if find_spec("parselmouth") is not None:
        pytest.skip("the part is installed")
    done = studio(tmp_path, "audit", "hanoi-espeak")
    assert done.returncode == 8
    assert "python3 scripts/studio setup audit" in done.stderr


@pytest.mark.audit
def test_an_audit_leaves_its_record_and_its_picture(tmp_path: Path) -> None:
    pytest.importorskip("parselmouth")
    done = studio(tmp_path, "audit", "hanoi-espeak")
    assert done.returncode == 0, done.stderr
    record, picture = map(Path, done.stdout.split())
    assert {tone["tone"] for tone in json.loads(record.read_text("utf-8"))["tones"]} >= {"nga", "nang"}
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert "the numbers are this program's own" in done.stderr


def test_a_pull_from_an_address_that_moves_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDIO_MODELS", str(tmp_path / "models"))
    origin = tmp_path / "usb"
    origin.mkdir()
    for name in ("G_100000.pth", "config.json", "vocab.txt"):
        (origin / name).write_text(name, encoding="utf-8")
    home = tmp_path / "home"
    first = studio(home, "pull", "mms-vie", "--from", str(origin))
    assert first.returncode == 0, first.stderr
    said = [line for line in first.stderr.splitlines() if "its address moves" in line]
    assert len(said) == 3
    assert "models/LOCK" in said[0]
    lock = json.loads((tmp_path / "models" / "LOCK").read_text("utf-8"))
    assert "/resolve/main/" in lock["files"]["mms-vie/config.json"]["moving_address"]
    assert "its address moves" not in studio(home, "pull", "mms-vie", "--from", str(origin)).stderr


def test_what_is_verified_is_what_lies_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDIO_MODELS", str(tmp_path / "models"))
    nothing = studio(tmp_path, "verify")
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert "no voice has weights here" in nothing.stderr
    (tmp_path / "models" / "mms-vie").mkdir(parents=True)
    (tmp_path / "models" / "mms-vie" / "vocab.txt").write_text("a", encoding="utf-8")
    some = studio(tmp_path, "verify")
    assert {line.split("\t")[0] for line in some.stdout.splitlines()} == {"mms-vie"}
    without = studio(tmp_path, "verify", "hanoi-espeak")
    assert without.returncode == 3
    assert "needs no weights" in without.stderr


@pytest.mark.skipif(os.name == "nt", reason="there Ctrl-C reaches the whole group of processes")
def test_a_stopped_pull_says_that_it_can_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "127.0.0.1")
    with serving(b"weights" * 100_000, "stall") as server:
        environment = {**os.environ, "STUDIO_HOME": str(tmp_path), "STUDIO_MODELS": str(tmp_path / "models")}
        command = [sys.executable, "-m", "studio", "voices", "pull", "mms-vie", "--from", server.address]
        with subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True) as pulling:
            assert server.asked.wait(60)
            pulling.send_signal(signal.SIGINT)
            _, said = pulling.communicate(timeout=60)
    assert pulling.returncode == 130
    assert "run again to go on" in said
