"""The contracts as they were released last: `previous.json`, and what breaks a neighbour that still uses them.

At a release, `python -m tests.contracts.previous` writes the file anew.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema

from services.chassis.contract import ABSENT
from services.chassis.contract_schemas import answer_schema, request_schema
from tests.contracts.declarations import operations

FILE = Path(__file__).with_name("previous.json")
NARROWER_IF_LESS = ("maximum", "maxLength", "maxItems")
NARROWER_IF_MORE = ("minimum", "minLength", "minItems")


def described() -> dict[str, Any]:
    """Return JSON schemas of the request and the answer of each operation, by service and name."""
    return {
        f"{each.service}.{each.name}": {
            "request": json_schema(request_schema(each.request)),
            "answer": json_schema(answer_schema(each.answer)) if each.answer is not None else {},
        }
        for each in operations()
    }


def json_schema(schema: type[Schema]) -> dict[str, Any]:
    """Return a JSON schema with nested ones in their places."""
    plugin = MarshmallowPlugin()
    spec = APISpec("contract", "1", "3.1.0", plugins=[plugin])
    functions = plugin.converter.attribute_functions  # ABSENT is no JSON value
    defaults = functions.index(plugin.converter.field2default)
    functions[defaults] = lambda field, **given: (
        {} if field.load_default is ABSENT else plugin.converter.field2default(field, **given)
    )
    spec.components.schema("Whole", schema=schema)
    components = spec.to_dict()["components"]["schemas"]

    def inlined(part: Any) -> Any:
        if isinstance(part, Mapping):
            if "$ref" in part:
                return inlined(components[part["$ref"].rpartition("/")[2]])
            return {name: inlined(each) for name, each in part.items() if name not in {"description", "examples"}}
        return [inlined(each) for each in part] if isinstance(part, list) else part

    return inlined(components["Whole"])  # type: ignore[no-any-return]


def broken_requests(old: Mapping[str, Any], new: Mapping[str, Any], where: str = "") -> Iterator[str]:
    """Yield what an older gateway may send and the service refuses."""
    for name in set(new.get("required", ())) - set(old.get("required", ())):
        yield f"{where}{name} is required now"
    for name in ("maximum", "maxLength", "maxItems"):
        if new.get(name, math.inf) < old.get(name, math.inf):
            yield f"{where} has a lower {name}"
    for name in ("minimum", "minLength", "minItems"):
        if new.get(name, -math.inf) > old.get(name, -math.inf):
            yield f"{where} has a higher {name}"
    for gone in (types_of(old) - types_of(new), set(old.get("enum", ())) - set(new.get("enum", old.get("enum", ())))):
        if gone:
            yield f"{where} no longer takes {', '.join(sorted(map(str, gone)))}"
    for name, each in old.get("properties", {}).items():
        if name not in new.get("properties", {}):
            yield f"{where}{name} is refused now"
        else:
            yield from broken_requests(each, new["properties"][name], f"{where}{name}.")
    if "items" in old and "items" in new:
        yield from broken_requests(old["items"], new["items"], f"{where}[].")


def broken_answers(old: Mapping[str, Any], new: Mapping[str, Any], where: str = "") -> Iterator[str]:
    """Yield what an older gateway needs in an answer and the service does not give."""
    if types_of(new) - types_of(old):
        yield f"{where} may be {', '.join(sorted(types_of(new) - types_of(old)))} now"
    for name, each in old.get("properties", {}).items():
        if name in new.get("properties", {}):
            yield from broken_answers(each, new["properties"][name], f"{where}{name}.")
        elif name in old.get("required", ()) and "null" not in types_of(each):
            yield f"{where}{name} is missing now"
    if "items" in old and "items" in new:
        yield from broken_answers(old["items"], new["items"], f"{where}[].")


def types_of(schema: Mapping[str, Any]) -> set[str]:
    named = schema.get("type", ())
    nullable = any(each.get("type") == "null" for each in schema.get("anyOf", ()))
    return {*([named] if isinstance(named, str) else named), *(["null"] if nullable else [])}


if __name__ == "__main__":
    lines = (
        f"{json.dumps(name)}: {json.dumps(each, ensure_ascii=False)}" for name, each in sorted(described().items())
    )
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n")
