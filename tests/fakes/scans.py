"""Scans made by hand: drawn pages, bombs, and programs that stand in for Tesseract."""

from __future__ import annotations

import io
import shlex
import struct
import sys
import textwrap
import zlib
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader, PdfWriter

import studio

FONT = Path(studio.__file__).parent / "web" / "static" / "NotoSans-Regular.ttf"
PAGE = (
    "ỦY BAN NHÂN DÂN PHƯỜNG CỬA NAM",
    "Số: 214/TB-UBND",
    "",
    "Về việc nạo vét cống thoát nước trước mùa mưa",
    "",
    "Từ ngày 3 đến ngày 15 tháng 5, công nhân nạo vét cống ở các ngõ thuộc tổ dân phố số 4 và số 9. "
    "Đề nghị bà con dời xe, chậu cây và vật dụng ra khỏi vỉa hè trước 7 giờ 30 phút mỗi sáng. "
    "Những nhà có nắp cống riêng hãy mở sẵn để thợ kiểm tra; việc này không thu tiền.",
    "",
    "Trẻ em không chơi gần miệng cống đang mở. Mọi góp ý xin gửi về bộ phận một cửa, "
    "hoặc gọi số 024 3999 0000 trong giờ hành chính. Xin cảm ơn sự phối hợp của các hộ gia đình!",
)
"""A page of an office, of our own."""


def page(lines: tuple[str, ...] = PAGE, dpi: int = 300) -> Image.Image:
    """A4 in grey with the lines, wrapped, at about 12 points."""
    picture = Image.new("L", (int(8.27 * dpi), int(11.69 * dpi)), 255)
    pen, font = ImageDraw.Draw(picture), ImageFont.truetype(str(FONT), dpi // 6)
    margin, top = dpi, dpi
    for line in lines:
        wrapped = ""
        for word in line.split():
            if pen.textlength(f"{wrapped} {word}", font=font) > picture.width - 2 * margin:
                pen.text((margin, top), wrapped, font=font, fill=0)
                wrapped, top = word, top + dpi // 4
            else:
                wrapped = f"{wrapped} {word}".strip()
        pen.text((margin, top), wrapped, font=font, fill=0)
        top += dpi // 4
    return picture


def saved(picture: Image.Image, kind: str, *more: Image.Image, dpi: int = 300) -> bytes:
    """The picture as a file; PDF and TIFF take more pages."""
    buffer = io.BytesIO()
    pages = {"save_all": True, "append_images": list(more)} if more else {}
    resolution = {"resolution": dpi} if kind == "PDF" else {"dpi": (dpi, dpi)}
    picture.save(buffer, kind, **pages, **resolution)
    return buffer.getvalue()


def locked(pdf: bytes, password: str) -> bytes:
    """The PDF with a password."""
    writer = PdfWriter(PdfReader(io.BytesIO(pdf)))
    writer.encrypt(password, algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def huge_png(side: int) -> bytes:
    """A few bytes that claim to be a picture of side × side pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def program(folder: Path, *, languages: str = "eng vie", recognise: str = "") -> str:
    """A program that answers as Tesseract does: its languages, and on a picture whatever `recognise` does."""
    path, script = folder / "tesseract-giả", folder / "tesseract-giả.py"
    code = f"""\
        import sys
        if "--version" in sys.argv:
            print("tesseract 5.9.1")
        elif "--list-langs" in sys.argv:
            print("List of available languages:", *{languages.split()!r}, sep="\\n")
        else:
            picture = sys.stdin.buffer.read()
            import time
        """
    script.write_text(textwrap.dedent(code) + textwrap.indent(recognise or "pass", "    ") + "\n", encoding="utf-8")
    # Through the shell: the path of Python may hold spaces, which a first line with #! cannot.
    command = " ".join(shlex.quote(str(word)) for word in (sys.executable, script))
    path.write_text(f'#!/bin/sh\nexec {command} "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    return str(path)
