"""What the text of a setting means. Each raises ValueError, saying what to give."""

from __future__ import annotations

import ipaddress
from datetime import datetime
from urllib.parse import SplitResult, parse_qs, urlsplit

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def boolean(text: str) -> bool:
    if text not in {"0", "1"}:
        raise ValueError("give 0 or 1")
    return text == "1"


def port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError("give a port between 0 and 65535")
    return port


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError("give a whole number of at least 1")
    return number


def count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError("give a whole number, not below 0")
    return number


def networks(text: str) -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(each) for each in text.split())


def moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("give a time with its offset, as in 2020-03-13T09:00:00+09:00")
    return moment


def smtp_urls(text: str) -> tuple[str, ...]:
    for url in text.split():
        parts = urlsplit(url)
        if parts.scheme not in {"smtp", "smtp+starttls", "smtps"} or not parts.hostname:
            raise ValueError("give smtp://, smtp+starttls:// or smtps:// with a host")
        _check_rate(parts)
    return words(text)


def provider_urls(text: str) -> tuple[str, ...]:
    for url in text.split():
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not (parts.hostname and parts.username and parts.password):
            raise ValueError("give https://KEY:SECRET@host?from=SENDER")
        if "from" not in parse_qs(parts.query):
            raise ValueError("give the sender's number: ?from=0320000000")
        _check_rate(parts)
    return words(text)


def secrets(text: str) -> tuple[tuple[str, str], ...]:
    pairs = [word.partition("=") for word in text.split()]
    if not all(name and equals and secret.startswith("whsec_") for name, equals, secret in pairs):
        raise ValueError("give provider=whsec_... for each")
    return tuple((name, secret) for name, _, secret in pairs)


def address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("give http:// or https:// with a host")
    return text


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def pairs(text: str) -> tuple[tuple[str, str], ...]:
    pairs = [each.partition("=") for each in text.split()]
    if not all(name and equals and value for name, equals, value in pairs):
        raise ValueError("give theirs=ours, with spaces between several")
    return tuple((name, value) for name, _, value in pairs)


def _check_rate(parts: SplitResult) -> None:
    for given in parse_qs(parts.query).get("rate", []):
        if not 0.001 <= float(given) <= 100_000:
            raise ValueError("rate: give messages per second, between 0.001 and 100000")
