"""Every setting in one table, read from the environment once and checked at start.

Promises: a wrong value stops the start with one message that names every wrong variable; nothing else in the code reads
the environment. Does not reload: a changed setting needs a restart.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

DATABASES = {"sqlite", "postgresql", "postgres", "postgresql+psycopg2"}
EMBEDDED_BROKER = "inproc://madang/"


class ConfigError(Exception):
    """One or more settings cannot be used. The message has one line for each."""


def _boolean(text: str) -> bool:
    if text not in {"0", "1"}:
        raise ValueError("give 0 or 1")
    return text == "1"


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError("give a port between 0 and 65535")
    return port


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError("give a whole number of at least 1")
    return number


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("give a time with its offset, as in 2020-03-13T09:00:00+09:00")
    return moment


def _smtp_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"smtp", "smtp+starttls", "smtps"} or not parts.hostname:
        raise ValueError("give smtp://, smtp+starttls:// or smtps:// with a host")
    return text


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def setting(variable: str, parse: Callable[[str], Any], default: Any, meaning: str) -> Any:
    return field(default=default, metadata={"variable": variable, "parse": parse, "meaning": meaning})


@dataclass(frozen=True)
class Config:
    """The settings of one process. Build it with `Config.from_environ`."""

    data: Path = setting("MADANG_DATA", Path, Path(".madang"), "directory of the embedded databases and keys")
    profile: Path = setting("MADANG_PROFILE", Path, Path("deploy/centres/seogu.yaml"), "the profile that is loaded")
    host: str = setting("MADANG_HOST", str, "127.0.0.1", "address on which the gateway listens")
    port: int = setting("MADANG_PORT", _port, 8000, "port on which the gateway listens")
    health_port: int = setting("MADANG_HEALTH_PORT", _port, 0, "port of /livez /readyz /metrics of a service; 0: none")
    amqp_uri: str = setting("AMQP_URI", str, EMBEDDED_BROKER, "the broker; by default the embedded one")
    database_url: str = setting("DATABASE_URL", str, "", "database of a service; {service} is put in; empty: SQLite")
    smtp_url: str = setting("MADANG_SMTP_URL", _smtp_url, "", "mail server; empty: the development mailbox")
    mail_from: str = setting("MADANG_MAIL_FROM", str, "madang@localhost", "sender of mails")
    clock_start: datetime | None = setting("MADANG_CLOCK", _moment, None, "time at which the clock starts")
    dev_login: bool = setting("MADANG_DEV_LOGIN", _boolean, False, "1: anybody may log in as anybody; loopback only")
    token_key: str = setting(
        "MADANG_TOKEN_KEY", str, "", "key that signs tokens; empty: one is made in the data directory"
    )
    outside_sources: tuple[str, ...] = setting(
        "MADANG_OUTSIDE_SOURCES", _words, ("district",), "outside services whose <name>.events exchange is heard"
    )
    max_workers: int = setting("MADANG_MAX_WORKERS", _positive, 10, "calls that one service works on at once")
    rpc_deadline: float = setting("MADANG_RPC_DEADLINE", float, 10.0, "seconds after which a call is given up")
    drain_limit: float = setting("MADANG_DRAIN_LIMIT", float, 25.0, "seconds that running work is given at a stop")
    body_limit: int = setting("MADANG_BODY_LIMIT", _positive, 25 * 1024 * 1024, "bytes that a request may have")
    log_level: str = setting("MADANG_LOG_LEVEL", str, "INFO", "DEBUG, INFO, WARNING or ERROR")
    service_database_urls: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Config:
        """Raises ConfigError naming every variable that cannot be used."""
        values: dict[str, Any] = {}
        wrong: list[str] = []
        for each in fields(cls):
            variable = each.metadata.get("variable")
            if variable is None or not environ.get(variable):
                continue
            try:
                values[each.name] = each.metadata["parse"](environ[variable])
            except ValueError as error:
                wrong.append(f"{variable}={environ[variable]!r}: {error}")
        values["service_database_urls"] = _service_urls(environ)
        config = cls(**values)
        wrong += config._contradictions()
        if wrong:
            raise ConfigError("\n".join(wrong))
        return config

    @property
    def embedded(self) -> bool:
        return self.amqp_uri.startswith("inproc:")

    def database_url_of(self, service: str) -> str:
        url = self.service_database_urls.get(service) or self.database_url.replace("{service}", service)
        return url or f"sqlite:///{(self.data / service).absolute()}.db"

    def _contradictions(self) -> list[str]:
        wrong = []
        if self.dev_login and not _is_loopback(self.host):
            wrong.append(
                f"MADANG_DEV_LOGIN=1 with MADANG_HOST={self.host!r}: the development log-in is for loopback only"
            )
        urls = {"DATABASE_URL": self.database_url, **self.service_database_urls}
        for name, url in urls.items():
            if url and url.partition(":")[0] not in DATABASES:
                wrong.append(f"database of {name}: give one of {', '.join(sorted(DATABASES))}")
        if self.log_level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            wrong.append(f"MADANG_LOG_LEVEL={self.log_level!r}: give DEBUG, INFO, WARNING or ERROR")
        return wrong


def _service_urls(environ: Mapping[str, str]) -> dict[str, str]:
    prefix, suffix = "MADANG_", "_DATABASE_URL"
    return {
        name.removeprefix(prefix).removesuffix(suffix).lower(): url
        for name, url in environ.items()
        if name.startswith(prefix) and name.endswith(suffix) and url
    }


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
