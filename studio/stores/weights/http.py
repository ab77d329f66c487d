"""Fetches one file over HTTP: goes on where it stopped, and never takes more than it was promised."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from studio.errors import StorageError, VoiceError
from studio.stores.durable import write_bytes
from studio.stores.weights.room import check_room

if TYPE_CHECKING:
    import httpx

Report = Callable[[int, int | None], None]
"""Called with the bytes that are there and, where known, the bytes in all."""

ATTEMPTS = 5
"""A broken or stalled connection is taken up again this often."""
CONNECT_S, STALL_S = 15.0, 30.0
LEAST_BYTES = 16 << 10
"""A connection that brings less in STALL_S has stalled, even where something drips through it."""
PAUSE_S = 1.0
"""Waited before the second attempt; twice as long before each later one."""
MOST_BYTES = 16 << 30
"""No voice is larger."""
_OK, _PARTIAL, _RANGE_ENDS = 200, 206, 416
_FIRST_RETRIED_STATUS = 500
_RETRIED_STATUSES = frozenset({408, 429})
_RANGE = re.compile(r"bytes (?:(\d{1,18})-\d{1,18}|\*)/(\d{1,18}|\*)")
_PAGE = ("text/html", "application/xhtml")
"""What a network's gate or a server's page of words is sent as, with a status that says all is well."""


class _BrokenError(Exception):
    """The connection failed in a way that another attempt may mend."""


def fetch(url: str, part: Path, most_bytes: int | None, report: Report) -> None:
    """Writes what `url` holds to `part`, going on from what an earlier attempt left there.

    Proxies of the environment are honoured, redirects followed (never from https to http). Raises VoiceError
    `weights.unreachable`, `weights.bad_address`, `weights.bad_network`, `weights.refused` (with the server's status)
    and `weights.too_large`, StorageError.
    """
    reason = ""
    with _client() as client:
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


def _client() -> httpx.Client:
    import httpx

    timeout = httpx.Timeout(STALL_S, connect=min(CONNECT_S, STALL_S))
    try:
        return httpx.Client(timeout=timeout, follow_redirects=True, max_redirects=5)
    except (httpx.InvalidURL, ImportError, OSError, ValueError) as error:
        # A proxy that is no address or of a kind that is not spoken here, certificates that are not there.
        raise VoiceError("weights.bad_network", reason=str(error)) from error


def _attempt(client: httpx.Client, url: str, part: Path, most_bytes: int, report: Report) -> None:
    import httpx

    have, validator = _left_behind(part, url)
    headers = {"Accept-Encoding": "identity"}
    if have and validator:
        headers |= {"Range": f"bytes={have}-", "If-Range": validator}
    try:
        with client.stream("GET", url, headers=headers) as response:
            _check_way(response, url)
            start, total = _extent(response, url, part, have, validator)
            if start != total:
                _receive(response, url, part, (start, total), most_bytes, report)
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.TooManyRedirects, UnicodeError) as error:
        raise VoiceError("weights.bad_address", url=_bare(url), reason=str(error)) from error
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


def _check_way(response: httpx.Response, url: str) -> None:
    """Refuses an answer that came over an open line where a safe one was asked for, one packed, and a page of words."""
    status = str(response.status_code)
    if url.startswith("https:") and any(step.url.scheme != "https" for step in (*response.history, response)):
        raise VoiceError("weights.refused", url=_bare(url), status=f"{status}, sent on to http")
    if response.headers.get("Content-Encoding", "identity") not in ("", "identity"):
        raise VoiceError("weights.refused", url=_bare(url), status=f"{status}, packed though plain was asked for")
    if response.is_success and response.headers.get("Content-Type", "").lower().startswith(_PAGE):
        raise VoiceError("weights.refused", url=_bare(url), status=f"{status}, a web page and no file")


def _extent(response: httpx.Response, url: str, part: Path, have: int, validator: str) -> tuple[int, int | None]:
    """From where on the answer's bytes are, and how many the whole file has where that is said; alike, all are there.

    Raises _BrokenError where another attempt may do better, and where what is left behind fits no answer drops it.
    """
    status = response.status_code
    if status == _OK:
        length = response.headers.get("Content-Length", "")
        if length == "0":
            raise _BrokenError("an empty file")
        return 0, int(length) if length.isdecimal() else None
    if status in (_PARTIAL, _RANGE_ENDS):
        start, total = _range_of(response.headers.get("Content-Range", ""))
        told = {response.headers.get("ETag"), response.headers.get("Last-Modified")} - {None}
        if not have or not told or validator in told:
            if status == _PARTIAL and start == have:
                return have, total
            if status == _RANGE_ENDS and have and total == have:
                # The earlier attempt was ended when it had everything.
                return have, have
        forget(part)
        raise _BrokenError(f"status {status} for bytes from {have}")
    if status >= _FIRST_RETRIED_STATUS or status in _RETRIED_STATUSES:
        raise _BrokenError(f"status {status}")
    raise VoiceError("weights.refused", url=_bare(url), status=str(status))


def _range_of(written: str) -> tuple[int | None, int | None]:
    """First byte and size of the whole by a Content-Range, None where it does not say."""
    found = _RANGE.fullmatch(written.strip())
    first, total = found.groups() if found is not None else (None, None)
    return None if first is None else int(first), None if total in (None, "*") else int(total)


def _receive(
    response: httpx.Response, url: str, part: Path, extent: tuple[int, int | None], most_bytes: int, report: Report
) -> None:
    start, total = extent
    validator = _validator(response)
    if total is not None and total > most_bytes:
        raise VoiceError("weights.too_large", url=_bare(url), size_bytes=total, most_bytes=most_bytes)
    done = start
    try:
        if not start:
            # Not after the note below: what another file left would pass for this one's beginning.
            forget(part)
        if total is not None:
            check_room(part, total)
        write_bytes(_memo(part), json.dumps({"url": url, "validator": validator}).encode())
        with part.open("r+b" if start else "wb") as file:
            file.seek(start)
            file.truncate()
            for chunk in _in_time(response):
                done += len(chunk)
                if done > most_bytes:
                    raise VoiceError("weights.too_large", url=_bare(url), size_bytes=done, most_bytes=most_bytes)
                file.write(chunk)
                report(done, total)
    except OSError as error:
        if not validator:
            # Nothing can go on from it, and it may be what filled the disk.
            forget(part)
        raise StorageError.of(error, part) from error
    if total is not None and done < total:
        raise _BrokenError(f"{done} of {total} bytes")
    if not done:
        raise _BrokenError("an empty file")


def _in_time(response: httpx.Response) -> Iterator[bytes]:
    """What a connection brings, as it comes: of pieces of a fixed size a broken line would lose the last one.

    Raises _BrokenError once too little came for too long; a single wait is bounded by the client.
    """
    since, came = time.monotonic(), 0
    for chunk in response.iter_raw():
        if (now := time.monotonic()) - since > STALL_S:
            if came < LEAST_BYTES:
                raise _BrokenError(f"{came} bytes in {STALL_S:.0f} s")
            since, came = now, 0
        came += len(chunk)
        yield chunk


def _validator(response: httpx.Response) -> str:
    """What names this state of the file; nothing where it could not be sent back."""
    told = response.headers.get("ETag") or response.headers.get("Last-Modified") or ""
    return str(told) if told.isascii() else ""


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
    except (httpx.InvalidURL, UnicodeError):
        return "?"
