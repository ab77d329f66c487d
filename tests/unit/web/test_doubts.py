"""What an editor can decide: doubtful places with their readings, and what each decision does to the text."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any, cast

import pytest

from studio.text.annotated import annotated
from studio.text.script import write_script
from studio.values.text import Document, LeftOut, Notice, ReadingChoices, Script, Span
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

    def look(self, document: Document, keep: list[str]) -> Look:
        script = write_script(document.text, choices=ReadingChoices(keep_parts=frozenset(keep)))
        return Look(document, annotated(script, document.notices), (), tuple(keep))

    def pace(self, voice: str | None) -> reading_view.Pace:
        return reading_view.Pace(voice or "Hà Nội", 2.0 if voice else 4.0)


EVENTS = ReadingEvents(cast(Desk, FakeDesk()))


SCAN = Document(TEXT, (Notice("text.recognised", (("pages", "1"), ("confidence", "90"))),))


def decide(
    picked: str | None, own: str = "", *, word: str = "TT", written: str = TEXT, source: Document | None = None
) -> Any:
    """The updates of a decision by name."""
    seen = Seen(TEXT, tuple(doubts(TEXT).values()))
    place = doubts(TEXT)[word].key
    names = ("written", "html", "seen", "controls", "place", "picked", "own", "everywhere", "remark", "keep", "source")
    updates = EVENTS.decide(written, None, [], source, seen, place, picked, own)
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


def test_what_was_done_to_a_document_is_still_said_after_a_decision() -> None:
    shown = decide("thị trấn", source=SCAN)
    assert "Văn bản nhận dạng từ bản quét" in shown.html
    assert shown.source == Document(shown.written, SCAN.notices)
    assert decide("thị trấn").source == Document(shown.written)


def test_a_doubtful_word_of_a_scan_can_be_decided() -> None:
    at = TEXT.index("họp")
    scan = Document(TEXT, (Notice("text.doubtful_word", (("confidence", "40"),), Span(at, at + 3)),))
    updates = EVENTS.read(TEXT, None, [], scan)
    assert [doubt.name for doubt in updates[2].doubts] == ["Câu 1: “họp”", "Câu 2: “QZX”", "Câu 2: “TT”"]
    assert updates[2].doubts[0].readings[0] == ("“họp” (đang đọc)", "họp")
    assert "chữ nhận dạng chỉ chắc 40 %" in updates[1]
    assert updates[1].count(">họp</mark>") == 2


def test_another_voice_changes_the_length_and_nothing_else() -> None:
    seen = Seen(TEXT, tuple(doubts(TEXT).values()))
    slow, quick = (EVENTS.pace(TEXT, voice, [], None, seen) for voice in ("Chậm", None))
    length = re.compile(r"khoảng (\d+) giây với giọng “(.*?)”")
    (slow_s, slow_name), (quick_s, quick_name) = (length.findall(html)[0] for html in (slow, quick))
    assert (slow_name, quick_name) == ("Chậm", "Hà Nội")
    assert int(slow_s) > int(quick_s)
    assert length.sub("", slow) == length.sub("", quick)


@pytest.mark.parametrize("seen", [Seen(), Seen("Văn bản trước.")])
def test_another_voice_reads_nothing_that_is_not_shown(seen: Seen) -> None:
    assert EVENTS.pace(TEXT, "Chậm", [], None, seen) == {"__type__": "update"}


def test_a_place_among_many_alike_is_decided_alone() -> None:
    text = "Tổ QZX dọn. Tổ QZX nghỉ."
    found = doubts_of(write_script(text))
    assert [doubt.name for doubt in found] == ["Câu 1: “QZX”", "Câu 2: “QZX”"]
    updates = EVENTS.decide(text, None, [], None, Seen(text, found), found[1].key, "#", "")
    assert updates[0] == "Tổ QZX dọn. Tổ {QZX|#} nghỉ."


def test_all_places_alike_are_decided_at_once_where_that_is_wanted() -> None:
    text = "Tổ QZX dọn, theo TT mới. Tổ QZX nghỉ. Tổ {QZX|quyết} về."
    found = doubts_of(write_script(text))
    first = found[0]
    assert [text[span.start : span.end] for span in first.alike] == ["QZX", "QZX"]
    updates = EVENTS.decide(text, None, [], None, Seen(text, found), first.key, "#", "", True)
    assert updates[0] == "Tổ {QZX|#} dọn, theo TT mới. Tổ {QZX|#} nghỉ. Tổ {QZX|quyết} về."
    assert "Đã ghi cách đọc cho 2 chỗ." in updates[8]
    assert [doubt.name for doubt in updates[2].doubts] == ["Câu 1: “TT”"]


def test_all_places_alike_are_offered_only_where_there_are_some() -> None:
    alone, both = (doubts_of(write_script(text)) for text in ("Tổ QZX dọn.", "Tổ QZX dọn. Tổ QZX nghỉ."))
    assert EVENTS.choose(Seen("", alone), alone[0].key)[2]["visible"] is False
    offered = EVENTS.choose(Seen("", both), both[0].key)[2]
    assert (offered["visible"], offered["value"], offered["label"]) == (
        True,
        False,
        "Đọc như vậy ở cả 2 chỗ giống nhau",
    )
