"""Call the services by their contracts, on behalf of the person whose request is being answered."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from flask import request as http
from marshmallow import EXCLUDE, Schema

from services.chassis.contract import ABSENT, Request, answer_schema, request_schema
from services.gateway import incoming

CALLER = "madang.caller"
"""Key of the container's RPC caller in the WSGI environment."""

A = TypeVar("A")


def ask(request: Request[A]) -> A:
    """Return the answer of a service. Raise its refusal, or Unavailable."""
    answer = ask_for_json(request)
    if request.operation.answer is not None:
        answer = _instance(answer_schema(request.operation.answer)).load(answer, unknown=EXCLUDE)
    return cast(A, answer)


def ask_for_json(request: Request[object]) -> Any:
    """Return the answer as JSON values, for a route that passes it on. Raise the service's refusal, or Unavailable."""
    operation = request.operation
    schema = _instance(request_schema(type(request)))
    clearing = {name for name, each in schema.fields.items() if each.load_default is ABSENT}
    dumped = schema.dump(request)
    kept = {name: each for name, each in dumped.items() if each is not None or name in clearing}
    return forward(operation.service, operation.name, kept)


@functools.cache
def _instance(schema: type[Schema]) -> Schema:
    """Making a schema costs more than using it."""
    return schema()


def forward(service: str, method: str, arguments: Mapping[str, Any] | None = None) -> Any:
    """Call a method with JSON values and return its answer as JSON values. Raise its refusal, or Unavailable."""
    return http.environ[CALLER].call(service, method, arguments or {}, incoming.context())
