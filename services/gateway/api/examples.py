"""An example of every body, put together from its schema: who begins can send it, or sees what will come back.

Of what is taken it has what is required, and what has an example of its own; of what is given it has everything, with
null for what may be null. The value of a field is the first of its `examples`, else what its name says, else the least
that its kind allows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.api.fields import IDENTIFIER

Schema = Mapping[str, Any]

ID = "01955a5e-7c00-7a3c-9d21-5b0f6c2e8a10"
TEXT = "마을과 함께합니다."
BY_NAME: Mapping[str, Any] = {
    "actor_id": "staff-1",
    "alternatives": [],
    "attendees": 12,
    "capacity": 20,
    "details": {},
    "email": "minji@example.org",
    "locale": "ko",
    "name": "김민지",
    "names": {"ko": "교육장 1", "en": "Classroom 1"},
    "organisation_id": "happy-village",
    "organisation_name": "행복마을 협동조합",
    "person_id": "minji",
    "phone": "010-1234-5678",
    "reason": "신청인이 요청했습니다.",
    "rrule": "FREQ=WEEKLY;COUNT=6",
    "space_id": "edu-1",
    "space_names": {"ko": "교육장 1", "en": "Classroom 1"},
    "title": "마을 모임",
    "unit_id": "office-1",
    "version": 1,
}
BY_FORMAT: Mapping[str, tuple[str, str]] = {
    "date": ("2020-03-20", "2020-03-31"),
    "date-time": ("2020-03-20T10:00:00+09:00", "2020-03-20T12:00:00+09:00"),
}
"""A day or time, and a later one for what ends."""
ENDS = ("end", "ends", "to", "until", "closes", "expires", "last")
KINDS = {str: "string", int: "integer", dict: "object", list: "array"}


def add_to(schemas: dict[str, Any], *, taken: set[str], given: set[str]) -> None:
    """taken, given: the names of the bodies among the document's schemas."""
    made = {name: of(schemas[name], schemas, whole=name in given) for name in sorted(taken | given)}
    for name, example in made.items():
        schemas[name]["examples"] = [example]


def of(schema: Schema, known: Mapping[str, Schema], *, whole: bool, name: str = "") -> Any:
    """whole: with everything that there is."""
    if "examples" in schema:
        return schema["examples"][0]
    if "$ref" in schema:
        return of(known[schema["$ref"].rpartition("/")[2]], known, whole=whole, name=name)
    if whole and may_be_null(schema):
        return None
    if "anyOf" in schema:
        return of(schema["anyOf"][0], known, whole=whole, name=name)
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    if name in BY_NAME and KINDS[type(BY_NAME[name])] == kind:
        return BY_NAME[name]
    if kind == "object":
        return _object(schema, known, whole)
    if kind == "array":
        return [of(schema.get("items", {}), known, whole=whole, name=name.removesuffix("s"))]
    return _text(schema, name) if kind == "string" else _simple(schema, kind)


def may_be_null(schema: Schema) -> bool:
    either = [schema, *schema.get("anyOf", ())]
    return any(each.get("type") == "null" or "null" in _kinds(each) for each in either)


def _kinds(schema: Schema) -> list[str]:
    kind = schema.get("type")
    return kind if isinstance(kind, list) else []


def _object(schema: Schema, known: Mapping[str, Schema], whole: bool) -> dict[str, Any]:
    required = schema.get("required", ())
    return {
        name: of(each, known, whole=whole, name=name)
        for name, each in schema.get("properties", {}).items()
        if whole or name in required or "examples" in each
    }


def _text(schema: Schema, name: str) -> str:
    if schema.get("format") in BY_FORMAT:
        begins, ends = BY_FORMAT[schema["format"]]
        return ends if name.split("_")[0] in ENDS or name.split("_")[-1] in ENDS else begins
    if schema.get("pattern") == IDENTIFIER or name == "id" or name.endswith("_id"):
        return ID
    return TEXT[: schema.get("maxLength", len(TEXT))]


def _simple(schema: Schema, kind: str | None) -> Any:
    """A number, or yes or no. What may be anything is a text."""
    if kind in ("integer", "number"):
        return max(schema.get("minimum", 1), min(1, schema.get("maximum", 1)))
    return {"boolean": True, None: TEXT}[kind]
