"""Things that were made beforehand, since they take weeks of the centre's time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.service.gateway.access.spring import Spring
from tests.service.gateway.access.table import Thing


def kept(name: str) -> Thing:
    """The same one for everybody who asks."""

    @contextmanager
    def thing(world: Spring) -> Iterator[str]:
        yield world.kept[name]

    return thing


def next_of(name: str) -> Thing:
    """Another one for each who changes it; who comes after the last change gets that one."""

    @contextmanager
    def thing(world: Spring) -> Iterator[str]:
        there = world.stock[name]
        yield there.pop() if len(there) > 1 else there[0]

    return thing
