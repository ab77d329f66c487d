"""Headings and automatic lists of Word documents: what stands before a paragraph without being typed."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from studio.stores.documents.labels import label

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLES = {"lowerRoman": "i", "upperRoman": "I", "lowerLetter": "a", "upperLetter": "A"}
_PLACE = re.compile("%([1-9])")
_DEEPEST_STYLE = 12


@dataclass(frozen=True, slots=True)
class _Level:
    kind: str
    shape: str
    start: int


@dataclass(frozen=True, slots=True)
class _Style:
    parent: str
    outline: int | None
    num: str
    level: int


class Lists:
    """Counts the list items of one document, in the order they are asked for."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        self._styles = _styles(styles) if styles is not None else {}
        self._abstract: dict[str, str] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        if numbering is not None:
            self._abstract = {
                num.get(W + "numId", ""): _value(num.find(W + "abstractNumId")) for num in numbering.iter(W + "num")
            }
            self._levels = {
                item.get(W + "abstractNumId", ""): _levels(item) for item in numbering.iter(W + "abstractNum")
            }
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def opener(self, properties: Element | None, *, counts: bool) -> str:
        """What to write before the paragraph: "## ", "- ", "2.1. ", or nothing; an empty one does not count."""
        if properties is None:
            return ""
        style = _value(properties.find(W + "pStyle"))
        outline, num, level = self._of_style(style)
        own = properties.find(W + "numPr")
        if own is not None:
            num = _value(own.find(W + "numId")) or num
            level = int(_value(own.find(W + "ilvl")) or level)
        mark = self._mark(num, level) if counts and num not in ("", "0") else ""
        if outline is not None and mark != "- ":
            return "#" * min(outline + 1, 6) + " " + mark
        return mark

    def _of_style(self, name: str) -> tuple[int | None, str, int]:
        """Outline level, list and list level that a style and the styles it is based on give."""
        outline, num, level = None, "", 0
        for _ in range(_DEEPEST_STYLE):
            style = self._styles.get(name)
            if style is None:
                break
            outline = style.outline if outline is None else outline
            if not num:
                num, level = style.num, style.level
            name = style.parent
        return outline, num, level

    def _mark(self, num: str, level: int) -> str:
        abstract = self._abstract.get(num)
        levels = self._levels.get(abstract or "", {})
        shape = levels.get(level)
        if abstract is None or shape is None:
            return "- "
        counts = self._counts[abstract]
        counts[level] = counts.get(level, shape.start - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]
        if shape.kind in ("bullet", "none") or "%" not in shape.shape:
            return "- " if shape.kind != "none" else ""

        def number(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            of = levels.get(at, shape)
            return label(counts.get(at, of.start), _STYLES.get(of.kind, "1"))

        return _PLACE.sub(number, shape.shape).strip() + " "


def _styles(root: Element) -> dict[str, _Style]:
    styles: dict[str, _Style] = {}
    for style in root.iter(W + "style"):
        outline = style.find(f"{W}pPr/{W}outlineLvl")
        numbered = style.find(f"{W}pPr/{W}numPr")
        name = _value(style.find(W + "name")).lower()
        styles[style.get(W + "styleId", "")] = _Style(
            _value(style.find(W + "basedOn")),
            0 if name == "title" else _number(_value(outline)) if outline is not None else None,
            _value(numbered.find(W + "numId")) if numbered is not None else "",
            _number(_value(numbered.find(W + "ilvl"))) or 0 if numbered is not None else 0,
        )
    return styles


def _levels(abstract: Element) -> dict[int, _Level]:
    return {
        _number(level.get(W + "ilvl", "")) or 0: _Level(
            _value(level.find(W + "numFmt")) or "decimal",
            _value(level.find(W + "lvlText")),
            _number(_value(level.find(W + "start"))) or 1,
        )
        for level in abstract.iter(W + "lvl")
    }


def _value(element: Element | None) -> str:
    return element.get(W + "val", "") if element is not None else ""


def _number(text: str) -> int | None:
    """The number, or None for what is none (9 is Word's "body text")."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 and text != "9" else None
