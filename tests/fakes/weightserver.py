"""An HTTP server on the loopback that serves one file, well or badly, as a test asks."""

from __future__ import annotations

import gzip
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class WeightServer(ThreadingHTTPServer):
    """Serves `content` at any path; `faults` are used up one for each request, then all goes well.

    Faults: "cut" ends in the middle, "stall" sends half and waits, "drip" half and then a byte at a time,
    "redirect" sends on to another path, "away" to a file of the machine, "missing" is a 404, "broken" a 503, "many"
    a 429, "plain" ignores the asked range, "changed" serves other bytes under another tag, "mixed" a part of those
    though the first ones' tag was asked for, "elsewhere" another part than was asked for, "half" the first half as
    a part that nobody asked for, "packed" is gzip's, "page" a web page, "untagged" says no tag, "empty" sends
    nothing, "tag" ends in the middle under a tag that is no ASCII.
    """

    daemon_threads = True

    def __init__(self, content: bytes, faults: tuple[str, ...] = ()) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.content = content
        self.faults = list(faults)
        self.ranges: list[str | None] = []
        self.asked = threading.Event()
        self.closing = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away in the middle is what some tests are about."""


_PLACES = {"redirect": "/elsewhere", "away": "file:///etc/hostname"}
_STATUSES = {"missing": 404, "broken": 503, "many": 429}


class _Handler(BaseHTTPRequestHandler):
    server: WeightServer

    def do_GET(self) -> None:
        asked = self.headers.get("Range")
        self.server.ranges.append(asked)
        self.server.asked.set()
        fault = self.server.faults.pop(0) if self.server.faults else ""
        if fault in _PLACES:
            self._answer(302, {"Location": _PLACES[fault]})
        elif fault in _STATUSES:
            self.send_error(_STATUSES[fault])
        elif fault == "packed":
            self._answer(200, {"Content-Encoding": "gzip"}, gzip.compress(self.server.content))
        elif fault == "page":
            self._answer(200, {"Content-Type": "text/html; charset=utf-8"}, b"<!doctype html><p>Log in")
        elif fault == "untagged":
            self._answer(200, {}, self.server.content)
        elif fault == "empty":
            self._answer(200, {})
        else:
            self._content(fault, asked)

    def _content(self, fault: str, asked: str | None) -> None:
        content = self.server.content[::-1] if fault in ("changed", "mixed") else self.server.content
        tag = {"changed": '"other"', "mixed": '"other"', "tag": '"k\xe9"'}.get(fault, '"one"')
        place = re.fullmatch(r"bytes=(\d+)-", asked or "")
        follows = fault == "mixed" or (fault != "plain" and self.headers.get("If-Range") == tag)
        start = int(place[1]) if place and follows else 0
        end = len(content)
        if start and start >= end:
            self._answer(416, {"Content-Range": f"bytes */{end}"})
            return
        if fault == "elsewhere":
            start //= 2
        if fault == "half":
            end //= 2
        part = {"Content-Range": f"bytes {start}-{end - 1}/{len(content)}"} if start or fault == "half" else {}
        body = content[start:end]
        sent = body[: len(body) // 2] if fault in ("cut", "stall", "drip", "tag") else body
        self._answer(206 if part else 200, {"ETag": tag, "Content-Length": str(len(body)), **part}, sent)
        if fault == "stall":
            self.server.closing.wait(20)
        if fault == "drip":
            self._drip(body[len(sent) : -1])
        if len(sent) < len(body):
            self.connection.shutdown(socket.SHUT_RDWR)

    def _drip(self, body: bytes) -> None:
        for place in range(len(body)):
            if self.server.closing.wait(0.02):
                return
            self.wfile.write(body[place : place + 1])

    def _answer(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

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
