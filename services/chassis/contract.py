"""Declare an operation once: name, route, fields, answer and refusals.

    consulting = Part("training", "consulting", "Consulting, and where organisations can sell")

    @consulting.command("POST /consultations", status=201, refuses=(403,))
    class RequestConsultation(Request[Consultation]):
        '''Ask for advice, for myself or for an organisation of mine.'''

        topic: Topic
        title: Annotated[str, Line(max=200)]
        organisation_id: Id | None = None

Requests and answers are frozen dataclasses with keyword arguments. The marshmallow field in `Annotated` checks a value;
a vocabulary, bool, date, datetime, a list of an answer and a nested class need none. A field without a default is
required; with the default None, null and absence mean the same. The schemas made
here serve four uses: the service loads requests and dumps answers, the gateway dumps requests and loads answers, and
the OpenAPI document shows them.
Declaring an operation only appends it to its Part.
"""

from __future__ import annotations

import copy
import dataclasses
import functools
import re
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Generic, Self, TypeVar, dataclass_transform

from marshmallow import EXCLUDE, Schema, fields, missing, post_load, pre_load

from services.chassis.fields import ById, Choice, Cursor, Day, Flag, Items, Moment, Whole

if TYPE_CHECKING:
    from services.chassis.call import Call

A = TypeVar("A", covariant=True)
R = TypeVar("R", bound="Request[Any]")
T = TypeVar("T")
HTTP_NAME = "http_name"
"""Key in the metadata of a field (Named)."""


class Absent(Enum):
    ABSENT = "absent"


ABSENT = Absent.ABSENT
"""Default of a field of a request in which null clears and absence keeps: `note: Note | Absent | None = ABSENT`.

In an answer it is the default of a field that is not sent in every case.
"""
NOT_NULL = object()
Omittable = Annotated[T | None, NOT_NULL]
"""Type of a field that a request may leave out, but not set to null: `kind: Omittable[UnitKind] = None`."""
Use = Enum("Use", ["REQUEST", "BODY", "ANSWER"])
"""BODY: a request as it is documented. It is not loaded, so it has no defaults beside those in its metadata."""


@dataclass_transform(kw_only_default=True, frozen_default=True)
class Declared:
    """A frozen dataclass with keyword arguments."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        dataclass(frozen=True, kw_only=True)(cls)

    def check(self) -> None:
        """Check fields against each other. Raise ValidationError; `wrong_at` (fields.py) makes one for a field."""


@dataclass(frozen=True, eq=False)  # unhashable keywords must not keep it out of a union
class Doc:
    """Description of a field in the OpenAPI document, and keywords that do not follow from its type."""

    description: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Named:
    """Names of a field where they differ from its attribute. rpc: only for a keyword of Python."""

    http: str
    rpc: str | None = None


class Value(Declared):
    """Part of a request or of an answer."""


class Answer(Value):
    """Answer of an operation, or part of one.

    A caller of an older version ignores fields that it does not know. A nullable field that an older service does not
    send is None, and one with a default has it.
    """

    @classmethod
    def of(cls, source: object, zone: tzinfo, /, **known: Any) -> Self:
        """Build an answer from the attributes of `source`, overridden by `known`. Convert times to the zone.

        Raises AttributeError if neither has a field.
        """
        values = {}
        for each in dataclasses.fields(cls):
            value = known[each.name] if each.name in known else getattr(source, each.name)
            values[each.name] = value.astimezone(zone) if isinstance(value, datetime) else value
        return cls(**values)


class Request(Declared, Generic[A]):
    """Arguments of an operation. `A` is the type of its answer: an Answer or None."""

    operation: ClassVar[Operation]

    @classmethod
    def by(cls, usecase: Callable[[Call[Any], Self], A]) -> Handler:
        """Bind the operation to its use case. mypy checks the types of its request and its answer."""
        return Handler(cls.operation, usecase)


class Page(Answer, Generic[T]):
    """Page of a list. next_cursor: where the next page begins; None on the last page."""

    items: list[T]
    next_cursor: str | None


class ListRequest(Request[A]):
    """Request of one page of a list."""

    limit: Annotated[int, Whole(1, 100), Doc("At most so many items")] = 30
    cursor: Annotated[str | None, Cursor(), Doc("`next_cursor` of the page before")] = None


@dataclass(frozen=True)
class Handler:
    """Operation with the use case that implements it."""

    operation: Operation
    usecase: Callable[[Any, Any], object]


@dataclass(frozen=True)
class Operation:
    """Declaration of an operation. `name` is the name of its RPC method.

    method, path: HTTP route. Without a path, only pages call the operation.
    refuses: HTTP statuses of its refusals, beside `status`.
    body: name of the body in the OpenAPI document.
    location: path of a created resource, filled from the answer.
    documented_as: name in the OpenAPI document.
    secret: the answer contains a secret. It is sent once and not stored with the idempotency key.
    """

    service: str
    name: str
    request: type[Request[Any]]
    answer: Any
    writes: bool
    method: str
    path: str
    status: int
    refuses: tuple[int, ...]
    public: bool
    secret: bool
    body: str
    location: str
    documented_as: str

    @property
    def in_path(self) -> Mapping[str, str]:
        """Map names in the path to fields. Written "{name}", or "{name:field}" if they differ."""
        return {name: field or name for name, field in re.findall(r"{(\w+):?(\w*)}", self.path)}


class Part:
    """Group of operations of one service."""

    def __init__(self, service: str, name: str, description: str) -> None:
        self.service, self.name, self.description = service, name, description
        self.operations: list[Operation] = []

    def command(
        self,
        route: str = "",
        *,
        status: int = 200,
        refuses: tuple[int, ...] = (),
        public: bool = False,
        secret: bool = False,
        body: str = "",
        location: str = "",
    ) -> Callable[[type[R]], type[R]]:
        """Declare an operation that writes. route: "POST /path/{field}"."""
        about = {"status": status, "refuses": refuses, "public": public, "secret": secret}
        return self._declaring(route, writes=True, body=body, location=location, **about)

    def query(
        self, route: str = "", *, refuses: tuple[int, ...] = (), public: bool = False, documented_as: str = ""
    ) -> Callable[[type[R]], type[R]]:
        """Declare an operation that only reads. route: "GET /path/{field}".

        documented_as: name in the OpenAPI document, if it has another one than the RPC method.
        """
        about = {"status": 200, "refuses": refuses, "public": public, "secret": False, "documented_as": documented_as}
        return self._declaring(route, writes=False, body="", location="", **about)

    def _declaring(self, route: str, **known: Any) -> Callable[[type[R]], type[R]]:
        method, _, path = route.partition(" ")

        def declare(request: type[R]) -> type[R]:
            name = re.sub(r"(?<!^)(?=[A-Z])", "_", request.__name__).lower()
            known["body"] = known["body"] or request.__name__
            known["documented_as"] = known.get("documented_as") or name
            request.operation = Operation(
                service=self.service, name=name, request=request, answer=_answer_of(request), method=method, path=path,
                **known,
            )  # fmt: skip
            self.operations.append(request.operation)
            return request

        return declare


# --- schemas


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


def _answer_of(request: type[Request[Any]]) -> Any:
    """Return `A` of `class X(Request[A])`, or of a base of it."""
    for base in getattr(request, "__orig_bases__", ()):
        if arguments := typing.get_args(base):
            return None if arguments[0] in (None, types.NoneType) else arguments[0]
    raise TypeError(f"{request.__name__}: say what it answers, Request[...]")
