"""What is only for the person at this machine: the development login.

That the gateway listens on a loopback address keeps other machines out, not other pages: one that is open in a browser
here can give its own name this machine's address (DNS rebinding). So the peer and the name that was asked for must be
loopback, too, and what a proxy forwards is not from here.
"""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from flask import Request

from services.chassis.config import Config
from services.chassis.errors import NotFound

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")


def require(request: Request, config: Config) -> None:
    """Raises NotFound: for everybody else there is no such thing."""
    if not (config.dev_login and is_local(request)):
        raise NotFound


def is_local(request: Request) -> bool:
    is_forwarded = any(name in request.headers for name in FORWARDED)
    peer = request.environ.get("REMOTE_ADDR", "")
    return not is_forwarded and _is_loopback(peer) and _is_loopback(_name(request))


def _name(request: Request) -> str:
    try:
        return urlsplit(f"//{request.environ.get('HTTP_HOST', '')}").hostname or ""
    except ValueError:
        return ""


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
