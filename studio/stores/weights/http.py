"""Fetches one file over HTTP: goes on where it stopped, and never takes more than it was promised."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from studio.errors import StorageError, VoiceError
from studio.stores.durable import write_bytes

if TYPE_CHECKING:
    import httpx

Report = Callable[[int, int | None], None]
"""Called with the bytes that are there and, where known, the bytes in all."""

ATTEMPTS = 5
"""A broken or stalled connection is taken up again this often."""
CONNECT_S, STALL_S = 15.0, 30.0
PAUSE_S = 1.0
"""Waited before the second attempt; twice as long before each later one."""
MOST_BYTES = 16 << 30
"""No voice is larger."""
_OK, _PARTIAL, _RANGE_ENDS = 200, 206, 416
_FIRST_RETRIED_STATUS = 500


class _BrokenError(Exception):
    """The connection failed in a way that another attempt may mend."""


def fetch(url: str, part: Path, most_bytes: int | None, report: Report) -> None:
    """Writes what `url` holds to `part`, going on from what an earlier attempt left there.

    Proxies of the environment are honoured, redirects followed (never from https to http). Raises VoiceError
    `weights.unreachable`, `weights.refused` (with the server's status) and `weights.too_large`, StorageError.
    """
    import httpx

    timeout = httpx.Timeout(STALL_S, connect=min(CONNECT_S, STALL_S))
    reason = ""
    with httpx.Client(timeout=timeout, follow_redirects=True, max_redirects=5) as client:
        for attempt in range(ATTEMPTS):
            if attempt:
                time.sleep(PAUSE_S * 2 ** (attempt - 1))
            try:
                _attempt(client, url, part, most_bytes or MOST_BYTES, report)
            except _BrokenError as error:
                reason = str(error)
                continue
            return
    raise VoiceError("weights.unreachable", url=_bare(url), reason=reason)


def _attempt(client: httpx.Client, url: str, part: Path, most_bytes: int, report: Report) -> None:
    import httpx

    have, validator = _left_behind(part, url)
    headers = {"Accept-Encoding": "identity"}
    if have and validator:
        headers |= {"Range": f"bytes={have}-", "If-Range": validator}
    try:
        with client.stream("GET", url, headers=headers) as response:
            _check_redirects(response, url)
            start = _start_of(response, url, have)
            _receive(response, url, part, start, most_bytes, report)
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.TooManyRedirects) as error:
        raise VoiceError("weights.unreachable", url=_bare(url), reason=str(error)) from error
    except httpx.TransportError as error:
        raise _BrokenError(str(error) or type(error).__name__) from error


def _left_behind(part: Path, url: str) -> tuple[int, str]:
    """Bytes of an earlier attempt at the same address, and what tells whether the file there is still the same."""
    try:
        known = json.loads(_memo(part).read_bytes())
        if known["url"] == url:
            return part.stat().st_size, str(known["validator"])
    except (OSError, ValueError, KeyError, TypeError):
        # Nothing usable is left: the file is fetched from its start.
        return 0, ""
    return 0, ""


def _check_redirects(response: httpx.Response, url: str) -> None:
    if url.startswith("https:") and response.url.scheme != "https":
        raise VoiceError("weights.refused", url=_bare(url), status=f"{response.status_code}, sent on to http")


def _start_of(response: httpx.Response, url: str, have: int) -> int:
    """Where the answer's bytes begin; raises where there is no answer."""
    status = response.status_code
    if status == _OK:
        return 0
    if status == _PARTIAL and response.headers.get("Content-Range", "").startswith(f"bytes {have}-"):
        return have
    if status in (_PARTIAL, _RANGE_ENDS):
        raise _BrokenError(f"status {status} for bytes from {have}")
    if status >= _FIRST_RETRIED_STATUS:
        raise _BrokenError(f"status {status}")
    raise VoiceError("weights.refused", url=_bare(url), status=str(status))


def _receive(response: httpx.Response, url: str, part: Path, start: int, most_bytes: int, report: Report) -> None:
    length = response.headers.get("Content-Length", "")
    total = start + int(length) if length.isdecimal() else None
    if total is not None and total > most_bytes:
        raise VoiceError("weights.too_large", url=_bare(url), size_bytes=total, most_bytes=most_bytes)
    done = start
    try:
        validator = response.headers.get("ETag") or response.headers.get("Last-Modified") or ""
        write_bytes(_memo(part), json.dumps({"url": url, "validator": validator}).encode())
        with part.open("r+b" if start else "wb") as file:
            file.seek(start)
            file.truncate()
            for chunk in response.iter_raw(1 << 18):
                done += len(chunk)
                if done > most_bytes:
                    raise VoiceError("weights.too_large", url=_bare(url), size_bytes=done, most_bytes=most_bytes)
                file.write(chunk)
                report(done, total)
    except OSError as error:
        raise StorageError.of(error, part) from error
    if total is not None and done < total:
        raise _BrokenError(f"{done} of {total} bytes")


def forget(part: Path) -> None:
    """Removes what an attempt left."""
    part.unlink(missing_ok=True)
    _memo(part).unlink(missing_ok=True)


def forget_useless(part: Path) -> None:
    """Removes what an attempt left unless another can go on from it; the caller keeps others from writing it."""
    try:
        if json.loads(_memo(part).read_bytes())["validator"]:
            return
    except (OSError, ValueError, KeyError, TypeError):
        # Copied from a file, or of a make that nobody knows: the next attempt begins at the start.
        pass
    forget(part)


def _memo(part: Path) -> Path:
    return part.with_name(part.name + ".from")


def _bare(url: str) -> str:
    """The address without what may hold a secret."""
    import httpx

    try:
        return str(httpx.URL(url).copy_with(userinfo=b"", query=None, fragment=None))
    except httpx.InvalidURL:
        return "?"
