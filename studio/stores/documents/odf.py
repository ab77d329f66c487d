"""OpenDocument texts (.odt): paragraphs in order with headings, list marks and tables; deletions dropped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from studio.errors import InputError
from studio.stores.documents.archives import Archive
from studio.stores.documents.labels import label
from studio.stores.documents.tables import table_text

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE, _OFFICE, _DRAW, _STYLE = (_OASIS % space for space in ("text", "table", "office", "drawing", "style"))
_DROPPED = frozenset(
    [_TEXT + "tracked-changes", _TEXT + "note", _OFFICE + "annotation", _OFFICE + "forms", _TEXT + "sequence-decls"]
)
_MARKS = {_TEXT + "tab": "\t", _TEXT + "line-break": "\n"}
_MOST_SPACES = 100
_Styles = Mapping[str, Mapping[int, Element]]


def text_of(data: bytes, name: str) -> str:
    """The body's text: "# " before headings, "- " or their number before list items, table rows between tabs."""
    archive = Archive(data, name)
    manifest = archive.part("META-INF/manifest.xml")
    if manifest is not None and any(item.tag.endswith("}encryption-data") for item in manifest.iter()):
        raise InputError("documents.encrypted", file=name)
    content = archive.part("content.xml")
    body = content.find(f"{_OFFICE}body/{_OFFICE}text") if content is not None else None
    if content is None or body is None:
        raise InputError("documents.damaged", file=name)
    styles = _list_styles(archive.part("styles.xml")) | _list_styles(content)
    return "\n\n".join(_blocks(body, styles))


def _list_styles(root: Element | None) -> dict[str, dict[int, Element]]:
    """Of each list style, its levels."""
    if root is None:
        return {}
    return {
        style.get(_STYLE + "name", ""): {int(level.get(_TEXT + "level", "1")): level for level in style}
        for style in root.iter(_TEXT + "list-style")
    }


def _blocks(parent: Element, styles: _Styles) -> Iterator[str]:
    for child in parent:
        if child.tag == _TEXT + "h":
            level = child.get(_TEXT + "outline-level", "1")
            yield from _line(child, "#" * min(int(level) if level.isdigit() else 1, 6) + " ", styles)
        elif child.tag == _TEXT + "p":
            yield from _line(child, "", styles)
        elif child.tag == _TEXT + "list":
            yield from _list(child, styles, child.get(_TEXT + "style-name", ""), 1)
        elif child.tag == _TABLE + "table":
            rows = child.iter(_TABLE + "table-row")
            yield table_text(
                [[list(_blocks(cell, styles)) for cell in row.iter(_TABLE + "table-cell")] for row in rows]
            )
        elif child.tag not in _DROPPED:
            yield from _blocks(child, styles)


def _list(items: Element, styles: _Styles, style: str, level: int) -> Iterator[str]:
    """The items of a list, each opened by its mark or number, inner lists after their item."""
    shape = styles.get(style, {}).get(level)
    count = 0
    for item in items:
        opener = ""
        if item.tag == _TEXT + "list-item":
            count += 1
            opener = _mark(shape, count)
        for child in item:
            if child.tag == _TEXT + "list":
                yield from _list(child, styles, child.get(_TEXT + "style-name", style), level + 1)
            elif child.tag in (_TEXT + "p", _TEXT + "h"):
                yield from _line(child, opener, styles)
                opener = ""


def _mark(shape: Element | None, count: int) -> str:
    if shape is None or shape.tag != _TEXT + "list-level-style-number" or not shape.get(_STYLE + "num-format"):
        return "- "
    number = label(count, shape.get(_STYLE + "num-format", "1"))
    return shape.get(_STYLE + "num-prefix", "") + number + shape.get(_STYLE + "num-suffix", ".").strip() + " "


def _line(paragraph: Element, opener: str, styles: _Styles) -> Iterator[str]:
    """The paragraph's line, and after it those of the frames anchored in it."""
    frames: list[Element] = []
    words = "".join(_words(paragraph, frames)).strip(" ")
    if words.strip():
        yield opener + words
    for frame in frames:
        yield from _blocks(frame, styles)


def _words(parent: Element, frames: list[Element]) -> Iterator[str]:
    yield parent.text or ""
    for child in parent:
        if child.tag == _TEXT + "s":
            count = child.get(_TEXT + "c", "1")
            yield " " * min(int(count) if count.isdigit() else 1, _MOST_SPACES)
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag == _DRAW + "text-box":
            frames.append(child)
        elif child.tag not in _DROPPED:
            yield from _words(child, frames)
        yield child.tail or ""
