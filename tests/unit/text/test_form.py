"""The administrative form: its parts are found and listed, and no word of the body is lost."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from studio.text.form import Form, parts_of_form
from studio.text.paragraphs import paragraphs_of
from studio.values.text import Layout
from tests.fakes.patience import ends

NOTICE = """ỦY BAN NHÂN DÂN
PHƯỜNG KIM MÃ
-------
Số: 27/TB-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Kim Mã, ngày 03 tháng 9 năm 2025

THÔNG BÁO
Về việc phun thuốc diệt muỗi

Ủy ban nhân dân phường thông báo lịch phun thuốc diệt muỗi tại các tổ dân phố.
- Tổ 4: sáng thứ Bảy;
- Tổ 9: chiều thứ Bảy.
Đề nghị bà con phối hợp./.

Nơi nhận:
- Như trên;
- Các tổ dân phố;
- Lưu: VP.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
(Đã ký)
Lê Thu Hằng
"""

SIDE_BY_SIDE = """UBND PHƯỜNG KIM MÃ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TRẠM Y TẾ\tĐộc lập - Tự do - Hạnh phúc
Số: 8/TB-TYT\tKim Mã, ngày 5/9/2025

Trạm y tế mời bà con đến tiêm chủng.

Nơi nhận:                    TRƯỞNG TRẠM
- Lưu: VT.                  BS. Đỗ Văn Hưng
"""


def body(form: Form) -> list[str]:
    return [line.raw for line in form.body]


def parts(form: Form) -> list[str]:
    return [part.part for part in form.left_out]


def test_a_whole_form() -> None:
    form = parts_of_form(NOTICE)
    assert parts(form) == ["header", "number_line", "header", "place_date", "recipients", "signature"]
    assert body(form)[0] == "THÔNG BÁO"
    assert body(form)[-1] == "Đề nghị bà con phối hợp./."
    assert len(form.body) == 6
    for part in form.left_out:
        assert NOTICE[part.span.start : part.span.end] == part.written


def test_two_columns_side_by_side() -> None:
    form = parts_of_form(SIDE_BY_SIDE)
    assert body(form) == ["Trạm y tế mời bà con đến tiêm chủng."]
    written = {part.part: part.written for part in form.left_out}
    assert written["number_line"] == "Số: 8/TB-TYT"
    assert written["place_date"] == "Kim Mã, ngày 5/9/2025"
    assert written["signature"] == "BS. Đỗ Văn Hưng"


@pytest.mark.parametrize("part", ["header", "number_line", "place_date", "recipients", "signature"])
def test_a_part_can_be_brought_back(part: str) -> None:
    kept = parts_of_form(NOTICE, keep={part})
    assert part not in parts(kept)
    assert len(kept.body) > len(parts_of_form(NOTICE).body)


@pytest.mark.parametrize(
    "text",
    [
        # A date line alone is news.
        "Hà Nội, ngày 5 tháng 9 năm 2025\nSáng nay, phường tổ chức hội nghị.",
        # Places where something is handed in, not recipients.
        "Nơi nhận: Bộ phận một cửa, giờ hành chính.\nMời bà con đến nộp hồ sơ.",
        "Nơi nhận:\n- Nhà văn hóa tổ 5;\n- Trạm y tế phường.\nBà con mang theo giấy tờ.",
        "Nơi nhận:\n- Nhà văn hóa tổ 5;\n- Trạm y tế phường.",
        # Offices inside a text.
        "CHỦ TỊCH\nChủ tịch phường đã phát biểu tại buổi lễ, nhấn mạnh công tác phòng cháy.",
        "Danh sách khen thưởng gồm:\nNguyễn Văn Sơn\nTrần Thị Mai",
        "TIN VẮN\nCÔNG AN PHƯỜNG RA QUÂN\nSáng nay lực lượng công an ra quân.",
        "Số 12/34 phố Huế có buổi họp tổ.\nMời bà con dự.",
        "Tổ\t5\nMời bà con dự họp.",
        "Thời gian:\t8 giờ\nĐịa điểm:\tnhà văn hóa\nThành phần:\ttoàn thể bà con",
        "Có 3 tổ tham gia:\n12\nTổ còn lại vắng.",
        "1.\tMục đích\n2.\tYêu cầu\n3.\tTổ chức",
    ],
)
def test_the_unsure_stays_in_the_broadcast(text: str) -> None:
    form = parts_of_form(text)
    assert form.left_out == ()
    assert " ".join(body(form)).split() == text.split()


def test_header_only_at_the_top() -> None:
    text = "Bản tin sáng nay.\n" * 20 + "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    assert parts(parts_of_form(text)) == []


def test_issuing_body_unknown_to_us() -> None:
    form = parts_of_form("BẢO TÀNG GỐM\nSố: 3/GM-BTG\nBát Tràng, ngày 1 tháng 9 năm 2025\nGIẤY MỜI\nKính mời bà con.")
    assert body(form) == ["GIẤY MỜI", "Kính mời bà con."]


def test_marks_of_emphasis_and_a_number_without_its_figure() -> None:
    form = parts_of_form(
        "**UBND PHƯỜNG**\n*\nSố:     /UBND-VX\nV/v dọn vệ sinh\n**CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM**\n"
        "*Kim Mã, ngày    tháng 9 năm 2025*\nĐề nghị bà con dọn vệ sinh./.\n**Nơi nhận:**\n- Lưu: VP.\n"
        "**KT.CHỦ TỊCH\nPHÓ CHỦ TỊCH**\n*(Đã ký)*\n**ĐỖ VĂN HƯNG**"
    )
    assert body(form) == ["V/v dọn vệ sinh", "Đề nghị bà con dọn vệ sinh./."]


def test_place_and_date_above_the_signature() -> None:
    form = parts_of_form("Kính mời bà con.\nKim Mã, ngày 5 tháng 9 năm 2025\nTM. TỔ DÂN PHỐ\nTổ trưởng\nLê Văn Tư")
    assert parts(form) == ["place_date", "signature"]
    assert body(form) == ["Kính mời bà con."]


def test_signature_before_an_annex() -> None:
    form = parts_of_form(
        "Thực hiện nghiêm./.\nTL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nVũ Đình Khoa\nPHỤ LỤC\nDanh mục kèm theo."
    )
    assert body(form) == ["Thực hiện nghiêm./.", "PHỤ LỤC", "Danh mục kèm theo."]


def test_tables_and_ornaments_and_pages() -> None:
    text = (
        "Lịch thu gom rác\n* * *\nTổ\tThứ\tGiờ\n4\tHai\t18\n5\tBa\t19\n- 2 -\n"
        "| Tổ | Giờ | Nơi |\n|---|---|---|\n| 6 | 17 | Ngõ 1 |\nTrang 3/4\n"
        "Đề nghị bà con chấp\n\n7\n\nhành.\n-----o0o-----\n"
    )
    form = parts_of_form(text)
    assert body(form) == ["Lịch thu gom rác", "Đề nghị bà con chấp", "hành."]
    assert set(parts(form)) == {"mark", "table", "page_number"}
    kept = parts_of_form(text, keep={"table"})
    assert "Hai" in body(kept)


def test_broken_lines_are_joined() -> None:
    text = "Thành phố bố trí vốn\n\nđầu tư hằng năm.\n\nCác phường báo cáo.\n- Tổ 1;\n- Tổ 2 và\ntổ 3.\n"
    paragraphs = paragraphs_of(text, parts_of_form(text).body)
    assert [" ".join(p.text.split()) for p in paragraphs] == [
        "Thành phố bố trí vốn đầu tư hằng năm.",
        "Các phường báo cáo.",
        "Tổ 1;",
        "Tổ 2 và tổ 3.",
    ]
    for paragraph in paragraphs:
        assert len(paragraph.text) == paragraph.end - paragraph.start
        assert text[paragraph.start : paragraph.end].split() == [*text[paragraph.start : paragraph.end].split()]
        assert paragraph.text.split()[0] == text[paragraph.start :].split()[0]


def test_wrapped_lines_are_joined_whatever_they_start_with() -> None:
    text = (
        "Sáng nay tại hội trường, lãnh đạo phường đã gặp gỡ đại diện\n"
        "Hội Phụ nữ và Đoàn Thanh niên để bàn về công tác vệ sinh.\n"
        "Buổi gặp kéo dài.\n\nTin tiếp theo."
    )
    paragraphs = paragraphs_of(text, parts_of_form(text).body)
    assert paragraphs[0].text.split() == text.split("\n\n")[0].split()
    assert paragraphs[-1].text == "Tin tiếp theo."


def test_layouts() -> None:
    text = (
        "KẾ HOẠCH\nTổ chức hội khỏe\n\nI. MỤC ĐÍCH\n1. Yêu cầu chung\n- Nâng cao sức khỏe;\n## Ghi chú\n"
        "Mọi người cùng tham gia.\n1. Mọi người đến đúng giờ.\n"
    )
    layouts = [p.layout for p in paragraphs_of(text, parts_of_form(text).body)]
    heading, item, plain = Layout.HEADING, Layout.LIST_ITEM, Layout.PARAGRAPH
    assert layouts == [heading, heading, heading, heading, item, heading, plain, plain]


@pytest.mark.parametrize(
    "hostile",
    [
        "Nơi nhận:\n" * 100_000,
        "TM. ỦY BAN\n" * 90_000,
        "Số:" + " " * 1_000_000,
        "|" * 1_000_000,
        "a\t" * 500_000,
        "* " * 500_000 + "x",
        "1\n" * 200_000,
        "- " * 500_000,
        "Số: 1/TB\n" * 100_000,
        "A " * 500_000,
        "(" * 1_000_000,
    ],
)
def test_nonsense_takes_linear_time(hostile: str) -> None:
    with ends():
        form = parts_of_form(hostile)
        paragraphs_of(hostile, form.body)


@pytest.mark.skipif("STUDIO_REFERENCE" not in os.environ, reason="the reference files are elsewhere")
def test_the_plan_of_the_city() -> None:
    folder = Path(os.environ["STUDIO_REFERENCE"])
    text = next(folder.rglob("ke-hoach-thi-hanh-nghi-dinh-49.txt")).read_text(encoding="utf-8")
    form = parts_of_form(text)
    assert parts(form) == ["number_line", "place_date", "recipients", "signature"]
    joined = [p.text for p in paragraphs_of(text, form.body)]
    assert any("bố trí kinh" in p and "phí thường xuyên" in p for p in joined)
