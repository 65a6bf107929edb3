"""Parse the text of a setting. Each function raises ValueError that says which values are valid."""

from __future__ import annotations

import ipaddress
import math
from datetime import datetime
from urllib.parse import SplitResult, parse_qs, urlsplit

DATABASES = {"sqlite", "postgresql", "postgres", "postgresql+psycopg2"}
DATABASE = "postgresql://USER:PASSWORD@HOST/DATABASE"
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def boolean(text: str) -> bool:
    if text not in {"0", "1"}:
        raise ValueError("give 0 or 1")
    return text == "1"


def port(text: str) -> int:
    return _whole_number(text, 0, 65535)


def positive(text: str) -> int:
    return _whole_number(text, 1)


def count(text: str) -> int:
    return _whole_number(text, 0)


def seconds(text: str) -> float:
    advice = "give a number of seconds above 0, such as 2.5"
    try:
        number = float(text)
    except ValueError:
        raise ValueError(advice) from None
    if not (number > 0 and math.isfinite(number)):
        raise ValueError(advice)
    return number


def log_level(text: str) -> str:
    if text not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise ValueError("give DEBUG, INFO, WARNING or ERROR")
    return text


def networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(each) for each in text.split())
    except ValueError:
        raise ValueError("give networks without host bits, such as 10.0.0.0/8 fd00::/8") from None


def moment(text: str) -> datetime:
    advice = "give a time with its offset, as in 2020-03-13T09:00:00+09:00"
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(advice) from None
    if moment.tzinfo is None:
        raise ValueError(advice)
    return moment


def broker(text: str) -> str:
    """Parse one address, or several separated by `;`. The first that answers is used."""
    if not all(_is_address(each, {"amqp", "amqps", "pyamqp", "inproc"}) for each in text.split(";")):
        raise ValueError(
            "give amqp:// or amqps:// with user, password, host and port, such as amqp://me:secret@host:5672//"
        )
    return text


def database(text: str) -> str:
    """Parse the address of a database. `{service}` in it stands for the service's name."""
    scheme, _, rest = text.partition(":")
    is_sqlite = scheme == "sqlite" and rest.startswith("//")
    if not is_sqlite and not _is_address(text, DATABASES - {"sqlite"}):
        raise ValueError(f"give an address that begins with one of {', '.join(sorted(DATABASES))}, such as {DATABASE}")
    return text


def smtp_urls(text: str) -> tuple[str, ...]:
    for url in text.split():
        if not _is_address(url, {"smtp", "smtp+starttls", "smtps"}):
            raise ValueError("give smtp://, smtp+starttls:// or smtps:// with a host")
        _check_rate(urlsplit(url))
    return words(text)


def provider_urls(text: str) -> tuple[str, ...]:
    for url in text.split():
        parts = urlsplit(url) if _is_address(url, {"http", "https"}) else None
        if parts is None or not (parts.username and parts.password):
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
    if not _is_address(text, {"http", "https"}) or urlsplit(text).query or urlsplit(text).fragment:
        raise ValueError("give http:// or https:// with a host")
    return text


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def pairs(text: str) -> tuple[tuple[str, str], ...]:
    pairs = [each.partition("=") for each in text.split()]
    if not all(name and equals and value for name, equals, value in pairs):
        raise ValueError("give theirs=ours, with spaces between several")
    return tuple((name, value) for name, _, value in pairs)


def _whole_number(text: str, lowest: int, highest: int | None = None) -> int:
    bounds = f"of at least {lowest}" if highest is None else f"from {lowest} to {highest}"
    try:
        number = int(text)
    except ValueError:
        raise ValueError(f"give a whole number {bounds}") from None
    if number < lowest or (highest is not None and number > highest):
        raise ValueError(f"give a whole number {bounds}")
    return number


def _is_address(text: str, schemes: set[str]) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets, or a port that is no number
        return False


def _check_rate(parts: SplitResult) -> None:
    for rate in parse_qs(parts.query).get("rate", []):
        try:
            is_valid = 0.001 <= float(rate) <= 100_000
        except ValueError:
            is_valid = False
        if not is_valid:
            raise ValueError("rate: give messages per second, between 0.001 and 100000")
