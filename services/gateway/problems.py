"""Everything that goes wrong, as RFC 9457 problem+json: {type, title, status, detail, code, correlation_id} and, where
there are any, refusals, alternatives and errors (by field).

What is expected has a stable code and words in the caller's language; what is not says nothing but its correlation id.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from nameko.exceptions import RemoteError
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.wrappers import Response

from services.chassis.db import is_away
from services.chassis.errors import (
    DomainError,
    Forbidden,
    IllegalTransition,
    Invalid,
    NotFound,
    Refused,
    StaleVersion,
    Unavailable,
)
from services.chassis.i18n import msgid as _
from services.gateway import language

CONTENT_TYPE = "application/problem+json"
CORRELATION_ID = "madang.correlation_id"
"""In the environ, once it is known."""
TOO_LARGE = "madang.too_large"
"""In the environ, if the body was too large to be taken in."""
RETRY_AFTER = "2"

AWAY = _("This part of Madang is away for a moment. Please try again shortly.")
UNEXPECTED = _("Something went wrong here, and it is not your fault. It has been written down.")

TITLES = {
    400: _("The request cannot be read"),
    401: _("Please log in"),
    403: _("Not allowed"),
    404: _("Not found"),
    405: _("Not possible here"),
    408: _("Too slow"),
    409: _("Refused"),
    412: _("Changed since"),
    413: _("Too large"),
    415: _("Unknown kind of content"),
    422: _("Not valid"),
    429: _("Too many requests"),
    500: _("An error on our side"),
    503: _("Away for a moment"),
}
CODES = {
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_media_type",
    500: "internal",
    503: "unavailable",
}
DETAILS = {
    404: NotFound.message,
    405: _("This address does not know this method."),
    413: _("This is too large."),
    415: _("Send this as application/json."),
    500: UNEXPECTED,
    503: AWAY,
}
# What a service reports of itself when its database or its profile is away, or the deadline passed in its queue.
AWAY_AT_THE_SERVICE = frozenset({"RpcTimeout", "OperationalError", "InterfaceError", "TimeoutError", "ProfileMissing"})


class Unauthenticated(DomainError):
    """There is no identity, or none that can be trusted."""

    code = "unauthenticated"
    message = _("Log in to do this.")


class NotFromOurPage(DomainError):
    """What changes something came with a browser's cookie, and without the token that our own pages send."""

    code = "forbidden"
    message = _("This page has been open for too long. Please load it again and repeat the step.")


class Outdated(StaleVersion):
    """What If-Match names has changed since."""


class TooMany(DomainError):
    """seconds: after which asking again makes sense."""

    code = "too_many"
    message = _("That was a lot at once. Please wait a moment and try again.")

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__()


class UnsupportedMediaType(DomainError):
    code = "unsupported_media_type"
    message = DETAILS[415]


class TooLarge(DomainError):
    code = "too_large"
    message = DETAILS[413]


STATUSES: Mapping[type[DomainError], int] = {
    Unauthenticated: 401,
    NotFromOurPage: 403,
    Forbidden: 403,
    NotFound: 404,
    Refused: 409,
    IllegalTransition: 409,
    Outdated: 412,
    StaleVersion: 409,
    TooLarge: 413,
    UnsupportedMediaType: 415,
    Invalid: 422,
    TooMany: 429,
}


@dataclass(frozen=True)
class Problem:
    """detail: in the caller's language already, or a msgid of the gateway."""

    status: int
    code: str
    detail: str
    more: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self, locale: str, correlation_id: str) -> dict[str, Any]:
        title = TITLES.get(self.status) or HTTPStatus(self.status).phrase
        return {
            "type": f"urn:madang:problem:{self.code}",
            "title": language.text(locale, title),
            "status": self.status,
            "detail": language.text(locale, self.detail),
            "code": self.code,
            **self.more,
            "correlation_id": correlation_id,
        }

    def response(self, locale: str, correlation_id: str) -> Response:
        # A name that was sent may be half of a surrogate pair, which JSON can say and UTF-8 cannot.
        text = json.dumps(self.body(locale, correlation_id), ensure_ascii=False).encode("utf-8", "replace")
        headers = {"Content-Language": locale, "X-Correlation-ID": correlation_id, **self.headers}
        return Response(text, self.status, headers, content_type=CONTENT_TYPE)


def of(error: Exception, *, anonymous: bool, locale: str) -> Problem:
    """anonymous: what is forbidden to nobody in particular may be allowed to somebody: they are asked to log in."""
    if isinstance(error, DomainError):
        return _refusal(error, anonymous, locale)
    if isinstance(error, HTTPException):
        return _http(error)
    away = isinstance(error, RemoteError) and error.exc_type in AWAY_AT_THE_SERVICE
    if away or isinstance(error, Unavailable) or is_away(error):
        return Problem(503, "unavailable", AWAY, headers={"Retry-After": RETRY_AFTER})
    return Problem(500, "internal", UNEXPECTED)


def response(environ: Mapping[str, Any], status: int, code: str, detail: str) -> Response:
    """For what is refused before the application is asked."""
    locale = language.negotiated(environ.get("HTTP_ACCEPT_LANGUAGE"))
    headers = {"Retry-After": RETRY_AFTER} if status == 503 else {}
    return Problem(status, code, detail, headers=headers).response(locale, environ.get(CORRELATION_ID, ""))


def _refusal(error: DomainError, anonymous: bool, locale: str) -> Problem:
    if isinstance(error, Unauthenticated) or (anonymous and isinstance(error, Forbidden)):
        asking = {"WWW-Authenticate": 'Bearer realm="madang"'}
        return Problem(401, Unauthenticated.code, error.message, headers=asking)
    status = next((status for kind, status in STATUSES.items() if isinstance(error, kind)), 409)
    more: dict[str, Any] = {}
    if isinstance(error, Refused):
        more["refusals"] = [refusal.to_wire() for refusal in error.refusals]
        more["alternatives"] = [dict(each) for each in error.alternatives]
    if isinstance(error, Invalid) and error.errors:
        more["errors"] = in_language(error.errors, locale)
    headers = {"Retry-After": str(error.seconds)} if isinstance(error, TooMany) else {}
    return Problem(status, error.code, error.message, more, headers)


def _http(error: HTTPException) -> Problem:
    status = error.code or 500
    allow = {"Allow": ", ".join(sorted(error.valid_methods or ()))} if isinstance(error, MethodNotAllowed) else {}
    return Problem(status, CODES.get(status, "invalid"), DETAILS.get(status, TITLES[400]), headers=allow)


def in_language(errors: Any, locale: str) -> Any:
    """Messages by field, as marshmallow gives them, in this language. Keys are text: JSON has no others."""
    if isinstance(errors, Mapping):
        return {str(key): in_language(each, locale) for key, each in errors.items()}
    if isinstance(errors, list):
        return [in_language(each, locale) for each in errors]
    return language.text(locale, str(errors))
