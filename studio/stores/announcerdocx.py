"""The announcer's script as a Word document: large type, open lines, breaths marked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator

from studio.text.announcer import LEGEND, Part, announcer_lines
from studio.text.markup import escaped
from studio.values.text import Layout

BODY_PT, HEADING_PT, TITLE_PT = 18, 20, 24

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}" Target="word/document.xml"/></Relationships>'
)
_A4 = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134"/></w:sectPr>'
)
_WHEN = (1980, 1, 1, 0, 0, 0)


def announcer_docx(title: str, parts: Iterable[Part]) -> bytes:
    """The whole programme as the bytes of a .docx file (ISO/IEC 29500); the same script gives the same bytes."""
    body = "".join(_paragraphs(title, parts))
    document = f'{_HEAD}<w:document xmlns:w="{_W}"><w:body>{body}{_A4}</w:body></w:document>'
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", document),
        ):
            archive.writestr(zipfile.ZipInfo(name, _WHEN), text.encode(), zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _paragraphs(title: str, parts: Iterable[Part]) -> Iterator[str]:
    yield _paragraph(title, TITLE_PT, bold=True)
    yield _paragraph(LEGEND, BODY_PT // 2 + 3)
    for number, part in enumerate(parts, 1):
        yield _paragraph(f"[{number}] {part.title}", HEADING_PT, bold=True)
        if part.script is None:
            yield _paragraph("(nhạc)", BODY_PT)
            continue
        for line in announcer_lines(part.script):
            after_pt = 18 if line.ends_block else 6
            yield _paragraph(line.text, BODY_PT, bold=line.layout is Layout.HEADING, after_pt=after_pt)


def _paragraph(text: str, size_pt: int, *, bold: bool = False, after_pt: int = 12) -> str:
    """A paragraph at one and a half lines; sizes are in half points, spaces in twentieths."""
    weight = "<w:b/>" if bold else ""
    font = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
    return (
        f'<w:p><w:pPr><w:spacing w:after="{after_pt * 20}" w:line="360" w:lineRule="auto"/></w:pPr>'
        f'<w:r><w:rPr>{font}{weight}<w:sz w:val="{size_pt * 2}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escaped(text)}</w:t></w:r></w:p>'
    )
