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
required; with the default None, null and absence mean the same. Declaring an operation only appends it to its Part.
contract_schemas.py makes the marshmallow schemas.
"""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Generic, Self, TypeVar, dataclass_transform

from services.chassis.fields import Cursor, Whole

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


def _answer_of(request: type[Request[Any]]) -> Any:
    """Return `A` of `class X(Request[A])`, or of a base of it."""
    for base in getattr(request, "__orig_bases__", ()):
        if arguments := typing.get_args(base):
            return None if arguments[0] in (None, types.NoneType) else arguments[0]
    raise TypeError(f"{request.__name__}: say what it answers, Request[...]")
