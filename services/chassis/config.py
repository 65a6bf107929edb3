"""All settings in one table, read from the environment and checked at the start.

A wrong value stops the start, with one message that names every wrong variable. No other code reads the environment.
A changed setting needs a restart.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from services.chassis import parsing
from services.chassis.manifest import service_names

T = TypeVar("T")

SIGNATURES = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"}
"""Asymmetric algorithms: the verifier has only the public key, which cannot sign."""
REQUESTS_A_MINUTE = 600
PROFILE = Path(__file__).parents[1] / "centre" / "profiles" / "seogu.yaml"
"""Profile of the first centre, deploy/centres/seogu.yaml. The wheel contains it at this place."""
EMBEDDED_BROKER = "inproc://madang/"


class ConfigError(Exception):
    """One or more settings cannot be used. The message has one line for each."""


def setting(variable: str, parse: Callable[[str], T], default: T, meaning: str) -> T:
    """Declare a field of Config. parse: raises ValueError for a value that cannot be used."""
    return field(default=default, metadata={"variable": variable, "parse": parse, "meaning": meaning})


@dataclass(frozen=True)
class Config:
    """The settings of one process. Build it with `Config.from_environ`."""

    data: Path = setting("MADANG_DATA", Path, Path(".madang"), "directory of the embedded databases and keys")
    documents: str = setting("MADANG_DOCUMENTS", str, "", "directory or fsspec URL of files; empty: in MADANG_DATA")
    profile: Path = setting("MADANG_PROFILE", Path, PROFILE, "profile to load")
    host: str = setting("MADANG_HOST", str, "127.0.0.1", "address on which the gateway listens")
    port: int = setting("MADANG_PORT", parsing.port, 8000, "port on which the gateway listens")
    health_port: int = setting(
        "MADANG_HEALTH_PORT", parsing.port, 0, "port of /livez /readyz /metrics of a service; 0: none"
    )
    public_address: str = setting(
        "MADANG_PUBLIC_ADDRESS",
        parsing.address,
        "",
        "https://... address of the gateway for browsers; makes its cookies secure",
    )
    amqp_uri: str = setting("AMQP_URI", parsing.broker, EMBEDDED_BROKER, "the broker; by default the embedded one")
    database_url: str = setting(
        "DATABASE_URL", parsing.database, "", "database; {service} stands for the service's name; empty: SQLite"
    )
    smtp_urls: tuple[str, ...] = setting(
        "MADANG_SMTP_URL",
        parsing.smtp_urls,
        (),
        "mail servers in order of preference; empty: the mailbox",
    )
    sms_urls: tuple[str, ...] = setting(
        "MADANG_SMS_URL",
        parsing.provider_urls,
        (),
        "SMS providers, https://KEY:SECRET@host?from=NUMBER; empty: the mailbox",
    )
    alimtalk_urls: tuple[str, ...] = setting(
        "MADANG_ALIMTALK_URL",
        parsing.provider_urls,
        (),
        "KakaoTalk providers, the same with &profile=ID; empty: the mailbox",
    )
    webhooks: bool = setting("MADANG_WEBHOOKS", parsing.boolean, False, "1: call people's webhooks; 0: the mailbox")
    receipt_secrets: tuple[tuple[str, str], ...] = setting(
        "MADANG_RECEIPT_SECRETS", parsing.secrets, (), "provider=whsec_... keys that sign receipts and bounces"
    )
    mail_from: str = setting("MADANG_MAIL_FROM", str, "madang@localhost", "sender of mails")
    clock_start: datetime | None = setting("MADANG_CLOCK", parsing.moment, None, "time at which the clock starts")
    dev_login: bool = setting(
        "MADANG_DEV_LOGIN", parsing.boolean, False, "1: anybody may log in as anybody; loopback only"
    )
    token_key: str = setting(
        "MADANG_TOKEN_KEY", str, "", "key that signs tokens; empty: generated in the data directory"
    )
    trusted_proxies: tuple[parsing.Network, ...] = setting(
        "MADANG_TRUSTED_PROXIES", parsing.networks, (), "networks of proxies whose X-Forwarded-For is trusted"
    )
    rate_limit: int | None = setting(
        "MADANG_RATE_LIMIT",
        parsing.count,
        None,
        "requests per minute and person or address; 0: no limit; unset: 600, in dev no limit",
    )
    oidc_issuer: str = setting("MADANG_OIDC_ISSUER", parsing.address, "", "OpenID Connect issuer for people's log-in")
    oidc_client_id: str = setting("MADANG_OIDC_CLIENT_ID", str, "", "client id at the issuer")
    oidc_client_secret: str = setting("MADANG_OIDC_CLIENT_SECRET", str, "", "client secret; empty: a public client")
    oidc_audience: str = setting(
        "MADANG_OIDC_AUDIENCE", str, "", "`aud` of accepted access tokens of the issuer; empty: none are accepted"
    )
    oidc_algorithms: tuple[str, ...] = setting(
        "MADANG_OIDC_ALGORITHMS", parsing.words, ("RS256",), "accepted algorithms of the issuer's signatures"
    )
    oidc_floor: float = setting(
        "MADANG_OIDC_FLOOR", parsing.seconds, 30.0, "minimum seconds between two requests for the issuer's keys"
    )
    oidc_scopes: str = setting("MADANG_OIDC_SCOPES", str, "openid profile", "scopes that a log-in requests")
    oidc_roles_claim: str = setting(
        "MADANG_OIDC_ROLES_CLAIM", str, "roles", "claim with roles, such as realm_access.roles"
    )
    oidc_roles: tuple[tuple[str, str], ...] = setting(
        "MADANG_OIDC_ROLES", parsing.pairs, (), "issuer's role=our role, separated by spaces: centre-staff=staff"
    )
    oidc_orgs_claim: str = setting("MADANG_OIDC_ORGS_CLAIM", str, "orgs", "claim with organisations")
    oidc_orgs_prefix: str = setting(
        "MADANG_OIDC_ORGS_PREFIX", str, "", "prefix of the values that are organisations; it is removed"
    )
    outside_sources: tuple[str, ...] = setting(
        "MADANG_OUTSIDE_SOURCES", parsing.words, ("district",), "outside services whose <name>.events are consumed"
    )
    max_workers: int = setting("MADANG_MAX_WORKERS", parsing.positive, 10, "concurrent calls of one service")
    rpc_deadline: float = setting("MADANG_RPC_DEADLINE", parsing.seconds, 10.0, "seconds until a call times out")
    drain_limit: float = setting(
        "MADANG_DRAIN_LIMIT", parsing.seconds, 25.0, "seconds for running work to finish at a stop"
    )
    body_limit: int = setting("MADANG_BODY_LIMIT", parsing.positive, 25 * 1024 * 1024, "maximum bytes of a request")
    log_level: str = setting("MADANG_LOG_LEVEL", parsing.log_level, "INFO", "DEBUG, INFO, WARNING or ERROR")
    service_database_urls: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Config:
        """Read the settings. Raises ConfigError that names every variable that is unknown or cannot be used."""
        values: dict[str, Any] = {}
        errors = list(_unknown_variables(environ))
        for each in fields(cls):
            variable = each.metadata.get("variable")
            if variable is None or not environ.get(variable):
                continue
            try:
                values[each.name] = each.metadata["parse"](environ[variable])
            except ValueError as error:
                errors.append(f"{_assignment(variable, environ[variable])}: {error}")
        values["service_database_urls"] = urls = _service_urls(environ)
        for service, url in urls.items():
            try:
                parsing.database(url)
            except ValueError as error:
                errors.append(f"{database_variable(service)}: the database of {service}: {error}")
        config = cls(**values)
        errors += config._contradictions()
        if errors:
            raise ConfigError("\n".join(errors))
        return config

    def for_development(self) -> Config:
        """Return the settings with the development log-in. Raises ConfigError if they do not allow it."""
        config = replace(self, dev_login=True)
        if errors := list(config._development_contradictions()):
            raise ConfigError("\n".join(errors))
        return config

    @property
    def embedded(self) -> bool:
        return self.amqp_uri.startswith("inproc:")

    @property
    def requests_a_minute(self) -> int:
        """Limit for one person or address. 0: no limit, which is the default in development mode."""
        if self.rate_limit is not None:
            return self.rate_limit
        return 0 if self.dev_login else REQUESTS_A_MINUTE

    @property
    def is_secure(self) -> bool:
        """Return whether people reach the gateway by https."""
        return self.public_address.startswith("https:")

    @property
    def documents_url(self) -> str:
        return self.documents or str((self.data / "documents").absolute())

    def database_url_of(self, service: str) -> str:
        url = self.service_database_urls.get(service) or self.database_url.replace("{service}", service)
        return url or f"sqlite:///{(self.data / service).absolute()}.db"

    def _contradictions(self) -> list[str]:
        return [*self._development_contradictions(), *self._login_contradictions()]

    def _development_contradictions(self) -> Iterator[str]:
        if not self.dev_login:
            return
        public = urlsplit(self.public_address).hostname
        for name, value, host in (
            ("MADANG_HOST", self.host, self.host),
            ("MADANG_PUBLIC_ADDRESS", self.public_address, public or "localhost"),
        ):
            if not _is_loopback(host):
                yield f"{name}={value!r} with the development log-in, which is for loopback only"

    def _login_contradictions(self) -> Iterator[str]:
        parts = urlsplit(self.public_address)
        if self.public_address and (parts.path or parts.query):
            yield "MADANG_PUBLIC_ADDRESS: give nothing after the host and port, not even a slash"
        if not self.oidc_issuer:
            return
        if not self.oidc_client_id or not self.public_address:
            yield "MADANG_OIDC_ISSUER: give MADANG_OIDC_CLIENT_ID and MADANG_PUBLIC_ADDRESS, too"
        if urlsplit(self.oidc_issuer).scheme != "https" and not _is_loopback(urlsplit(self.oidc_issuer).hostname or ""):
            yield "MADANG_OIDC_ISSUER: give https://, or an address on loopback"
        if unknown := set(self.oidc_algorithms) - SIGNATURES:
            yield f"MADANG_OIDC_ALGORITHMS: {' '.join(sorted(unknown))}: give some of {' '.join(sorted(SIGNATURES))}"
        if self.oidc_audience and self.oidc_audience == self.oidc_client_id:
            yield "MADANG_OIDC_AUDIENCE: not the client's id, or an ID token would be as good as an access token"


def database_variable(service: str) -> str:
    return f"MADANG_{service.upper()}_DATABASE_URL"


def is_secret(variable: str) -> bool:
    """Return whether the value may contain a password. Such a value is never printed."""
    return variable.endswith(("_KEY", "_URL", "_URI", "_SECRET", "_SECRETS"))


def _assignment(variable: str, value: str) -> str:
    return f"{variable}={'***' if is_secret(variable) else repr(value)}"


def _service_urls(environ: Mapping[str, str]) -> dict[str, str]:
    urls = {service: environ.get(database_variable(service), "") for service in service_names()}
    return {service: url for service, url in urls.items() if url}


def _unknown_variables(environ: Mapping[str, str]) -> Iterator[str]:
    variables = {each.metadata["variable"] for each in fields(Config) if "variable" in each.metadata}
    variables |= {database_variable(service) for service in service_names()}
    for name in sorted(environ):
        if name.startswith("MADANG_") and name not in variables:
            matches = get_close_matches(name, variables, n=1)
            advice = f"did you mean {matches[0]}?" if matches else "`madang settings` lists all of them"
            yield f"{name}: there is no such setting; {advice}"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
