"""An orderly end while pages are open: their endless streams are finished, so that the server need not cut them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import socket

    import uvicorn
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

STREAMS = ("/gradio_api/heartbeat", "/gradio_api/queue/data")
"""Answers that an open page keeps open for good."""


class Closing:
    """ASGI middleware: once `event` is set, open streams end with their last piece instead of going on."""

    def __init__(self, app: ASGIApp, event: asyncio.Event) -> None:
        self._app = app
        self._event = event

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes everything on; watches streams alone."""
        if scope["type"] != "http" or not scope["path"].startswith(STREAMS):
            await self._app(scope, receive, send)
            return
        started = finished = False

        async def noted(message: Message) -> None:
            nonlocal started, finished
            started = started or message["type"] == "http.response.start"
            finished = finished or (message["type"] == "http.response.body" and not message.get("more_body", False))
            await send(message)

        stream = asyncio.ensure_future(self._app(scope, receive, noted))
        end = asyncio.ensure_future(self._event.wait())
        await asyncio.wait({stream, end}, return_when=asyncio.FIRST_COMPLETED)
        end.cancel()
        if stream.done():
            stream.result()
            return
        stream.cancel()
        with suppress(asyncio.CancelledError):
            await stream
        if not started:
            await send({"type": "http.response.start", "status": 503, "headers": []})
        if not finished:
            await send({"type": "http.response.body", "body": b""})


def server(config: uvicorn.Config, before_end: Callable[[], None]) -> uvicorn.Server:
    """A server that calls `before_end` when it was told to stop, before it waits for what is still open."""
    import uvicorn

    class Server(uvicorn.Server):
        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            before_end()
            await super().shutdown(sockets)

    return Server(config)
