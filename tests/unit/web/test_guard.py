"""Who may ask the page for anything."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from studio.web.guard import MAX_BODY_BYTES, Guard

Headers = dict[str, str]


def asked(headers: Headers) -> tuple[int, dict[bytes, bytes]]:
    """Status and headers of the answer to a request with these headers."""
    sent: list[dict[str, Any]] = []

    async def inner(_scope: object, _receive: object, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x", b"y")]})
        await send({"type": "http.response.body", "body": b"ok"})

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    scope = {"type": "http", "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()]}
    guard = Guard(inner, hosts=("127.0.0.1", "localhost", "::1"))
    asyncio.run(guard(scope, receive, send))  # type: ignore[arg-type]
    return sent[0]["status"], dict(sent[0]["headers"])


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost", "[::1]:7860", "LOCALHOST:1"])
def test_this_machine_is_let_in_with_a_policy_that_asks_nobody_else(host: str) -> None:
    status, headers = asked({"Host": host, "Origin": f"http://{host}"})
    assert status == 200
    assert headers[b"x"] == b"y"
    policy = headers[b"content-security-policy"].decode()
    assert "default-src 'self'" in policy
    assert "http" not in policy


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 400),
        ({"Host": "evil.example"}, 400),
        ({"Host": "127.0.0.1.evil.example:7860"}, 400),
        ({"Host": "[::1"}, 400),
        ({"Host": "127.0.0.1", "Origin": "http://evil.example"}, 403),
        ({"Host": "127.0.0.1", "Origin": "null"}, 403),
        ({"Host": "127.0.0.1", "Content-Length": str(MAX_BODY_BYTES + 1)}, 413),
        ({"Host": "127.0.0.1", "Content-Length": "many"}, 413),
    ],
)
def test_others_are_not(headers: Headers, status: int) -> None:
    assert asked(headers)[0] == status
