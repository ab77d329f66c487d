"""Open streams end when the server does; everything else is left to finish."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from studio.web.closing import STREAMS, Closing


def sent_by(path: str, *, starts: bool, closes: bool) -> list[dict[str, Any]]:
    """What an application that streams for half a second sends, while the server closes or does not."""
    sent: list[dict[str, Any]] = []

    async def application(_scope: object, _receive: object, send: Any) -> None:
        if starts:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"piece", "more_body": True})
        await asyncio.sleep(0.5)
        if not starts:
            await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"last"})

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    async def run() -> None:
        event = asyncio.Event()
        serving = asyncio.ensure_future(Closing(application, event)({"type": "http", "path": path}, receive, send))  # type: ignore[arg-type]
        await asyncio.sleep(0.05)
        if closes:
            event.set()
        await serving

    asyncio.run(run())
    return sent


@pytest.mark.parametrize("path", STREAMS)
def test_a_stream_ends_with_the_server(path: str) -> None:
    assert [message.get("body") for message in sent_by(path, starts=True, closes=True)] == [None, b"piece", b""]


def test_a_stream_that_has_not_begun_is_refused() -> None:
    first, last = sent_by(STREAMS[0], starts=False, closes=True)
    assert first["status"] == 503
    assert last["body"] == b""


@pytest.mark.parametrize(("path", "closes"), [(STREAMS[0], False), ("/ban-giao/x.zip", True)])
def test_everything_else_is_finished(path: str, closes: bool) -> None:
    assert sent_by(path, starts=True, closes=closes)[-1]["body"] == b"last"
