"""Tables of documents as lines of text."""

from __future__ import annotations

from collections.abc import Sequence

_LAYOUT_COLUMNS = 2


def table_text(rows: Sequence[Sequence[Sequence[str]]]) -> str:
    """A table as text; each cell is the list of its paragraphs.

    A row is a line with tabs between its cells. A table of one or two columns whose cells hold several
    paragraphs only lays out a page (the head of a form, its signature): its cells follow one another.
    """
    columns = max((len(row) for row in rows), default=0)
    lays_out = columns <= _LAYOUT_COLUMNS and any(sum(map(bool, cell)) > 1 for row in rows for cell in row)
    if columns < 2 or lays_out:
        return "\n\n".join(paragraph for row in rows for cell in row for paragraph in cell)
    return "\n".join("\t".join(" ".join(" ".join(cell).split()) for cell in row) for row in rows)
