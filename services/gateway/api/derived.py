"""Routes that follow from a service's contract: identity, size and shape are checked here, all else by the service."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.chassis.contract import Operation, Part, Request
from services.chassis.contract_schemas import answer_schema, body_schema, request_schema
from services.chassis.errors import Invalid, NotFound
from services.chassis.i18n import msgid as _
from services.gateway.api.bodies import Forwarded, View
from services.gateway.api.operations import Blueprint, File, Text
from services.gateway.api.schemas.bases import Nothing
from services.gateway.client import forward

PREFIX = "/api/v1"


@dataclass(frozen=True)
class Written:
    """View of an operation that is more than a forward. It takes the names in the path, and `body` or `query`.

    answer: kind of content, if it is not JSON.
    """

    view: View
    answer: Text | File | None = None


def blueprint_of(part: Part, written: Mapping[type[Request[Any]], Written] | None = None) -> Blueprint:
    """Make the routes of a part. An operation without a path has none. written: views that do more than forward."""
    blueprint = Blueprint(part.name, __name__, description=part.description)
    for operation in part.operations:
        if operation.path:
            _add(blueprint, operation, (written or {}).get(operation.request))
    return blueprint


def add(blueprint: Blueprint, *requests: type[Request[Any]]) -> None:
    """Add the routes of these operations to a blueprint that has routes of its own between them."""
    for request in requests:
        _add(blueprint, request.operation, None)


@dataclass(frozen=True)
class Names:
    """Names of the fields of a body or a query. by_http: each with its name in RPC. hidden: names in RPC alone."""

    by_http: Mapping[str, str]
    hidden: frozenset[str]

    @classmethod
    def of(cls, operation: Operation) -> Names:
        taken = body_schema(operation.request)._declared_fields
        loaded = request_schema(operation.request)._declared_fields
        in_rpc = {name: each.data_key or name for name, each in loaded.items()}
        by_http = {each.data_key or name: in_rpc[name] for name, each in taken.items()}
        return cls(by_http, frozenset(in_rpc.values()) - by_http.keys())

    def in_rpc(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """Raise Invalid for a name that only RPC knows: the path says which thing is meant, not the body."""
        if unknown := self.hidden & given.keys():
            raise Invalid(errors={name: [_("Unknown field.")] for name in sorted(unknown)})
        return {self.by_http.get(name, name): value for name, value in given.items()}

    def in_http(self, errors: Mapping[str, Any]) -> Mapping[str, Any]:
        by_rpc = {rpc: http for http, rpc in self.by_http.items()}
        return {by_rpc.get(name, name): messages for name, messages in errors.items()}


def _add(blueprint: Blueprint, operation: Operation, written: Written | None) -> None:
    taken = body_schema(operation.request)
    fields = taken._declared_fields
    body = Forwarded(taken if fields else Nothing) if operation.writes else None
    answer: Any = answer_schema(operation.answer) if operation.answer else None
    names = Names.of(operation)

    def view(**arguments: Any) -> Any:
        if written is not None:
            return written.view(**arguments)
        given: Mapping[str, Any] = arguments.pop("body", None) or arguments.pop("query", None) or {}
        in_path = {field: arguments[name] for name, field in operation.in_path.items()}
        try:
            answer = forward(operation.service, operation.name, {**in_path, **names.in_rpc(given)})
        except Invalid as error:
            if in_path.keys() & error.errors.keys():
                raise NotFound from error  # an address that cannot be leads nowhere
            raise Invalid(error.message, **{**error.details, "errors": names.in_http(error.errors)}) from error
        if not operation.location:
            return answer
        return answer, {"Location": PREFIX + operation.location.format(**answer)}

    view.__name__ = operation.documented_as
    view.__doc__ = operation.request.__doc__
    blueprint.operation(
        operation.method,
        re.sub(r"{(\w+)[^}]*}", r"<id:\1>", operation.path),
        answer=written.answer if written is not None and written.answer is not None else answer,
        status=operation.status,
        refuses=operation.refuses,
        public=operation.public,
        body=body,
        query=taken if fields and not operation.writes else None,
        forwards=True,
    )(view)
