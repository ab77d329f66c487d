"""Notices on the command line: one line each, however long the words they quote."""

from __future__ import annotations

from studio.cli.notices import MOST_QUOTED, notice_line
from studio.values.text import Notice, Script


def test_other_readings_are_shortened_as_the_written_words_are() -> None:
    notice = Notice("text.unreadable", alternatives=("a" * 5_000, "bê"))
    line = notice_line(notice, Script("", ()))
    assert len(line) < 3 * MOST_QUOTED
    assert line.endswith("…; bê]")
