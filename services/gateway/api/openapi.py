"""The OpenAPI document, made from the operations' declarations. Imported when somebody asks for it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from services.gateway.api import examples
from services.gateway.api.bodies import BINARY, Json
from services.gateway.api.fields import IDENTIFIER
from services.gateway.api.operations import BEARER, REASONS, SESSION, Blueprint, File, Operation, Text
from services.gateway.api.schemas.bases import Problem
from services.gateway.api.traversal import operations, schema_of
from services.gateway.problems import CONTENT_TYPE

DEFAULT_ERROR = "DEFAULT_ERROR"
UNCHANGED = "It is as it was"
IDENTITIES: tuple[dict[str, list[str]], ...] = ({BEARER: []}, {SESSION: []})
PAGINATION = {
    "total": "Total number of items.",
    "total_pages": "Total number of pages.",
    "first_page": "First available page number.",
    "last_page": "Last available page number.",
    "page": "Current page number.",
    "previous_page": "Previous page number.",
    "next_page": "Next page number.",
}
"""No operation refers to this schema. It stays for clients that were generated with it."""
_PLACE = re.compile(r"<id:(\w+)>")


def made_of(
    parts: Iterable[Blueprint], *, prefix: str, version: str, about: str, session: Mapping[str, Any]
) -> dict[str, Any]:
    """The document of these parts. session: what it says of a browser's session."""
    spec = APISpec(
        "Madang",
        version,
        "3.1.0",
        plugins=[MarshmallowPlugin()],
        info={"description": about},
        servers=[{"url": "/"}],
    )
    problem = {CONTENT_TYPE: {"schema": Problem}}
    spec.components.response(DEFAULT_ERROR, {"description": "Any other problem", "content": problem})
    spec.components.schema("PaginationMetadata", _pagination())
    spec.components.security_scheme(BEARER, {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
    spec.components.security_scheme(SESSION, dict(session))
    for part in parts:
        for operation in part.operations:
            described = {operation.method.lower(): _described(operation, part.name)}
            path = prefix + _PLACE.sub(r"{\1}", operation.rule)
            spec.path(path, operations=described, parameters=_places(operation.rule))
        spec.tag({"name": part.name, "description": part.description})
    taken, given = _bodies(spec.to_dict())
    examples.add_to(spec.components.schemas, taken=taken, given=given)
    return spec.to_dict()  # type: ignore[no-any-return]


def _described(operation: Operation, part: str) -> dict[str, Any]:
    query = [{"in": "query", "schema": operation.query}] if operation.query else []
    described: dict[str, Any] = {
        "parameters": [*query, *map(dict, operation.headers)],
        "responses": {**dict(_answers(operation)), "default": DEFAULT_ERROR},
    }
    body = {"requestBody": operation.taken.described(operation.method)} if operation.taken else {}
    if isinstance(operation.taken, Json):
        described |= body
    summary, _, more = inspect.cleandoc(operation.view.__doc__ or "").partition("\n\n")
    described |= {"summary": summary, **({"description": more} if more else {}), "tags": [part]}
    security = [*IDENTITIES, *([{}] if operation.public else [])]
    return {**described, **body, "operationId": operation.view.__name__, "security": security}


def _answers(operation: Operation) -> Iterator[tuple[int, dict[str, Any]]]:
    refusals = {status: _answer(REASONS[status], CONTENT_TYPE, Problem) for status in sorted(operation.refuses)}
    if operation.query or isinstance(operation.taken, Json):
        yield 422, refusals.pop(422)
    if operation.method == "GET":
        yield 304, {"description": UNCHANGED}
    phrase = HTTPStatus(operation.status).phrase
    if isinstance(operation.answer, Text):
        yield operation.status, _answer(phrase, operation.answer.content_type, {"type": "string"})
    elif isinstance(operation.answer, File):
        yield operation.status, _answer(phrase, "*/*", BINARY)
    elif operation.answer is None:
        yield operation.status, {"description": phrase}
    else:
        yield operation.status, _answer(phrase, "application/json", operation.answer)
    yield from refusals.items()


def _answer(description: str, content_type: str, schema: Any) -> dict[str, Any]:
    return {"description": description, "content": {content_type: {"schema": schema}}}


def _pagination() -> dict[str, Any]:
    properties = {name: {"type": "integer", "description": about} for name, about in PAGINATION.items()}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _places(rule: str) -> list[dict[str, Any]]:
    schema = {"type": "string", "minLength": 1, "maxLength": 100, "pattern": IDENTIFIER.replace("!-~", "!-.0-~")}
    return [{"in": "path", "name": name, "required": True, "schema": schema} for name in _PLACE.findall(rule)]


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
