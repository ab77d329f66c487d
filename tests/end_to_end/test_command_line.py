"""The command line from a written bulletin to a delivery, as a technician's script would use it."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from mutagen.id3 import ID3

from tests.end_to_end.commands import DAY, ROOT, environment, lines_of, masters_made, produce, studio

RUNDOWN = """
title = "Bản tin thử"
unit = "Đài truyền thanh phường Thử"
[opening]
cart = "{carts}/nhac-hieu.flac"
[stings]
cart = "{carts}/nhac-cat.flac"
[bed]
cart = "{carts}/nhac-nen.flac"
[[items]]
title = "Tin một"
text = "Sáng 5/1/2026, UBND phường họp. Cuộc họp kéo dài 2 giờ."
[[items]]
title = "Tin hai"
file = "hai.txt"
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a rundown, its bulletin, and a home of its own."""
    (tmp_path / "ban-tin.toml").write_text(
        RUNDOWN.format(carts=(ROOT / "samples" / "carts").as_posix()), encoding="utf-8"
    )
    (tmp_path / "hai.txt").write_text("Trời rét 8°C. Bà con giữ ấm cho vật nuôi.\n", encoding="utf-8")
    return tmp_path


def test_from_a_rundown_to_a_delivery_and_again(desk: Path) -> None:
    first = produce(desk)
    assert first.returncode == 0, first.stderr
    folder = desk / "out" / f"{DAY}-ban-tin"
    assert first.stdout == f"{folder}\n"
    assert [path.name for path in (desk / "out").iterdir()] == [folder.name]
    spoken, reused = lines_of(first)
    assert (spoken, reused) == (4, 0)
    check_delivery(folder, desk)

    again = produce(desk)
    assert lines_of(again) == (0, 4)
    assert masters_made(again) == 0

    (desk / "hai.txt").write_text("Trời rét 9°C. Bà con giữ ấm cho vật nuôi.\n", encoding="utf-8")
    changed = produce(desk)
    assert lines_of(changed) == (1, 3)
    assert masters_made(changed) == 2  # one segment, two profiles
    assert "chín độ" in (folder / "kich-ban.txt").read_text(encoding="utf-8")


def check_delivery(folder: Path, desk: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    schema = json.loads((ROOT / "docs" / "schemas" / "manifest.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(manifest)
    assert manifest["ai_generated"] is True
    assert manifest["approved"] is False
    assert manifest["voices"][0]["licence"].startswith("GPL-3")
    listed = {file["name"] for file in manifest["audio"]} | {text["name"] for text in manifest["texts"]}
    assert listed | {"manifest.json"} == {path.name for path in folder.iterdir()}
    assert all(name.isascii() for name in listed)
    assert {file["name"].split("-")[0] for file in manifest["audio"]} == {"loa", "goc"}
    check_levels(folder, manifest, desk)
    check_quality(folder)
    script = (folder / "kich-ban.txt").read_text(encoding="utf-8")
    assert not re.search(r"\d", re.sub(r"^\[\d+\]", "", script, flags=re.MULTILINE))
    tags = ID3(folder / "loa-ban-tin.mp3")
    assert tags.version == (2, 3, 0)
    assert str(tags["TIT2"]) == "Bản tin thử"
    assert tags.getall("TXXX:AI_GENERATED")
    names = [line for line in (folder / "playlist.m3u8").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    assert names == [file["name"] for file in manifest["audio"] if file["profile"] == "loa" and file["segment"]]


def check_quality(folder: Path) -> None:
    report = json.loads((folder / "kiem-tra.json").read_text(encoding="utf-8"))
    schema = json.loads((ROOT / "docs" / "schemas" / "quality.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(report)
    assert [each["profile"] for each in report["profiles"]] == ["loa", "goc"]
    for each in report["profiles"]:
        outcomes = {check["code"]: check["outcome"] for check in each["checks"]}
        assert outcomes["quality.level"] == outcomes["quality.peak"] == outcomes["quality.duration"] == "pass"
        assert outcomes["quality.ai_mark"] == outcomes["quality.bed"] == outcomes["quality.clipping"] == "pass"
        assert len(each["short_term_lufs"]) == pytest.approx(each["duration_s"] / each["step_s"], abs=2)
    page = (folder / "kiem-tra.html").read_text(encoding="utf-8")
    assert page.count("data:image/png;base64,") == 2
    # Nothing is fetched from anywhere: no script, no address, no file beside.
    assert not re.search(r"<script|https?:|<link|@import|url\(|src=\"(?!data:)", page)


def check_levels(folder: Path, manifest: dict[str, list[dict[str, object]]], desk: Path) -> None:
    wanted = {"loa": (-16.0, -1.5, "mp3", 44_100), "goc": (-23.0, -1.0, "pcm_s24le", 48_000)}
    measured = studio(desk, "measure", *(str(folder / str(file["name"])) for file in manifest["audio"]))
    assert measured.returncode == 0, measured.stderr
    for file, line in zip(manifest["audio"], measured.stdout.splitlines(), strict=True):
        found = json.loads(line)
        target, peak, codec, rate = wanted[str(file["profile"])]
        assert abs(found["integrated_lufs"] - target) <= 0.2, line
        assert found["true_peak_dbtp"] <= peak, line
        assert (found["codec"], found["rate_hz"], found["channels"]) == (codec, rate, 1)
        assert abs(found["duration_s"] - float(str(file["duration_s"]))) < 0.1, line


def test_a_dry_run_says_why_and_writes_nothing(desk: Path) -> None:
    plan = json.loads(produce(desk, "ban-tin.toml", "--dry-run", "--json").stdout)
    assert (plan["lines"], plan["to_speak"]) == (4, 4)
    assert not (desk / "out").exists()
    produce(desk)
    (desk / "ban-tin.toml").write_text((desk / "ban-tin.toml").read_text(encoding="utf-8") + "\n", encoding="utf-8")
    (desk / "hai.txt").write_text("Trời rét 9°C. Bà con giữ ấm cho vật nuôi.\n", encoding="utf-8")
    plan = json.loads(produce(desk, "ban-tin.toml", "--dry-run", "--json").stdout)
    reasons = {segment["title"]: [master["reason"] for master in segment["masters"]] for segment in plan["segments"]}
    assert plan["to_speak"] == 1
    assert reasons["Tin hai"] == ["speech", "speech"]
    assert reasons["Tin một"] == ["kept", "kept"]


def test_a_bulletin_alone(desk: Path) -> None:
    done = produce(desk, "hai.txt", "--profile", "loa")
    assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in (desk / "out" / f"{DAY}-hai").iterdir())
    assert names == [
        "kich-ban.txt",
        "kiem-tra.html",
        "kiem-tra.json",
        "loa-01-hai.mp3",
        "loa-hai.mp3",
        "loa-hai.vtt",
        "manifest.json",
        "playlist.m3u8",
    ]


def test_titles_in_brackets_are_shown_as_they_stand(desk: Path) -> None:
    """Brackets would be the terminal's markup: "[đậm]" would vanish, and "[/b]" ends in a fault."""
    (desk / "ngoac.toml").write_text(
        'title = "Tin [/b]"\nunit = "U"\nprofiles = ["goc"]\ntarget_s = 10\n'
        '[[items]]\ntitle = "[/b] Tin [bold]khẩn"\ntext = "Xin chào bà con. Mời nghe."\n',
        encoding="utf-8",
    )
    for more in (("--dry-run",), (), ("--dry-run",)):
        done = produce(desk, "ngoac.toml", *more)
        assert done.returncode == 0, done.stderr
        assert "[/b] Tin [bold]khẩn" in done.stderr


def test_names_that_are_not_utf_8(desk: Path) -> None:
    """As archives from old systems leave them: the bulletin is made, and the path that is printed is the true one."""
    name = os.fsdecode("Thông báo ".encode() + b"\xe7\xf1.txt")
    (desk / name).write_text("Xin chào bà con.", encoding="utf-8")
    done = produce(desk, name, "--profile", "goc")
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{desk / 'out' / DAY}-thong-bao\n"
    manifest = json.loads((desk / "out" / f"{DAY}-thong-bao" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["title"] == "Thông báo ??"
    odd = os.fsdecode(b"\xff.wav")
    (desk / odd).write_bytes((desk / "out" / f"{DAY}-thong-bao" / "goc-thong-bao.wav").read_bytes())
    measured = studio(desk, "measure", odd)
    assert json.loads(measured.stdout)["file"] == "?.wav"
    (desk / os.fsdecode(b"\xff.toml")).write_text("x", encoding="utf-8")
    checked = studio(desk, "rundown", "check", os.fsdecode(b"\xff.toml"))
    assert (checked.returncode, "Traceback" in checked.stderr) == (2, False)


def _bad_files(desk: Path) -> dict[str, str | bytes]:
    cart = (ROOT / "samples" / "carts" / "nhac-hieu.flac").read_bytes()
    head = 'title = "T"\nunit = "U"\n'
    item = '[[items]]\ntitle = "I"\ntext = "Xin chào bà con."\n'
    (desk / "cut.flac").write_bytes(cart[:2000])
    (desk / "text.mp3").write_text("not a sound", encoding="utf-8")
    return {
        "empty.txt": "",
        "marks.txt": "* * *\n",
        "binary.txt": bytes(range(256)) * 64,
        "large.txt": "Bà con chú ý. " * 400_000,
        "key.toml": head + 'colour = "red"\n' + item,
        "value.toml": head + "speed = 9.0\n" + item,
        "syntax.toml": head + "[[items]\n",
        "none.toml": head,
        "file.toml": head + '[[items]]\ntitle = "I"\nfile = "missing.txt"\n',
        "jingle.toml": head + '[opening]\ncart = "missing.flac"\n' + item,
        "damaged.toml": head + '[opening]\ncart = "cut.flac"\n' + item,
        "notsound.toml": head + '[opening]\ncart = "text.mp3"\n' + item,
        "voice.toml": head + 'voice = "nobody"\n' + item,
        "profile.toml": head + 'profiles = ["nowhere"]\n' + item,
    }


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("empty.txt", "empty.txt"),
        ("marks.txt", "marks"),
        ("binary.txt", "binary.txt"),
        ("large.txt", "large.txt"),
        ("key.toml", "colour"),
        ("value.toml", "speed"),
        ("syntax.toml", "syntax.toml"),
        ("none.toml", "items"),
        ("file.toml", "missing.txt"),
        ("jingle.toml", "missing.flac"),
        ("damaged.toml", "cut.flac"),
        ("notsound.toml", "text.mp3"),
        ("voice.toml", "nobody"),
        ("profile.toml", "nowhere"),
        ("absent.txt", "absent.txt"),
        ("absent.toml", "absent.toml"),
    ],
)
def test_bad_input_is_refused_by_name(desk: Path, file: str, says: str) -> None:
    content = _bad_files(desk).get(file)
    if isinstance(content, bytes):
        (desk / file).write_bytes(content)
    elif content is not None:
        (desk / file).write_text(content, encoding="utf-8")
    done = produce(desk, file)
    assert done.returncode not in (0, 1), done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    message = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert len(message) == 1
    assert says in message[0]
    assert not (desk / "out").exists() or list((desk / "out").iterdir()) == []


def test_a_rundown_is_checked_without_speaking(desk: Path) -> None:
    right = studio(desk, "rundown", "check", "ban-tin.toml", "--date", DAY)
    assert right.returncode == 0, right.stderr
    assert re.fullmatch(r"ban-tin.toml: no problems; lasts about 0:\d\d\n", right.stdout)
    (desk / "sai.toml").write_text(
        (desk / "ban-tin.toml").read_text(encoding="utf-8").replace("hai.txt", "ba.txt").replace("Thử", "Thử\nvoice"),
        encoding="utf-8",
    )
    wrong = studio(desk, "rundown", "check", "sai.toml")
    assert wrong.returncode == 2
    assert wrong.stdout.startswith("sai.toml, line 3: ")
    (desk / "hai.txt").unlink()
    missing = studio(desk, "rundown", "check", "ban-tin.toml", "--json")
    assert missing.returncode == 2
    (problem,) = json.loads(missing.stdout)["problems"]
    assert (problem["line"], problem["key"], problem["code"]) == (15, "items.2.file", "documents.not_found")
    assert not (desk / "home" / "takes").exists()


def test_an_out_that_is_a_file(desk: Path) -> None:
    (desk / "out").write_text("x")
    done = produce(desk)
    assert done.returncode == 6
    assert str(desk / "out") in done.stderr


def test_a_folder_of_somebody_else_stays(desk: Path) -> None:
    theirs = desk / "out" / f"{DAY}-ban-tin"
    theirs.mkdir(parents=True)
    (theirs / "a.txt").write_text("x")
    done = produce(desk)
    assert done.returncode == 6
    assert [path.name for path in theirs.iterdir()] == ["a.txt"]


def test_no_room_on_the_disk(desk: Path) -> None:
    """No file may grow over 2 MB, which the whole programme does."""

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))

    done = subprocess.run(
        [sys.executable, "-m", "studio", "produce", "ban-tin.toml", "--out", "out", "--date", DAY],
        env=environment(desk),
        cwd=desk,
        capture_output=True,
        text=True,
        timeout=240,
        preexec_fn=bound,
        check=False,
    )
    assert done.returncode in (4, 6), done.stderr
    assert "Traceback" not in done.stderr
    assert list((desk / "out").iterdir()) == []


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_killed_in_the_middle(desk: Path, how: signal.Signals) -> None:
    text = "".join(f"Tổ dân phố số {number} họp lúc {number % 12 + 1} giờ.\n" for number in range(1, 200))
    (desk / "dai.txt").write_text(text, encoding="utf-8")
    running = subprocess.Popen(
        [sys.executable, "-m", "studio", "produce", "dai.txt", "--out", "out", "--date", DAY],
        env=environment(desk),
        cwd=desk,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    takes = desk / "home" / "takes"
    until = time.monotonic() + 60
    while len(list(takes.glob("*/*.json"))) < 5 and time.monotonic() < until:
        time.sleep(0.02)
    running.send_signal(how)
    _, said = running.communicate(timeout=60)
    kept = len(list(takes.glob("*/*.json")))
    assert running.returncode == (130 if how is signal.SIGINT else -signal.SIGKILL), said
    assert 5 <= kept < 199
    visible = [path.name for path in (desk / "out").iterdir() if not path.name.startswith(".")]
    assert visible == []
    done = produce(desk, "dai.txt", "--profile", "loa")
    assert done.returncode == 0, done.stderr
    assert lines_of(done)[1] >= kept
    assert [path.name for path in (desk / "out").iterdir()] == [f"{DAY}-dai"]


def test_two_runs_into_one_folder(desk: Path) -> None:
    command = [sys.executable, "-m", "studio", "produce", "ban-tin.toml", "--out", "out", "--date", DAY]
    runs = [
        subprocess.Popen(command, env=environment(desk), cwd=desk, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    codes = sorted(run.wait(timeout=240) for run in runs)
    for run in runs:
        run.communicate()
    assert codes[0] == 0
    assert codes[1] in (0, 7)
    assert [path.name for path in (desk / "out").iterdir()] == [f"{DAY}-ban-tin"]


def test_read_by_line_gives_a_line_for_a_line(desk: Path) -> None:
    done = studio(desk, "read", "--lines", "-", stdin="12,5%\n\n* * *\nngày 10/5/2024\n")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n")[:-1] == [
        "mười hai phẩy năm phần trăm",
        "",
        "",
        "ngày mười tháng năm năm hai nghìn không trăm hai mươi tư",
    ]


def test_read_as_json(desk: Path) -> None:
    written = "Giá 50.000đ."
    done = studio(desk, "read", "-", "--json", stdin=written)
    record = json.loads(done.stdout)
    tokens = record["utterances"][0]["tokens"]
    money = next(token for token in tokens if token["written"].startswith("50"))
    assert money["spoken"] == "năm mươi nghìn đồng"
    assert written[money["span"][0] : money["span"][1]] == money["written"]
    assert money["certain"] is True


def test_voices_are_listed_with_their_id(desk: Path) -> None:
    listed = json.loads(studio(desk, "voices", "list", "--json").stdout)
    built_in = next(voice for voice in listed if voice["id"] == "hanoi-espeak")
    assert built_in["usable"] is True
    assert all(voice["engine"] != "tone" for voice in listed)


def test_serving_to_the_network_is_refused(desk: Path) -> None:
    done = studio(desk, "serve", "--host", "0.0.0.0")
    assert done.returncode == 2
    assert "0.0.0.0" in done.stderr
