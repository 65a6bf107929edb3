"""The pages' routes, their language and their shell."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any

from babel.dates import format_date
from flask import Blueprint, Flask, Request, Response, g, make_response, render_template, request

from services.chassis import clock
from services.chassis.errors import Unavailable
from services.chassis.i18n import catalogue
from services.gateway import incoming, language, security
from services.gateway.api.operations import ask
from services.gateway.problems import AWAY_AT_THE_SERVICE, RETRY_AFTER, Problem
from services.gateway.web import today

PATIENCE = timedelta(seconds=4)
"""A page says that something is away rather than keep somebody waiting."""
OWN_NAMES = {"ko": "한국어", "en": "English"}

pages = Blueprint("pages", __name__, static_folder="static", static_url_path="/static", template_folder="templates")


def install(app: Flask) -> None:
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 365 * 24 * 3600  # addresses of static files name their content
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(day=_day, clock=_clock)
    app.jinja_env.globals["fingerprint"] = _fingerprint()
    app.register_blueprint(pages)


@pages.get("/")
def show_today() -> Response:
    _choose_language()
    g.context = replace(g.context, deadline=clock.wall() + PATIENCE)
    try:
        shown = today.of(ask("booking", "get_today"))
    except Unavailable:
        return _page("away.html", status=503)
    return _page("today.html", today=shown)


def wants_page(asked: Request) -> bool:
    """Is it a person with a browser who is to be told of a problem?"""
    return not asked.path.startswith("/api/") and "text/html" in asked.headers.get("Accept", "")


def problem_page(problem: Problem) -> Response:
    _choose_language()
    context = incoming.context()
    body = problem.body(context.locale, context.correlation_id)
    return _page("problem.html", status=problem.status, problem=body)


def _page(template: str, *, status: int = 200, **shown: Any) -> Response:
    locale = incoming.context().locale
    others = [(each, OWN_NAMES[each]) for each in language.LOCALES if each != locale]
    page = make_response(render_template(template, locale=locale, other_languages=others, **shown), status)
    page.headers[security.CONTENT_SECURITY_POLICY] = security.PAGE_POLICY
    page.headers["Cache-Control"] = "private, no-cache"
    page.headers["Content-Language"] = locale
    if status == 503:
        page.headers["Retry-After"] = RETRY_AFTER
    return page


def _choose_language() -> None:
    """`?lang=` before everything else."""
    chosen = request.args.get("lang")
    if chosen in language.LOCALES:
        g.context = replace(g.context, locale=chosen)


def _gettext(message: str) -> str:
    return catalogue(language.PACKAGE, incoming.context().locale).gettext(message)


def _ngettext(one: str, several: str, number: int) -> str:
    return catalogue(language.PACKAGE, incoming.context().locale).ngettext(one, several, number)


def _day(day: date | datetime) -> str:
    """As "3월 20일 (금)" or "Friday 20 March"."""
    locale = incoming.context().locale
    return format_date(day, _gettext("EEEE d MMMM"), locale=locale)


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M}"


def _fingerprint() -> str:
    static = files(__package__).joinpath("static")
    content = b"".join(each.read_bytes() for each in sorted(static.iterdir(), key=lambda each: each.name))
    return hashlib.sha256(content).hexdigest()[:12]


__all__ = ["AWAY_AT_THE_SERVICE", "install", "problem_page", "wants_page"]
