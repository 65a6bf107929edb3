"""Every setting in one table, read from the environment once and checked at start.

Promises: a wrong value stops the start with one message that names every wrong variable; nothing else in the code reads
the environment. Does not reload: a changed setting needs a restart.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from services.chassis import parsing
from services.chassis.manifest import service_names

SIGNATURES = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"}
"""Of which the verifier has only the public key: nobody who knows it can sign."""
REQUESTS_A_MINUTE = 600
PROFILE = Path(__file__).parents[1] / "centre" / "profiles" / "seogu.yaml"
"""The first centre's profile, deploy/centres/seogu.yaml: the wheel carries it at this place."""
EMBEDDED_BROKER = "inproc://madang/"


class ConfigError(Exception):
    """One or more settings cannot be used. The message has one line for each."""


def setting(variable: str, parse: Callable[[str], Any], default: Any, meaning: str) -> Any:
    return field(default=default, metadata={"variable": variable, "parse": parse, "meaning": meaning})


@dataclass(frozen=True)
class Config:
    """The settings of one process. Build it with `Config.from_environ`."""

    data: Path = setting("MADANG_DATA", Path, Path(".madang"), "directory of the embedded databases and keys")
    documents: str = setting("MADANG_DOCUMENTS", str, "", "directory or fsspec URL of files; empty: in MADANG_DATA")
    profile: Path = setting("MADANG_PROFILE", Path, PROFILE, "the profile that is loaded")
    host: str = setting("MADANG_HOST", str, "127.0.0.1", "address on which the gateway listens")
    port: int = setting("MADANG_PORT", parsing.port, 8000, "port on which the gateway listens")
    health_port: int = setting(
        "MADANG_HEALTH_PORT", parsing.port, 0, "port of /livez /readyz /metrics of a service; 0: none"
    )
    public_address: str = setting(
        "MADANG_PUBLIC_ADDRESS",
        parsing.address,
        "",
        "https://... at which people reach the gateway; makes its cookies secure",
    )
    amqp_uri: str = setting("AMQP_URI", parsing.broker, EMBEDDED_BROKER, "the broker; by default the embedded one")
    database_url: str = setting(
        "DATABASE_URL", parsing.database, "", "database of a service; {service} is put in; empty: SQLite"
    )
    smtp_urls: tuple[str, ...] = setting(
        "MADANG_SMTP_URL",
        parsing.smtp_urls,
        (),
        "mail servers in the order in which they are tried; empty: the mailbox",
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
    webhooks: bool = setting(
        "MADANG_WEBHOOKS", parsing.boolean, False, "1: people's webhooks are called; 0: the mailbox"
    )
    receipt_secrets: tuple[tuple[str, str], ...] = setting(
        "MADANG_RECEIPT_SECRETS", parsing.secrets, (), "provider=whsec_... that sign receipts and bounces"
    )
    mail_from: str = setting("MADANG_MAIL_FROM", str, "madang@localhost", "sender of mails")
    clock_start: datetime | None = setting("MADANG_CLOCK", parsing.moment, None, "time at which the clock starts")
    dev_login: bool = setting(
        "MADANG_DEV_LOGIN", parsing.boolean, False, "1: anybody may log in as anybody; loopback only"
    )
    token_key: str = setting(
        "MADANG_TOKEN_KEY", str, "", "key that signs tokens; empty: one is made in the data directory"
    )
    trusted_proxies: tuple[parsing.Network, ...] = setting(
        "MADANG_TRUSTED_PROXIES", parsing.networks, (), "networks of our own proxies, whose X-Forwarded-For is believed"
    )
    rate_limit: int | None = setting(
        "MADANG_RATE_LIMIT",
        parsing.count,
        None,
        "requests a minute of a person or address; 0: any; unset: 600, any in dev",
    )
    oidc_issuer: str = setting(
        "MADANG_OIDC_ISSUER", parsing.address, "", "OpenID Connect issuer at which people log in"
    )
    oidc_client_id: str = setting("MADANG_OIDC_CLIENT_ID", str, "", "our name at the issuer")
    oidc_client_secret: str = setting("MADANG_OIDC_CLIENT_SECRET", str, "", "its secret; empty: a public client")
    oidc_audience: str = setting(
        "MADANG_OIDC_AUDIENCE", str, "", "`aud` of the issuer's access tokens that are good here; empty: none are"
    )
    oidc_algorithms: tuple[str, ...] = setting(
        "MADANG_OIDC_ALGORITHMS", parsing.words, ("RS256",), "algorithms of the issuer's signatures; no others are good"
    )
    oidc_floor: float = setting(
        "MADANG_OIDC_FLOOR", parsing.seconds, 30.0, "seconds between two looks for the issuer's keys"
    )
    oidc_scopes: str = setting("MADANG_OIDC_SCOPES", str, "openid profile", "what a login asks the issuer for")
    oidc_roles_claim: str = setting(
        "MADANG_OIDC_ROLES_CLAIM", str, "roles", "claim with roles, such as realm_access.roles"
    )
    oidc_roles: tuple[tuple[str, str], ...] = setting(
        "MADANG_OIDC_ROLES", parsing.pairs, (), "issuer's role=role here, by spaces, such as centre-staff=staff"
    )
    oidc_orgs_claim: str = setting("MADANG_OIDC_ORGS_CLAIM", str, "orgs", "claim with organisations")
    oidc_orgs_prefix: str = setting(
        "MADANG_OIDC_ORGS_PREFIX", str, "", "only values with it are organisations, and are so without it"
    )
    outside_sources: tuple[str, ...] = setting(
        "MADANG_OUTSIDE_SOURCES", parsing.words, ("district",), "outside services whose <name>.events exchange is heard"
    )
    max_workers: int = setting("MADANG_MAX_WORKERS", parsing.positive, 10, "calls that one service works on at once")
    rpc_deadline: float = setting(
        "MADANG_RPC_DEADLINE", parsing.seconds, 10.0, "seconds after which a call is given up"
    )
    drain_limit: float = setting(
        "MADANG_DRAIN_LIMIT", parsing.seconds, 25.0, "seconds that running work is given at a stop"
    )
    body_limit: int = setting("MADANG_BODY_LIMIT", parsing.positive, 25 * 1024 * 1024, "bytes that a request may have")
    log_level: str = setting("MADANG_LOG_LEVEL", parsing.log_level, "INFO", "DEBUG, INFO, WARNING or ERROR")
    service_database_urls: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Config:
        """Raises ConfigError naming every variable that is not known or cannot be used."""
        values: dict[str, Any] = {}
        wrong = list(_unknown(environ))
        for each in fields(cls):
            variable = each.metadata.get("variable")
            if variable is None or not environ.get(variable):
                continue
            try:
                values[each.name] = each.metadata["parse"](environ[variable])
            except ValueError as error:
                wrong.append(f"{_shown(variable, environ[variable])}: {error}")
        values["service_database_urls"] = urls = _service_urls(environ)
        for service, url in urls.items():
            try:
                parsing.database(url)
            except ValueError as error:
                wrong.append(f"{database_variable(service)}: the database of {service}: {error}")
        config = cls(**values)
        wrong += config._contradictions()
        if wrong:
            raise ConfigError("\n".join(wrong))
        return config

    def for_development(self) -> Config:
        """With the development login. Raises ConfigError: not here."""
        config = replace(self, dev_login=True)
        if wrong := list(config._development_contradictions()):
            raise ConfigError("\n".join(wrong))
        return config

    @property
    def embedded(self) -> bool:
        return self.amqp_uri.startswith("inproc:")

    @property
    def requests_a_minute(self) -> int:
        """Of one person or address; 0: as many as they like, as in development mode unless told otherwise."""
        if self.rate_limit is not None:
            return self.rate_limit
        return 0 if self.dev_login else REQUESTS_A_MINUTE

    @property
    def is_secure(self) -> bool:
        """Do people reach the gateway by https?"""
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
    """Whether the value may hold a password, so that it is never printed."""
    return variable.endswith(("_KEY", "_URL", "_URI", "_SECRET", "_SECRETS"))


def _shown(variable: str, value: str) -> str:
    return f"{variable}={'***' if is_secret(variable) else repr(value)}"


def _service_urls(environ: Mapping[str, str]) -> dict[str, str]:
    urls = {service: environ.get(database_variable(service), "") for service in service_names()}
    return {service: url for service, url in urls.items() if url}


def _unknown(environ: Mapping[str, str]) -> Iterator[str]:
    known = {each.metadata["variable"] for each in fields(Config) if "variable" in each.metadata}
    known |= {database_variable(service) for service in service_names()}
    for name in sorted(environ):
        if name.startswith("MADANG_") and name not in known:
            near = get_close_matches(name, known, n=1)
            advice = f"did you mean {near[0]}?" if near else "`madang settings` lists all of them"
            yield f"{name}: there is no such setting; {advice}"


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
