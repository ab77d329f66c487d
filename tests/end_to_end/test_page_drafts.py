"""What an editor is writing in a real browser outlives its page, and the studio that served it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.page_visit import DOUBTFUL, PATIENCE_MS, Served, Visit, serving, visiting, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_what_is_being_written_outlives_its_page(visit: Visit) -> None:
    page = visit.page
    page.get_by_label("Tên bản tin").fill("Bản nháp")
    page.get_by_label("Đơn vị phát").fill("Phường Láng Hạ Mẫu")
    write(page, DOUBTFUL)
    page.reload()
    page.get_by_role("status").filter(has_text="Đã lấy lại bản đang soạn dở").wait_for()
    assert page.get_by_label("Tên bản tin").input_value() == "Bản nháp"
    assert page.get_by_label("Đơn vị phát").input_value() == "Phường Láng Hạ Mẫu"
    assert page.get_by_label("Nội dung bản tin").input_value() == DOUBTFUL
    page.get_by_label("Chữ ký, con dấu").check()
    page.get_by_role("cell", name="Nguyễn Văn Mẫu.").wait_for()
    page.reload()
    page.get_by_role("cell", name="Nguyễn Văn Mẫu.").wait_for()
    assert page.get_by_label("Chữ ký, con dấu").is_checked()
    write(page, "")
    page.reload()
    page.get_by_text("Chưa có gì để xem").wait_for()
    assert page.get_by_label("Nội dung bản tin").input_value() == ""
    assert page.get_by_label("Tên bản tin").input_value() == "Bản nháp"


def test_what_is_typed_while_the_page_loads_is_not_written_over(visit: Visit) -> None:
    page = visit.page
    assert page.evaluate("studioDraft.words('', '', '')") == [None] * 3, "a new browser has nothing to put anywhere"
    page.get_by_label("Tên bản tin").fill("Bản nháp")
    write(page, DOUBTFUL)
    page.reload()
    page.get_by_role("status").filter(has_text="Đã lấy lại bản đang soạn dở").wait_for()
    assert page.evaluate("studioDraft.words('', '', '')") == ["Bản nháp", None, DOUBTFUL]
    assert page.evaluate("studioDraft.words('', '', 'Đang gõ')") == ["Bản nháp", None, None]


NOTHING_KEPT = """
for (const name of ["sessionStorage", "localStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("not here", "SecurityError"); } });
"""


@pytest.mark.parametrize(
    "before",
    [
        NOTHING_KEPT,
        "localStorage.setItem('studio-draft', '[1, 2');",
        """localStorage.setItem('studio-draft', '{"title": {}, "written": 5, "source": "x"}');""",
    ],
    ids=["forbidden", "torn", "odd"],
)
def test_a_browser_that_keeps_nothing_or_nonsense_shows_the_page_all_the_same(
    served: Served, browser: Browser, before: str
) -> None:
    with visiting(served, browser, before) as seen:
        seen.page.get_by_text("Chưa có gì để xem").wait_for()
        assert seen.page.get_by_label("Nội dung bản tin").input_value() == ""
        write(seen.page, DOUBTFUL)
        seen.page.get_by_role("button", name="Xem cách đọc").click()
        seen.page.get_by_role("radio", name="Không đọc").wait_for()
        assert seen.page.get_by_text("Có lỗi").count() == 0


def test_what_was_said_of_a_document_outlives_the_page_and_the_studio(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "cũ.txt").write_bytes("Tæ d©n phè sè 5 häp lóc 8h00 s¸ng mai.".encode("cp1252"))
    with serving(tmp_path) as place, visiting(place, browser) as seen:
        page = seen.page
        page.locator("input[type=file]").set_input_files(tmp_path / "cũ.txt")
        page.get_by_text("Đã lấy văn bản từ tệp").wait_for()
        written = page.get_by_label("Nội dung bản tin")
        write(page, written.input_value() + " Bà con đến đông đủ.")
        text = written.input_value()
        page.get_by_role("button", name="Xem cách đọc").click()
        notice = page.locator("tr.notice, .s-pad").filter(has_text="TCVN3")
        notice.first.wait_for()
        place.process.kill()
        place.process.wait(30)
        page.get_by_role("button", name="Xem cách đọc").click()
        page.get_by_text("Mất kết nối với studio. Trang sẽ tự mở lại").wait_for()
        with serving(tmp_path, place.port):
            page.get_by_role("status").filter(has_text="Đã lấy lại bản đang soạn dở").wait_for(timeout=PATIENCE_MS)
            assert written.input_value() == text
            notice.first.wait_for()
            assert page.get_by_text("hãy tải tệp lên lần nữa").count() == 0
