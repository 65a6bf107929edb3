"""A page of a list, as it goes to whoever asked: {items, next_cursor}."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, TypeVar

Row = TypeVar("Row")


def page(
    found: Sequence[Row], limit: int, view: Callable[[Row], Any], key: Callable[[Row], Any] = attrgetter("id")
) -> dict[str, Any]:
    """found: one more than the limit where there are more. key: what the list goes on after, of the last one shown."""
    shown = found[:limit]
    return {"items": [view(each) for each in shown], "next_cursor": str(key(shown[-1])) if len(found) > limit else None}
