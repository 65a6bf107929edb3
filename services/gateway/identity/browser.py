"""What a browser keeps of us: one cookie with an opaque random value. Logged in or not, it stands for the browser.

A session is found by it, and the forms that are given to this browser are tied to it: only a page of ours can know the
token that belongs to it. Its value changes at each login and logout.
"""

from __future__ import annotations

import hmac
import re
import secrets

from flask import Request, Response, g

from services.chassis.config import Config
from services.gateway.identity.tokens import Tokens

PLAIN, HOST = "madang", "__Host-madang"
VALUE = re.compile(r"[A-Za-z0-9_-]{43}")
FIELD, HEADER = "csrf_token", "X-CSRF-Token"


def cookie_name(config: Config) -> str:
    return HOST if config.is_secure else PLAIN


class Browsers:
    """Where people reach the gateway by https, the cookie is sent by no other way."""

    def __init__(self, tokens: Tokens, config: Config) -> None:
        self._key = tokens.derived("csrf")
        self._is_secure = config.is_secure
        self.cookie = cookie_name(config)

    def kept(self, request: Request) -> str:
        """What the browser sent, empty if that is nothing of ours."""
        value = request.cookies.get(self.cookie, "")
        return value if VALUE.fullmatch(value) else ""

    def known(self, request: Request) -> str:
        """What the browser is known by from this answer on."""
        if "browser" not in g:
            g.browser = self.kept(request)
        if not g.browser:
            self.rename()
        return str(g.browser)

    def rename(self) -> str:
        """Gives the browser another value, with this answer."""
        g.browser = secrets.token_urlsafe(32)
        g.browser_is_new = True
        return str(g.browser)

    def keep(self, response: Response) -> None:
        if g.get("browser_is_new"):
            response.set_cookie(self.cookie, g.browser, httponly=True, samesite="Lax", secure=self._is_secure, path="/")

    def token(self, browser: str) -> str:
        """What a form or a script of ours sends with whatever changes something."""
        return hmac.new(self._key, browser.encode(), "sha256").hexdigest()

    def has_sent_token(self, request: Request) -> bool:
        browser = self.kept(request)
        sent = request.headers.get(HEADER) or request.form.get(FIELD, "")
        return bool(browser) and hmac.compare_digest(sent.encode(), self.token(browser).encode())
