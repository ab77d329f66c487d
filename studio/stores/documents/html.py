"""HTML, from a file or a paste: its visible text, with headings, list marks and table rows."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from studio.errors import InputError
from studio.stores.documents import plain

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_SILENT = frozenset(
    ("script", "style", "head", "noscript", "template", "svg", "select", "textarea", "iframe", "object", "del", "s")
)
_TABLES_AND_LISTS = ("table", "ul", "ol", "dl", "dt", "dd")
_SECTIONS = ("section", "article", "header", "footer", "main", "nav", "aside", "body", "html", "div", "form", "address")
_TEXTS = ("p", "blockquote", "pre", "figure", "figcaption", "center", "h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset((*_TABLES_AND_LISTS, *_SECTIONS, *_TEXTS))
_SPACE = re.compile(r"[ \t\r\n\f\xa0]+")
_EMPTY_LINES = re.compile(r"\n{3,}")


def text_of(data: bytes, name: str) -> str:
    """The text of an HTML file; raises InputError documents.binary or documents.encoding."""
    declared = _CHARSET.search(data[:4096])
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"utf-16"):
        try:
            return text_of_markup(data.decode(declared[1].decode("ascii")))
        except (LookupError, UnicodeDecodeError) as error:
            raise InputError("documents.encoding", file=name) from error
    return text_of_markup(plain.text_of(data, name))


def text_of_markup(markup: str) -> str:
    """The visible text of HTML in memory, such as a paste."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return _EMPTY_LINES.sub("\n\n", "".join(reader.pieces)).strip()


class _Reader(HTMLParser):
    """Collects what a browser would show, a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent: list[str] = []
        self._lists: list[int] = []
        self._row_cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag == "br":
            self.pieces.append("\n")
        elif tag == "li":
            self.pieces.append("\n" + self._item())
        elif tag == "tr":
            self.pieces.append("\n")
            self._row_cells = 0
        elif tag in ("td", "th"):
            self.pieces.append("\t" if self._row_cells else "")
            self._row_cells += 1
        elif tag in _BLOCKS:
            self._block(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            if tag in self._silent:
                del self._silent[self._silent.index(tag) :]
        elif tag in _BLOCKS:
            if tag in ("ul", "ol") and self._lists:
                self._lists.pop()
            if not self._row_cells or tag == "table":
                self.pieces.append("\n\n")
                self._row_cells = 0

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        words = _SPACE.sub(" ", data)
        if words == " " and (not self.pieces or self.pieces[-1].endswith((" ", "\n", "\t"))):
            return
        self.pieces.append(words)

    def _block(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self._lists.append(1 if tag == "ol" else 0)
        # Inside a row a paragraph does not break the line: the row is the line.
        self.pieces.append(" " if self._row_cells else "\n\n")
        if tag[0] == "h" and tag[1:].isdigit():
            self.pieces.append("#" * int(tag[1:]) + " ")

    def _item(self) -> str:
        if not self._lists or not self._lists[-1]:
            return "- "
        self._lists[-1] += 1
        return f"{self._lists[-1] - 1}. "
