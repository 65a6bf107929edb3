"""Limits of form fields: those that the interface declares for the field of the same request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from marshmallow import Schema, fields

from services.chassis.config import Config
from services.gateway.api.bodies import Json
from services.gateway.api.document import parts
from services.gateway.client import instance

ATTRIBUTES = {"minimum": "min", "maximum": "max", "maxLength": "maxlength"}


@cache
def limits(place: str) -> Mapping[str, float]:
    """Return attributes of an <input> or <textarea>.

    place: `Body.field`, named as in the OpenAPI document, such as `NewBooking.attendees`. Raises KeyError for others.
    """
    name, field = place.split(".")[-2:]
    metadata = instance(_bodies()[name]).fields[field].metadata
    return {attribute: metadata[name] for name, attribute in ATTRIBUTES.items() if name in metadata}


@cache
def _bodies() -> Mapping[str, type[Schema]]:
    """Return the schemas of bodies and of objects in them, by their names in the document."""
    taken = [each.taken.schema for part in parts(Config()) for each in part.operations if isinstance(each.taken, Json)]
    return {schema.__name__: schema for each in taken for schema in (each, *_nested(each))}


def _nested(schema: type[Schema]) -> Iterator[type[Schema]]:
    for each in schema._declared_fields.values():
        inner = each.inner if isinstance(each, fields.List) else each
        if isinstance(inner, fields.Nested):
            found = type(inner.schema)
            yield found
            yield from _nested(found)
