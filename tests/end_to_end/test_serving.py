"""The page's server: whom it answers, what it hands out, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.end_to_end.page_visit import ROOT, Served, answer, long_text, serving, visiting, write

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_only_deliveries_are_handed_out_and_only_to_this_machine(served: Served) -> None:
    assert answer(served.url + "/healthz", {"Host": "evil.example"})[0] == 400
    assert answer(served.url + "/", {"Origin": "http://evil.example"})[0] == 403
    for path in (
        "/ban-giao/../takes/x",
        "/ban-giao/%2e%2e/x",
        "/ban-giao/2026-01-01-x/manifest.json",
        "/ban-giao/x.zip",
    ):
        assert answer(served.url + path)[0] == 404
    served.home.mkdir(exist_ok=True)
    secret = served.home / "secret.txt"
    secret.write_text("x", encoding="utf-8")
    assert answer(f"{served.url}/gradio_api/file={secret}")[0] in (403, 404)
    assert answer(served.url + "/docs")[0] == 404


def test_a_taken_port_is_said_plainly(served: Served, tmp_path: Path) -> None:
    port = urlsplit(served.url).port
    done = subprocess.run(
        [sys.executable, "-m", "studio", "serve", "--port", str(port)],
        env={**os.environ, "STUDIO_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=90,
        check=False,
    )
    assert done.returncode == 2
    assert str(port) in done.stderr.decode("utf-8")
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_it_ends_in_order_in_the_middle_of_work_and_wrote_down_nothing_of_it(browser: Browser, tmp_path: Path) -> None:
    with serving(tmp_path) as place:
        with visiting(place, browser) as seen:
            write(seen.page, long_text("trồng cây"))
            seen.page.get_by_role("button", name="Xem cách đọc").click()
            seen.page.locator(".s-lines").wait_for()
            seen.page.get_by_role("button", name="Sản xuất", exact=True).click()
            seen.page.get_by_role("progressbar").first.wait_for()
            place.process.send_signal(signal.SIGTERM)
            assert place.process.wait(15) == 130
        said = place.log.read_text("utf-8")
        assert "Traceback" not in said
        assert "trồng cây" not in said
        assert list((place.home / "deliveries").glob("[!.]*")) == []
