"""Distinct Vietnamese sentences in any number, for benchmarks."""

from __future__ import annotations

import itertools

WHO = (
    "Ủy ban nhân dân phường", "Hội Phụ nữ phường", "Trạm y tế phường", "Công an phường", "Đoàn Thanh niên phường",
    "Hội Cựu chiến binh phường", "Ban quản lý chợ", "Trường tiểu học của phường",
)  # fmt: skip
WHAT = (
    "tổ chức tổng vệ sinh các tuyến phố", "mở lớp tập huấn chữa cháy", "khám sức khỏe cho người cao tuổi",
    "thu gom rác cồng kềnh tại sân nhà văn hóa", "trao quà cho các gia đình khó khăn", "sửa chữa hệ thống chiếu sáng",
    "kiểm tra an toàn thực phẩm tại các hàng ăn", "tiêm phòng dại cho chó mèo nuôi trong dân",
)  # fmt: skip
WHERE = ("tại tổ dân phố số", "trên địa bàn ngõ số", "ở khu tập thể số")


def sentences(count: int) -> list[str]:
    """`count` different sentences of about 25 syllables, with numbers, dates and times in them."""
    combinations = itertools.cycle(itertools.product(range(1, 29), WHERE, WHAT, WHO))
    made = []
    for number, (day, where, what, who) in enumerate(itertools.islice(combinations, count), 1):
        made.append(
            f"{who} {what} {where} {number}, từ {7 + number % 5}h{number % 60:02d} ngày {day}/{1 + number % 12}."
        )
    return made
