"""How an operation of the interface is declared: in one decorator, from which its checks and its documentation follow.

    @bookings.operation("POST", "/bookings", body=NewBooking, answer=Booking, status=201, refuses=(403, 404, 409))
    def request_booking(body): ...

The documentation names the statuses that can occur: those of the declaration, and those that come with its parts (401
429 503 with an identity, 403 with a change that a browser's cookie alone asks for, 412 with a version, 413 415 422 with
a body, 414 422 with a query, 304 where something is read).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Blueprint as FlaskBlueprint
from flask import Response, jsonify
from marshmallow import Schema

from services.gateway import incoming
from services.gateway.api import freshness
from services.gateway.api.bodies import Body, Json, View
from services.gateway.api.paging import CURSOR, paged
from services.gateway.api.reading import reading, shaped
from services.gateway.api.schemas.bases import Nothing
from services.gateway.problems import Unauthenticated

BEARER, SESSION = "bearer", "session"

IDEMPOTENCY_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "The same key gives the first answer again. Use a new one, such as a UUID, for every new intention.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]([ -~]*[!-~])?$"},
}
REASONS = {
    401: "There is no identity, or none that can be trusted",
    403: "Not allowed to this person",
    404: "There is no such thing, or this person may not know of it",
    409: "A rule of the centre or the state of the thing refuses; `refusals` says each reason",
    412: "What If-Match names has changed since",
    413: "The body is too large",
    414: "The address is too long",
    415: "The body is not application/json",
    422: "The request is malformed; `errors` says where",
    429: "Too many requests of this person or address; try again after Retry-After seconds",
    503: "The service behind is away; try again after Retry-After seconds",
}


@dataclass(frozen=True)
class Text:
    """An answer that is no JSON."""

    content_type: str


CALENDAR = Text("text/calendar")


@dataclass(frozen=True)
class File:
    """An answer that is a file, of whatever kind it is."""


FILE = File()


@dataclass(frozen=True)
class Operation:
    """A declaration, for the document. refuses: every status beside `status` that can occur."""

    method: str
    rule: str
    view: View
    taken: Body | None
    query: type[Schema] | None
    answer: type[Schema] | Text | File | None
    status: int
    refuses: frozenset[int]
    headers: Sequence[Mapping[str, Any]]
    public: bool


class Blueprint(FlaskBlueprint):
    def __init__(self, name: str, import_name: str, *, description: str) -> None:
        super().__init__(name, import_name)
        self.description = description
        self.operations: list[Operation] = []

    def operation(
        self,
        method: str,
        rule: str,
        *,
        answer: type[Schema] | Text | File | None,
        status: int = 200,
        body: type[Schema] | Body | None = None,
        query: type[Schema] | None = None,
        refuses: tuple[int, ...] = (),
        public: bool = False,
        forwards: bool = False,
    ) -> Callable[[View], View]:
        """public: needs no identity. forwards: the service checks the fields of the query.

        The method gets body, query and the path's parts by name, and gives what is made JSON of, or a response.
        """
        writes = method != "GET"
        taken = _taken(body, writes)
        statuses = {*refuses, 401, 429, 503, *((414, 422) if query else ()), *(taken.refuses if taken else ())}
        guarded = isinstance(taken, Json) and freshness.has_version(taken.schema)
        statuses |= ({403} if writes else set()) | ({412} if guarded else set())
        headers = _headers(taken, guarded=guarded)

        def decorate(view: View) -> View:
            answering = freshness.guarded(view) if guarded else view
            if query is not None and CURSOR in query._declared_fields:
                answering = paged(answering, rule)
            answering = _answering(answering, status)
            if query is not None:
                answering = (shaped if forwards else reading)("query", query, "query", answering)
            if taken is not None:
                answering = taken.taken_by(answering)
            if not writes:
                answering = freshness.conditional(answering)
            self.route(rule, methods=[method])(_identified(answering, public=public))
            declared = frozenset(statuses)
            self.operations.append(
                Operation(method, rule, view, taken, query, answer, status, declared, headers, public)
            )
            return view

        return decorate


def _taken(body: type[Schema] | Body | None, writes: bool) -> Body | None:
    """Whatever changes something can be sent JSON, if only an empty object."""
    if isinstance(body, Body):
        return body
    return Json(body or Nothing) if writes else None


def _answering(view: View, status: int) -> View:
    """Answers with JSON and the status; a view may give headers beside its answer, or a response of its own."""

    @functools.wraps(view)
    def answering(**arguments: Any) -> Response:
        result = view(**arguments)
        if isinstance(result, Response):
            return result
        content, headers = result if isinstance(result, tuple) else (result, {})
        answered = Response() if status == HTTPStatus.NO_CONTENT else jsonify(content)
        answered.status_code = HTTPStatus(status)
        answered.headers.extend(headers)
        return answered

    return answering


def _identified(view: View, *, public: bool) -> View:
    """Nobody in particular is asked to log in before anything of the request is looked at."""

    @functools.wraps(view)
    def identified(**arguments: Any) -> Any:
        if not public and incoming.is_anonymous():
            raise Unauthenticated
        return view(**arguments)

    return identified


def _headers(taken: Body | None, *, guarded: bool) -> list[Mapping[str, Any]]:
    if taken is None:
        return [freshness.IF_NONE_MATCH]
    return [*([IDEMPOTENCY_KEY] if taken.needs_key else []), *([freshness.IF_MATCH] if guarded else [])]
