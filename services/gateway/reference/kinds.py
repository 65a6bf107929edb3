"""What a schema says of a value, in a few words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from services.chassis.i18n import msgid as _
from services.gateway.web.words import say

Schema = Mapping[str, Any]

MOST_WORDS = 12
"""More words that a value may be than this are told by their first ones."""
TYPES = {
    "string": _("text"),
    "integer": _("whole number"),
    "number": _("number"),
    "boolean": _("yes or no"),
    "object": _("object"),
}
FORMATS = {
    "date": _("day"),
    "date-time": _("time"),
    "email": _("e-mail address"),
    "binary": _("file"),
}


@dataclass(frozen=True)
class Kind:
    """shape: the name of the shape that it is, or is made of; text stands before it. limits: bounds and words."""

    text: str = ""
    shape: str = ""
    limits: str = ""
    may_be_null: bool = False


def kind_of(schema: Schema, content_types: tuple[str, ...] = ()) -> Kind:
    """content_types: of a body that is no JSON."""
    either = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    nullable = "null" in _types(schema) or len(either) < len(schema.get("anyOf", ()))
    if either:
        first, *others = (kind_of(each) for each in either)
        text = say("%(one)s or %(other)s", one=first.text, other=others[0].text) if others else first.text
        return Kind(text, first.shape, first.limits, nullable)
    if shape := shape_of(schema):
        items = schema.get("type") == "array" or "array" in _types(schema)
        return Kind(say(_("list of")) if items else "", shape, _limits(schema), nullable)
    if content_types and not any("json" in each for each in content_types):
        return Kind(", ".join(content_types))
    return Kind(_simple(schema), "", _limits(schema), nullable)


def shape_of(schema: Schema) -> str:
    """The name of the shape that this is, or of which it is a list."""
    return str(schema.get("$ref") or schema.get("items", {}).get("$ref", "")).rpartition("/")[2]


def _simple(schema: Schema) -> str:
    types = [each for each in _types(schema) if each != "null"]
    if types == ["array"]:
        return say(_("list of %(items)s"), items=_simple(schema.get("items", {})))
    if schema.get("format") in FORMATS:
        return say(FORMATS[schema["format"]])
    return say(TYPES[types[0]]) if types and types[0] in TYPES else say(_("anything"))


def _types(schema: Schema) -> list[str]:
    kind = schema.get("type", [])
    return kind if isinstance(kind, list) else [kind]


def _limits(schema: Schema) -> str:
    return " · ".join(_told(schema))


def _told(schema: Schema) -> Iterator[str]:
    words = [str(each) for each in schema.get("enum") or schema.get("items", {}).get("enum", ()) if each is not None]
    if words:
        yield ", ".join(words[:MOST_WORDS]) + (" …" if len(words) > MOST_WORDS else "")
        return
    for least, most in (("minLength", "maxLength"), ("minimum", "maximum"), ("minItems", "maxItems")):
        if most in schema:
            yield f"{schema.get(least, 0)}–{schema[most]}"
    if "default" in schema:
        yield say(_("by default %(value)s"), value=str(schema["default"]).lower())
