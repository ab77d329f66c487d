"""The same notice of the same written words is one finding that counts its places."""

from __future__ import annotations

from studio.text.findings import findings
from studio.text.script import write_script
from studio.values.text import Notice, Script, Span

DISTRICTS = (
    "UBND quận Đống Đa giao tổ QZX. UBND  quận Ba Đình giao tổ QZX.\n\n"
    "Kính gửi UBND quận Hoàn Kiếm và UBND quận Hà Đông.\n\nUBND huyện Ba Vì chỉ đạo."
)


def test_what_is_said_of_several_places_is_one_finding_at_the_first() -> None:
    found = {(each.notice.code, DISTRICTS[slice_of(each.spans[0])]): each for each in findings(write_script(DISTRICTS))}
    assert set(found) == {
        ("reading.unknown_capitals", "QZX"),
        ("reading.abolished_district", "UBND quận"),
        ("reading.abolished_district", "UBND huyện"),
    }
    quan = found["reading.abolished_district", "UBND quận"]
    assert (quan.places, quan.line, quan.lines) == (4, 1, (1, 2, 3, 3))
    assert [" ".join(DISTRICTS[slice_of(span)].split()) for span in quan.spans] == ["UBND quận"] * 4
    assert found["reading.unknown_capitals", "QZX"].places == 2
    assert found["reading.abolished_district", "UBND huyện"].places == 1


def slice_of(span: Span) -> slice:
    return slice(span.start, span.end)


def test_other_words_fields_or_alternatives_make_another_finding() -> None:
    text = "abc abc xyz"
    notices = (
        Notice("a.b", (), Span(0, 3)),
        Notice("a.b", (), Span(4, 7)),
        Notice("a.b", (), Span(8, 11)),
        Notice("a.b", (("k", "1"),), Span(0, 3)),
        Notice("a.b", (), Span(0, 3), ("x",)),
        Notice("a.b"),
    )
    assert [each.places for each in findings(Script(text, (), (), notices))] == [2, 1, 1, 1, 1]


def test_one_place_counts_once_and_the_whole_text_has_no_span() -> None:
    notices = (Notice("a.b", (), Span(0, 3)), Notice("a.b", (), Span(0, 3)), Notice("c.d"), Notice("c.d"))
    place, whole = findings(Script("abc", (), (), notices))
    assert (place.places, place.spans) == (1, (Span(0, 3),))
    assert (whole.places, whole.line, whole.spans) == (1, 0, ())


def test_a_district_of_the_past_is_passed_over_and_the_next_one_seen() -> None:
    text = "Trước đây UBND quận Đống Đa quản lý. " + "Bà con chú ý nghe kỹ. " * 8 + "UBND quận Ba Đình trả lời."
    (only,) = findings(write_script(text))
    assert only.places == 1
    assert only.spans[0].start > text.index("Bà con")
