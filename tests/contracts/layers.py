"""Compare the two declarations of each operation: the gateway's schemas and those of the service behind it.

`python -m tests.contracts.layers` prints every difference, one per line. test_layers.py names those that are accepted.
"""

from __future__ import annotations

import ast
import enum
import importlib
import inspect
import pkgutil
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from marshmallow import Schema, fields, missing, validate

from services.chassis.fields import DayOrMoment, Identifier, Line
from services.chassis.manifest import installed
from services.gateway import api, web
from services.gateway.api import bodies, operations
from services.gateway.api import fields as gateway_fields

KINDS: tuple[tuple[type[fields.Field[Any]], str], ...] = (
    (gateway_fields.Choice, "choice"),
    (fields.Enum, "choice"),
    (DayOrMoment, "day or moment"),
    (fields.AwareDateTime, "moment"),
    (fields.Date, "day"),
    (fields.Time, "time"),
    (fields.Boolean, "flag"),
    (fields.Integer, "integer"),
    (fields.Decimal, "number"),
    (fields.Float, "number"),
    (fields.List, "list"),
    (fields.Nested, "object"),
    (fields.Dict, "map"),
    (fields.String, "text"),
)
LOWS = ("minimum", "minLength", "minItems", "minProperties")
HIGHS = ("maximum", "maxLength", "maxItems", "maxProperties")
BY_CONTRACT = re.compile(r"\b(ask|ask_for_json|forward)\(")
"""Functions of client.py, in views that follow from a contract or ask by one."""
PAGED = ("everything", "part", "paged")
"""Functions of the pages that call `ask` for lists. They add these two arguments:"""
PAGING = frozenset({"limit", "cursor"})
INPUT = ("kind", "low", "high", "choices", "null", "required")
OUTPUT = ("kind", "choices", "null")


@dataclass(frozen=True)
class Shape:
    """The values that a field takes or gives. low, high: of the value, its length or its number of items. patterned: a
    pattern, or a list of names such as that of time zones, bounds it as well.
    """

    kind: str
    low: object = None
    high: object = None
    choices: frozenset[str] | None = None
    null: bool = False
    required: bool = True
    default: object = None
    patterned: bool = False


@dataclass(frozen=True)
class Difference:
    """part: body, query, answer, call (an `ask`) or view (which cannot be compared). path: the names from the outside
    in. aspect: of Shape, or `default`, or `name` where one layer does not have it. value: in each of the two layers.
    """

    operation: str
    part: str
    path: tuple[str, ...]
    aspect: str
    gateway: object
    service: object
    service_name: str = ""
    in_gateway: Shape | None = None
    in_service: Shape | None = None

    @property
    def is_input(self) -> bool:
        return self.part in {"body", "query"}

    @property
    def name(self) -> str:
        return self.path[-1] if self.path else ""

    def __str__(self) -> str:
        values = f"{_worded(self.gateway)} in the gateway, {_worded(self.service)} in the service"
        return f"{self.operation} {self.part} {'.'.join(self.path)} {self.aspect}: {values}"


def shape_of(field: fields.Field[Any], *, is_input: bool) -> Shape:
    kind = next((kind for each, kind in KINDS if isinstance(field, each)), "any")
    if isinstance(field, fields.Time) or (isinstance(field, fields.Decimal) and field.as_string and not is_input):
        kind = "text"
    choices = _choices(field)
    low, high = _bounds(field)
    return Shape(
        "choice" if choices is not None else kind,
        low or None if kind in {"text", "list", "map"} else low,
        high,
        choices,
        bool(field.allow_none),
        field.required,
        _default(field),
        kind == "text" and ("pattern" in field.metadata or _is_patterned(field)),
    )


def _bounds(field: fields.Field[Any]) -> tuple[object, object]:
    """As the document has them, or else as they are validated."""
    lows = [field.metadata[name] for name in LOWS if name in field.metadata]
    highs = [field.metadata[name] for name in HIGHS if name in field.metadata]
    low: object = lows[0] if lows else None
    high: object = highs[0] if highs else None
    for each in field.validators:
        if isinstance(each, validate.Range):
            low, high = each.min, each.max
            low = low if each.min_inclusive or low is None else f"over {low}"
        elif isinstance(each, validate.Length):
            low, high = (each.equal, each.equal) if each.equal is not None else (each.min, each.max)
    if isinstance(field, Line) and not lows:
        low, high = field.least, field.most
    elif isinstance(field, Identifier) and not lows:
        low, high = 1, 100
    elif isinstance(field, fields.Email):
        low = low or 1
    elif isinstance(field, fields.Time):
        low = high = len("22:00")
    return low, high


def _is_patterned(field: fields.Field[Any]) -> bool:
    by_pattern = any(isinstance(each, validate.Regexp) for each in field.validators)
    return by_pattern or type(field).__name__ == "Zone"


def _choices(field: fields.Field[Any]) -> frozenset[str] | None:
    words: Iterable[object] | None = None
    if isinstance(field, fields.Enum):
        words = [each.value for each in field.enum]
    elif isinstance(field, gateway_fields.Choice):
        words = field.words
    elif "enum" in field.metadata:
        words = [each for each in field.metadata["enum"] if each is not None]
    for each in field.validators:
        if isinstance(each, validate.OneOf):
            narrower = {str(choice) for choice in each.choices}
            words = narrower if words is None else narrower & {str(word) for word in words}
    return None if words is None else frozenset(str(each) for each in words)


def _default(field: fields.Field[Any]) -> object:
    if "default" in field.metadata:
        return _plain(field.metadata["default"])
    return None if field.load_default is missing else _plain(field.load_default)


def _plain(value: Any) -> object:
    """Empty texts and collections count as no value."""
    value = value() if callable(value) and not isinstance(value, enum.Enum) else value
    if isinstance(value, enum.Enum):
        return value.value
    return value or None if isinstance(value, (list, tuple, dict, str, set, frozenset)) else value


@dataclass(frozen=True)
class Method:
    load: Schema | None
    dump: Schema | None


@cache
def methods() -> Mapping[tuple[str, str], Method]:
    """The RPC methods of all services: (service, method) -> its schemas."""
    by_name = {}
    for name, manifest in installed().items():
        for attribute, value in inspect.getmembers(manifest.service_class(), inspect.isfunction):
            if not any("rpc" in type(each).__module__ for each in getattr(value, "nameko_entrypoints", ())):
                continue
            closed = inspect.getclosurevars(value).nonlocals
            load = closed["loading"]() if "loading" in closed else None
            dump = closed["dumping"]() if "dumping" in closed else None
            by_name[name, attribute] = Method(load, dump)
    return by_name


@dataclass(frozen=True)
class Ask:
    """A call of a service. given: names of its arguments. spread: the variables with further ones; None: an expression
    that cannot be followed.
    """

    service: str
    method: str
    place: str
    given: frozenset[str]
    spread: tuple[str | None, ...]


def asks_in(tree: ast.AST, place: str) -> Iterator[Ask]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"ask", *PAGED}):
            continue
        names = [each.value for each in node.args[:2] if isinstance(each, ast.Constant)]
        if len(names) < 2:
            continue
        given: set[str] = set(PAGING) if node.func.id in PAGED else set()
        spread: list[str | None] = []
        for keyword in node.keywords:
            if keyword.arg is None:
                spread.append(_variable(keyword.value))
            else:
                given.add(keyword.arg)
        third = node.args[2] if len(node.args) > 2 else None
        if isinstance(third, ast.Dict):
            for key, value in zip(third.keys, third.values, strict=True):
                if isinstance(key, ast.Constant):
                    given.add(str(key.value))
                elif key is None:
                    spread.append(_variable(value))
        elif third is not None:
            spread.append(_variable(third))
        yield Ask(str(names[0]), str(names[1]), f"{place}:{node.lineno}", frozenset(given), tuple(spread))


def _variable(node: ast.expr) -> str | None:
    return node.id if isinstance(node, ast.Name) else None


def modules(package: ModuleType) -> Iterator[ModuleType]:
    for each in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(each.name)


def calls() -> Iterator[Difference]:
    """Every call that the gateway makes: is there such a method, and does it take these arguments?"""
    for package in (api, web):
        for module in modules(package):
            path = Path(str(module.__file__))
            for ask in asks_in(ast.parse(path.read_text(encoding="utf-8")), path.name):
                yield from _compare_call(ask)


def _compare_call(ask: Ask) -> Iterator[Difference]:
    label = f"{ask.place} {ask.service}.{ask.method}"
    method = methods().get((ask.service, ask.method))
    if method is None:
        yield Difference(label, "call", (), "name", "called", "no such method")
        return
    arguments = {each.data_key or name: each for name, each in method.load.load_fields.items()} if method.load else {}
    for name in sorted(ask.given - arguments.keys()):
        yield Difference(label, "call", (name,), "name", "given", "no such argument")
    if not ask.spread:
        for name in sorted({name for name, each in arguments.items() if each.required} - ask.given):
            yield Difference(label, "call", (name,), "required", "not given", "required")


def all_operations() -> Iterator[operations.Operation]:
    for module in modules(api):
        for value in vars(module).values():
            if isinstance(value, operations.Blueprint) and value.import_name == module.__name__:
                # A derived route has one declaration.
                yield from (each for each in value.operations if each.view.__module__ == module.__name__)


def differences() -> Iterator[Difference]:
    yield from calls()
    for operation in all_operations():
        yield from compare_operation(operation)


def compare_operation(operation: operations.Operation) -> Iterator[Difference]:
    label = f"{operation.method} {operation.rule}"
    source = textwrap.dedent(inspect.getsource(operation.view))
    asks = list(asks_in(ast.parse(source), operation.view.__module__))
    if not asks and BY_CONTRACT.search(source):
        return  # it has one declaration, and mypy checks its arguments
    if len(asks) != 1:
        yield Difference(label, "view", (), "calls", len(asks), 1)
        return
    (ask,) = asks
    method = methods().get((ask.service, ask.method))
    if method is None:
        return
    body = operation.taken.schema() if isinstance(operation.taken, bodies.Json) else None
    query = operation.query() if operation.query else None
    for part, schema in (("body", body), ("query", query)):
        if part in ask.spread and schema is not None and method.load is not None:
            comparison = Comparison(label, part, ask.service)
            known = set(ask.given) if None not in ask.spread else {*ask.given, *method.load.load_fields}
            yield from comparison.schemas(schema, method.load, (), known)
    if isinstance(operation.answer, type) and method.dump is not None:
        answer = operation.answer()
        yield from Comparison(label, "answer", ask.service).schemas(_without_envelope(answer, ask.service), method.dump)


def _without_envelope(answer: Schema, service: str) -> Schema:
    """Some answers put what a service gives under the service's name, and leave the cursor outside."""
    envelope = answer.fields.get(service)
    if not isinstance(envelope, fields.Nested):
        return answer
    members = {**envelope.schema.fields, **{name: each for name, each in answer.fields.items() if name != service}}
    return Schema.from_dict(dict(members), name=type(answer).__name__)()


@dataclass(frozen=True)
class Comparison:
    operation: str
    part: str
    service: str

    @property
    def is_input(self) -> bool:
        return self.part != "answer"

    def schemas(
        self, gateway: Schema, service: Schema, path: tuple[str, ...] = (), known: Iterable[str] = ()
    ) -> Iterator[Difference]:
        """known: names that the gateway gives by itself."""
        yield from self._members(self._of_gateway(gateway), self._of_service(service), path, frozenset(known))

    def _of_gateway(self, schema: Schema) -> Mapping[str, fields.Field[Any]]:
        """By the names under which they go to the service."""
        if not self.is_input:
            return {each.data_key or name: each for name, each in schema.fields.items()}
        return {each.attribute or name: each for name, each in schema.load_fields.items()}

    def _of_service(self, schema: Schema) -> Mapping[str, fields.Field[Any]]:
        by_name = schema.load_fields if self.is_input else schema.dump_fields
        return {each.data_key or name: each for name, each in by_name.items()}

    def _members(
        self,
        gateway: Mapping[str, fields.Field[Any]],
        service: Mapping[str, fields.Field[Any]],
        path: tuple[str, ...],
        known: frozenset[str] = frozenset(),
    ) -> Iterator[Difference]:
        for name in sorted(gateway.keys() - service.keys()):
            shape = shape_of(gateway[name], is_input=self.is_input)
            yield self._difference((*path, name), "name", "there", None, in_gateway=shape)
        for name in sorted(service.keys() - gateway.keys() - known):
            shape = shape_of(service[name], is_input=self.is_input)
            yield self._difference((*path, name), "name", None, "there", in_service=shape)
        for name in sorted(gateway.keys() & service.keys()):
            yield from self.field(gateway[name], service[name], (*path, name))

    def field(
        self, gateway: fields.Field[Any], service: fields.Field[Any], path: tuple[str, ...]
    ) -> Iterator[Difference]:
        members = _members_of(gateway, self), _members_of(service, self)
        has_members = members[0] is not None and members[1] is not None
        one, other = (shape_of(each, is_input=self.is_input) for each in (gateway, service))
        for aspect in INPUT if self.is_input else OUTPUT:
            if has_members and aspect in {"kind", "low", "high"}:
                continue  # a map whose keys are few words is an object; it has no number of members
            if getattr(one, aspect) != getattr(other, aspect):
                yield self._difference(path, aspect, getattr(one, aspect), getattr(other, aspect), one, other)
        if self.is_input and one.default is not None and one.default != other.default:
            yield self._difference(path, "default", one.default, other.default, one, other)
        if has_members:
            assert members[0] is not None
            assert members[1] is not None
            yield from self._members(members[0], members[1], path)
        elif isinstance(gateway, fields.List) and isinstance(service, fields.List):
            yield from self.field(gateway.inner, service.inner, (*path, "[]"))
        else:
            values = [each.value_field for each in (gateway, service) if isinstance(each, fields.Dict)]
            if len(values) == 2 and values[0] is not None and values[1] is not None:
                yield from self.field(values[0], values[1], (*path, "{}"))

    def _difference(
        self,
        path: tuple[str, ...],
        aspect: str,
        gateway: object,
        service: object,
        in_gateway: Shape | None = None,
        in_service: Shape | None = None,
    ) -> Difference:
        place = (self.operation, self.part, path, aspect)
        return Difference(*place, gateway, service, self.service, in_gateway, in_service)


def _members_of(field: fields.Field[Any], comparison: Comparison) -> Mapping[str, fields.Field[Any]] | None:
    """The members of an object, or of a map whose keys are the words of a vocabulary."""
    if isinstance(field, fields.Nested):
        is_of_gateway = type(field.schema).__module__.startswith(f"{api.__name__}.")
        of = comparison._of_gateway if is_of_gateway else comparison._of_service
        return of(field.schema)
    if isinstance(field, fields.Dict) and isinstance(field.key_field, fields.Enum) and field.value_field is not None:
        return {str(each.value): field.value_field for each in field.key_field.enum}
    return None


@cache
def vocabularies(service: str) -> frozenset[frozenset[str]]:
    """The sets of words that a service has: its enumerations, and constants with some of their words."""
    package = importlib.import_module(f"services.{service}")
    sets = set()
    for module in modules(package):
        for value in vars(module).values():
            is_enumeration = isinstance(value, type) and issubclass(value, enum.StrEnum)
            if is_enumeration or isinstance(value, (tuple, frozenset)):
                words = list(value)
                if words and all(isinstance(each, str) for each in words):
                    sets.add(frozenset(str(each) for each in words))
    return frozenset(sets)


def _worded(value: object) -> str:
    return str(sorted(value)) if isinstance(value, frozenset) else repr(value)


if __name__ == "__main__":
    for each in differences():
        sys.stdout.write(f"{each}\n")
