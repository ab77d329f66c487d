"""A studio that serves its page, and visits of that page that watch what it asks of whom."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_MS = 120_000
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# The waveform keeps its player out of the document.
WATCH_PLAYERS = """
window.players = [];
const make = document.createElement.bind(document);
document.createElement = (name, ...rest) => {
  const made = make(name, ...rest);
  if (String(name).toLowerCase() === "audio") window.players.push(made);
  return made;
};
"""


DOUBTFUL = """UBND phường thông báo: hồ sơ làm theo TT mới. Tổ QZX phụ trách.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn Mẫu
"""
"""A bulletin of two doubtful places and a part that is not read."""


@dataclass
class Served:
    """A studio that serves its page, with what it has said."""

    process: subprocess.Popen[bytes]
    port: int
    url: str
    home: Path
    log: Path


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def answer(url: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    """Status and body of a request."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers or {}), timeout=20) as reply:
            return reply.status, reply.read()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read()


@contextmanager
def serving(folder: Path, port: int | None = None, **settings: str) -> Iterator[Served]:
    """A studio of its own, from its answer to `/healthz` on; `settings` are variables of its environment."""
    port = port or free_port()
    environment = {**os.environ, "STUDIO_HOME": str(folder / "home"), "STUDIO_WORKERS": "2", "PYTHONPATH": str(ROOT)}
    environment |= settings
    log = folder / "log.txt"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "studio", "serve", "--port", str(port)],
            env=environment,
            cwd=folder,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        place = Served(process, port, f"http://127.0.0.1:{port}", folder / "home", log)
        try:
            wait_for_health(place)
            yield place
        finally:
            process.kill()
            process.wait(30)


def wait_for_health(place: Served) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end:
        assert place.process.poll() is None, place.log.read_text("utf-8")
        try:
            assert answer(place.url + "/healthz") == (200, b'{"status":"ok"}')
        except urllib.error.URLError:
            time.sleep(0.3)
        else:
            return
    pytest.fail(place.log.read_text("utf-8"))


@dataclass
class Visit:
    """One visit of the page, with every address it asked for and every fault of its scripts."""

    page: Page
    addresses: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def told(self) -> str:
        """What the page shows and what it asked for last, for the report of a test that failed."""
        from playwright.sync_api import Error

        try:
            shown = self.page.inner_text("body", timeout=5_000)
        except Error as error:
            shown = f"(nothing that could be read: {error.message})"
        return f"{shown}\n\nIt asked last for {self.addresses[-8:]}; faults: {self.faults}"


@contextmanager
def visiting(place: Served, browser: Browser, before: str = "") -> Iterator[Visit]:
    """A visit that fails where the page asked another machine for anything, or a script of it failed.

    The script `before` runs before the page's own.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="vi-VN", accept_downloads=True)
    context.add_init_script(WATCH_PLAYERS + before)
    page = context.new_page()
    page.set_default_timeout(60_000)
    seen = Visit(page)
    page.on("request", lambda request: seen.addresses.append(request.url))
    page.on("websocket", lambda opened: seen.addresses.append(opened.url))
    page.on("pageerror", lambda error: seen.faults.append(str(error)))
    page.goto(place.url)
    page.get_by_label("Nội dung bản tin").wait_for()
    try:
        yield seen
    finally:
        context.close()
    asked = [urlsplit(url) for url in seen.addresses]
    assert {url.hostname for url in asked if url.scheme in ("http", "https", "ws", "wss")} == {"127.0.0.1"}
    assert seen.faults == []


def write(page: Page, text: str) -> None:
    page.get_by_label("Nội dung bản tin").fill(text)


def long_text(word: str) -> str:
    """A text of distinct sentences that takes a while to speak, also on a fast machine."""
    return "\n".join(f"Tổ dân phố {number} {word} lúc {number % 12 + 1} giờ chiều mai." for number in range(1, 151))
