"""What an editor can decide: doubtful places with their readings, and what each decision does to the text."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from studio.text.script import write_script
from studio.values.text import LeftOut, ReadingChoices, Script, Span
from studio.web import reading_view
from studio.web.doubts import SILENT, Doubt, Seen, doubts_of, parts_of
from studio.web.handlers import Desk, Look
from studio.web.tabs.reading_events import ReadingEvents

pytest.importorskip("gradio")

TEXT = "Phường họp tổ dân phố. Tổ QZX phụ trách, theo TT mới."


def doubts(text: str) -> dict[str, Doubt]:
    script = write_script(text)
    return {script.written[doubt.span.start : doubt.span.end]: doubt for doubt in doubts_of(script)}


def test_each_doubtful_place_is_named_with_its_sentence() -> None:
    found = doubts(TEXT)
    assert list(found) == ["QZX", "TT"]
    assert found["QZX"].name == "Câu 2: “QZX”"


def test_the_readings_are_the_alternatives_what_is_read_now_letters_and_silence() -> None:
    shown = {spoken: label for label, spoken in doubts(TEXT)["TT"].readings}
    assert {"thị trấn", "Thông tư"} <= set(shown)
    assert sum("(đang đọc)" in label for label in shown.values()) == 1
    assert shown["#"] == "Đọc từng chữ: “tê tê”"
    assert shown[SILENT] == "Không đọc"


def test_words_are_not_offered_letter_by_letter() -> None:
    readings = doubts("Kinh phí là 3.500.000 đồng (ba triệu đồng).")["(ba triệu đồng)"].readings
    assert "#" not in [spoken for _, spoken in readings]


def test_what_is_decided_is_doubtful_no_more() -> None:
    assert list(doubts(TEXT.replace("QZX", "{QZX|quy dét}"))) == ["TT"]
    assert doubts("Theo {TT|thị trấn}.") == {}


def test_a_mark_that_cannot_be_read_is_no_place_for_another() -> None:
    assert doubts("Theo {TT|x1}.") == {}


def test_parts_come_in_the_order_of_the_form_and_rules_of_dashes_are_none() -> None:
    parts = ("signature", "mark", "header", "signature")
    assert parts_of(Script("", (), tuple(LeftOut(part, Span(0, 0), "") for part in parts))) == ("header", "signature")


def test_what_an_editor_decided_is_shown_without_its_braces() -> None:
    script = write_script("Theo {TT|thị trấn} mới, {và|và} hết.")
    written = reading_view.written_marked(script.utterances[0], script)
    assert "{" not in written
    assert ">TT</mark>" in written
    assert ">và</mark>" in written


class FakeDesk:
    """Looks at texts as the reader does."""

    def look(self, written: str, keep: list[str]) -> Look:
        script = write_script(written, choices=ReadingChoices(keep_parts=frozenset(keep)))
        return Look(script, (), tuple(keep))

    def syllables_per_second(self, _voice: str | None) -> float:
        return 4.0


EVENTS = ReadingEvents(cast(Desk, FakeDesk()))


def decide(picked: str | None, own: str = "", *, word: str = "TT", written: str = TEXT) -> Any:
    """The updates of a decision by name."""
    seen = Seen(TEXT, tuple(doubts(TEXT).values()))
    place = doubts(TEXT)[word].key
    names = ("written", "html", "seen", "controls", "place", "picked", "own", "remark", "keep")
    updates = EVENTS.decide(written, None, [], seen, place, picked, own)
    return SimpleNamespace(**dict(zip(names, updates, strict=True)))


@pytest.mark.parametrize(
    ("picked", "own", "mark"),
    [
        ("thị trấn", "", "{TT|thị trấn}"),
        ("#", "", "{TT|#}"),
        (SILENT, "", "{TT|}"),
        (None, " trung tâm. ", "{TT|trung tâm}"),
        ("thị trấn", "trung tâm", "{TT|trung tâm}"),
    ],
)
def test_a_decision_is_written_into_the_text_and_read_anew(picked: str | None, own: str, mark: str) -> None:
    shown = decide(picked, own)
    assert shown.written == TEXT.replace("TT", mark)
    assert shown.seen.written == shown.written
    assert [doubt.name for doubt in shown.seen.doubts] == ["Câu 2: “QZX”"]
    assert 'role="status"' in shown.remark
    assert "Câu 2: “TT”" in shown.remark


def test_the_next_doubt_is_chosen_then() -> None:
    assert decide("#", word="QZX").place["value"] == decide("#", word="QZX").seen.doubts[0].key
    assert decide("#", word="QZX").seen.doubts[0].name.endswith("“TT”")


@pytest.mark.parametrize(
    ("picked", "own", "said"),
    [(None, "", "Chưa chọn cách đọc"), (None, "TTHC 5", "Không đọc được “TTHC 5”"), (None, "!", "Chưa chọn cách đọc")],
)
def test_what_cannot_be_read_is_refused_and_nothing_changes(picked: str | None, own: str, said: str) -> None:
    shown = decide(picked, own)
    assert said in shown.remark
    assert 'role="alert"' in shown.remark
    assert shown.written == shown.html == {"__type__": "update"}


def test_a_text_that_changed_meanwhile_is_read_anew_and_left_as_it_is() -> None:
    shown = decide("thị trấn", written="Xin mời. " + TEXT)
    assert shown.written == {"__type__": "update"}
    assert shown.seen.written == "Xin mời. " + TEXT
    assert "Văn bản đã đổi" in shown.remark
