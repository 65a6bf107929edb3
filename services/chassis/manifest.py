"""What the chassis must know of a service to run, migrate and load it. Found through the `madang.services` entry
points.

A manifest is cheap to import: it names code as "module:name", which is imported where it is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # `madang --help` reads manifests, and needs neither
    from marshmallow import Schema
    from sqlalchemy.orm import Session

ENTRY_POINTS = "madang.services"


@dataclass(frozen=True)
class Manifest:
    """service: its class. migrations: package with Alembic revisions, empty for a service without a database.

    sections: the parts of the profile that the service reads, with their schemas. build: makes the typed profile of
    what the schemas loaded. apply: writes what of the profile has to stand in tables. events: the module with its
    EventTypes. greeting: lines that `madang run` prints. commands: each adds a command of the service's own to the
    command line. is_front: it takes people's requests and asks the other services; it has no RPC and no events, and is
    drained before them. max_workers: of a front, if it works on more at once than the configured number.
    """

    name: str
    service: str
    migrations: str = ""
    sections: Mapping[str, str] = field(default_factory=dict)
    build: str = ""
    apply: str = ""
    events: str = ""
    greeting: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    is_front: bool = False
    max_workers: int = 0

    @property
    def has_database(self) -> bool:
        return bool(self.migrations)

    def service_class(self) -> type[Any]:
        service: type[Any] = _named(self.service)
        return service

    def schemas(self) -> dict[str, type[Schema]]:
        """The schema of each section."""
        return {name: _named(schema) for name, schema in self.sections.items()}

    def typed_profile(self, sections: Mapping[str, Any]) -> Any:
        """The profile as the service reads it, from what the schemas loaded."""
        return _named(self.build)(sections) if self.build else dict(sections)

    def apply_profile(self, session: Session, typed: Any) -> None:
        if self.apply:
            _named(self.apply)(session, typed)

    def add_commands(self, commands: Any) -> None:
        for add in self.commands:
            _named(add)(commands)


class UnknownService(Exception):
    """There is no service of this name in this installation."""


def service_names() -> frozenset[str]:
    """Names of all services that there are, also of those whose code is not in this installation."""
    return frozenset(entry_points(group=ENTRY_POINTS).names)


def installed() -> dict[str, Manifest]:
    """All services whose code is in this installation, by name. An image may be built with one service alone."""
    points = entry_points(group=ENTRY_POINTS)
    return {point.name: point.load() for point in points if find_spec(point.module.rpartition(".")[0])}


def named(name: str) -> Manifest:
    """Raises UnknownService, naming those that there are."""
    services = installed()
    if name not in services:
        raise UnknownService(f"there is no service {name!r}; there are: {', '.join(sorted(services))}")
    return services[name]


def _named(reference: str) -> Any:
    """Import and return the object that "module:name" names."""
    module, _, name = reference.partition(":")
    return getattr(import_module(module), name)
