"""What a browser kept of a bulletin: taken back whole, and never taken where it is not what the page had given."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest

from studio.values.text import Document, Notice, Span
from studio.web import drafts
from studio.web.drafts import Draft, for_browser, from_browser

SCANNED = Document(
    "Tổ QZX dọn vệ sinh.",
    (
        Notice("text.recognised", (("pages", "1"), ("confidence", "90"))),
        Notice("text.doubtful_word", (("confidence", "40"),), Span(3, 6)),
    ),
)


def test_a_document_comes_back_with_all_that_was_said_of_it() -> None:
    kept = json.dumps({"title": "Tin", "written": "Tổ QZX", "keep": ["signature"], "source": for_browser(SCANNED)})
    assert from_browser(kept) == Draft("Tin", "", "Tổ QZX", ("signature",), for_browser(SCANNED))
    assert cast(Draft, from_browser(kept)).document() == SCANNED


@pytest.mark.parametrize("document", [None, Document("Tổ QZX")])
def test_of_a_document_of_which_nothing_is_said_nothing_is_kept(document: Document | None) -> None:
    assert for_browser(document) == ""


@pytest.mark.parametrize(
    "kept",
    [
        None,
        "",
        "{}",
        "[]",
        "{",
        '{"written": " \\n"}',
        '{"written": 5}',
        '{"written": "a", "keep": "signature"}',
        '{"written": "' + "a" * drafts.MOST_CHARACTERS_KEPT + '"}',
    ],
)
def test_what_is_no_draft_is_none(kept: str | None) -> None:
    assert from_browser(kept) is None


def changed(**notice: Any) -> str:
    document = json.loads(for_browser(SCANNED))
    document["notices"][0] |= notice
    return json.dumps(document)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "[]",
        "nothing",
        changed(code="text.never_heard_of"),
        changed(code="text.recognised", fields=[]),
        changed(span={"start": 0, "end": 99}),
        changed(span={"start": 5, "end": 2}),
        changed(span={"start": -1, "end": 2}),
    ],
)
def test_what_is_no_document_is_none(source: str) -> None:
    assert Draft(written="Tổ QZX", source=source).document() is None
