"""Tables pasted into a text: rows of cells between tabs or upright strokes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studio.text.lines import Line

_CELL = re.compile(r"[^\t|]+")
_OPENER = re.compile(r"[-–—+*•]|[\w.]{1,6}[.)]")


def table_rows(lines: Sequence[Line]) -> dict[int, str]:
    """Indices of the lines that are rows of a table, each as "table".

    A table is two rows and more of three cells, or three rows and more of two. Labels with their value
    ("Thời gian:" and a time) and list marks with their text are no cells.
    """
    rows: dict[int, str] = {}
    run: list[int] = []
    counts = [_cell_count(line) for line in lines]
    for at, count in enumerate([*counts, 0]):
        if count >= 2:
            run.append(at)
            continue
        wide = sum(counts[row] >= 3 for row in run)
        if wide >= 2 or len(run) >= 3:
            rows.update(dict.fromkeys(run, "table"))
        run = []
    return rows


def split_cells(line: Line) -> list[Line]:
    """Each cell of a row that holds something, as a line of its own."""
    return split_at(line, _CELL)


def split_at(line: Line, cell: re.Pattern[str]) -> list[Line]:
    """The parts of a line that `cell` finds, without the space around them, as lines of their own."""
    cells: list[Line] = []
    for found in cell.finditer(line.raw):
        raw = found[0].strip()
        if raw:
            start = line.start + found.start() + len(found[0]) - len(found[0].lstrip())
            cells.append(Line(start, start + len(raw), raw, raw, line.gap if not cells else True))
    return cells


def _cell_count(line: Line) -> int:
    raw = line.raw
    if "\t" not in raw and raw.count("|") < 2:
        return 0
    cells = [cell.strip() for cell in _CELL.findall(raw)]
    cells = [cell for cell in cells if cell]
    if len(cells) == 2 and (cells[0].endswith(":") or _OPENER.fullmatch(cells[0])):
        return 0
    return len(cells)
