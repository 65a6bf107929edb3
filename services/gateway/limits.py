"""How often one person, or one address at which nobody is logged in, may ask: a bucket of tokens for each.

A bucket holds BURST of a minute's tokens and is refilled evenly. The buckets are this process's own: behind N replicas
somebody may get up to N times as much. That keeps a replica from being worn down by one; it is no accounting
(docs/decisions/0013).
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address

from flask import Request

from services.gateway.problems import TooMany

BURST = 0.25
MOST_BUCKETS = 20_000
"""The longest unused are forgotten first: they are full again anyway, unless that many others came within a minute."""
NEIGHBOURS = 64
"""Bits of an IPv6 address that one household has for itself."""

Networks = Sequence[IPv4Network | IPv6Network]


class Limit:
    """a_minute: 0 for no limit."""

    def __init__(self, a_minute: int, now: Callable[[], float] = time.monotonic) -> None:
        self._rate = a_minute / 60
        self._capacity = max(1.0, a_minute * BURST)
        self._now = now
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def spend(self, who: str) -> None:
        """Raises TooMany."""
        if not self._rate:
            return
        now = self._now()
        left, at = self._buckets.pop(who, (self._capacity, now))
        left = min(self._capacity, left + (now - at) * self._rate)
        granted = left >= 1
        self._buckets[who] = (left - 1 if granted else left, now)
        if len(self._buckets) > MOST_BUCKETS:
            self._buckets.popitem(last=False)
        if not granted:
            raise TooMany(math.ceil((1 - left) / self._rate))


def address_of(request: Request, proxies: Networks) -> str:
    """Where a request comes from: the last address on its way that is not one of our own proxies'.

    What others write into X-Forwarded-For is not believed. Of an IPv6 address the household's part.
    """
    way = [each.strip() for each in request.headers.get("X-Forwarded-For", "").split(",") if each.strip()]
    at = request.environ.get("REMOTE_ADDR", "")
    while way and _is_one_of(at, proxies):
        at = way.pop()
    return _household(at)


def _is_one_of(address: str, networks: Networks) -> bool:
    try:
        return any(ip_address(address) in network for network in networks)
    except ValueError:
        return False


def _household(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or IPv6Network((known, NEIGHBOURS), strict=False))
    return str(known)
