"""The interface and its OpenAPI document, which is made from the same declarations that check the requests.

The routes are there from the start; the document is made when it is asked for first.
"""

from __future__ import annotations

import json
from functools import cached_property
from importlib.metadata import version
from typing import Any

from flask import Flask, Response, current_app, request
from werkzeug.routing import BaseConverter

from services.booking.contract.bookings import bookings
from services.booking.contract.closures import closures
from services.chassis.config import Config
from services.gateway.api.applications import applications
from services.gateway.api.broadcasts import broadcasts
from services.gateway.api.calendars import calendars
from services.gateway.api.calls import calls
from services.gateway.api.certificates import certificates
from services.gateway.api.contacts import contacts
from services.gateway.api.decisions import decisions
from services.gateway.api.derived import blueprint_of
from services.gateway.api.development import login, timekeeping
from services.gateway.api.enrolments import enrolments
from services.gateway.api.freshness import REVALIDATED
from services.gateway.api.inbox import inbox
from services.gateway.api.lists import lists
from services.gateway.api.messages import messages
from services.gateway.api.operations import Blueprint
from services.gateway.api.people import me, sent
from services.gateway.api.preferences import preferences
from services.gateway.api.spaces import spaces
from services.gateway.api.survey import survey
from services.gateway.api.templates import templates
from services.gateway.api.tenancies import tenancies
from services.gateway.identity.browser import HEADER, cookie_name
from services.recruitment.contract.growth import organisations
from services.recruitment.contract.judging import rankings
from services.recruitment.contract.selection import selections
from services.training.contract.consulting import consulting
from services.training.contract.courses import courses
from services.training.contract.network import network
from services.training.contract.programmes import programmes

PREFIX = "/api/v1"
INTERFACE = "interface"
"""Among the application's extensions: its Interface."""
ABOUT = """\
Everything that a community support centre does, for programs.

Times are ISO 8601 with an offset. Lists are paged: give `next_cursor` as `cursor` to go on. Whatever is refused is
`application/problem+json` (RFC 9457) with a stable `code`; what the centre's rules refuse has every reason in
`refusals`. Answers are in Korean or English, by `Accept-Language` or the login. `X-Correlation-ID` is taken over, or
made, and given back: name it when you report a fault.
"""


class Identifier(BaseConverter):
    """The id of something in a path; an address with anything else in it leads nowhere."""

    regex = r"[!-.0-~가-힣]{1,100}"


class Interface:
    """The OpenAPI document of an installation with this configuration."""

    def __init__(self, config: Config) -> None:
        self._config = config

    @cached_property
    def document(self) -> dict[str, Any]:
        from services.gateway.api import openapi

        return openapi.made_of(
            parts(self._config), prefix=PREFIX, version=version("madang"), about=ABOUT, session=_session(self._config)
        )

    @cached_property
    def text(self) -> str:
        return json.dumps(self.document, ensure_ascii=False)


def install(app: Flask, config: Config) -> None:
    app.url_map.converters["id"] = Identifier
    for part in parts(config):
        app.register_blueprint(part, url_prefix=PREFIX)
    app.extensions[INTERFACE] = Interface(config)
    app.add_url_rule("/openapi.json", view_func=_openapi_json)


def _openapi_json() -> Response:
    answered = Response(current_app.extensions[INTERFACE].text, mimetype="application/json")
    answered.headers["Cache-Control"] = REVALIDATED
    answered.add_etag()
    answered.make_conditional(request)
    return answered


def parts(config: Config) -> list[Blueprint]:
    parts = [spaces, blueprint_of(bookings), blueprint_of(closures), decisions, calendars]
    parts += [calls, applications, blueprint_of(selections), blueprint_of(rankings)]
    parts += [tenancies, blueprint_of(organisations)]
    parts += [blueprint_of(courses), enrolments, certificates]
    parts += [blueprint_of(consulting), blueprint_of(programmes), survey, blueprint_of(network), lists]
    parts += [me, preferences, contacts, inbox, sent, messages]
    parts += [templates, broadcasts]
    if config.dev_login:
        parts.append(login)
    if config.dev_login and config.embedded:
        parts.append(timekeeping)
    return parts


def _session(config: Config) -> dict[str, Any]:
    about = f"A browser's session. What changes something needs the page's token in the header {HEADER}, too."
    return {"type": "apiKey", "in": "cookie", "name": cookie_name(config), "description": about}
