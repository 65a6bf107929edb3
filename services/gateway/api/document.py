"""The interface and its OpenAPI document, which is made from the same declarations that check the requests."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib.metadata import version
from typing import Any

from flask import Flask, Response, request
from flask_smorest import Api as SmorestApi
from werkzeug.routing import BaseConverter

from services.chassis.config import Config
from services.gateway.api import examples
from services.gateway.api.applications import applications
from services.gateway.api.bookings import bookings
from services.gateway.api.broadcasts import broadcasts
from services.gateway.api.calendars import calendars
from services.gateway.api.calls import calls
from services.gateway.api.certificates import certificates
from services.gateway.api.closures import closures
from services.gateway.api.consulting import consulting
from services.gateway.api.contacts import contacts
from services.gateway.api.courses import courses
from services.gateway.api.decisions import decisions
from services.gateway.api.development import login, timekeeping
from services.gateway.api.enrolments import enrolments
from services.gateway.api.fields import IDENTIFIER
from services.gateway.api.freshness import REVALIDATED
from services.gateway.api.inbox import inbox
from services.gateway.api.lists import lists
from services.gateway.api.messages import messages
from services.gateway.api.network import network
from services.gateway.api.operations import BEARER, SESSION, Blueprint
from services.gateway.api.organisations import organisations
from services.gateway.api.people import me, sent
from services.gateway.api.preferences import preferences
from services.gateway.api.programmes import programmes
from services.gateway.api.rankings import rankings
from services.gateway.api.schemas.bases import Problem
from services.gateway.api.selections import selections
from services.gateway.api.spaces import spaces
from services.gateway.api.survey import survey
from services.gateway.api.templates import templates
from services.gateway.api.tenancies import tenancies
from services.gateway.identity.browser import HEADER, cookie_name
from services.gateway.problems import CONTENT_TYPE

PREFIX = "/api/v1"
INTERFACE = "interface"
"""Among the application's extensions: the document, as it is when all operations are known."""
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


class Api(SmorestApi):
    def _register_responses(self) -> None:
        content = {CONTENT_TYPE: {"schema": Problem}}
        self.spec.components.response("DEFAULT_ERROR", {"description": "Any other problem", "content": content})

    def _openapi_json(self) -> Response:
        answered = Response(self.text, mimetype="application/json")
        answered.headers["Cache-Control"] = REVALIDATED
        answered.add_etag()
        answered.make_conditional(request)
        return answered

    @cached_property
    def text(self) -> str:
        return json.dumps(self.spec.to_dict(), ensure_ascii=False)

    def _register_error_handlers(self) -> None:
        """The application's own handler makes the problems."""


def install(app: Flask, config: Config) -> Api:
    app.url_map.converters["id"] = Identifier
    app.config.update(
        API_TITLE="Madang",
        API_VERSION=version("madang"),
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/",
        OPENAPI_JSON_PATH="openapi.json",
    )
    api = Api(app, spec_kwargs={"info": {"description": ABOUT}, "servers": [{"url": "/"}]})
    api.register_converter(Identifier, lambda _: _identifier())
    api.spec.components.security_scheme(BEARER, {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
    api.spec.components.security_scheme(SESSION, _session(config))
    for part in _parts(config):
        api.register_blueprint(part, url_prefix=PREFIX)
    taken, given = _bodies(api.spec.to_dict())
    examples.add_to(api.spec.components.schemas, taken=taken, given=given)
    app.extensions[INTERFACE] = api.spec.to_dict()
    return api


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Path, method and operation, in the document's order."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method != "parameters":
                yield path, method.upper(), operation


def schema_of(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Of a request's or an answer's body."""
    content = body.get("content", {})
    return next((each["schema"] for each in content.values() if "schema" in each), {})


def _bodies(document: Mapping[str, Any]) -> tuple[set[str], set[str]]:
    """The names of the schemas of what is taken, and of what is given."""
    taken: set[str] = set()
    given: set[str] = set()
    for _path, _method, operation in operations(document):
        taken.add(_name(operation.get("requestBody", {})))
        given.update(_name(answer) for answer in operation["responses"].values())
    return taken - {""}, given - {""}


def _name(body: Mapping[str, Any]) -> str:
    return str(schema_of(body).get("$ref", "")).rpartition("/")[2]


def of(config: Config) -> dict[str, Any]:
    """The document of an installation with this configuration."""
    return install(Flask(__name__), config).spec.to_dict()  # type: ignore[no-any-return]


def _parts(config: Config) -> list[Blueprint]:
    parts = [spaces, bookings, closures, decisions, calendars]
    parts += [calls, applications, selections, rankings, tenancies, organisations]
    parts += [courses, enrolments, certificates]
    parts += [consulting, programmes, survey, network, lists]
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


def _identifier() -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": 100, "pattern": IDENTIFIER.replace("!-~", "!-.0-~")}
