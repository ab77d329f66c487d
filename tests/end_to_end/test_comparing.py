"""The tab that compares voices, in a real browser: prepare, hear both, judge, see who was who and the summary."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.end_to_end.page_visit import PATIENCE_MS, Served, answer, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_two_voices_are_heard_blindly_and_judged(served: Served, browser: Browser, tmp_path: Path) -> None:
    with visiting(served, browser) as seen:
        page = seen.page
        page.get_by_role("tab", name="So giọng").click()
        page.get_by_text("Chưa có điểm nào").wait_for()
        assert page.get_by_text("Máy này mới có một giọng").count() == 0, "two voices come with the studio"
        assert "tiếng nói của đài" in page.get_by_label("Bài nghe thử").input_value()
        page.get_by_label("Bài nghe thử").fill("Mời bà con nghe thử hai giọng đọc.")
        page.get_by_role("button", name="Chuẩn bị").click()
        players = page.locator("audio[aria-label^='Nghe giọng']")
        players.first.wait_for(timeout=PATIENCE_MS)
        assert players.count() == 2
        page.wait_for_function(
            "() => [...document.querySelectorAll(\"audio[aria-label^='Nghe giọng']\")].every(p => p.duration > 1)"
        )
        blind = page.locator("section", has=players.first).inner_html()
        assert "espeak" not in blind
        assert "mau-" not in blind

        page.get_by_role("button", name="Ghi điểm").click()
        page.get_by_role("alert").filter(has_text="Chưa ghi tên người nghe").wait_for()
        page.get_by_label("Tên người nghe").fill("Chị Lan")
        page.locator("fieldset", has_text="Giọng A nghe thế nào?").get_by_label("4 – tốt").check()
        page.locator("fieldset", has_text="Giọng B nghe thế nào?").get_by_label("2 – kém").check()
        page.get_by_label("A hay hơn").check()
        page.get_by_role("button", name="Ghi điểm").click()
        page.get_by_role("status").filter(has_text="Đã ghi điểm. A là Hà Nội").wait_for()
        page.get_by_text("1 lượt, 1 người nghe").wait_for()
        assert page.get_by_role("button", name="Ghi điểm").count() == 0, "nothing is judged twice"
        token = players.first.get_attribute("src") or ""
    (line,) = (served.home / "auditions" / "scores.jsonl").read_text("utf-8").splitlines()
    kept = json.loads(line)
    assert (kept["listener"], kept["first"]["opinion"], kept["preferred"]) == ("Chị Lan", 4, "first")
    assert {kept[side]["candidate"] for side in ("first", "second")} == {"hanoi-espeak", "hanoi-espeak-f2"}
    assert answer(served.url + token)[1][:4] == b"fLaC"
    assert answer(served.url + "/so-giong/khong-co")[0] == 404
