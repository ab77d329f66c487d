"""The page in a real browser: paste, see, choose, produce, listen, download; and nothing leaves the machine."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from studio.stores import probe
from tests.end_to_end.page_visit import DOUBTFUL, PATIENCE_MS, Served, Visit, long_text, serving, visiting, write
from tests.fakes import scans as fakes

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BULLETIN = """ỦY BAN NHÂN DÂN
PHƯỜNG LÁNG HẠ MẪU

THÔNG BÁO
Về lịch phun thuốc muỗi

UBND phường thông báo: từ 8h00 ngày 25/11/2026 sẽ phun thuốc diệt muỗi tại 12 ngõ, trong đó có ngõ 5.
Kinh phí là 3.500.000 đồng. Tổ QZX phụ trách. <b>Bà con</b> giữ trẻ nhỏ trong nhà.

Nơi nhận:
- Như trên;
- Lưu: VT.
"""

pytestmark = pytest.mark.browser


def produce(page: Page) -> None:
    page.get_by_role("button", name="Sản xuất", exact=True).click()
    page.locator(".s-levels").wait_for(timeout=PATIENCE_MS)


def test_from_a_pasted_bulletin_to_a_delivery_that_is_heard_and_fetched(
    served: Served, visit: Visit, tmp_path: Path
) -> None:
    page = visit.page
    page.get_by_label("Tên bản tin").fill("Lịch phun thuốc muỗi")
    write(page, BULLETIN)
    page.get_by_role("button", name="Xem cách đọc").click()
    page.locator(".s-lines").wait_for()
    shown = page.locator("table.s-lines").inner_text()
    assert "Ủy ban nhân dân phường thông báo" in shown
    assert "ba triệu năm trăm nghìn đồng" in shown
    assert page.locator("mark.s-changed", has_text="25/11/2026").get_attribute("title") is not None
    assert page.locator("tr mark.s-doubt", has_text="QZX").count() == 1
    assert "QZX" in page.locator("tr.notice").inner_text()
    assert page.locator(".s-lines b").count() == 0, "text of the bulletin became markup"
    assert "Lưu: VT" in page.locator("details", has_text="Phần không đọc").inner_text()

    voice = page.get_by_label("Giọng đọc")
    assert "Hà Nội" in voice.input_value()
    assert page.get_by_label("Loa truyền thanh").is_checked()
    assert page.get_by_label("Bản gốc").is_checked()

    page.get_by_role("button", name="Sản xuất", exact=True).click()
    page.get_by_role("progressbar").first.wait_for()
    assert page.get_by_role("button", name="Đang sản xuất…").is_disabled(), "a second click starts nothing"
    page.locator(".s-levels").wait_for(timeout=PATIENCE_MS)
    levels = page.locator(".s-levels tbody tr").all_inner_texts()
    assert [row.split("\t")[0] for row in levels] == ["Loa truyền thanh", "Bản gốc"]
    loud = [float(row.split("\t")[2].replace("−", "-").replace(",", ".")) for row in levels]
    assert loud == pytest.approx([-16, -23], abs=0.25)
    heard(page)
    fetched(page, served, tmp_path)


def heard(page: Page) -> None:
    """Both waveforms hold sound of some length, and play."""
    page.wait_for_function("() => window.players.filter(player => player.duration > 5).length >= 2")
    # A click before the waveform is drawn is lost: its length is shown only then.
    page.wait_for_function(
        "() => [...document.querySelectorAll('#duration')].filter(time => time.innerText !== '0:00').length >= 2"
    )
    page.get_by_role("button", name="Phát", exact=True).first.click()
    page.wait_for_function("() => window.players.some(player => player.currentTime > 0.2)")


def fetched(page: Page, served: Served, folder: Path) -> None:
    """The archive holds what the manifest says; a single file comes alone."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Tải tất cả (ZIP)").first.click()
    archive = folder / "all.zip"
    waiting.value.save_as(archive)
    with zipfile.ZipFile(archive) as packed:
        assert packed.testzip() is None
        names = {name.partition("/")[2]: name for name in packed.namelist()}
        manifest = json.loads(packed.read(names["manifest.json"]))
        for file in manifest["audio"]:
            assert len(packed.read(names[file["name"]])) == file["size_bytes"]
    assert {file["profile"] for file in manifest["audio"]} == {"loa", "goc"}
    assert manifest["title"] == "Lịch phun thuốc muỗi"
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Loa truyền thanh (MP3)").first.click()
    assert waiting.value.suggested_filename == "loa-lich-phun-thuoc-muoi.mp3"
    delivered = [path.name for path in (served.home / "deliveries").iterdir() if not path.name.startswith(".")]
    assert any(name.endswith("-lich-phun-thuoc-muoi") for name in delivered)


def test_a_reload_loses_neither_the_running_work_nor_the_delivery(visit: Visit) -> None:
    page = visit.page
    page.get_by_label("Tên bản tin").fill("Tải lại trang")
    write(page, long_text("họp"))
    page.get_by_role("button", name="Sản xuất", exact=True).click()
    page.get_by_role("progressbar").first.wait_for()
    page.reload()
    page.get_by_role("button", name="Đang sản xuất…").wait_for()
    page.get_by_role("progressbar").first.wait_for()
    page.locator(".s-levels").wait_for(timeout=PATIENCE_MS)
    page.reload()
    page.get_by_role("tab", name="Đã sản xuất").click()
    card = page.locator(".s-card", has_text="Tải lại trang")
    card.wait_for()
    assert card.locator("audio").count() == 2


def test_work_can_be_stopped(served: Served, visit: Visit) -> None:
    page = visit.page
    page.get_by_label("Tên bản tin").fill("Dừng giữa chừng")
    write(page, "\n".join(map(long_text, ("nghỉ", "dừng", "thôi"))))
    page.get_by_role("button", name="Sản xuất", exact=True).click()
    page.get_by_role("button", name="Dừng lại").click()
    page.get_by_role("alert").filter(has_text="Đã dừng. Chưa giao gì cả").wait_for(timeout=PATIENCE_MS)
    assert not any("dung-giua-chung" in path.name for path in (served.home / "deliveries").iterdir())
    assert page.get_by_role("button", name="Sản xuất", exact=True).is_enabled()


def test_the_second_production_of_a_text_speaks_nothing(visit: Visit) -> None:
    page = visit.page
    page.get_by_label("Tên bản tin").fill("Hai lần")
    write(page, "Chiều nay trời mưa to. Bà con cất thóc.")
    produce(page)
    produce(page)
    page.get_by_text("2 câu: đọc mới 0, dùng lại 2").wait_for(timeout=PATIENCE_MS)


def test_a_document_fills_the_page(visit: Visit, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("Sáng mai, 26/11/2026, phường tổ chức Tết trồng cây.")
    document.save(str(tmp_path / "trồng cây.docx"))
    visit.page.locator("input[type=file]").set_input_files(tmp_path / "trồng cây.docx")
    visit.page.get_by_text("Đã lấy văn bản từ tệp").wait_for()
    assert "Tết trồng cây" in visit.page.get_by_label("Nội dung bản tin").input_value()
    assert visit.page.get_by_label("Tên bản tin").input_value() == "trồng cây"


@pytest.mark.ocr
def test_a_scan_is_read_and_what_was_done_to_it_reaches_the_manifest(
    served: Served, visit: Visit, tmp_path: Path
) -> None:
    pytest.importorskip("pypdfium2")
    if not probe.tesseract_part(None).ok:
        pytest.skip("no Tesseract with Vietnamese data")
    page = visit.page
    assert "ảnh quét PNG, JPG, TIFF" in page.locator(".s-step").first.inner_text()
    (tmp_path / "Bản quét.PNG").write_bytes(fakes.saved(fakes.page(), "PNG"))
    page.locator("input[type=file]").set_input_files(tmp_path / "Bản quét.PNG")
    page.get_by_text("Văn bản nhận dạng từ bản quét (1 trang").wait_for(timeout=PATIENCE_MS)
    written = page.get_by_label("Nội dung bản tin")
    write(page, written.input_value().replace("\n\n", "\n\nTổ QZX chịu trách nhiệm.\n\n", 1))
    page.get_by_role("button", name="Xem cách đọc").click()
    page.locator(".s-pad", has_text="Văn bản nhận dạng từ bản quét").wait_for()
    page.get_by_role("radio", name="Đọc từng chữ").or_(page.get_by_role("radio", name="(đang đọc)")).first.check()
    page.get_by_role("button", name="Đọc như vậy").click()
    page.get_by_role("status").filter(has_text="Đã ghi cách đọc").wait_for()
    page.locator(".s-pad", has_text="Văn bản nhận dạng từ bản quét").wait_for()
    produce(page)
    folder = next((served.home / "deliveries").glob("*-ban-quet"))
    notices = json.loads((folder / "manifest.json").read_text("utf-8"))["segments"][0]["notices"]
    recognised = [notice for notice in notices if notice["code"] == "text.recognised"]
    assert [notice["fields"]["pages"] for notice in recognised] == ["1"]


def test_without_a_reader_of_scans_the_page_says_how_to_get_one(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "quét.png").write_bytes(b"\x89PNG\r\n\x1a\n no picture")
    with serving(tmp_path, STUDIO_TESSERACT=str(tmp_path / "none")) as place, visiting(place, browser) as seen:
        hint = seen.page.locator(".s-step").first.inner_text()
        assert "chưa đọc được ảnh quét" in hint
        assert "studio setup ocr" in hint
        assert "Tesseract" in hint
        seen.page.locator("input[type=file]").set_input_files(tmp_path / "quét.png")
        refusal = seen.page.get_by_role("alert").filter(has_text="quét.png")
        refusal.wait_for()
        assert "Tesseract" in refusal.inner_text()
        assert "hãy xin bản văn bản gốc" in refusal.inner_text()


def spoken_side(page: Page) -> str:
    return "\n".join(page.locator("td[data-side='Bản đọc']").all_inner_texts())


def test_a_doubtful_place_is_decided_with_a_choice_a_word_or_the_keyboard(visit: Visit) -> None:
    page = visit.page
    controls = page.get_by_label("Sửa cách đọc")
    assert controls.count() == 0, "there is nothing to decide yet"
    write(page, DOUBTFUL)
    page.get_by_role("button", name="Xem cách đọc").click()
    controls.wait_for()
    assert controls.input_value() == "Câu 1: “TT”"
    assert "thị trấn" not in spoken_side(page)
    page.get_by_role("radio", name="“thị trấn”").check()
    page.get_by_role("button", name="Đọc như vậy").click()
    page.get_by_role("status").filter(has_text="Đã ghi cách đọc cho Câu 1: “TT”").wait_for()
    assert "{TT|thị trấn}" in page.get_by_label("Nội dung bản tin").input_value()
    assert "theo thị trấn mới" in spoken_side(page)
    assert controls.input_value() == "Câu 2: “QZX”", "the next place is chosen"

    own = page.get_by_label("Hoặc tự ghi cách đọc")
    own.fill("QZX 5")
    page.get_by_role("button", name="Đọc như vậy").click()
    page.get_by_role("alert").filter(has_text="Không đọc được “QZX 5”").wait_for()
    page.get_by_role("radio", name="Không đọc").check()
    page.wait_for_function(
        "label => document.querySelector(`textarea[placeholder^='${label}'], "
        "input[placeholder^='${label}']`).value === ''",
        arg="Ví dụ: thị trấn",
    )
    own.fill("quyết thắng")
    page.wait_for_function("() => !document.querySelector('input[type=radio]:checked')")
    page.get_by_role("button", name="Đọc như vậy").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Tổ quyết thắng phụ trách").wait_for()
    controls.wait_for(state="hidden")
    assert "{QZX|quyết thắng}" in page.get_by_label("Nội dung bản tin").input_value()


def test_answers_come_with_their_requests_and_an_idle_page_asks_nothing(visit: Visit) -> None:
    page = visit.page
    write(page, DOUBTFUL)
    page.get_by_role("button", name="Xem cách đọc").click()
    page.get_by_role("radio", name="Không đọc").check()
    page.get_by_role("button", name="Đọc như vậy").click()
    page.get_by_role("status").filter(has_text="Đã ghi cách đọc").wait_for()
    page.get_by_role("button", name="Sản xuất", exact=True, disabled=False).wait_for(timeout=PATIENCE_MS)
    asked = len(visit.addresses)
    page.wait_for_timeout(1_500)
    assert visit.addresses[asked:] == []
    assert [url for url in visit.addresses if "/queue/" in url] == []


def test_all_places_alike_are_decided_at_once(visit: Visit) -> None:
    page = visit.page
    write(page, "Tổ QZX dọn vệ sinh. Tổ QZX nghỉ. Hồ sơ làm theo TT mới.")
    page.get_by_role("button", name="Xem cách đọc").click()
    page.get_by_text("Có 2 chỗ như vậy ở câu 1, 2.").wait_for()
    page.get_by_label("Đọc như vậy ở cả 2 chỗ giống nhau").check()
    page.get_by_role("radio", name="“quy dét ích”").check()
    page.get_by_role("button", name="Đọc như vậy").click()
    page.get_by_role("status").filter(has_text="Đã ghi cách đọc cho 2 chỗ").wait_for()
    assert page.get_by_label("Nội dung bản tin").input_value().count("{QZX|quy dét ích}") == 2
    assert page.get_by_label("Sửa cách đọc").input_value() == "Câu 3: “TT”"
    page.get_by_label("Đọc như vậy ở cả").wait_for(state="hidden")


def test_a_decision_about_another_text_is_not_put_into_this_one(visit: Visit) -> None:
    page = visit.page
    write(page, DOUBTFUL)
    page.get_by_role("button", name="Xem cách đọc").click()
    page.get_by_role("radio", name="Không đọc").check()
    write(page, "Kính mời bà con. " + DOUBTFUL)
    page.get_by_role("button", name="Đọc như vậy").click()
    page.get_by_role("alert").filter(has_text="Văn bản đã đổi").wait_for()
    assert page.get_by_label("Nội dung bản tin").input_value() == "Kính mời bà con. " + DOUBTFUL


def test_a_part_left_out_is_brought_back_and_delivered(served: Served, visit: Visit) -> None:
    page = visit.page
    page.get_by_label("Tên bản tin").fill("Cả chữ ký")
    write(page, BULLETIN + "\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn Mẫu\n")
    page.get_by_role("button", name="Xem cách đọc").click()
    signature = page.get_by_label("Chữ ký, con dấu")
    signature.wait_for()
    assert "Nguyễn Văn Mẫu" not in spoken_side(page)
    assert page.get_by_label("Bảng biểu").count() == 0, "the text has no table"
    signature.check()
    page.get_by_role("cell", name="Nguyễn Văn Mẫu.").wait_for()
    assert signature.is_checked()
    assert "Nơi nhận" not in spoken_side(page)
    produce(page)
    script = next((served.home / "deliveries").glob("*-ca-chu-ky")) / "kich-ban.txt"
    assert "Nguyễn Văn Mẫu" in script.read_text("utf-8")


def test_what_is_missing_is_said_in_vietnamese(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    alert = page.get_by_role("alert")
    page.get_by_role("button", name="Xem cách đọc").click()
    alert.filter(has_text="Chưa có văn bản").first.wait_for()
    page.get_by_role("button", name="Sản xuất", exact=True).click()
    page.wait_for_function("() => document.querySelectorAll('.s-error').length === 2")
    write(page, "Bà con chú ý.")
    page.get_by_label("Loa truyền thanh").uncheck()
    page.get_by_label("Bản gốc").uncheck()
    page.get_by_role("button", name="Sản xuất", exact=True).click()
    alert.filter(has_text="Chưa chọn bản phát nào").wait_for()
    page.get_by_label("Loa truyền thanh").check()
    page.get_by_label("Ngày phát").fill("32/13/2026")
    page.get_by_role("button", name="Sản xuất", exact=True).click()
    alert.filter(has_text="“32/13/2026” chưa đúng").wait_for()
    damaged = tmp_path / "hỏng.docx"
    damaged.write_bytes(b"PK\x03\x04 no such thing")
    page.locator("input[type=file]").set_input_files(damaged)
    alert.filter(has_text="hỏng.docx").wait_for()


def test_the_page_is_vietnamese_with_its_own_font(visit: Visit) -> None:
    page = visit.page
    assert page.evaluate("document.documentElement.lang") == "vi"
    loaded = page.evaluate(
        "Promise.all([400, 700].map(w => document.fonts.load(`${w} 16px 'Noto Sans'`, 'ỗữặ')))"
        ".then(all => all.map(faces => faces.map(face => face.status)))"
    )
    assert loaded == [["loaded"], ["loaded"]]
    assert page.evaluate("getComputedStyle(document.querySelector('textarea')).fontFamily").startswith('"Noto Sans"')
    fonts = [url for url in visit.addresses if url.endswith((".ttf", ".woff", ".woff2"))]
    assert {urlsplit(url).path for url in fonts} == {
        "/static-studio/NotoSans-Regular.ttf",
        "/static-studio/NotoSans-Bold.ttf",
    }


def test_every_control_has_a_name_and_a_phone_scrolls_one_way(visit: Visit) -> None:
    page = visit.page
    nameless = page.evaluate(
        "[...document.querySelectorAll('button, input:not([type=file]), textarea')].filter(e => e.offsetParent && !("
        "e.innerText.trim() || e.ariaLabel || e.title || (e.labels && [...e.labels].some(l => l.innerText.trim()))))"
        ".map(e => e.outerHTML)"
    )
    assert nameless == []
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(500)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_photograph_may_be_large_and_more_than_that_is_refused_in_vietnamese(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    scan = tmp_path / "ảnh chụp.JPG"
    scan.write_bytes(b"\xff\xd8\xff" + bytes(8_000_000))
    page.locator("input[type=file]").set_input_files(scan)
    page.get_by_role("alert").filter(has_text="ảnh chụp.JPG").wait_for()
    larger = tmp_path / "lớn hơn.jpg"
    larger.write_bytes(b"\xff\xd8\xff" + bytes(21_000_000))
    page.locator("input[type=file]").set_input_files(larger)
    page.get_by_text("Tệp quá lớn; hãy chọn tệp dưới 20 MB.").first.wait_for()
