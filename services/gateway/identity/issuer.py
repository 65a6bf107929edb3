"""The OpenID Connect issuer: what it tells of itself (discovery) and the keys with which it signs (JWKS).

Both are kept for FRESH. A key that a token names and that is not known is asked for again, so that the issuer may
change its keys at any time; but whatever happens, it is asked at most once in `floor` seconds: tokens that name made-up
keys do not make us storm it, and while it is away nobody waits for it again and again. Known keys stay good meanwhile.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import eventlet
import requests
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from urllib3.exceptions import HTTPError

from services.chassis.errors import Unavailable

WELL_KNOWN = "/.well-known/openid-configuration"
FRESH = 3600.0
CONNECT_LIMIT, READ_LIMIT, WHOLE_LIMIT = 3.0, 5.0, 8.0
MOST_BYTES = 1 << 20
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")

log = structlog.get_logger("madang.issuer")


class IssuerFault(Exception):
    """What the issuer tells of itself cannot be used."""


@dataclass(frozen=True)
class Known:
    """What the issuer told, and when (monotonic)."""

    metadata: Mapping[str, Any]
    keys: KeySet
    at: float


class Issuer:
    def __init__(self, address: str, floor: float, fetch: Callable[[str], Mapping[str, Any]] | None = None) -> None:
        self.address = address
        self._floor = floor
        self._fetch = fetch or fetched
        self._known: Known | None = None
        self._asked_at = float("-inf")
        self._asking = Lock()

    def metadata(self) -> Mapping[str, Any]:
        """Raises Unavailable."""
        return self._current().metadata

    def keys(self, kid: str | None) -> KeySet:
        """With the key of this id, if the issuer has it. Raises Unavailable."""
        known = self._current()
        if kid is not None and not _has(known.keys, kid):
            known = self._ask_again(known)
        return known.keys

    def _current(self) -> Known:
        known = self._known
        if known is None or time.monotonic() - known.at > FRESH:
            known = self._ask_again(known)
        return known

    def _ask_again(self, before: Known | None) -> Known:
        """What is known after one more question, asked by one of those who want to know; before it is too soon for
        another, what is known already.
        """
        with self._asking:
            if self._known is not before and self._known is not None:
                return self._known  # somebody else has asked meanwhile
            if time.monotonic() - self._asked_at >= self._floor:
                self._asked_at = time.monotonic()
                self._ask()
            if self._known is None:
                raise Unavailable("issuer", self.address)
            return self._known

    def _ask(self) -> None:
        try:
            metadata = self._fetch(self.address.rstrip("/") + WELL_KNOWN)
            _require_sound(metadata, self.address)
            keys = KeySet.import_key_set(self._fetch(metadata["jwks_uri"]))  # type: ignore[arg-type]
        except (requests.RequestException, IssuerFault, JoseError, ValueError, KeyError, TypeError, OSError) as error:
            log.warning("issuer_not_asked", issuer=self.address, error=repr(error))
            return
        self._known = Known(metadata, keys, time.monotonic())


def fetched(address: str) -> Mapping[str, Any]:
    """A JSON object of the issuer. Raises RequestException, TimeoutError, IssuerFault."""
    with (
        eventlet.Timeout(WHOLE_LIMIT, TimeoutError("the issuer did not answer in time")),
        requests.Session() as session,
    ):
        session.trust_env = False
        limits = (CONNECT_LIMIT, READ_LIMIT)
        with session.get(address, timeout=limits, stream=True, allow_redirects=False) as answer:
            if answer.status_code != requests.codes.ok:
                raise IssuerFault(f"{address}: {answer.status_code}")
            try:
                body = answer.raw.read(MOST_BYTES + 1, decode_content=True)
            except HTTPError as error:  # also what becomes of the limit on the whole, amid the body
                raise IssuerFault(f"{address}: {error!r}") from error
    if len(body) > MOST_BYTES:
        raise IssuerFault(f"{address}: too large")
    told = json.loads(body)
    if not isinstance(told, dict):
        raise IssuerFault(f"{address}: no object")
    return told


def _require_sound(metadata: Mapping[str, Any], address: str) -> None:
    """Raises IssuerFault: it is another's, or leads over a way that can be listened to."""
    if metadata.get("issuer") != address:
        raise IssuerFault(f"the issuer calls itself {metadata.get('issuer')!r}")
    scheme = urlsplit(address).scheme
    for name in ENDPOINTS:
        if urlsplit(str(metadata.get(name, ""))).scheme not in {scheme, "https"}:
            raise IssuerFault(f"{name} is no address of this issuer")


def _has(keys: KeySet, kid: str) -> bool:
    return any(key.kid == kid for key in keys)
