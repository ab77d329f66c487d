"""Scans: never read unless allowed, bounded, all of it marked; a Tesseract of no use is named. No Tesseract needed."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from studio.errors import InputError, MissingPartError, StudioError
from studio.settings import from_environment
from studio.stores import probe, scans
from studio.stores.documents import FileDocuments
from studio.stores.scans import Scans, draw, tesseract
from studio.stores.scans.layout import document_of, words_of
from studio.stores.scans.limits import Limits
from studio.values.text import Document
from tests.fakes import scans as fakes

SMALL = Image.new("L", (60, 40), 255)
PNG = fakes.saved(SMALL, "PNG")
ROW = "5\\t1\\t1\\t1\\t1\\t1\\t0\\t0\\t20\\t9\\t91.5\\tĐường"

posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in programs begin with #!")


def tsv(*rows: tuple[int, int, int, int, int, float, str]) -> str:
    """TSV of (block, paragraph, line, left, width, confidence, text)."""
    lines = ["level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"]
    lines.append("1\t1\t0\t0\t0\t0\t0\t0\t2480\t3508\t-1\t")
    for block, paragraph, line, left, width, confidence, text in rows:
        lines.append(f"5\t1\t{block}\t{paragraph}\t{line}\t1\t{left}\t0\t{width}\t30\t{confidence}\t{text}")
    return "\n".join(lines) + "\n"


def refused(
    data: bytes, name: str = "scan.png", program: str = "/no/such", limits: Limits | None = None
) -> StudioError:
    with pytest.raises(StudioError) as caught:
        Scans(program, limits or Limits()).recognise(data, name)
    assert caught.value.fields["file"] == name
    return caught.value


def test_paragraphs_are_rebuilt_from_lines() -> None:
    words = words_of(
        tsv(
            (1, 1, 1, 0, 100, 95, "THÔNG"), (1, 1, 1, 110, 80, 95, "BÁO"),
            (2, 1, 1, 0, 500, 95, "Ngày"), (2, 1, 1, 510, 480, 95, "mai,"),  # wrapped: the next word has no room
            (2, 1, 2, 0, 100, 95, "họp"), (2, 1, 2, 110, 80, 95, "tổ."),  # broken on purpose
            (2, 1, 3, 0, 400, 95, "Số:"), (2, 1, 3, 420, 580, 95, "12/QĐ-"),
            (2, 1, 4, 0, 150, 95, "UBND"), (2, 1, 4, 170, 730, 95, "nêu"),
            (3, 1, 1, 0, 200, 95, "Hết."),
        )
    )  # fmt: skip
    # The first block is narrow: a heading, which no wide line tells to wrap.
    assert document_of([words]).text == "THÔNG BÁO\n\nNgày mai, họp tổ.\nSố: 12/QĐ-UBND nêu\n\nHết."


def test_a_paragraph_cut_in_its_middle_goes_on() -> None:
    cut = [(1, 1, 1, 0, 500, 95.0, "xử"), (1, 1, 1, 520, 480, 95.0, "theo"), (2, 1, 1, 0, 200, 95.0, "quy")]
    assert document_of([words_of(tsv(*cut))]).text == "xử theo quy"
    assert document_of([words_of(tsv(*cut[:2], (2, 1, 1, 0, 200, 95, "Quy")))]).text == "xử theo\n\nQuy"


def test_all_is_uncertain_and_doubtful_words_have_their_place() -> None:
    decomposed = "Đươ\u0300ng"
    first = words_of(tsv((1, 1, 1, 0, 90, 96.0, decomposed), (1, 1, 1, 100, 50, 59.9, "Lẽ")))
    second = words_of(tsv((1, 1, 1, 0, 50, 60.0, "Lợi"), (1, 1, 1, 60, 10, 12.4, "24"), (1, 1, 1, 80, 1, 95, " ")))
    document = document_of([first, second])
    assert document.text == "Đường Lẽ\n\nLợi 24"
    whole, *doubts = document.notices
    assert (whole.code, whole.span, dict(whole.fields)) == (
        "text.recognised", None, {"pages": "2", "confidence": "57"},
    )  # fmt: skip
    assert [(n.code, dict(n.fields), document.text[n.span.start : n.span.end]) for n in doubts if n.span] == [
        ("text.doubtful_word", {"confidence": "60"}, "Lẽ"),
        ("text.doubtful_word", {"confidence": "12"}, "24"),
    ]


def test_an_empty_page_among_others_is_told() -> None:
    document = document_of([(), words_of(tsv((1, 1, 1, 0, 90, 96.0, "Tin"))), ()])
    assert document.text == "Tin"
    assert [dict(n.fields)["page"] for n in document.notices if n.code == "text.empty_page"] == ["1", "3"]


@pytest.mark.parametrize("name", ["a.png", "a.JPG", "a.jpeg", "a.tif", "a.tiff"])
def test_pictures_are_not_read_unless_allowed(name: str) -> None:
    with pytest.raises(InputError, match=r"documents\.image_only"):
        FileDocuments().from_bytes(name, PNG)


def test_scans_are_read_when_allowed_and_nothing_else_is() -> None:
    class Spy:
        asked: tuple[str, ...] = ()

        def is_ready(self) -> bool:
            return bool(self.asked)

        def recognise(self, data: bytes, name: str) -> Document:
            self.asked += (name,)
            return Document("Tin")

    spy = Spy()
    documents = FileDocuments(spy)
    assert not documents.reads_scans()
    assert documents.from_bytes("a.png", PNG).text == "Tin"
    scan = fakes.saved(SMALL, "PDF")
    assert documents.from_bytes("scan.pdf", scan).text == "Tin"
    assert documents.from_bytes("a.txt", "Họp tổ".encode()).text == "Họp tổ"
    with pytest.raises(InputError, match=r"documents\.encrypted"):
        documents.from_bytes("locked.pdf", fakes.locked(scan, "bí mật"))
    with pytest.raises(InputError, match=r"unknown_kind.*\.html .*\.tiff"):
        documents.from_bytes("a.doc", b"abc")
    assert spy.asked == ("a.png", "scan.pdf")
    assert documents.reads_scans()
    assert not FileDocuments().reads_scans()


def test_wired_only_where_the_set_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "find_spec", lambda name: None)
    assert scans.installed_scans() is None
    monkeypatch.setattr(scans, "find_spec", lambda name: object())
    found = scans.installed_scans("/opt/tesseract")
    assert found is not None
    assert found.program == "/opt/tesseract"
    assert from_environment({"STUDIO_TESSERACT": "/opt/t"}, Path("/x"), 1).tesseract == "/opt/t"
    assert from_environment({}, Path("/x"), 1).tesseract is None


def test_no_tesseract_is_told() -> None:
    error = refused(PNG)
    assert (type(error), error.code, error.fields["part"]) == (MissingPartError, "ocr.not_installed", "Tesseract")
    assert "/no/such" in str(error.fields["reason"])
    part = probe.tesseract_part("/no/such")
    assert (part.ok, part.needed, part.problem) == (False, False, "missing")


@posix
def test_no_vietnamese_data_is_told(tmp_path: Path) -> None:
    program = fakes.program(tmp_path, languages="eng viet osd")
    error = refused(PNG, program=program)
    assert (error.code, error.fields["part"]) == ("ocr.not_installed", "Tesseract's Vietnamese data")
    assert probe.tesseract_part(program).problem == "no_vietnamese"
    part = probe.tesseract_part(fakes.program(tmp_path))
    assert (part.ok, dict(part.fields)["version"]) == (True, "5.9.1")


@posix
def test_a_program_of_another_kind_is_told() -> None:
    assert refused(PNG, program="/bin/false").code == "ocr.not_installed"
    assert probe.tesseract_part("/bin/echo").problem == "fails"


@posix
def test_a_tesseract_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = fakes.program(tmp_path, recognise="time.sleep(60)")
    error = refused(PNG, program=program, limits=Limits(page_s=0.5))
    assert (error.code, error.fields["page"], error.fields["limit_s"]) == ("ocr.timed_out", 1, 0.5)
    monkeypatch.setattr(tesseract, "CHECK_S", 0.3)
    hanging = tmp_path / "hangs"
    hanging.write_text("#!/bin/sh\nexec sleep 60\n")
    hanging.chmod(0o755)
    assert refused(PNG, program=str(hanging)).code == "ocr.not_installed"


@posix
def test_the_whole_document_has_its_time(tmp_path: Path) -> None:
    error = refused(PNG, program=fakes.program(tmp_path), limits=Limits(document_s=0.0))
    assert (error.code, error.fields["page"]) == ("ocr.timed_out", 1)


@posix
def test_what_tesseract_complains_of_is_kept(tmp_path: Path) -> None:
    program = fakes.program(tmp_path, recognise="print('first')\nsys.exit('Image too small to scale!!')")
    error = refused(PNG, program=program)
    assert (error.code, error.fields["reason"]) == ("ocr.failed", "Image too small to scale!!")


@posix
def test_a_picture_without_words_is_told(tmp_path: Path) -> None:
    assert refused(PNG, program=fakes.program(tmp_path)).code == "documents.no_words"


@posix
def test_every_page_of_a_picture_is_read(tmp_path: Path) -> None:
    program = fakes.program(tmp_path, recognise=f"print('{ROW}')")
    document = Scans(program).recognise(fakes.saved(SMALL, "TIFF", SMALL, SMALL), "a.tif")
    assert document.text == "Đường\n\nĐường\n\nĐường"
    assert dict(document.notices[0].fields) == {"pages": "3", "confidence": "92"}


@posix
def test_bombs(tmp_path: Path) -> None:
    program = fakes.program(tmp_path, recognise=f"print('{ROW}')")
    error = refused(fakes.huge_png(100_000), program=program)
    assert (error.code, error.fields["megapixels"], error.fields["most"]) == (
        "documents.picture_too_large",
        10_000,
        120,
    )
    error = refused(fakes.saved(SMALL, "TIFF", *[SMALL] * 50), program=program)
    assert (error.code, error.fields["pages"], error.fields["most"]) == ("documents.too_many_pages", 51, 50)
    error = refused(
        fakes.saved(Image.new("1", (9_000, 9_000)), "PNG"), program=program, limits=Limits(memory_bytes=2**26)
    )
    assert error.code == "documents.damaged"
    error = refused(PNG, program=program, limits=Limits(draw_s=0.001))
    assert error.code == "ocr.timed_out"


@posix
@pytest.mark.parametrize("data", [PNG[:60], b"GIF89a" + bytes(50), b"not a picture", b"\x89PNG\r\n\x1a\n"])
def test_damaged_pictures(tmp_path: Path, data: bytes) -> None:
    assert refused(data, program=fakes.program(tmp_path)).code == "documents.damaged"


def task(**bounds: int) -> draw.Task:
    given = {"page": 0, "dpi": 300, "most_pages": 5, "page_pixels": 1000, "picture_pixels": 10_000, "memory_bytes": 0}
    return draw.Task(**{**given, **bounds})


def test_large_pictures_are_drawn_smaller() -> None:
    picture, pages = draw.picture_page(fakes.saved(Image.new("RGB", (200, 50)), "PNG"), task())
    assert (pages, picture.mode) == (1, "L")
    assert 900 <= picture.width * picture.height <= 1000


def test_pictures_become_black_on_white() -> None:
    clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    deep = Image.new("I;16", (8, 8), 30_000)
    assert draw.on_white(clear).getpixel((1, 1)) == 255
    assert draw.on_white(clear.convert("LA")).getpixel((1, 1)) == 255
    assert draw.on_white(deep).getpixel((1, 1)) == pytest.approx(117, abs=1)
    assert draw.on_white(Image.new("CMYK", (8, 8), (0, 0, 0, 255))).getpixel((1, 1)) == 0


def test_a_photograph_is_set_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    buffer = io.BytesIO()
    Image.new("L", (30, 10)).save(buffer, "JPEG", exif=exif)
    assert draw.picture_page(buffer.getvalue(), task())[0].size == (10, 30)
