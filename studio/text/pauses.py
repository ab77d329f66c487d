"""Pauses of the script, in milliseconds, by what they stand after: the one table."""

from __future__ import annotations

from typing import Final

from studio.units import Ms
from studio.values.text import Layout

PAUSE_MS: Final[dict[str, Ms]] = {
    "clause": Ms(200),
    "sentence": Ms(400),
    "list_item": Ms(400),
    "paragraph": Ms(750),
    "heading": Ms(750),
    "quotation": Ms(300),
    "after_quotation": Ms(600),
}
"""House values: sentences 0.3-0.5 s, paragraphs 0.7-0.8 s; a clause where a long sentence was split, 0.2 s.

A quotation is set apart from the sentence it stands in, and more so where it ends with one."""

_AFTER_LAYOUT = {Layout.HEADING: "heading", Layout.PARAGRAPH: "paragraph", Layout.LIST_ITEM: "list_item"}


def pause_after(layout: Layout, *, next_layout: Layout | None, ends_paragraph: bool, ends_sentence: bool) -> Ms:
    """The pause after an utterance.

    `next_layout` is that of the paragraph that follows, None at the end of the text: the last item of
    a list pauses as a paragraph does.
    """
    if not ends_paragraph:
        return PAUSE_MS["sentence" if ends_sentence else "clause"]
    if layout is Layout.LIST_ITEM and next_layout is not Layout.LIST_ITEM:
        return PAUSE_MS["paragraph"]
    return PAUSE_MS[_AFTER_LAYOUT[layout]]
