"""The pages: how they are installed, and the problem page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from flask import Flask, Response
from werkzeug.wrappers import Request

from services.chassis.i18n import catalogue
from services.gateway import incoming, language
from services.gateway.problems import Problem
from services.gateway.web import (
    apply,
    applying,
    broadcasting,
    calling,
    calls,
    closing,
    courses,
    desk,
    figures,
    inbox,
    judging,
    me,
    mine,
    panel,
    ranking,
    results,
    screening,
    sending,
    showing,
    teaching,
    templating,
    tenancies,
    units,
    visiting,
    week,
    words,
)
from services.gateway.web.form_limits import limits
from services.gateway.web.record import bookings as record_of_bookings
from services.gateway.web.record import calls as record_of_calls
from services.gateway.web.record import contacts as record_of_contacts
from services.gateway.web.record import courses as record_of_courses
from services.gateway.web.shell import around, choose_language, is_of_pages, keep_language, page, pages, set_deadline
from services.gateway.web.support import (
    cases,
    channels,
    lists,
    network,
    people,
    programmes,
    resources,
    surveys,
    visits,
)

__all__ = ["install", "problem_page", "wants_page"]

RECORD = (record_of_bookings, record_of_calls, record_of_courses, record_of_contacts)
SUPPORT = (cases, channels, lists, network, people, programmes, resources, surveys, visits)
PAGES = (
    visiting,
    apply,
    mine,
    inbox,
    courses,
    teaching,
    me,
    desk,
    week,
    closing,
    figures,
    showing,
    calls,
    applying,
    results,
    calling,
    screening,
    panel,
    ranking,
    judging,
    tenancies,
    units,
    sending,
    broadcasting,
    templating,
    *RECORD,
    *SUPPORT,
)
"""Their routes are registered as they are imported."""


def install(app: Flask) -> None:
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 365 * 24 * 3600  # addresses of static files name their content
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(words.FILTERS)
    app.jinja_env.globals.update(fingerprint=_fingerprint(), words=words, limits=limits)
    app.context_processor(around)
    app.before_request(_begin)
    app.after_request(keep_language)
    app.register_blueprint(pages)


def wants_page(asked: Request) -> bool:
    """Is it a person with a browser who is to be told of a problem?"""
    return not asked.path.startswith("/api/") and "text/html" in asked.headers.get("Accept", "")


def problem_page(problem: Problem) -> Response:
    choose_language()
    context = incoming.context()
    body = problem.body(context.locale, context.correlation_id)
    return page("away.html" if problem.status == 503 else "problem.html", status=problem.status, problem=body)


def _begin() -> None:
    if is_of_pages():
        choose_language()
        set_deadline()


def _gettext(message: str) -> str:
    return catalogue(language.PACKAGE, incoming.context().locale).gettext(message)


def _ngettext(one: str, several: str, number: int) -> str:
    return catalogue(language.PACKAGE, incoming.context().locale).ngettext(one, several, number)


def _fingerprint() -> str:
    found = sorted(_below(files(__package__).joinpath("static")), key=lambda each: each.name)
    return hashlib.sha256(b"".join(each.read_bytes() for each in found)).hexdigest()[:12]


def _below(place: Traversable) -> Iterator[Traversable]:
    for each in place.iterdir():
        if each.is_dir():
            yield from _below(each)
        else:
            yield each
