"""A rundown becomes segments in playing order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from studio.files.rundown import Rundown
from studio.rules.named import unknown_placeholders
from studio.rules.programme import SegmentKind, of_bulletin
from studio.rules.rundowns import of_rundown
from studio.values.text import Document

DAY = date(2026, 11, 25)


def _rundown(**more: object) -> Rundown:
    items = [{"title": "Một", "text": "a"}, {"title": "Hai", "file": "hai.txt"}]
    return Rundown.model_validate({"title": "Bản tin", "unit": "Phường", "items": items, **more})


def test_playing_order_with_stings_only_between_items() -> None:
    rundown = _rundown(
        opening={"cart": "hieu.wav", "text": "Xin chào"},
        stings={"cart": "cat.wav"},
        closing={"text": "Hết", "cart": "ket.wav"},
    )
    programme = of_rundown(rundown, {"hai.txt": Document("b")}, Path("x"), "ban-tin-sang", DAY)
    kinds = [segment.kind for segment in programme.segments]
    assert kinds == [
        SegmentKind.OPENING,
        SegmentKind.GREETING,
        SegmentKind.ITEM,
        SegmentKind.STING,
        SegmentKind.ITEM,
        SegmentKind.CLOSING,
        SegmentKind.ENDING,
    ]
    assert [segment.written.text for segment in programme.segments if segment.written] == ["Xin chào", "a", "b", "Hết"]
    assert programme.slug == "ban-tin-sang"


def test_a_bare_rundown_has_only_its_items() -> None:
    programme = of_rundown(_rundown(), {"hai.txt": Document("b")}, Path("x"), "x", DAY)
    assert [segment.kind for segment in programme.segments] == [SegmentKind.ITEM, SegmentKind.ITEM]
    assert programme.bed_cart is None


def test_parts_of_a_form_are_kept_where_they_are_asked_for() -> None:
    items = [{"title": "Một", "text": "a", "keep": ["signature"]}, {"title": "Hai", "text": "b"}]
    programme = of_rundown(_rundown(items=items), {}, Path("x"), "x", DAY)
    assert [segment.keep_parts for segment in programme.segments] == [{"signature"}, frozenset()]
    kept = programme.keeping(frozenset({"table"}))
    assert [segment.keep_parts for segment in kept.segments] == [{"signature", "table"}, {"table"}]
    with pytest.raises(ValidationError):
        _rundown(items=[{"title": "Một", "text": "a", "keep": ["footer"]}])


def test_a_bulletin_alone_is_one_segment_without_carts() -> None:
    programme = of_bulletin("Thông báo", Document("Nội dung"), Path("x"))
    assert [(segment.kind, segment.cart, segment.bed) for segment in programme.segments] == [
        (SegmentKind.ITEM, None, False)
    ]
    assert programme.slug == "thong-bao"


def test_the_greeting_is_filled_for_the_day() -> None:
    greeting = "Đây là {don_vi}. Hôm nay, {thu}, ngày {ngay}. Mời nghe {chuong_trinh}."
    rundown = _rundown(unit="Đài phường {Thử}", opening={"text": greeting}, closing={"text": "Hẹn {thu|tuần} sau"})
    programme = of_rundown(rundown, {"hai.txt": Document("b")}, Path("x"), "x", DAY)
    texts = [segment.written.text for segment in programme.segments if segment.written]
    assert texts[0] == "Đây là Đài phường \\{Thử\\}. Hôm nay, thứ Tư, ngày 25/11/2026. Mời nghe Bản tin."
    assert texts[-1] == "Hẹn {thu|tuần} sau"
    assert list(unknown_placeholders(rundown)) == []
