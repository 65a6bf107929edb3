"""The OpenID Connect login: authorization code with PKCE.

`begin` sends the browser to the issuer with a state, a nonce and a challenge, all of which the store keeps for this
browser; `finish` takes what it brings back. An attempt is used up by the first return that names it, good or bad: an
address that was seen by others, or is loaded again, logs nobody in.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import eventlet
import requests
import structlog
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from sqlalchemy import delete
from sqlalchemy.orm import Session

from services.chassis import clock
from services.chassis.config import Config
from services.chassis.db import Database, affected
from services.chassis.errors import Unavailable
from services.gateway.identity import claims, verification
from services.gateway.identity.issuer import CONNECT_LIMIT, READ_LIMIT, WHOLE_LIMIT, Issuer
from services.gateway.identity.models import LoginAttempt
from services.gateway.identity.sessions import LoggedIn, LoginFailed, hashed
from services.gateway.problems import Unauthenticated

CALLBACK = "/login/callback"
GOOD_FOR = timedelta(minutes=10)

log = structlog.get_logger("madang.login")


@dataclass(frozen=True)
class Begun:
    """What a browser set out with."""

    nonce: str
    code_verifier: str
    destination: str


class OpenIdLogin:
    def __init__(self, config: Config, issuer: Issuer, database: Database) -> None:
        self._config, self._issuer, self._database = config, issuer, database

    def begin(self, browser: str, destination: str) -> str:
        """The issuer's address to which the browser is sent. Raises Unavailable."""
        endpoint = self._issuer.metadata()["authorization_endpoint"]
        state, begun = (
            secrets.token_urlsafe(32),
            Begun(secrets.token_urlsafe(32), secrets.token_urlsafe(64), destination),
        )
        row = LoginAttempt(
            state_hash=hashed(state),
            browser_hash=hashed(browser),
            nonce=begun.nonce,
            code_verifier=begun.code_verifier,
            destination=destination,
            expires_at=clock.wall() + GOOD_FOR,
        )
        self._database.transaction(lambda session: session.add(row))
        with self._client() as client:
            address, _state = client.create_authorization_url(
                endpoint, state=state, nonce=begun.nonce, code_verifier=begun.code_verifier
            )
        return str(address)

    def finish(self, browser: str, brought: Mapping[str, str], locale: str) -> tuple[LoggedIn, str]:
        """brought: the parameters of the return. Who logged in, and where they wanted to go.

        Raises LoginFailed, Unavailable.
        """
        begun = self._database.transaction(lambda session: _used_up(session, brought.get("state", ""), browser))
        if begun is None:
            raise LoginFailed("no login of this browser has this state")
        if brought.get("iss", self._unsaid()) != self._issuer.address:
            raise LoginFailed("another issuer answered")
        if "code" not in brought:
            raise LoginFailed(f"the issuer gave no code: {brought.get('error', '')[:100]!r}")
        try:
            known = verification.verified(
                self._id_token(brought["code"], begun),
                self._issuer,
                audience=self._config.oidc_client_id,
                algorithms=self._config.oidc_algorithms,
                nonce=begun.nonce,
            )
            verification.require_party(known, self._config.oidc_client_id)
            return claims.person(known, self._config, locale), begun.destination
        except Unauthenticated as error:
            raise LoginFailed(f"the ID token is not good: {error.__cause__!r}") from error

    def farewell(self) -> str:
        """Where the issuer's own session ends, empty if it tells of no such place."""
        return str(self._issuer.metadata().get("end_session_endpoint", ""))

    def _unsaid(self) -> str:
        """Who answers that does not say so: an issuer that always does would have (RFC 9207)."""
        always = self._issuer.metadata().get("authorization_response_iss_parameter_supported", False)
        return "" if always else self._issuer.address

    def _id_token(self, code: str, begun: Begun) -> str:
        endpoint = self._issuer.metadata()["token_endpoint"]
        try:
            with eventlet.Timeout(WHOLE_LIMIT, TimeoutError()), self._client() as client:
                limits = (CONNECT_LIMIT, READ_LIMIT)
                told = client.fetch_token(
                    endpoint, code=code, code_verifier=begun.code_verifier, timeout=limits, allow_redirects=False
                )
        except OAuthError as error:
            raise LoginFailed(f"the issuer gave no token: {error.error}") from error
        except (requests.HTTPError, requests.JSONDecodeError) as error:
            raise LoginFailed(f"the issuer gave no token: {error!r}") from error
        except (requests.RequestException, TimeoutError) as error:
            log.warning("issuer_away", error=repr(error))
            raise Unavailable("issuer", repr(error)) from error
        token = told.get("id_token")
        if not isinstance(token, str):
            raise LoginFailed("the issuer gave no ID token")
        return token

    def _client(self) -> Any:
        client = OAuth2Session(
            self._config.oidc_client_id,
            self._config.oidc_client_secret or None,
            scope=self._config.oidc_scopes,
            redirect_uri=self._config.public_address + CALLBACK,
            code_challenge_method="S256",
            token_endpoint_auth_method=self._authentication(),
        )
        client.trust_env = False
        return client

    def _authentication(self) -> str:
        """How we say who we are at the token endpoint: as the issuer takes it."""
        if not self._config.oidc_client_secret:
            return "none"
        taken = self._issuer.metadata().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        return "client_secret_basic" if "client_secret_basic" in taken else "client_secret_post"


def _used_up(session: Session, state: str, browser: str) -> Begun | None:
    """The attempt of this state, which is no more from here on; None if it was not this browser's, or is over."""
    found = session.get(LoginAttempt, hashed(state))
    if found is None or not affected(session, delete(LoginAttempt).where(LoginAttempt.state_hash == found.state_hash)):
        return None
    if found.browser_hash != hashed(browser) or found.expires_at <= clock.wall():
        return None
    return Begun(found.nonce, found.code_verifier, found.destination)
