"""Lexicons in the W3C's Pronunciation Lexicon Specification 1.0: XML text to entries and back.

Of a lexeme its graphemes and its aliases are used; a phoneme is for a speech engine, not for the reader, so a
lexeme with phonemes alone is kept out and said so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from studio.errors import InputError
from studio.text.lexicon_tsv import MOST_ENTRIES, checked
from studio.text.markup import MarkupError, Node, escaped, tree
from studio.values.lexicon import Entry
from studio.values.text import Notice

NAMESPACE = "http://www.w3.org/2005/01/pronunciation-lexicon"
_USED = frozenset(("grapheme", "alias", "example"))


def read_pls(text: str, file: str, layer: str) -> tuple[tuple[Entry, ...], tuple[Notice, ...]]:
    """The entries of a lexicon, and notices lexicon.not_used (element, file, line) on what was kept out.

    A lexeme with several graphemes gives an entry for each; of several aliases the one marked
    `prefer="true"` holds, else the first. Raises InputError lexicon.bad_syntax (file, line, reason),
    lexicon.wrong_language (file, language), lexicon.bad_entry, lexicon.too_many.
    """
    try:
        root = tree(text)
    except MarkupError as error:
        raise InputError("lexicon.bad_syntax", file=file, line=error.line, reason=error.reason) from error
    if root.name != "lexicon" or root.namespace != NAMESPACE:
        raise InputError("lexicon.bad_syntax", file=file, line=root.line, reason=f"<{root.name}> is no PLS lexicon")
    language = root.attributes.get("lang", "")
    if language.lower().partition("-")[0] != "vi":
        raise InputError("lexicon.wrong_language", file=file, language=language)
    entries: list[Entry] = []
    notices: list[Notice] = []
    for node in root.elements:
        if node.name == "lexeme":
            entries += _entries(node, file, layer)
        notices += _kept_out(node, file)
        if len(entries) > MOST_ENTRIES:
            raise InputError("lexicon.too_many", file=file, at_most=MOST_ENTRIES)
    return tuple(entries), tuple(notices)


def _entries(lexeme: Node, file: str, layer: str) -> Iterator[Entry]:
    aliases = [node for node in lexeme.elements if node.name == "alias"]
    if not aliases:
        return
    alias = next((node for node in aliases if node.attributes.get("prefer") == "true"), aliases[0])
    note = next((node.text for node in lexeme.elements if node.name == "example"), "")
    graphemes = [node for node in lexeme.elements if node.name == "grapheme"]
    if not graphemes:
        raise InputError("lexicon.bad_syntax", file=file, line=lexeme.line, reason="<lexeme> without <grapheme>")
    for grapheme in graphemes:
        yield checked(Entry(grapheme.text, alias.text, note, layer, file, grapheme.line))


def _kept_out(node: Node, file: str) -> Iterator[Notice]:
    """Elements of a lexicon that say nothing to the reader."""
    unused = [node] if node.name != "lexeme" else [each for each in node.elements if each.name not in _USED]
    for each in unused:
        yield Notice("lexicon.not_used", (("element", each.name), ("file", file), ("line", str(each.line))))


def write_pls(entries: Iterable[Entry]) -> str:
    """Entries as a lexicon document; a note travels as the lexeme's example."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<lexicon version="1.0" xmlns="{NAMESPACE}" alphabet="ipa" xml:lang="vi">',
    ]
    for entry in entries:
        example = f"<example>{escaped(entry.note)}</example>" if entry.note else ""
        lines.append(
            f"  <lexeme><grapheme>{escaped(entry.written)}</grapheme>"
            f"<alias>{escaped(entry.spoken)}</alias>{example}</lexeme>"
        )
    return "\n".join((*lines, "</lexicon>")) + "\n"
