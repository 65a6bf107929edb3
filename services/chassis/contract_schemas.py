"""Make marshmallow schemas from declarations (contract.py).

They serve four uses: the service loads requests and dumps answers, the gateway dumps requests and loads answers. The
OpenAPI document shows both.
"""

from __future__ import annotations

import copy
import dataclasses
import functools
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum, StrEnum
from typing import Annotated, Any, ClassVar, TypeVar

from marshmallow import EXCLUDE, Schema, fields, missing, post_load, pre_load

from services.chassis.contract import ABSENT, HTTP_NAME, NOT_NULL, Absent, Declared, Doc, Named, Request
from services.chassis.fields import ById, Choice, Day, Flag, Items, Moment

Use = Enum("Use", ["REQUEST", "BODY", "ANSWER"])
"""BODY: a request as it is documented. It is not loaded, so it has no defaults beside those in its metadata."""


class Loaded(Schema):
    """Loads into `declared`."""

    declared: ClassVar[type[Declared]]

    @post_load
    def build(self, loaded: dict[str, Any], **_: Any) -> Declared:
        declared = self.declared(**loaded)
        declared.check()
        return declared

    def get_attribute(self, obj: Any, attr: str, default: Any) -> Any:
        value = super().get_attribute(obj, attr, default)
        field = self.fields[attr]
        is_omitted = value is None and not (field.required or field.allow_none)
        return missing if is_omitted or value is ABSENT else value


class LoadedAnswer(Loaded):
    """Tolerates an answer of a neighbouring version (Answer)."""

    @pre_load
    def complete(self, sent: Mapping[str, Any], **_: Any) -> Mapping[str, Any]:
        nullable = {name: each for name, each in self.fields.items() if each.required and each.allow_none}
        return {**{each.data_key or name: None for name, each in nullable.items()}, **sent}


def request_schema(request: type[Declared]) -> type[Schema]:
    """Load a request, or a value in one. Unknown names are refused."""
    return _once("request", request, lambda: (request.__name__, (Loaded,), _fields(request, Use.REQUEST)))


def body_schema(request: type[Request[Any]]) -> type[Schema]:
    """Document the body or the query of a request: the fields that its path does not name."""
    operation = request.operation

    def make() -> tuple[str, tuple[type[Schema], ...], dict[str, fields.Field[Any]]]:
        in_path = operation.in_path.values()
        named = {name: each for name, each in _fields(request, Use.BODY).items() if name not in in_path}
        for each in named.values():
            each.data_key = each.metadata.get(HTTP_NAME, each.data_key)
            each.allow_none = each.allow_none and operation.writes  # a query cannot say null
        return operation.body, (Schema,), named

    return _once("body", request, make)


def answer_schema(answer: Any) -> type[Schema]:
    """Dump, document and load (with unknown=EXCLUDE) an answer. Page[Consultation] becomes ConsultationPage."""
    declared = typing.get_origin(answer) or answer
    name = "".join(each.__name__ for each in (*typing.get_args(answer), declared))
    return _once("answer", answer, lambda: (name, (LoadedAnswer,), _fields(answer, Use.ANSWER)))


def _once(
    kind: str, declared: Any, make: Callable[[], tuple[str, tuple[type[Schema], ...], dict[str, Any]]]
) -> type[Schema]:
    """Make a schema at its first use: a process declares the operations of services that it does not run."""
    if (kind, declared) not in _schemas:
        name, bases, named = make()
        _schemas[kind, declared] = type(name, bases, {**named, "declared": typing.get_origin(declared) or declared})
    return _schemas[kind, declared]


_schemas: dict[tuple[str, Any], type[Schema]] = {}


def _fields(declared: Any, use: Use) -> dict[str, fields.Field[Any]]:
    cls = typing.get_origin(declared) or declared
    parameters: dict[Any, Any] = {}
    for each in (declared, *getattr(cls, "__orig_bases__", ())):  # Page[X], or class XPage(Page[X])
        known = getattr(typing.get_origin(each), "__parameters__", ())
        parameters |= dict(zip(known, typing.get_args(each), strict=True)) if known else {}
    hints = typing.get_type_hints(cls, include_extras=True)
    return {each.name: _field(hints[each.name], each, parameters, use) for each in dataclasses.fields(cls)}


def _field(hint: Any, of: dataclasses.Field[Any], parameters: Mapping[Any, Any], use: Use) -> fields.Field[Any]:
    made = _typed(hint, parameters, use)
    default = of.default if of.default is not dataclasses.MISSING else missing
    if of.default_factory is not dataclasses.MISSING:
        default = of.default_factory
    made.required = default is missing
    is_documented_absent = use is Use.BODY or (use is Use.ANSWER and default is ABSENT)
    made.load_default = missing if is_documented_absent else default
    if use is not Use.ANSWER and default not in (missing, None, ABSENT, "", list, dict):
        made.metadata = {**made.metadata, "default": default}
    return made


def _typed(hint: Any, parameters: Mapping[Any, Any], use: Use) -> fields.Field[Any]:
    """Field of a type: the marshmallow field that annotates it, or the one of the plain type."""
    hint = parameters.get(hint, hint) if isinstance(hint, TypeVar) else hint
    extras: list[Any] = []
    nullable = False
    while True:
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin is Annotated:
            hint, extras = arguments[0], [*arguments[1:], *extras]
        elif origin in (types.UnionType, typing.Union):
            nullable = nullable or types.NoneType in arguments
            values = tuple(each for each in arguments if each not in (types.NoneType, Absent))
            hint = typing.Union[values]  # noqa: UP007
            if len(values) > 1:  # a field that loads several types, such as DayOrMoment
                break
        else:
            break
    template = next((each for each in extras if isinstance(each, fields.Field)), None)
    made = copy.copy(template) if template is not None else _plain(hint, parameters, use)
    if isinstance(made, (Items, ById)):
        made = made.of(_typed(arguments[-1], parameters, use))
    made.allow_none = nullable and NOT_NULL not in extras
    for each in extras:
        if isinstance(each, Doc):
            described = {"description": each.description} if each.description else {}
            made.metadata = {**made.metadata, **described, **each.more}
        if isinstance(each, Named):
            made.data_key = each.rpc
            made.metadata = {**made.metadata, HTTP_NAME: each.http}
    return made


def _plain(hint: Any, parameters: Mapping[Any, Any], use: Use) -> fields.Field[Any]:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if isinstance(origin or hint, type) and issubclass(origin or hint, Declared):
        if use is Use.REQUEST:
            return fields.Nested(request_schema(hint))
        if use is Use.BODY:
            return fields.Nested(_once("body", hint, lambda: (hint.__name__, (Schema,), _fields(hint, use))))
        return fields.Nested(answer_schema(hint), unknown=EXCLUDE)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Choice(hint)
    if use is not Use.ANSWER and hint in (bool, date, datetime):
        return {bool: Flag, date: Day, datetime: Moment}[hint]()
    if use is Use.ANSWER and origin is list:
        return fields.List(_typed(arguments[0], parameters, use))
    if use is Use.ANSWER and origin is dict:
        return fields.Dict(fields.String(), _typed(arguments[1], parameters, use))
    if use is Use.ANSWER and hint in ANSWERED:
        return ANSWERED[hint]()
    raise TypeError(f"{hint}: annotate it with a field that bounds it")


ANSWERED: Mapping[Any, Callable[[], fields.Field[Any]]] = {
    str: fields.String,
    int: fields.Integer,
    float: fields.Float,
    bool: fields.Boolean,
    date: fields.Date,
    datetime: functools.partial(fields.DateTime, format="iso"),
}
"""Types of answers. Their values are not validated: they come from a service, and a time keeps its offset."""
