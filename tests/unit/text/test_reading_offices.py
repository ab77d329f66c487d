"""What offices do to a text: headlines, stray spaces, quotes, broken lines; and where they leave a doubt."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from studio.text.script import write_script
from studio.text.verbalise import verbalise

GOLDEN = Path(__file__).parents[2] / "golden" / "reading"
OFFICES = [line.split("\t")[-2] for line in (GOLDEN / "offices.tsv").read_text(encoding="utf-8").splitlines()[1:]]


def plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w]|_", " ", unicodedata.normalize("NFC", text).lower()).split())


@pytest.mark.parametrize("written", OFFICES)
def test_stray_spaces_dashes_and_quotes_change_no_word(written: str) -> None:
    heard = plain(verbalise(written).spoken)
    assert plain(verbalise(written.replace(" ", "  ")).spoken) == heard
    assert plain(verbalise(written.replace("-", "–")).spoken) == heard
    assert plain(verbalise(f"“{written}”").spoken) == heard
    assert plain(verbalise(f"**{written}**").spoken) == heard


@pytest.mark.parametrize("written", OFFICES)
def test_nothing_in_the_golden_sentences_is_in_doubt(written: str) -> None:
    assert verbalise(written).notices == ()


@pytest.mark.parametrize(
    "written",
    [
        "Ngày 01-03/9, nghỉ lễ từ 30/4 - 1/5",
        "Quyết định số 12/QĐ-UBND ngày 05/3/2026 của UBND phường Láng",
        "Chương trình số 04-CTr/TU; Chỉ thị 05/CT-TTg của Thủ tướng",
        "Hà Nội, ngày … tháng … năm 2026",
        "Thứ 2 - thứ 6: từ 7 giờ 30 - 17 giờ 00",
        "Nộp 500.000 đ/người/tháng, giá điện 2.204 đ/kWh",
        "Mực nước 9,45m, trên báo động II 0,05m; lưu lượng 12m3/s",
        "P. Hàng Bạc, Q. Hoàn Kiếm, TT. Đông Anh",
        "Số ca mắc: 5 ca; tăng 2 ca so với tuần trước",
        "CA phường Láng xử phạt 05 trường hợp",
        "Cty Điện lực thông báo; ThS. Trần Văn Bình",
        "Quý I và II/2026; Phụ lục I, II; khu đô thị Mỹ Đình I",
        "Giấy chứng nhận số BA 123456; xe 30A-678.90",
        "Nhảy cao 1m75, ảnh 3x4, phòng rộng 150m2",
    ],
)
def test_a_headline_is_read_as_the_sentence_is(written: str) -> None:
    assert plain(verbalise(written.upper()).spoken) == plain(verbalise(written).spoken)


def test_abbreviations_and_names_in_a_headline_stay_what_they_are() -> None:
    assert verbalise("UBND PHƯỜNG LÁNG, TDP SỐ 5 VÀ HTX DVNN PHÚ THƯỢNG").spoken == (
        "Ủy ban nhân dân phường Láng, Tổ dân phố số năm và hợp tác xã dịch vụ nông nghiệp Phú Thượng"
    )


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Kính mời bà con dự họp ngày\n12/11/2026 tại đình.", "mười hai tháng mười một năm hai nghìn"),
        ("Gọi số điện thoại 0912.\n345.678 để được giúp.", "không chín một hai, ba bốn năm, sáu bảy tám"),
        ("Mời các hộ đến họp lúc 8h00 ngày 12/\n11 tại đình.", "ngày mười hai tháng mười một tại đình"),
        ("Trạm Y tế làm việc từ 7h30\n- 11h00 các ngày trong tuần.", "đến mười một giờ các ngày"),
        ("Số máy của phường là 024.3834\n.1234 trong giờ làm việc.", "ba tám ba bốn, một hai ba bốn trong giờ"),
    ],
)
def test_a_line_end_inside_a_number_is_no_end(written: str, spoken: str) -> None:
    assert spoken in " ".join(line.spoken for line in write_script(written).utterances)


@pytest.mark.parametrize("written", ["Danh sách năm\n1. Nguyễn Văn An", "Họp lúc 8h00\n- Địa điểm: đình"])
def test_a_list_after_a_figure_stays_a_list(written: str) -> None:
    assert len(write_script(written).utterances) == 2


@pytest.mark.parametrize(
    ("written", "alternatives"),
    [
        ("Lịch họp T6.", ("thứ sáu", "tháng sáu")),
        ("Hỗ trợ từ 18T trở lên.", ("mười tám tấn", "mười tám tuổi")),
        ("Nghỉ ngày 8-11.", ("mùng tám tháng mười một", "mùng tám đến ngày mười một")),
        ("Gửi hồ sơ về NN trước thứ sáu.", ("nông nghiệp", "Nhà nước")),
    ],
)
def test_a_doubt_is_told_with_what_it_may_be(written: str, alternatives: tuple[str, ...]) -> None:
    notices = verbalise(written).notices
    assert [notice.code for notice in notices] == ["reading.ambiguous"]
    assert set(alternatives) <= set(notices[0].alternatives)


def test_two_figures_of_a_birth_year_may_be_of_two_centuries() -> None:
    reading = verbalise("Sinh ngày 05/12/60.")
    assert reading.spoken.endswith("một nghìn chín trăm sáu mươi.")
    assert any("hai nghìn không trăm sáu mươi" in each for each in reading.notices[0].alternatives)
    assert not verbalise("Họp ngày 14/11/26.").notices


@pytest.mark.parametrize(
    "written",
    [
        "+ Hộ nghèo: 05 hộ; + Hộ cận nghèo: 12 hộ.",
        "Đạt 4/5 chỉ tiêu, 3/4 thành viên dự họp, rào 1/2 mặt đường.",
        "Nam từ đủ 18T đến hết 25T; xe tải 2,5T.",
        "Vị trí tâm bão 20,5°N - 108,3°E.",
        "Tiêm phòng LMLM, tụ huyết trùng cho đàn GSGC.",
        "Thửa đất DT 85,6m2, giá KĐ 45 triệu đồng/m2.",
    ],
)
def test_what_is_certain_is_not_told(written: str) -> None:
    assert verbalise(written).notices == ()


def test_a_pause_after_a_quotation_stands_behind_the_mark_that_closes_it() -> None:
    written = "Bác dặn “phải giữ gìn Đảng ta thật trong sạch và vững mạnh”) rồi ra về."
    for utterance in write_script(written).utterances:
        ends = [token.span.end for token in utterance.tokens]
        assert ends == sorted(ends)
        assert utterance.span.end >= ends[-1]
