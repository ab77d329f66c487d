"""What may reach the page and what it may ask for: known hosts, own origin, bounded bodies, nothing from outside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES = 21_000_000
"""An upload of 20 MB, such as a scan of some pages, with its envelope."""

# The framework builds its page with inline scripts; what matters here is that no address but our own is ever asked.
CONTENT_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; connect-src 'self' blob: data:; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", CONTENT_POLICY.encode("ascii")),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)


class Guard:
    """ASGI middleware: turns away foreign Host and Origin headers and bodies over the limit."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str]) -> None:
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or answers 400, 403 or 413."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal({name.lower(): value for name, value in scope["headers"]})
        if refusal is not None:
            await send({"type": "http.response.start", "status": refusal, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body", "body": b""})
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        await self._app(scope, receive, guarded)

    def _refusal(self, headers: dict[bytes, bytes]) -> int | None:
        # A foreign Host is another site's name pointed at this machine; a foreign Origin is another site's script.
        if _host_name(f"//{headers.get(b'host', b'').decode('latin-1')}") not in self._hosts:
            return 400
        origin = headers.get(b"origin")
        if origin is not None and _host_name(origin.decode("latin-1")) not in self._hosts:
            return 403
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > MAX_BODY_BYTES:
            return 413
        return None


def _host_name(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
