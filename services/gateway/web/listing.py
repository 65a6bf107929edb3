"""Lists of the services on pages: whole, or the part that the address asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Protocol, TypeVar
from urllib.parse import urlencode

from flask import request

from services.chassis.contract import ListRequest, Page
from services.chassis.errors import NotFound
from services.gateway import client
from services.gateway.rpc import ask
from services.gateway.web.shell import found


class Identified(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=Identified)
T = TypeVar("T")
AT_ONCE = 100
SHOWN = 30


def everything(service: str, method: str, **wanted: Any) -> list[Mapping[str, Any]]:
    """A whole list, to choose from or to look into."""
    items: list[Mapping[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        answer = ask(service, method, {"limit": AT_ONCE, **wanted, **cursor})
        items += answer["items"]
        if answer["next_cursor"] is None:
            return items
        cursor = {"cursor": answer["next_cursor"]}


def part(service: str, method: str, **wanted: Any) -> tuple[Mapping[str, Any], str | None]:
    """What the service answers for the part that the address asks for, and the query of the next part."""
    cursor = {"cursor": request.args["cursor"]} if request.args.get("cursor") else {}
    answer = ask(service, method, {"limit": SHOWN, **wanted, **cursor})
    if answer["next_cursor"] is None:
        return answer, None
    kept = {name: value for name, value in request.args.items() if name not in {"cursor", "told"}}
    return answer, "?" + urlencode({**kept, "cursor": answer["next_cursor"]})


def paged(service: str, method: str, **wanted: Any) -> tuple[list[Mapping[str, Any]], str | None]:
    """The items of a part, and the query of the next."""
    answer, older = part(service, method, **wanted)
    return answer["items"], older


def whole(request_: ListRequest[Page[T]]) -> list[T]:
    """Return all items of a list, to choose from or to search."""
    items: list[T] = []
    cursor = None
    while True:
        answer = client.ask(replace(request_, limit=AT_ONCE, cursor=cursor))
        items += answer.items
        if answer.next_cursor is None:
            return items
        cursor = answer.next_cursor


def shown(request_: ListRequest[Page[T]]) -> tuple[list[T], str | None]:
    """Return the page of a list that the address asks for, and the query of the next page."""
    answer = client.ask(replace(request_, limit=SHOWN, cursor=request.args.get("cursor") or None))
    if answer.next_cursor is None:
        return answer.items, None
    kept = {name: value for name, value in request.args.items() if name not in {"cursor", "told"}}
    return answer.items, "?" + urlencode({**kept, "cursor": answer.next_cursor})


def with_id(items: Iterable[Item], key: str) -> Item:
    """Raises NotFound."""
    for each in items:
        if each.id == key:
            return each
    raise NotFound


def one_of(items: Iterable[Mapping[str, Any]], key: str) -> Mapping[str, Any]:
    """Raises NotFound."""
    chosen = next((each for each in items if each["id"] == key), None)
    found(chosen)
    return chosen  # type: ignore[return-value]
