"""The commands around reading: choices, lexicons, marks, SSML, scripts for people and programs, lint."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BULLETIN = """THÔNG BÁO

Sáng 5/1/2026, {TT|thị trấn} họp {|900} qua Zalo, từ 8h00. Bà con nhớ mang giấy tờ.
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a bulletin, and a home of its own."""
    (tmp_path / "tin.txt").write_text(BULLETIN, encoding="utf-8")
    (tmp_path / "home").mkdir()
    return tmp_path


def studio(desk: Path, *arguments: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "studio", *arguments],
        env={**os.environ, "STUDIO_HOME": str(desk / "home"), "STUDIO_WORKERS": "2", "PYTHONPATH": str(ROOT)},
        cwd=desk,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def out_of(desk: Path, *arguments: str, stdin: str | None = None) -> str:
    done = studio(desk, *arguments, stdin=stdin)
    assert done.returncode == 0, done.stderr
    return done.stdout


def refused(desk: Path, *arguments: str, stdin: str | None = None) -> str:
    done = studio(desk, *arguments, stdin=stdin)
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    return done.stderr


def lexicon(desk: Path, name: str, *rows: str) -> Path:
    path = desk / name
    path.write_text("written\tspoken\tnote\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_layers_of_lexicons_from_the_city_to_one_bulletin(desk: Path) -> None:
    city = lexicon(desk, "thanh-pho.tsv", "Zalo\tda lồ\ttheo thành phố", "iHanoi\tai hà nội")
    assert "2 entries" in out_of(desk, "lexicon", "import", str(city), "--layer", "city")
    assert "da lồ" in out_of(desk, "read", "tin.txt")

    unit = lexicon(desk, "phuong.tsv", "zalo\tda lố")
    done = studio(desk, "lexicon", "import", str(unit), "--layer", "unit")
    assert done.returncode == 0
    assert "da lồ" in done.stderr, "what now disagrees is said at once"
    assert "da lố" in out_of(desk, "read", "tin.txt")

    lexicon(desk, "tin.lexicon.tsv", "Zalo\tda lỗ")
    assert "da lỗ" in out_of(desk, "read", "tin.txt")
    assert "da lố" in out_of(desk, "read", "-", stdin="Nhắn qua Zalo."), "a bulletin's lexicon is for it alone"

    (row,) = (line for line in out_of(desk, "lexicon", "conflicts").splitlines() if line.lower().startswith("zalo"))
    heard, _, unheard = row.partition("not heard")
    assert "da lố" in heard
    assert "da lồ" in unheard
    assert "built-in" in unheard


def test_a_lexicon_travels_as_pls_and_as_a_table(desk: Path) -> None:
    source = lexicon(desk, "goc.tsv", "P&L\tpi en eo\tlời & lỗ", "Láng Hạ\tláng hạ")
    out_of(desk, "lexicon", "import", str(source), "--layer", "unit")
    out_of(desk, "lexicon", "export", "--format", "pls", "-o", "ra.pls")
    out_of(desk, "lexicon", "import", "ra.pls", "--layer", "city")
    table = out_of(desk, "lexicon", "export", "--format", "tsv", "--layer", "city")
    assert table.splitlines() == ["written\tspoken\tnote", "P&L\tpi en eo\tlời & lỗ", "Láng Hạ\tláng hạ"]
    listed = json.loads(out_of(desk, "lexicon", "list", "--json"))
    assert {"built-in", "unit"} <= {entry["layer"] for entry in listed}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("xau.tsv", "Zalo\tda lô\nkg\t5 kg\n", "line 2"),
        ("thieu.tsv", "Zalo\n", "line 1"),
        ("hong.pls", "<lexicon", "hong.pls"),
        ("no.pls", '<!DOCTYPE x [<!ENTITY a "b">]><lexicon/>', "DOCTYPE"),
        ("la.xlsx", "x", ".pls .tsv"),
    ],
)
def test_a_bad_lexicon_is_refused_by_file_and_line(desk: Path, name: str, content: str, says: str) -> None:
    (desk / name).write_text(content, encoding="utf-8")
    said = refused(desk, "lexicon", "import", name, "--layer", "unit")
    assert says in said
    assert not (desk / "home" / "lexicons").exists()


def test_importing_twice_asks_first(desk: Path) -> None:
    source = lexicon(desk, "goc.tsv", "Zalo\tda lô")
    out_of(desk, "lexicon", "import", str(source), "--layer", "unit")
    assert "--replace" in refused(desk, "lexicon", "import", str(source), "--layer", "unit")
    out_of(desk, "lexicon", "import", str(source), "--layer", "unit", "--replace")


def test_choices_of_the_house_and_of_one_run(desk: Path) -> None:
    written = "Giá 5.000 đồng."
    assert out_of(desk, "read", stdin=written) == "Giá năm nghìn đồng.\n"
    (desk / "home" / "reading.toml").write_text('thousand = "ngàn"\n', encoding="utf-8")
    assert out_of(desk, "read", stdin=written) == "Giá năm ngàn đồng.\n"
    assert out_of(desk, "read", "--choice", "thousand=nghìn", stdin=written) == "Giá năm nghìn đồng.\n"
    assert "thousand" in refused(desk, "read", "--choice", "thousand=nghin", stdin=written)
    assert "zero_tens" in refused(desk, "read", "--choice", "nghìn", stdin=written)
    (desk / "home" / "reading.toml").write_text('thousands = "ngàn"\n', encoding="utf-8")
    said = refused(desk, "read", stdin=written)
    assert "line 1" in said
    assert "did you mean thousand" in said


def test_ssml_out_and_in_is_the_same_script(desk: Path) -> None:
    (desk / "tin.ssml").write_text(out_of(desk, "script", "tin.txt", "--format", "ssml"), encoding="utf-8")
    there = json.loads(out_of(desk, "script", "tin.txt", "--format", "json"))["segments"][0]["utterances"]
    back = json.loads(out_of(desk, "read", "--ssml", "tin.ssml", "--json"))["utterances"]
    shape = [(each["spoken"], each["pause_after_ms"]) for each in there]
    assert [(each["spoken"], each["pause_after_ms"]) for each in back] == shape
    assert ("Sáng mùng năm tháng một năm hai nghìn không trăm hai mươi sáu, thị trấn họp", 900) in shape


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ('<speak><prosody rate="fast">a</prosody></speak>', "<prosody>"),
        ('<speak>\n<audio src="x"/></speak>', "line 2"),
        ("<speak><p>a</speak>", "line 1"),
        ('<speak xml:lang="en">a</speak>', "“en”"),
        ('<speak>a<break time="1h"/></speak>', "“1h”"),
        ("<!DOCTYPE x><speak>a</speak>", "DOCTYPE"),
    ],
)
def test_ssml_that_cannot_be_obeyed_is_refused(desk: Path, document: str, says: str) -> None:
    assert says in refused(desk, "read", "--ssml", stdin=document)


def test_ssml_from_somebody_else(desk: Path) -> None:
    document = """<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="vi-VN">
      <p>Gọi <sub alias="cảnh sát">113</sub> <emphasis>ngay</emphasis><break time="1.5s"/> nhé</p>
      <p>Ngày 2/9 {nghỉ}<break strength="strong"/></p></speak>"""
    utterances = json.loads(out_of(desk, "read", "--ssml", "--json", stdin=document))["utterances"]
    assert [(each["spoken"], each["pause_after_ms"]) for each in utterances][:2] == [
        ("Gọi cảnh sát ngay", 1500),
        ("nhé.", 750),
    ]
    assert "mùng hai tháng chín" in utterances[2]["spoken"]


def test_a_script_for_an_announcer(desk: Path) -> None:
    text = out_of(desk, "script", "tin.txt")
    assert "thị trấn họp | " not in text
    assert "thị trấn họp ‖ [0,9 giây]" in text
    assert "qua da lô, | từ tám giờ. ‖" in text
    out_of(desk, "script", "tin.txt", "--format", "docx", "-o", "tin.docx")
    again = out_of(desk, "read", "tin.docx")
    assert "thị trấn họp" in again
    first = (desk / "tin.docx").read_bytes()
    out_of(desk, "script", "tin.txt", "--format", "docx", "-o", "tin.docx")
    assert (desk / "tin.docx").read_bytes() == first


def test_estimated_and_delivered_cues(desk: Path) -> None:
    estimated = out_of(desk, "script", "tin.txt", "--format", "vtt")
    assert estimated.startswith("WEBVTT\n\nNOTE estimated")
    done = studio(desk, "produce", "tin.txt", "--out", "out", "--date", "2026-01-05", "--profile", "loa")
    assert done.returncode == 0, done.stderr
    folder = desk / "out" / "2026-01-05-tin"
    cues = (folder / "loa-tin.vtt").read_text(encoding="utf-8")
    times = [[_seconds(stamp) for stamp in line.split(" --> ")] for line in cues.splitlines() if " --> " in line]
    said = [block.split("\n")[-1] for block in cues.strip().split("\n\n")[1:]]
    assert said == out_of(desk, "read", "tin.txt").splitlines()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    whole = next(file for file in manifest["audio"] if file["segment"] is None)
    assert "loa-tin.vtt" in {text["name"] for text in manifest["texts"]}
    assert times == sorted(times)
    assert all(start < end for start, end in times)
    assert times[0][0] >= 0.2
    assert whole["duration_s"] - 1.5 < times[-1][1] < whole["duration_s"]
    at = said.index("Sáng mùng năm tháng một năm hai nghìn không trăm hai mươi sáu, thị trấn họp")
    # Between two cues lies the pause and what was kept of the recordings' edges.
    assert 0.85 <= times[at + 1][0] - times[at][1] <= 0.95


def _seconds(stamp: str) -> float:
    hours, minutes, seconds = stamp.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def test_a_rundown_s_items_have_their_own_lexicons(desk: Path) -> None:
    lexicon(desk, "chung.tsv", "Zalo\tda lồ", "MOOC\tmúc")
    lexicon(desk, "rieng.tsv", "Zalo\tda lỗ")
    (desk / "ct.toml").write_text(
        'title = "T"\nunit = "U"\nlexicon = "chung.tsv"\n'
        '[[items]]\ntitle = "A"\ntext = "Zalo và MOOC."\nlexicon = "rieng.tsv"\n'
        '[[items]]\ntitle = "B"\ntext = "Zalo và MOOC."\n',
        encoding="utf-8",
    )
    segments = json.loads(out_of(desk, "script", "ct.toml", "--format", "json"))["segments"]
    assert [segment["utterances"][0]["spoken"] for segment in segments] == ["da lỗ và múc.", "da lồ và múc."]
    (desk / "rieng.tsv").unlink()
    assert "rieng.tsv" in refused(desk, "script", "ct.toml")


def test_lint_suggests_and_says_how_long_it_lasts(desk: Path) -> None:
    long = "Ủy ban nhân dân phường đề nghị bà con trong khu phố giữ gìn vệ sinh chung, " * 2 + "đổ rác đúng giờ."
    (desk / "dai.txt").write_text(f"{long}\nXem tại hanoi.gov.vn.\n", encoding="utf-8")
    text = out_of(desk, "lint", "dai.txt")
    assert "line 1" in text
    assert "suggestion: end the sentence before “" in text
    assert "line 2" in text
    minutes = re.search(r"about ([\d.]+) minutes with hanoi-espeak", text)
    assert minutes
    assert 0.1 <= float(minutes[1]) <= 0.4
    record = json.loads(out_of(desk, "lint", "dai.txt", "--json"))
    assert {each["code"] for each in record["notices"]} >= {"lint.long_sentence", "lint.web_address"}
    assert all(each["suggestion"] for each in record["notices"])


def test_what_is_said_of_many_places_is_said_once_with_their_number(desk: Path) -> None:
    text = "UBND quận Đống Đa họp. Tổ QZX dọn. UBND quận Ba Đình họp. Tổ QZX nghỉ.\n"
    (desk / "nhieu.txt").write_text(text, encoding="utf-8")
    script = json.loads(out_of(desk, "read", "nhieu.txt", "--json"))
    warnings = [each for line in script["utterances"] for each in line["warnings"]]
    assert [(text[slice(*each["span"])], each["places"]) for each in warnings] == [("UBND quận", 2), ("QZX", 2)]
    assert [[text[slice(*span)] for span in each["spans"]] for each in warnings] == [["UBND quận"] * 2, ["QZX"] * 2]
    for command in ("read", "script"):
        said = studio(desk, command, "nhieu.txt").stderr
        assert said.count("“UBND quận”") == said.count("“QZX”") == 1
        assert said.count("(2 places)") == 2


def test_one_line_is_read_without_loading_models(desk: Path) -> None:
    """Only a file of choices is worth loading the models of files for."""
    code = (
        "import os, sys; from studio.cli.opening import environment_settings; from studio.wiring import open_reader; "
        "print(*open_reader(environment_settings()).read_lines(['5.000'])); print('pydantic' in sys.modules)"
    )
    environment = {**os.environ, "STUDIO_HOME": str(desk / "home"), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "năm nghìn\nFalse\n"
    (desk / "home" / "reading.toml").write_text('thousand = "ngàn"\n', encoding="utf-8")
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "năm ngàn\nTrue\n"
