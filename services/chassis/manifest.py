"""What the chassis must know of a service to run, migrate and load it. Found through the `madang.services` entry
points.

A manifest is cheap to import: the service itself is imported only where it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from marshmallow import Schema
from sqlalchemy.orm import Session

ENTRY_POINTS = "madang.services"


@dataclass(frozen=True)
class Manifest:
    """service: "module:Class". migrations: package with Alembic revisions, empty for a service without a database.

    sections: the parts of the profile that the service reads, with their schemas. build: makes the typed profile of
    what the schemas loaded. apply: writes what of the profile has to stand in tables. events: the module with its
    EventTypes. greeting: lines that `madang run` prints. commands: each adds a command of the service's own to the
    command line. is_front: it takes people's requests and asks the other services; it has no RPC and no events, and is
    drained before them. max_workers: of a front, if it works on more at once than the configured number.
    """

    name: str
    service: str
    migrations: str = ""
    sections: Mapping[str, type[Schema]] = field(default_factory=dict)
    build: Callable[[Mapping[str, Any]], Any] = dict
    apply: Callable[[Session, Any], None] | None = None
    events: str = ""
    greeting: tuple[str, ...] = ()
    commands: tuple[Callable[[Any], None], ...] = ()
    is_front: bool = False
    max_workers: int = 0

    @property
    def has_database(self) -> bool:
        return bool(self.migrations)

    def service_class(self) -> type[Any]:
        module, _, name = self.service.partition(":")
        return getattr(import_module(module), name)


class UnknownService(Exception):
    """There is no service of this name in this installation."""


def installed() -> dict[str, Manifest]:
    """All services of this installation, by name."""
    return {point.name: point.load() for point in entry_points(group=ENTRY_POINTS)}


def named(name: str) -> Manifest:
    """Raises UnknownService, naming those that there are."""
    services = installed()
    if name not in services:
        raise UnknownService(f"there is no service {name!r}; there are: {', '.join(sorted(services))}")
    return services[name]
