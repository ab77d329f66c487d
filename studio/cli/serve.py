"""`studio serve`: the page."""

from __future__ import annotations

import ipaddress

from studio.cli.notices import tell
from studio.cli.opening import environment_settings, opened
from studio.errors import InputError


def run(host: str, port: int) -> None:
    """Serves until stopped; loopback only, since nobody signs in yet."""
    if not _is_loopback(host):
        raise InputError("serve.not_loopback", host=host)
    with opened() as studio:
        tell(studio.voices.faults(), by="warning")
        from studio.web.server import serve

        serve(studio, host, port, environment_settings().home)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
