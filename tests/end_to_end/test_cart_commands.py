"""`studio carts` as a technician's script would use it, and a programme made of what it keeps."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from jsonschema import Draft202012Validator

from tests.fakes.sounds import tone

ROOT = Path(__file__).resolve().parents[2]
RUNDOWN = """
title = "Bản tin thử"
unit = "Đài truyền thanh phường Thử"
[opening]
cart = "Nhạc hiệu sáng"
[closing]
cart = "ket.wav"
[[items]]
title = "Tin một"
text = "Cuộc họp kéo dài hai giờ."
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with two sounds, an empty one, a text in disguise, and a rundown."""
    soundfile.write(tmp_path / "hieu.flac", tone(440, 3.0, 0.3), 48_000, subtype="PCM_16")
    soundfile.write(tmp_path / "ket.wav", tone(300, 2.0, 0.3), 48_000, subtype="PCM_16")
    soundfile.write(tmp_path / "lang.wav", np.zeros(96_000), 48_000, subtype="PCM_16")
    (tmp_path / "chu.mp3").write_text("Không phải âm thanh. " * 200, encoding="utf-8")
    (tmp_path / "ban-tin.toml").write_text(RUNDOWN, encoding="utf-8")
    return tmp_path


def studio(desk: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "studio", *arguments],
        env={**os.environ, "STUDIO_HOME": str(desk / "home"), "STUDIO_WORKERS": "2", "PYTHONPATH": str(ROOT)},
        cwd=desk,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )


def add(desk: Path, file: str, *more: str) -> subprocess.CompletedProcess[str]:
    return studio(desk, "carts", "add", file, *more)


def test_a_cart_from_a_file_into_a_programme_and_out_again(desk: Path) -> None:
    added = add(desk, "hieu.flac", "--kind", "nhac_hieu", "--rights", "Đài phường", "--name", "Nhạc hiệu sáng")
    assert (added.returncode, added.stderr) == (0, "")
    assert added.stdout.split("\t") == [
        "nhac-hieu-sang", "nhac_hieu", "0:03", added.stdout.split("\t")[3], "Đài phường", "Nhạc hiệu sáng\n"
    ]  # fmt: skip
    assert studio(desk, "carts", "list").stdout == added.stdout

    shown = json.loads(studio(desk, "carts", "show", "nhac-hieu-sang", "--json").stdout)
    assert Path(shown.pop("picture")).read_bytes().startswith(b"\x89PNG")
    assert shown.pop("duration_s") == pytest.approx(3.0, abs=0.002)
    schema = json.loads((ROOT / "docs" / "schemas" / "cart.schema.json").read_text(encoding="utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(shown)) == []
    assert "rights\tĐài phường\n" in studio(desk, "carts", "show", "nhạc hiệu sáng").stdout

    made = studio(desk, "produce", "ban-tin.toml", "--out", "out", "--profile", "loa")
    assert made.returncode == 0, made.stderr
    assert "note: cart ket.wav: nobody stated who holds its rights" in made.stderr
    manifest = json.loads((Path(made.stdout.strip()) / "manifest.json").read_text(encoding="utf-8"))
    remarks = [(each["code"], each["fields"]) for each in manifest["remarks"] if each["code"].startswith("cart.")]
    assert remarks == [("cart.rights_unknown", {"cart": "ket.wav"})]

    assert studio(desk, "carts", "remove", "nhac-hieu-sang").stdout == "nhac-hieu-sang\tremoved\n"
    gone = studio(desk, "produce", "ban-tin.toml", "--out", "out")
    assert gone.returncode == 2
    assert gone.stderr.strip().startswith("error: cart Nhạc hiệu sáng was not found in ")


def test_without_rights_a_cart_waits(desk: Path) -> None:
    added = add(desk, "hieu.flac", "--kind", "nhac_hieu", "--name", "Nhạc hiệu sáng")
    assert added.returncode == 0
    assert added.stderr.startswith("warning: cart Nhạc hiệu sáng: nobody stated who holds its rights")
    refused = studio(desk, "produce", "ban-tin.toml", "--dry-run")
    assert refused.returncode == 2
    assert "--rights" in refused.stderr
    (desk / "home" / "unit.toml").write_text("allow_carts_without_rights = true\n", encoding="utf-8")
    planned = studio(desk, "produce", "ban-tin.toml", "--dry-run", "--json")
    remarks = [each["fields"]["cart"] for each in json.loads(planned.stdout)["remarks"]]
    assert remarks == ["Nhạc hiệu sáng", "ket.wav"]
    changed = studio(desk, "carts", "change", "nhạc hiệu sáng", "--rights", "Đài phường", "--cue-out", "2000")
    assert (changed.returncode, changed.stderr) == (0, "")
    assert changed.stdout.split("\t")[2::2] == ["0:02", "Đài phường"]


def test_a_persons_voice_needs_that_persons_consent(desk: Path) -> None:
    speech = ("hieu.flac", "--kind", "phat_bieu", "--rights", "Nguyễn Văn A")
    refused = add(desk, *speech)
    assert (refused.returncode, "--consent FILE" in refused.stderr) == (2, True)
    half = add(desk, *speech, "--person", "Nguyễn Văn A")
    assert (half.returncode, "--given, --purpose" in half.stderr) == (2, True)
    (desk / "dong-y.toml").write_text('person = "Nguyễn Văn A"\ngiven = 2025-01-02\n', encoding="utf-8")
    unwhole = add(desk, *speech, "--consent", "dong-y.toml")
    assert (unwhole.returncode, "purpose is missing" in unwhole.stderr) == (2, True)
    both = add(desk, *speech, "--consent", "dong-y.toml", "--person", "B")
    assert (both.returncode, "cannot be used together" in both.stderr) == (2, True)
    with (desk / "dong-y.toml").open("a", encoding="utf-8") as file:
        file.write('purpose = "phát thanh"\n')
    assert add(desk, *speech, "--consent", "dong-y.toml").returncode == 0
    by_options = ("--person", "Nguyễn Văn A", "--given", "2025-01-02", "--purpose", "phát thanh", "--name", "b")
    assert add(desk, *speech, *by_options).returncode == 0
    cards = json.loads(studio(desk, "carts", "list", "--json").stdout)
    expected = {"person": "Nguyễn Văn A", "given": "2025-01-02", "purpose": "phát thanh", "until": None}
    assert [card["consent"] for card in cards] == [expected, expected]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("lang.wav", "--kind", "nhac_cat"), 4, "cart lang.wav is silent"),
        (("chu.mp3", "--kind", "nhac_cat"), 4, "cart chu.mp3 is not sound"),
        (("la.mp3", "--kind", "nhac_cat"), 2, "there is no file la.mp3"),
        (("ket.wav", "--kind", "nhac_cat", "--cue-in", "1900"), 2, "choose 0 to 1600 ms"),
        (("ket.wav", "--kind", "nhac_nen", "--loop-in", "0", "--loop-out", "100"), 4, "its loop of 100 ms"),
        (
            ("ket.wav", "--kind", "phat_bieu", "--person", "A", "--given", "hôm qua", "--purpose", "x"),
            2,
            "--given hôm qua: not a date; write it as YYYY-MM-DD",
        ),
        (("ket.wav", "--kind", "phat_bieu", "--person", " ", "--given", "2025-01-01", "--purpose", "x"), 2, "person"),
        (
            ("ket.wav", "--kind", "phat_bieu", "--person", "A" * 301, "--given", "2025-01-01", "--purpose", "x"),
            2,
            "300",
        ),
    ],
)
def test_what_is_wrong_is_said_in_one_line(desk: Path, arguments: tuple[str, ...], code: int, words: str) -> None:
    done = add(desk, *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
