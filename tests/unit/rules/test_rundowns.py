"""Recordings, headlines, notices, dialogues, beds and emergencies in a rundown."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from studio.files.rundown import Rundown
from studio.rules.named import carts_of, documents_of, lexicons_of, unknown_placeholders, voices_of
from studio.rules.programme import Programme, SegmentKind, SegmentSource, Speakers
from studio.rules.rundowns import of_rundown
from studio.text.script import write_script
from studio.values.lexicon import Entry
from studio.values.text import PARTS

ITEM = {"title": "Một", "text": "a"}
FACTS = {
    "who": "Ban Chỉ huy thông báo",
    "what": "Nước lên.",
    "where": "Ngoài đê;",
    "when": "Đêm {ngay}",
    "do": "Rời ngay!",
}


def made(**keys: object) -> Programme:
    rundown = Rundown.model_validate({"title": "Bản tin", "unit": "Phường", **keys})
    return of_rundown(rundown, {}, Path("x"), "x", date(2026, 11, 25), {"rieng.tsv": (Entry("TT", "thị trấn", "b"),)})


def kinds(programme: Programme) -> list[SegmentKind]:
    return [segment.kind for segment in programme.segments]


def only(programme: Programme, kind: SegmentKind) -> SegmentSource:
    (segment,) = [each for each in programme.segments if each.kind is kind]
    return segment


def text_of(segment: SegmentSource) -> str:
    assert segment.written is not None
    return segment.written.text


def test_stings_stand_between_what_belongs_together() -> None:
    recording = {"title": "Bài hát", "audio": "bai.mp3", "intro": "Mời nghe {chuong_trinh}."}
    programme = made(
        items=[ITEM, recording],
        notices=[{**ITEM, "title": "Cắt điện", "intro": "Thông báo."}],
        headlines={"text": "Tin chính."},
        stings={"cart": "cat"},
        closing={"text": "Hết"},
    )
    assert kinds(programme) == [
        SegmentKind.HEADLINES,
        SegmentKind.STING,
        SegmentKind.ITEM,
        SegmentKind.STING,
        SegmentKind.INTRO,
        SegmentKind.RECORDING,
        SegmentKind.STING,
        SegmentKind.INTRO,
        SegmentKind.NOTICE,
        SegmentKind.CLOSING,
    ]
    played = only(programme, SegmentKind.RECORDING)
    assert (played.cart, played.written, played.bed, played.slug) == ("bai.mp3", None, False, "bai-hat")
    assert [text_of(each) for each in programme.segments if each.kind is SegmentKind.INTRO] == [
        "Mời nghe Bản tin.",
        "Thông báo.",
    ]


def test_headlines_are_titles_unless_an_item_says_otherwise() -> None:
    items = [
        {"title": "Lịch tiêm chủng", "text": "a"},
        {"title": "Tin hai", "text": "b", "headline": "Sắp cắt điện?", "lexicon": "rieng.tsv"},
        {"title": "Bài hát", "audio": "x", "headline": ""},
    ]
    headlines = only(
        made(items=items, headlines={"text": "Tin chính hôm {thu}:", "voice": "hai"}), SegmentKind.HEADLINES
    )
    assert text_of(headlines) == "Tin chính hôm thứ Tư:\n\nLịch tiêm chủng.\n\nSắp cắt điện?"
    assert headlines.voice_id == "hai"
    # What an item's own lexicon says holds for its headline too.
    assert [entry.written for entry in headlines.lexicon] == ["TT"]


def test_two_voices_take_turns() -> None:
    asked = {**ITEM, "kind": "hoi_dap", "voices": ["mot", "hai"], "say_labels": True}
    programme = made(items=[asked, ITEM])
    assert [segment.speakers for segment in programme.segments] == [Speakers(("mot", "hai"), say_labels=True), None]


@pytest.mark.parametrize(
    ("bed", "wanted"),
    [
        (True, (True, None, None)),
        (False, (False, None, None)),
        ({"cart": "rieng"}, (False, "rieng", None)),
        ({"cart": "rieng", "under_speech_lu": 20}, (False, "rieng", 20)),
    ],
)
def test_a_bed_of_its_own(bed: object, wanted: tuple[object, ...]) -> None:
    segment = only(made(items=[{**ITEM, "bed": bed}], bed={"cart": "nen"}), SegmentKind.ITEM)
    assert (segment.bed, segment.bed_cart, segment.bed_under_speech_lu) == wanted


def test_a_jingle_that_ends_under_the_greeting_is_one_segment_with_it() -> None:
    opening = {"cart": "hieu", "text": "Xin chào {thu}.", "under_greeting_s": 2.5}
    programme = made(items=[ITEM], opening=opening)
    assert kinds(programme) == [SegmentKind.OPENING, SegmentKind.ITEM]
    first = programme.segments[0]
    assert (first.cart, text_of(first), first.cart_under_ms) == ("hieu", "Xin chào thứ Tư.", 2_500)


def test_an_emergency_is_a_tone_and_five_facts_said_again() -> None:
    programme = made(
        priority="khan_cap",
        emergency={**FACTS, "times": 3},
        bed={"cart": "nen"},
        opening={"cart": "hieu", "text": "Chào.", "under_greeting_s": 5},
        items=[ITEM],
    )
    assert kinds(programme) == [
        SegmentKind.OPENING,
        SegmentKind.ATTENTION,
        SegmentKind.EMERGENCY,
        SegmentKind.ITEM,
    ]
    assert not any(segment.bed or segment.bed_cart or segment.cart_under_ms for segment in programme.segments)
    assert programme.priority == "khan_cap"
    assert only(programme, SegmentKind.ATTENTION).cart == "bao-khan"
    emergency = only(programme, SegmentKind.EMERGENCY)
    assert emergency.keep_parts == PARTS
    script = write_script(text_of(emergency))
    reading = [
        "Ban Chỉ huy thông báo.",
        "Nước lên.",
        "Ngoài đê.",
        "Đêm hai mươi lăm tháng mười một năm hai nghìn không trăm hai mươi sáu.",
        "Rời ngay!",
    ]
    assert [each.spoken for each in script.utterances] == [*reading, *(["Xin nhắc lại.", *reading] * 2)]
    assert [each.pause_after_ms for each in script.utterances if each.spoken == "Rời ngay!"][:2] == [1_200, 1_200]


def test_an_emergency_needs_nothing_besides() -> None:
    assert kinds(made(priority="khan_cap", emergency=FACTS)) == [SegmentKind.ATTENTION, SegmentKind.EMERGENCY]


def test_whatever_is_named_is_found_with_its_place() -> None:
    rundown = Rundown.model_validate(
        {
            "title": "t",
            "unit": "u",
            "voice": "v1",
            "lexicon": "l1",
            "priority": "khan_cap",
            "opening": {"cart": "c1", "text": "{a}"},
            "headlines": {"text": "{b}", "voice": "v2"},
            "bed": {"cart": "c2"},
            "stings": {"cart": "c3"},
            "emergency": {**FACTS, "when": "{c}", "tone": "c4", "voice": "v3"},
            "items": [
                {"title": "x", "file": "f1", "bed": {"cart": "c5"}, "voice": "v4", "lexicon": "l2", "intro": "{d}"},
                {"title": "x", "text": "{e}", "kind": "hoi_dap", "voices": ["v5", "v6"]},
            ],
            "notices": [{"title": "x", "audio": "c6"}, {"title": "x", "file": "f2"}],
            "closing": {"text": "{f}", "cart": "c7"},
        }
    )
    assert {name for _, name in carts_of(rundown)} == {f"c{number}" for number in range(1, 8)}
    assert {name for _, name in voices_of(rundown)} == {f"v{number}" for number in range(1, 7)}
    assert list(lexicons_of(rundown)) == [(("lexicon",), "l1"), (("items", 0, "lexicon"), "l2")]
    assert list(documents_of(rundown)) == [(("items", 0, "file"), "f1"), (("notices", 1, "file"), "f2")]
    assert [name for _, name in unknown_placeholders(rundown)] == ["a", "b", "c", "f", "d"]
    found = dict([*carts_of(rundown), *voices_of(rundown)])
    assert found["items", 0, "bed", "cart"] == "c5"
    assert found["items", 1, "voices", 1] == "v6"
    assert found["notices", 0, "audio"] == "c6"
