"""How a row of the table is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.service.gateway.access.world import EVERYBODY, World

Thing = Callable[[World], AbstractContextManager[str]]
"""Makes what a path names, as its owner, with World.SECRET in its texts; gives its id; takes it away again."""


@dataclass(frozen=True)
class Row:
    """shows: who is told what is the owner's own affair. beside: things that are there without being in the path. at:
    what stands in the path instead of a thing that is made. of: for a name in the path, the thing that it is, where
    there are several.
    """

    method: str
    path: str
    statuses: Mapping[str, int]
    shows: frozenset[str]
    query: str = ""
    body: Any = None
    beside: tuple[str, ...] = ()
    at: Mapping[str, str] = field(default_factory=dict)
    of: Mapping[str, str] = field(default_factory=dict)
    given: Callable[[World, str], Any] | None = None
    undo: Callable[[World, requests.Response], Any] | None = None
    options: Callable[[], Mapping[str, Any]] = dict
    note: str = ""

    @property
    def things(self) -> dict[str, str]:
        """What has to be made, by the names under which it is known to the row."""
        in_path = (name for name in re.findall(r"{(\w+)}", self.path) if name not in self.at)
        return {name: self.of.get(name, name) for name in (*self.beside, *in_path)}

    @property
    def operation(self) -> str:
        return f"{self.method} {self.path}"

    def __str__(self) -> str:
        return f"{self.operation} {self.note}".strip()


def row(
    operation: str,
    *,
    others: int,
    anonymous: int = 401,
    shows: str = "",
    query: str = "",
    body: Any = None,
    beside: tuple[str, ...] = (),
    at: Mapping[str, str] | None = None,
    of: Mapping[str, str] | None = None,
    given: Callable[[World, str], Any] | None = None,
    undo: Callable[[World, requests.Response], Any] | None = None,
    options: Callable[[], Mapping[str, Any]] = dict,
    note: str = "",
    **roles: int,
) -> Row:
    """What each of EVERYBODY gets: `others` where nothing else is said; the director as staff.

    body: JSON, or what makes it of the world. at: names of the path, and what stands there. given: called before each
    one asks. undo: called after each success. of: names of the path, and the things that they are. options: gives
    more for requests, such as `data` and `headers` of what is signed.
    """
    method, _, path = operation.partition(" ")
    said = {"anonymous": anonymous, **roles}
    said.setdefault("director", said.get("staff", others))
    assert said.keys() <= set(EVERYBODY), said
    seen = set(shows.split())
    assert seen <= set(EVERYBODY), shows
    seen |= {"director"} if "staff" in seen else set()
    statuses = {role: said.get(role, others) for role in EVERYBODY}
    return Row(
        method,
        path,
        statuses,
        frozenset(seen),
        query,
        body,
        beside,
        dict(at or {}),
        dict(of or {}),
        given,
        undo,
        options,
        note,
    )
