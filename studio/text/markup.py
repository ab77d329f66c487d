"""XML from strangers as a small tree: bounded, without document types and so without entities."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

MOST_DEPTH = 64
_LOCAL = "\x1f"


class MarkupError(ValueError):
    """The XML is damaged or uses what is not allowed; `line` counts from 1."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(line, reason)
        self.line = line
        self.reason = reason


@dataclass(slots=True)
class Node:
    """An element: its name without namespace, its attributes likewise, and texts and elements in order."""

    name: str
    namespace: str
    attributes: dict[str, str]
    line: int
    children: list[Node | str] = field(default_factory=list)

    @property
    def elements(self) -> list[Node]:
        """The elements among the children."""
        return [child for child in self.children if isinstance(child, Node)]

    @property
    def text(self) -> str:
        """All the text inside, in one line."""
        parts = [child if isinstance(child, str) else child.text for child in self.children]
        return " ".join("".join(parts).split())


def tree(text: str) -> Node:
    """The root element; raises MarkupError. Linear in the text's length."""
    parser = expat.ParserCreate("utf-8", namespace_separator=_LOCAL)
    parser.buffer_text = True
    top = Node("", "", {}, 0)
    open_nodes = [top]

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(open_nodes) > MOST_DEPTH:
            raise MarkupError(parser.CurrentLineNumber, f"nested deeper than {MOST_DEPTH}")
        namespace, _, name = tag.rpartition(_LOCAL)
        bare = {key.rpartition(_LOCAL)[2]: value for key, value in attributes.items()}
        node = Node(name, namespace, bare, parser.CurrentLineNumber)
        open_nodes[-1].children.append(node)
        open_nodes.append(node)

    def end(_tag: str) -> None:
        open_nodes.pop()

    def data(words: str) -> None:
        open_nodes[-1].children.append(words)

    def doctype(*_: object) -> None:
        raise MarkupError(parser.CurrentLineNumber, "DOCTYPE")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    parser.StartDoctypeDeclHandler = doctype
    try:
        # Text is in hand already: an encoding named in the declaration must not be applied once more.
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise MarkupError(error.lineno, expat.ErrorString(error.code)) from error
    return top.elements[0]


def escaped(text: str) -> str:
    """Text for an element or an attribute in double quotes; what XML cannot hold becomes a space."""
    kept = "".join(char if _allowed(char) else " " for char in text)
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _allowed(char: str) -> bool:
    return char in "\t\n\r" or " " <= char <= "\ud7ff" or "\ue000" <= char <= "\ufffd" or char >= "\U00010000"
