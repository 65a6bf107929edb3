"""How an operation of the interface is declared: in one decorator, from which its checks and its documentation follow.

    @bookings.operation("POST", "/bookings", body=NewBooking, answer=Booking, status=201, refuses=(403, 404, 409))
    def request_booking(body): ...

The documentation names the statuses that can occur: those of the declaration, and those that come with its parts (401
with an identity, 413 415 422 with a body, 503 with a service).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from flask import Response, jsonify, request
from flask_smorest import Blueprint as SmorestBlueprint
from marshmallow import Schema

from services.gateway import incoming
from services.gateway.api.reading import Parser
from services.gateway.api.schemas.bases import Nothing, Problem
from services.gateway.problems import CONTENT_TYPE, Unauthenticated

CALLER = "madang.caller"
"""In the environ: the RPC caller of the container."""
BEARER = "bearer"

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
    413: "The body is too large",
    415: "The body is not application/json",
    422: "The request is malformed; `errors` says where",
    503: "The service behind is away; try again after Retry-After seconds",
}


def ask(service: str, method: str, arguments: Mapping[str, Any] | None = None) -> Any:
    """The service's answer, on behalf of who asks here. Raises its refusal, or Unavailable."""
    return request.environ[CALLER].call(service, method, arguments or {}, incoming.context())


class Blueprint(SmorestBlueprint):
    ARGUMENTS_PARSER = Parser()

    def operation(
        self,
        method: str,
        rule: str,
        *,
        answer: type[Schema],
        status: int = 200,
        body: type[Schema] | None = None,
        query: type[Schema] | None = None,
        refuses: tuple[int, ...] = (),
        public: bool = False,
        asks: bool = True,
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """public: needs no identity. asks: asks a service. The method gets body, query and the path's parts by name."""
        writes = method != "GET"
        if writes and body is None:
            body = Nothing
        statuses = {*refuses, 401, *((413, 415) if body else ()), *((422,) if body or query else ())}
        statuses |= {503} if asks else set()

        def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
            answering = _answering(view, status)
            if query is not None:
                answering = self.arguments(query, location="query", as_kwargs=False)(_naming("query", answering))
            if body is not None:
                required = body is not Nothing
                answering = self.arguments(body, location="json", required=required)(_naming("body", answering))
            answering = self._documented(answering, answer, status, statuses, public=public, writes=writes)
            answering = _identified(answering, public=public)
            self.route(rule, methods=[method])(answering)
            return view

        return decorate

    def _documented(
        self,
        view: Callable[..., Any],
        answer: type[Schema],
        status: int,
        statuses: set[int],
        *,
        public: bool,
        writes: bool,
    ) -> Callable[..., Any]:
        view = self.response(status, answer)(view)
        for each in statuses:
            description = REASONS[each]
            view = self.alt_response(each, schema=Problem, content_type=CONTENT_TYPE, description=description)(view)
        known: dict[str, Any] = {"security": [{BEARER: []}, {}] if public else [{BEARER: []}]}
        view = self.doc(**known)(view)
        return _with_parameters(view, [IDEMPOTENCY_KEY]) if writes else view


def _answering(view: Callable[..., Any], status: int) -> Callable[..., Any]:
    """Answers with JSON and the status; a view may give headers beside its answer."""

    @functools.wraps(view)
    def answering(**arguments: Any) -> Response:
        result = view(**arguments)
        content, headers = result if isinstance(result, tuple) else (result, {})
        answered = jsonify(content)
        answered.status_code = HTTPStatus(status)
        answered.headers.extend(headers)
        return answered

    return answering


def _naming(name: str, view: Callable[..., Any]) -> Callable[..., Any]:
    """What was loaded comes by position; the view takes it by name."""

    @functools.wraps(view)
    def named(loaded: Any, **arguments: Any) -> Any:
        return view(**{name: loaded}, **arguments)

    return named


def _identified(view: Callable[..., Any], *, public: bool) -> Callable[..., Any]:
    """Nobody in particular is asked to log in before anything of the request is looked at."""

    @functools.wraps(view)
    def identified(**arguments: Any) -> Any:
        if not public and incoming.is_anonymous():
            raise Unauthenticated
        return view(**arguments)

    return identified


def _with_parameters(view: Callable[..., Any], parameters: list[Mapping[str, Any]]) -> Callable[..., Any]:
    arguments = view._apidoc.setdefault("arguments", {})  # type: ignore[attr-defined]
    arguments.setdefault("parameters", []).extend(parameters)
    return view
