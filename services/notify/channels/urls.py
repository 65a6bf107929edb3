"""What a provider's URL says beside its address: the credentials, and options in its query."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit


def options_of(url: str) -> Mapping[str, str]:
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def rate_of(url: str) -> float | None:
    """`?rate=20`: letters per second, at least one in a thousand seconds. Raises ValueError."""
    given = options_of(url).get("rate")
    if given is None:
        return None
    rate = float(given)
    if not 0.001 <= rate <= 100_000:
        raise ValueError("rate: give letters per second, between 0.001 and 100000")
    return rate
