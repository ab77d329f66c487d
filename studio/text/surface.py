"""The written text as the rules see it: one kind of space, dash and quote, with the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from studio.text.capitals import without_capitals
from studio.values.text import Span

UNREADABLE = "\ufffd"
"""What stands on the surface for a letter or figure that no Vietnamese voice can say."""

_SPACES = (
    "\t\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
    "\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_DASHES = "‐‑‒–—―−﹘﹣－"
_QUOTES = "“”„‟«»″〝〞＂"
_SINGLE_QUOTES = "‘’‚‛′´`ʼ"
_ONE_FOR_ONE = str.maketrans(
    dict.fromkeys(_SPACES, " ")
    | dict.fromkeys("\u2028\u2029", "\n")
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_QUOTES, '"')
    | dict.fromkeys(_SINGLE_QUOTES, "'")
    | {"Ð": "Đ", "Ɖ": "Đ", "μ": "µ", "º": "°", "˚": "°", "∕": "/", "⁄": "/", "ₐ": "a", "❖": "•"}
    | {"∅": "⌀"}
    | {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in _DASHES + _QUOTES}
)
# Dropped without a trace: invisible marks, the doubled asterisks of bold type, and all but one of a run of spaces.
_DROPPED = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]|\\*\\*+|(?<= ) +"
)

# Figures that are no plain digits (m², O₃, ½, Ⅳ) and letters of other scripts.
_UNUSUAL = re.compile(r"[\u00b2\u00b3\u00b9\u00bc-\u00be]|(?![\x00-\u00ff\u0100-\u024f\u1e00-\u1fff])\w")

_OLD_PLACE = {
    new: old
    for lower_new, lower_old in zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
    for new, old in (
        (lower_new, lower_old),
        (lower_new.upper(), lower_old.upper()),
        (lower_new.title(), lower_old.title()),
        (lower_new[0] + lower_new[1].upper(), lower_old[0] + lower_old[1].upper()),
    )
}
_NEW_PLACE = re.compile(r"(?<![qQ])(?:[oO][àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|[uU][ỳýỷỹỵỲÝỶỸỴ])(?![^\W\d_])")


# The letters O and l typed for the figures 0 and 1, where all the rest of the word is figures; O2 and O3 are gases.
_LETTER_FOR_FIGURE = re.compile(
    r"(?<![^\W_])(?:\d[\dO]*O[\dO]*|O(?:\d{2,}[\dO]*|[014-9]|\d(?=[/.-]\d)))(?![^\W_])|(?<![^\W_])(?<!/)l(?=\d+(?![^\W_]))"
)


@dataclass(frozen=True, slots=True)
class Surface:
    """`text` for the rules; `offsets[i]` is where its character i stood in the original (None: at i)."""

    text: str
    offsets: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> Span:
        """The span of the original text for characters `start` to `end` of this one."""
        if self.offsets is None:
            return Span(start, end)
        if start == end:
            return Span(self.offsets[start], self.offsets[start])
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


def surface_of(written: str) -> Surface:
    """The surface of a text; the tone mark moves to its older place (hoà → hòa), as the house spells."""
    offsets: tuple[int, ...] | None = None
    text = written
    if not unicodedata.is_normalized("NFC", text):
        text, offsets = _composed(text)
    if _UNUSUAL.search(text):
        text, offsets = _usual(text, offsets)
    text = text.translate(_ONE_FOR_ONE)
    if _DROPPED.search(text):
        text, offsets = _without_dropped(text, offsets)
    text = _NEW_PLACE.sub(lambda match: _OLD_PLACE.get(match[0], match[0]), text)
    text = without_capitals(text)
    text = _LETTER_FOR_FIGURE.sub(lambda match: match[0].replace("O", "0").replace("l", "1"), text)
    return Surface(text, offsets)


def _composed(text: str) -> tuple[str, tuple[int, ...]]:
    """NFC, cluster by cluster, with the place of each cluster in the original."""
    parts: list[str] = []
    offsets: list[int] = []
    for cluster in re.finditer(r".[\u0300-\u036f\u0900-\u0dff\u1100-\u11ff\u3099\u309a]*", text, re.DOTALL):
        composed = unicodedata.normalize("NFC", cluster[0])
        parts.append(composed)
        offsets.extend([cluster.start()] * len(composed))
    return "".join(parts), (*offsets, len(text))


def _usual(text: str, offsets: tuple[int, ...] | None) -> tuple[str, tuple[int, ...] | None]:
    """Raised and foreign figures as plain ones (a raised one after a figure is a power); other scripts blanked."""
    before = offsets or range(len(text) + 1)
    parts: list[str] = []
    kept: list[int] = []
    at = 0
    for match in _UNUSUAL.finditer(text):
        char, start = match[0], match.start()
        plain = _letter(char) if char.isalpha() else _figure(char, after=text[max(0, start - 1) : start])
        parts.extend((text[at:start], plain))
        kept.extend(before[at:start])
        kept.extend([before[start]] * len(plain))
        at = match.end()
    if at == 0:
        return text, offsets
    parts.append(text[at:])
    kept.extend(before[at:])
    return "".join(parts), tuple(kept)


def _letter(char: str) -> str:
    """A Greek phi or a Cyrillic ef stands for a diameter; letters of other scripts cannot be said."""
    return "⌀" if char in "ΦφϕФф" else UNREADABLE


def _figure(char: str, *, after: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    plain = unicodedata.normalize("NFKC", char).replace("\u2044", "/")
    if not plain.isascii():
        return UNREADABLE
    if after.isdecimal():
        return f" {plain}" if "/" in plain else f" mũ {plain}"
    return plain


def _without_dropped(text: str, offsets: tuple[int, ...] | None) -> tuple[str, tuple[int, ...]]:
    before = offsets or range(len(text) + 1)
    parts: list[str] = []
    kept: list[int] = []
    at = 0
    for match in _DROPPED.finditer(text):
        parts.append(text[at : match.start()])
        kept.extend(before[at : match.start()])
        at = match.end()
    parts.append(text[at:])
    kept.extend(before[at:])
    return "".join(parts), tuple(kept)
