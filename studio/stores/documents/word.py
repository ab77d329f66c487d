"""Word documents (.docx): paragraphs in order with headings, list marks and tables; deletions dropped."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from studio.errors import InputError
from studio.stores.documents.archives import Archive
from studio.stores.documents.tables import table_text
from studio.stores.documents.word_lists import Lists, W

_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DROPPED = frozenset(
    [
        W + name
        for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "footnoteReference", "endnoteReference")
    ]
    + [_MARKUP + "Fallback"]
)
_MARKS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-", W + "ptab": "\t"}
_OFF = frozenset(("0", "false", "off", "none"))


def text_of(data: bytes, name: str) -> str:
    """The body's text: "# " before headings, "- " or their number before list items, table rows between tabs."""
    archive = Archive(data, name)
    document = archive.part("word/document.xml")
    body = document.find(W + "body") if document is not None else None
    if body is None:
        raise InputError("documents.damaged", file=name)
    lists = Lists(archive.part("word/styles.xml"), archive.part("word/numbering.xml"))
    return "\n\n".join(_blocks(body, lists))


def _blocks(parent: Element, lists: Lists) -> Iterator[str]:
    """Paragraphs and tables under `parent`, through content controls and the like."""
    for child in parent:
        if child.tag == W + "p":
            yield from _paragraph(child, lists)
        elif child.tag == W + "tbl":
            rows = [
                [list(_blocks(cell, lists)) for cell in row.iter(W + "tc")]
                for row in child.iter(W + "tr")
                if not _deleted(row)
            ]
            yield table_text(rows)
        elif child.tag not in _DROPPED:
            yield from _blocks(child, lists)


def _paragraph(paragraph: Element, lists: Lists) -> Iterator[str]:
    """The paragraph's line, and after it those of the text boxes anchored in it."""
    boxes: list[Element] = []
    words = "".join(_runs(paragraph, boxes)).strip(" ")
    opener = lists.opener(paragraph.find(W + "pPr"), counts=bool(words.strip()))
    if words.strip():
        yield opener + words
    for box in boxes:
        yield from _blocks(box, lists)


def _runs(parent: Element, boxes: list[Element]) -> Iterator[str]:
    for child in parent:
        if child.tag == W + "t":
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag == W + "txbxContent":
            boxes.append(child)
        elif child.tag not in _DROPPED and not (child.tag == W + "r" and _hidden(child)):
            yield from _runs(child, boxes)


def _hidden(run: Element) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(W + "val", "1") not in _OFF


def _deleted(row: Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None
