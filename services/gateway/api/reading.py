"""Reads what a request brings, strictly: unknown names, repeated names and what is no JSON are refused.

What is loaded is turned back into JSON values: that is what services are asked with.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NoReturn
from urllib.parse import unquote_to_bytes

from flask import Request, request
from marshmallow import RAISE, Schema, ValidationError, fields
from webargs.flaskparser import FlaskParser

from services.chassis.errors import Invalid
from services.chassis.i18n import msgid as _
from services.gateway.client import instance
from services.gateway.problems import TooLarge, UnsupportedMediaType

MOST_JSON = 1 << 20
"""Parsing holds up everybody else: larger things are uploads, not JSON."""
LONGEST_PARAMETER = 1000
_DIGITS = re.compile(r"-?[0-9]{1,18}")


class Parser(FlaskParser):
    """Gives operations JSON values. Raises Invalid, TooLarge, UnsupportedMediaType."""

    DEFAULT_UNKNOWN_BY_LOCATION = {"json": RAISE, "query": RAISE}

    def load_json(self, req: Request, schema: Schema) -> Any:
        if (req.content_length or 0) > MOST_JSON:
            raise TooLarge
        body = req.get_data(cache=True)
        if not body.strip() and not requires(schema):
            return {}
        if body and not req.is_json:
            raise UnsupportedMediaType
        return strict_json(body)

    def load_querystring(self, req: Request, schema: Schema) -> Any:
        _require_utf8(req.query_string)
        errors = {}
        for name, values in req.args.lists():
            if len(values) > 1:
                errors[name] = [_("Give this once.")]
            elif len(values[0]) > LONGEST_PARAMETER:
                errors[name] = [_("This is too long.")]
        if errors:
            raise ValidationError(errors)
        return req.args.to_dict()

    def parse(self, *arguments: Any, **options: Any) -> Any:
        return as_json(super().parse(*arguments, **options))

    def handle_error(self, error: ValidationError, *_arguments: Any, **_options: Any) -> NoReturn:
        (messages,) = error.messages_dict.values()
        raise Invalid(errors=messages) from error


_PARSER = Parser()


def reading(name: str, schema: type[Schema], location: str, view: Callable[..., Any]) -> Callable[..., Any]:
    """The view takes by `name` what the schema reads of the request's `location`: json, query."""

    @functools.wraps(view)
    def reading(**arguments: Any) -> Any:
        return view(**{name: _PARSER.parse(instance(schema), location=location)}, **arguments)

    return reading


def shaped(name: str, schema: type[Schema], location: str, view: Callable[..., Any]) -> Callable[..., Any]:
    """The view takes by `name` what the request brings, in its shape alone: the service checks the fields."""

    @functools.wraps(view)
    def shaping(**arguments: Any) -> Any:
        return view(**{name: _SHAPES[location](instance(schema))}, **arguments)

    return shaping


def _json_object(schema: Schema) -> Mapping[str, Any]:
    body = _PARSER.load_json(request, schema)
    if not isinstance(body, Mapping):
        raise Invalid(errors={"_schema": [_("Invalid input type.")]})
    return body


def _query_values(schema: Schema) -> Mapping[str, Any]:
    """A query has only text: numbers and truth values are read where the contract has them."""
    try:
        texts = _PARSER.load_querystring(request, schema)
    except ValidationError as error:
        raise Invalid(errors=error.messages) from error
    return {name: _value_of(schema.load_fields.get(name), text) for name, text in texts.items()}


def _value_of(field: Any, text: str) -> Any:
    if isinstance(field, fields.Integer) and _DIGITS.fullmatch(text):
        return int(text)
    if isinstance(field, fields.Boolean) and text in ("true", "false"):
        return text == "true"
    return text


_SHAPES = {"json": _json_object, "query": _query_values}


def _require_utf8(query: bytes) -> None:
    try:
        unquote_to_bytes(query).decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValidationError(_("The query is no UTF-8.")) from error


def strict_json(body: bytes) -> Any:
    """Raises Invalid: no UTF-8, no JSON, a number that JSON does not know, a name given twice, nested too deeply."""
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_no_number, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise Invalid(_("The body cannot be read as JSON.")) from error


def as_json(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: as_json(each) for name, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [as_json(each) for each in value]
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def requires(schema: Schema) -> bool:
    """Is there a field without which the body makes no sense?"""
    return any(field.required for field in schema.load_fields.values())


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON number")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is given twice")
    return found
