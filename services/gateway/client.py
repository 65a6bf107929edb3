"""Call the services by their contracts, on behalf of the person whose request is being answered."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from flask import request as http
from marshmallow import EXCLUDE, Schema, fields

from services.chassis.contract import Request
from services.chassis.contract_schemas import answer_schema, request_schema
from services.gateway import incoming

CALLER = "madang.caller"
"""Key of the container's RPC caller in the WSGI environment."""

A = TypeVar("A")


def ask(request: Request[A]) -> A:
    """Return the answer of a service. Raise its refusal, or Unavailable."""
    answer = ask_for_json(request)
    if request.operation.answer is not None:
        answer = instance(answer_schema(request.operation.answer)).load(answer, unknown=EXCLUDE)
    return cast(A, answer)


def ask_for_json(request: Request[object]) -> Any:
    """Return the answer as JSON values, for a route that passes it on. Raise the service's refusal, or Unavailable."""
    return forward(request.operation.service, request.operation.name, arguments_of(request))


def arguments_of(request: Request[object]) -> dict[str, Any]:
    """Return the JSON values that differ from their defaults.

    So a service of the previous version, which refuses unknown names, can be asked as long as a new field is not used.
    """
    schema = instance(request_schema(type(request)))
    left_out = {
        each.data_key or name
        for name, each in schema.fields.items()
        if not each.required and getattr(request, name) == _default(each)
    }
    return {name: value for name, value in schema.dump(request).items() if name not in left_out}


def _default(field: fields.Field[Any]) -> object:
    return field.load_default() if callable(field.load_default) else field.load_default


@functools.cache
def instance(schema: type[Schema]) -> Schema:
    """Return the one object of a schema. Making it costs more than using it."""
    return schema()


def forward(service: str, method: str, arguments: Mapping[str, Any] | None = None) -> Any:
    """Call a method with JSON values and return its answer as JSON values. Raise its refusal, or Unavailable."""
    return http.environ[CALLER].call(service, method, arguments or {}, incoming.context())
