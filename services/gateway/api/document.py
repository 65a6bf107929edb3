"""The interface and its OpenAPI document, which is made from the same declarations that check the requests."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from flask import Flask
from flask_smorest import Api as SmorestApi
from werkzeug.routing import BaseConverter

from services.chassis.config import Config
from services.gateway.api.bookings import bookings
from services.gateway.api.development import login, timekeeping
from services.gateway.api.fields import IDENTIFIER
from services.gateway.api.operations import BEARER, Blueprint
from services.gateway.api.people import me, sent
from services.gateway.api.schemas.bases import Problem
from services.gateway.api.spaces import spaces
from services.gateway.problems import CONTENT_TYPE

PREFIX = "/api/v1"
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
    for part in _parts(config):
        api.register_blueprint(part, url_prefix=PREFIX)
    return api


def of(config: Config) -> dict[str, Any]:
    """The document of an installation with this configuration."""
    return install(Flask(__name__), config).spec.to_dict()  # type: ignore[no-any-return]


def _parts(config: Config) -> list[Blueprint]:
    parts = [spaces, bookings, me, sent]
    if config.dev_login:
        parts.append(login)
    if config.dev_login and config.embedded:
        parts.append(timekeeping)
    return parts


def _identifier() -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": 100, "pattern": IDENTIFIER.replace("!-~", "!-.0-~")}
