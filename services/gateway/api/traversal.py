"""Traversal of an OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield path, method and operation, in the document's order."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method != "parameters":
                yield path, method.upper(), operation


def schema_of(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the schema of the body of a request or an answer; empty if it has none."""
    content = body.get("content", {})
    return next((each["schema"] for each in content.values() if "schema" in each), {})
