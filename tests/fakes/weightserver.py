"""An HTTP server on the loopback that serves one file, well or badly, as a test asks."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class WeightServer(ThreadingHTTPServer):
    """Serves `content` at any path; `faults` are used up one for each request, then all goes well.

    Faults: "cut" ends in the middle, "stall" sends half and waits, "redirect" sends on to another path,
    "missing" is a 404, "broken" a 503, "plain" ignores the asked range, "changed" serves other bytes under another tag.
    """

    daemon_threads = True

    def __init__(self, content: bytes, faults: tuple[str, ...] = ()) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.content = content
        self.faults = list(faults)
        self.ranges: list[str | None] = []
        self.closing = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in the middle is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: WeightServer

    def do_GET(self) -> None:
        asked = self.headers.get("Range")
        self.server.ranges.append(asked)
        fault = self.server.faults.pop(0) if self.server.faults else ""
        if fault == "redirect":
            self.send_response(302)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif fault in ("missing", "broken"):
            self.send_error(404 if fault == "missing" else 503)
        else:
            self._content(fault, asked)

    def _content(self, fault: str, asked: str | None) -> None:
        content = self.server.content[::-1] if fault == "changed" else self.server.content
        tag = '"other"' if fault == "changed" else '"one"'
        place = re.fullmatch(r"bytes=(\d+)-", asked or "")
        start = int(place[1]) if place and fault != "plain" and self.headers.get("If-Range") == tag else 0
        self.send_response(206 if start else 200)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(content) - start))
        self.end_headers()
        half = start + (len(content) - start) // 2
        self.wfile.write(content[start : half if fault in ("cut", "stall") else None])
        self.wfile.flush()
        if fault == "stall":
            self.server.closing.wait(20)
        if fault in ("cut", "stall"):
            self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the library's name
        """Nothing is logged."""


@contextmanager
def serving(content: bytes, *faults: str) -> Iterator[WeightServer]:
    """A server for the time of a test."""
    server = WeightServer(content, faults)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
