"""Scans read with the real Tesseract: a Vietnamese page as a PDF of pictures and as pictures."""

from __future__ import annotations

import difflib
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from studio.errors import InputError
from studio.settings import from_environment
from studio.stores import probe
from studio.stores.documents import FileDocuments
from studio.stores.scans import Scans, draw
from studio.stores.scans.limits import Limits
from tests.fakes import scans as fakes

pytestmark = pytest.mark.ocr
ROOT = Path(__file__).parents[2]
LEAST_RIGHT = 0.9


@pytest.fixture(scope="module", autouse=True)
def _installed() -> None:
    pytest.importorskip("pypdfium2")
    if not probe.tesseract_part(None).ok:
        pytest.skip("no Tesseract with Vietnamese data")


@pytest.fixture(scope="module")
def page() -> Image.Image:
    return fakes.page()


def right(text: str) -> float:
    """How many of the page's words came out right, in order, from 0 to 1."""
    wanted, found = " ".join(fakes.PAGE).split(), text.split()
    matches = difflib.SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
    return sum(match.size for match in matches) / len(wanted)


def as_faxed(picture: Image.Image) -> Image.Image:
    """A hard scan: half the density, askew, soft, with specks."""
    small = picture.resize((picture.width // 2, picture.height // 2)).rotate(0.7, fillcolor=255)
    soft = small.filter(ImageFilter.GaussianBlur(0.7))
    dice = random.Random(7)
    for _ in range(1_000):
        soft.putpixel((dice.randrange(soft.width), dice.randrange(soft.height)), dice.randrange(200))
    return soft


@pytest.mark.parametrize("kind", ["PDF", "PNG", "JPEG", "TIFF"])
def test_a_clean_scan(page: Image.Image, kind: str) -> None:
    ending = {"JPEG": "jpg", "TIFF": "tif"}.get(kind, kind.lower())
    document = FileDocuments(Scans()).from_bytes(f"scan.{ending}", fakes.saved(page, kind))
    assert right(document.text) >= 0.97
    whole = document.notices[0]
    assert whole.code == "text.recognised"
    assert dict(whole.fields)["pages"] == "1"
    assert 80 <= int(dict(whole.fields)["confidence"]) <= 100
    paragraphs = document.text.split("\n\n")
    assert any(p.startswith("Từ ngày") and p.endswith("không thu tiền.") and "\n" not in p for p in paragraphs)


def test_a_hard_scan_of_two_pages(page: Image.Image) -> None:
    faxed = as_faxed(page)
    document = Scans().recognise(fakes.saved(faxed, "PDF", faxed, dpi=150), "scan.pdf")
    half = len(document.text) // 2
    assert right(document.text[: half + 40]) >= LEAST_RIGHT
    assert right(document.text[half - 40 :]) >= LEAST_RIGHT
    assert dict(document.notices[0].fields)["pages"] == "2"
    for notice in document.notices[1:]:
        assert notice.span is not None
        assert not any(space in document.text[notice.span.start : notice.span.end] for space in " \n")


def refused(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(InputError) as caught:
        Scans(limits=limits or Limits()).recognise(data, "scan.pdf")
    return caught.value.code


def test_pdfs_that_are_refused() -> None:
    small = Image.new("L", (60, 40), 255)
    assert refused(fakes.locked(fakes.saved(small, "PDF"), "bí mật")) == "documents.encrypted"
    assert refused(fakes.saved(small, "PDF", *[small] * 50)) == "documents.too_many_pages"
    assert refused(b"%PDF-1.7\nnothing follows") == "documents.damaged"
    assert refused(fakes.saved(small, "PDF")) == "documents.no_words"


def test_a_page_as_large_as_a_field_is_drawn_within_bounds() -> None:
    field = fakes.saved(Image.new("L", (3_000, 2_000), 255), "PDF", dpi=15)
    bounds = draw.Task(0, 300, 5, 1_000_000, 10_000_000, 0)
    picture, pages = draw.pdf_page(field, bounds)
    assert pages == 1
    assert picture.width * picture.height <= 1_010_000


@pytest.mark.parametrize("wanted", [lambda s: s, lambda s: s.replace(b"/Width 60", b"/Width 60000000")])
def test_a_drawing_process_that_fails_is_an_error_of_the_file(wanted: Callable[[bytes], bytes]) -> None:
    data = wanted(fakes.saved(Image.new("L", (60, 40), 255), "PDF"))
    assert refused(data, Limits(memory_bytes=2**27)) in ("documents.damaged", "documents.no_words")


def test_the_command_line_says_it(tmp_path: Path, page: Image.Image) -> None:
    scan = tmp_path / "bản quét.pdf"
    scan.write_bytes(fakes.saved(page, "PDF"))
    command = [sys.executable, "-m", "studio", "read", str(scan)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "ngày mười lăm tháng năm" in done.stdout.lower()
    assert "recognised from a scan (1 pages" in done.stderr
    env = os.environ | {"STUDIO_TESSERACT": str(tmp_path / "no such program")}
    done = subprocess.run(
        [*command, "--json"], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", env=env, check=False
    )
    assert done.returncode == 8
    assert "sudo apt install tesseract-ocr tesseract-ocr-vie" in done.stderr


def test_scans_can_be_read_where_the_program_is() -> None:
    assert FileDocuments(Scans()).reads_scans()
    assert not FileDocuments(Scans("no-such-tesseract")).reads_scans()


def test_doctor_finds_both_parts() -> None:
    settings = from_environment({}, ROOT, 1)
    parts = {part.code: part for part in (*probe.optional_parts(), probe.tesseract_part(settings.tesseract))}
    assert parts["ocr.pypdfium2"].ok
    assert parts["ocr.tesseract"].ok
