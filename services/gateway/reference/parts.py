"""The interface's document, put in the order in which it is read: parts, their operations, the shapes of bodies."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from services.gateway.api import traversal
from services.gateway.reference.kinds import Kind, kind_of, shape_of

OF_EVERY_OPERATION = frozenset({"default", "304", "401", "429", "503"})
"""What is told once, for all."""


@dataclass(frozen=True)
class Field:
    """A parameter (place: where it stands), or a member of a shape."""

    name: str
    kind: Kind
    is_required: bool
    about: str
    place: str = ""


@dataclass(frozen=True)
class Body:
    """shape: by name, where it has one. example: JSON, as it is written."""

    kind: Kind
    example: str


@dataclass(frozen=True)
class Answer:
    status: str
    about: str


@dataclass(frozen=True)
class Shape:
    name: str
    about: str
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Operation:
    """is_public: nobody has to be logged in for it."""

    anchor: str
    method: str
    path: str
    summary: str
    about: str
    is_public: bool
    parameters: tuple[Field, ...]
    request: Body | None
    given: Answer
    answer: Body | None
    refusals: tuple[Answer, ...]


@dataclass(frozen=True)
class Part:
    name: str
    about: str
    operations: tuple[Operation, ...]


class Reference:
    def __init__(self, interface: Mapping[str, Any]) -> None:
        self._interface = interface
        self._schemas: Mapping[str, Any] = interface["components"]["schemas"]

    @property
    def about(self) -> list[str]:
        """In paragraphs."""
        return str(self._interface["info"]["description"]).strip().split("\n\n")

    @cached_property
    def parts(self) -> dict[str, Part]:
        found: dict[str, list[Operation]] = {each["name"]: [] for each in self._interface["tags"]}
        for path, method, told in traversal.operations(self._interface):
            common = self._interface["paths"][path].get("parameters", [])
            found[told["tags"][0]].append(self._operation(path, method, told, common))
        about = {each["name"]: each.get("description", "") for each in self._interface["tags"]}
        return {name: Part(name, about[name], tuple(each)) for name, each in found.items()}

    def shapes_of(self, part: Part) -> list[Shape]:
        """Of all its bodies, and of what is in them, by name."""
        named: set[str] = set()
        waiting = [body.kind for each in part.operations for body in (each.request, each.answer) if body]
        waiting += [field.kind for each in part.operations for field in each.parameters]
        while waiting:
            name = waiting.pop().shape
            if name and name not in named:
                named.add(name)
                waiting += [field.kind for field in self._shape(name).fields]
        return [self._shape(name) for name in sorted(named)]

    def _shape(self, name: str) -> Shape:
        schema = self._schemas[name]
        required = schema.get("required", ())
        return Shape(
            name,
            schema.get("description", ""),
            tuple(
                Field(each, kind_of(told), each in required, _about(told))
                for each, told in schema.get("properties", {}).items()
            ),
        )

    def _operation(self, path: str, method: str, told: Mapping[str, Any], common: list[Any]) -> Operation:
        answers = told["responses"]
        success = next(status for status in sorted(answers) if status.startswith("2"))
        return Operation(
            anchor=told["operationId"],
            method=method,
            path=path,
            summary=told.get("summary", ""),
            about=told.get("description", ""),
            is_public={} in told["security"],
            parameters=tuple(self._parameters([*common, *told.get("parameters", ())])),
            request=self._body(told.get("requestBody", {})),
            given=Answer(success, answers[success].get("description", "")),
            answer=self._body(answers[success]),
            refusals=tuple(
                Answer(status, answers[status]["description"])
                for status in sorted(answers)
                if status not in OF_EVERY_OPERATION | {success}
            ),
        )

    def _parameters(self, told: list[Mapping[str, Any]]) -> Iterator[Field]:
        for each in told:
            schema = each["schema"]
            about = each.get("description", "") or _about(schema)
            yield Field(each["name"], kind_of(schema), bool(each.get("required")), about, each["in"])

    def _body(self, body: Mapping[str, Any]) -> Body | None:
        schema = traversal.schema_of(body)
        if not schema:
            return None
        named = self._schemas.get(shape_of(schema), schema)
        examples = named.get("examples", [])
        written = json.dumps(examples[0], ensure_ascii=False, indent=2) if examples else ""
        return Body(kind_of(schema, tuple(body["content"])), written)


def _about(schema: Mapping[str, Any]) -> str:
    return str(schema.get("description", ""))
