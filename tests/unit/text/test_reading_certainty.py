"""What the reader is not sure of, and what it must not flag."""

from __future__ import annotations

import pytest

from studio.text.verbalise import verbalise


def codes(text: str) -> list[str]:
    return [notice.code for notice in verbalise(text).notices]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("gửi về TT trước thứ sáu", "reading.ambiguous"),
        ("tỷ trọng là 5/9 theo báo cáo", "reading.ambiguous"),
        ("đoàn XQKD đến thăm", "reading.unknown_capitals"),
        ("họp ngày 31/2/2026", "reading.impossible_date"),
        ("ngày 30 tháng 2", "reading.impossible_date"),
        ("Hà Nội, ngày … tháng … năm 2026", "reading.missing_date"),
        ("Số: /TB-UBND", "reading.missing_number"),
        ("có 05 (bảy) tổ", "reading.amount_mismatch"),
        ("mua kowalski về", "reading.foreign"),
        ("xem tại thonmoi.vn", "reading.address_guessed"),
        ("hồ sơ gửi UBND huyện Ba Vì", "reading.abolished_district"),
        ("bài thơ 漢字", "text.unreadable"),
        ("Họ và tên: ........................", "reading.blank"),
    ],
)
def test_doubt_is_told(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân phường thông báo lịch họp ngày 5/9/2025.",
        "theo TT số 12 của Bộ Tài chính",
        "có 05 (năm) tổ, kinh phí 20 triệu đồng (hai mươi triệu đồng)",
        "Nghị định số 49/2024/NĐ-CP",
        "KẾ HOẠCH TUYÊN TRUYỀN",
        "chấm dứt hoạt động ở cấp huyện",
    ],
)
def test_certainty_is_not_flagged(text: str) -> None:
    assert codes(text) == []


def test_an_ambiguous_token_offers_its_readings_and_is_marked() -> None:
    reading = verbalise("gửi về TT trước thứ sáu")
    assert {"Thông tư", "thị trấn", "Trung tâm", "thứ tự"} <= set(reading.notices[0].alternatives)
    assert [token.written for token in reading.tokens if not token.certain] == ["TT"]
