"""The door: who a request comes from, and the login and logout of a browser.

A bearer token goes before a cookie, and one that cannot be trusted is refused: its sender relies on it. A cookie to
which no session belongs (any more) is nobody's: what is public stays readable to who was logged in yesterday.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Request, current_app

from services.chassis import clock
from services.chassis.config import Config
from services.chassis.context import ANONYMOUS, Actor
from services.chassis.i18n import msgid as _
from services.chassis.store import open_database
from services.gateway.identity import claims, verification
from services.gateway.identity.browser import Browsers
from services.gateway.identity.sessions import LoggedIn, Sessions
from services.gateway.identity.tokens import ALGORITHM, Tokens
from services.gateway.problems import NotFromOurPage, Unauthenticated

if TYPE_CHECKING:
    from services.gateway.identity.issuer import Issuer
    from services.gateway.identity.oidc import OpenIdLogin

READING = frozenset({"GET", "HEAD", "OPTIONS"})
API = "/api/"


@dataclass(frozen=True)
class Identity:
    """by_cookie: the browser sent it by itself, whoever made the page."""

    actor: Actor
    locale: str
    by_cookie: bool = False


class Door:
    """elsewhere: the login at the OpenID Connect issuer, where there is one."""

    def __init__(self, config: Config) -> None:
        """Raises ConfigError."""
        database = open_database(config, "gateway")
        self._config = config
        self.tokens = Tokens.of(config)
        self.browsers = Browsers(self.tokens, config)
        self._sessions = Sessions(database)
        self._issuer: Issuer | None = None
        self.elsewhere: OpenIdLogin | None = None
        if config.oidc_issuer:
            from services.gateway.identity.issuer import Issuer  # with requests and authlib it takes 17 MB
            from services.gateway.identity.oidc import OpenIdLogin

            self._issuer = Issuer(config.oidc_issuer, config.oidc_floor)
            self.elsewhere = OpenIdLogin(config, self._issuer, database)

    def identify(self, request: Request, locale: str) -> Identity:
        """locale: in which language somebody is answered who has said nothing of it. Raises Unauthenticated."""
        header = request.headers.get("Authorization")
        if header is not None:
            scheme, _space, token = header.partition(" ")
            if scheme.lower() != "bearer" or not token:
                raise Unauthenticated(_("Log in with a bearer token."))
            return self._bearer(token.strip(), locale)
        browser = self.browsers.kept(request)
        found = self._sessions.find(browser, clock.wall()) if browser else None
        return Identity(found.actor, found.locale, by_cookie=True) if found else Identity(ANONYMOUS, locale)

    def _bearer(self, token: str, locale: str) -> Identity:
        """By the installation's own key or by the issuer's: the algorithm says which is asked, and each has its own."""
        is_ours = verification.header_of(token).get("alg") == ALGORITHM
        if is_ours or self._issuer is None or not self._config.oidc_audience:
            return Identity(*self.tokens.person(token))
        known = verification.verified(
            token, self._issuer, audience=self._config.oidc_audience, algorithms=self._config.oidc_algorithms
        )
        person = claims.person(known, self._config, locale)
        return Identity(person.actor, person.locale)

    def require_own_page(self, request: Request, identity: Identity) -> None:
        """Of what changes something by a cookie's identity, and of every form of the pages. Raises NotFromOurPage."""
        is_form = not identity.actor.id and not request.path.startswith(API)
        if request.method in READING or not (identity.by_cookie or is_form):
            return
        if not self.browsers.has_sent_token(request):
            raise NotFromOurPage

    def log_in(self, request: Request, person: LoggedIn) -> None:
        """From this answer on the browser is this person's; another session that it had has ended."""
        self.log_out(request)
        self._sessions.begin(self.browsers.rename(), person, clock.wall())

    def log_out(self, request: Request) -> None:
        if browser := self.browsers.kept(request):
            self._sessions.end(browser)
        self.browsers.rename()


def door() -> Door:
    """Of the application that answers."""
    return current_app.extensions["door"]  # type: ignore[no-any-return]
