"""/login and /logout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from flask import Blueprint, Flask, Response, current_app, redirect, request, url_for
from markupsafe import Markup

from services.chassis.config import Config
from services.chassis.errors import NotFound
from services.gateway import incoming
from services.gateway.identity import local
from services.gateway.identity.acquaintances import ACQUAINTANCES
from services.gateway.identity.browser import FIELD
from services.gateway.identity.door import door
from services.gateway.identity.sessions import LoggedIn, LoginFailed
from services.gateway.limits import Limit, address_of
from services.gateway.login import shell

if TYPE_CHECKING:
    from services.gateway.identity.oidc import OpenIdLogin

LOGINS_A_MINUTE = 60
"""Pages of the login that one address gets: everybody in the lounge may have the same one."""

log = structlog.get_logger("madang.login")

logins = Blueprint("logins", __name__, template_folder="templates")


def install(app: Flask, config: Config) -> None:
    app.extensions["login_limit"] = Limit(LOGINS_A_MINUTE if config.requests_a_minute else 0)
    app.jinja_env.globals.update(csrf_field=_csrf_field, csrf_token=_csrf_token)
    app.register_blueprint(logins)


@logins.before_request
def _spend() -> None:
    """A login costs the issuer and the store more than a page does. Raises TooMany."""
    limit: Limit = current_app.extensions["login_limit"]
    limit.spend(address_of(request, current_app.extensions["config"].trusted_proxies))


@logins.get("/login")
def show_login() -> Any:
    """The ways to log in that there are here; where there is only the issuer's, it is taken at once."""
    config = current_app.extensions["config"]
    people = ACQUAINTANCES.values() if config.dev_login and local.is_local(request) else ()
    destination = _destination(request.args.get("next"))
    if door().elsewhere and not people:
        return redirect(url_for("logins.log_in_elsewhere", next=destination), 303)
    return shell.page("login.html", people=people, elsewhere=door().elsewhere, destination=destination)


@logins.get("/login/elsewhere")
def log_in_elsewhere() -> Any:
    """To the OpenID Connect issuer."""
    browser = door().browsers.known(request)
    return redirect(_elsewhere().begin(browser, _destination(request.args.get("next"))), 303)


@logins.get("/login/callback")
def come_back() -> Any:
    """From the issuer."""
    try:
        person, destination = _elsewhere().finish(
            door().browsers.kept(request), request.args, incoming.context().locale
        )
    except LoginFailed as error:
        log.info("login_failed", reason=str(error), correlation_id=incoming.context().correlation_id)
        return shell.page("failed.html", status=400)
    door().log_in(request, person)
    return redirect(destination, 303)


@logins.post("/login/development")
def log_in_for_development() -> Any:
    """As one of the people whom the development login knows."""
    local.require(request, current_app.extensions["config"])
    shell.choose_language()
    known = ACQUAINTANCES.get(request.form.get("person", ""))
    if known is None:
        raise NotFound
    door().log_in(request, LoggedIn(known.actor, incoming.context().locale))
    return redirect(_destination(request.form.get("next")), 303)


@logins.post("/logout")
def log_out() -> Any:
    shell.choose_language()
    door().log_out(request)
    return redirect(url_for("logins.show_logged_out", lang=incoming.context().locale), 303)


@logins.get("/logout")
def show_logged_out() -> Response:
    """The issuer may still know who was here: on a computer that others use, that is to be ended as well."""
    elsewhere: OpenIdLogin | None = door().elsewhere
    return shell.page("logged_out.html", farewell=elsewhere.farewell() if elsewhere else "")


def _elsewhere() -> OpenIdLogin:
    """Raises NotFound: there is no issuer here."""
    login: OpenIdLogin | None = door().elsewhere
    if login is None:
        raise NotFound
    return login


def _destination(path: str | None) -> str:
    """Where to go after the login: somewhere here."""
    is_here = path and path.startswith("/") and not path.startswith("//") and path.isprintable() and "\\" not in path
    return str(path) if is_here else "/"


def _csrf_token() -> str:
    """For the header X-CSRF-Token of what scripts send."""
    browsers = door().browsers
    return browsers.token(browsers.known(request))


def _csrf_field() -> Markup:
    """For each form that posts."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, _csrf_token())
