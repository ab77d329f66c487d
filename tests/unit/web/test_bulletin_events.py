"""The bulletin tab's events: one update per output, and nothing shown is lost to an event that comes late."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from studio.errors import InputError
from studio.values.text import Document, Notice, Span
from studio.web.handlers import Desk
from studio.web.jobs import Status
from studio.web.tabs.bulletin_events import BulletinEvents

pytest.importorskip("gradio")

SKIPPED = {"__type__": "update"}
SCAN = Document(
    "Mời bà con họp.",
    (
        Notice("text.recognised", (("pages", "1"), ("confidence", "90"))),
        Notice("text.doubtful_word", (("confidence", "40"),), Span(4, 6)),
    ),
)


def events(status: Status | None = None, document: Document | None = None) -> BulletinEvents:
    def load(path: Path) -> Document:
        if document is None:
            raise InputError("documents.image_only", file=path.name)
        return document

    productions = SimpleNamespace(status=lambda: status)
    desk = SimpleNamespace(productions=productions, today=lambda: date(2026, 11, 25), document=load)
    return BulletinEvents(cast(Desk, desk), ("loa", "goc"))


@pytest.mark.parametrize("status", [None, Status(1, "Tin", error=InputError("page.no_text"))])
def test_a_page_that_loads_leaves_what_is_shown_as_it_is(status: Status | None) -> None:
    day, *shown = events(status).load()
    assert day == "25/11/2026"
    assert shown == [SKIPPED] * 7


def test_a_page_that_loads_takes_up_what_is_running() -> None:
    _, produce, stop, html, timer, watched, *players = events(Status(4, "Tin")).load()
    assert (produce["interactive"], stop["visible"], timer["active"], watched, len(players)) == (
        False,
        True,
        True,
        4,
        2,
    )
    assert "Đang sản xuất: Tin" in html


def test_a_page_that_watches_nothing_asks_no_more_and_changes_nothing() -> None:
    ended = Status(4, "Tin", error=InputError("page.no_text"))
    assert events(ended).watch(0) == (SKIPPED,) * 7
    *_, timer, watched, _, _ = events(ended).watch(4)
    assert (timer["active"], watched) == (False, 0)


def upload(document: Document | None) -> Any:
    names = (
        "title",
        "written",
        "html",
        "seen",
        "controls",
        "place",
        "picked",
        "own",
        "everywhere",
        "remark",
        "keep",
        "source",
    )
    updates = events(document=document).upload("/tmp/Bản quét.png")
    return SimpleNamespace(**dict(zip(names, updates, strict=True)))


def test_an_upload_fills_the_page_and_says_what_was_done_to_it() -> None:
    shown = upload(SCAN)
    assert (shown.title, shown.written, shown.source) == ("Bản quét", SCAN.text, SCAN)
    assert "Văn bản nhận dạng từ bản quét (1 trang" in shown.html
    assert "Chữ cần soát: “bà”." in shown.html


def test_an_upload_that_is_refused_changes_nothing_and_says_how_to_get_its_text() -> None:
    shown = upload(None)
    assert shown.title == shown.written == shown.source == SKIPPED
    assert "studio setup ocr" in shown.html
    assert "Tesseract" in shown.html
