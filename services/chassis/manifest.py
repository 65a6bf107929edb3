"""Description of a service for the chassis, to run, migrate and load it. Entry points `madang.services` name them.

A manifest is cheap to import: it names code as "module:name", which is imported at its first use.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # `madang --help` reads manifests, and needs none of these
    from argparse import ArgumentParser, _SubParsersAction

    from marshmallow import Schema
    from sqlalchemy.orm import Session

ENTRY_POINTS = "madang.services"


@dataclass(frozen=True)
class Manifest:
    """Description of a service.

    service: its class.
    migrations: package with Alembic revisions; empty for a service without a database.
    sections: sections of the profile that the service reads, with their schemas.
    build: function that builds the typed profile from the loaded sections.
    apply: function that writes the typed profile to tables.
    events: module with its EventTypes.
    greeting: lines that `madang run` prints.
    commands: functions that add commands of the service to the command line.
    is_front: it takes requests of people and calls the other services. It has no RPC and no events, and is drained
    before them.
    max_workers: for a front that needs more than the configured number.
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

    def service_class(self) -> type[object]:
        service: type[object] = _import_object(self.service)
        return service

    def schemas(self) -> dict[str, type[Schema]]:
        """Return the schema of each section."""
        return {name: _import_object(schema) for name, schema in self.sections.items()}

    def typed_profile(self, sections: Mapping[str, object]) -> object:
        """Build the profile as the service reads it. sections: loaded by their schemas."""
        return _import_object(self.build)(sections) if self.build else dict(sections)

    def apply_profile(self, session: Session, profile: object) -> None:
        if self.apply:
            _import_object(self.apply)(session, profile)

    def add_commands(self, commands: _SubParsersAction[ArgumentParser]) -> None:
        for add in self.commands:
            _import_object(add)(commands)


class UnknownService(Exception):
    """No service of this name is installed."""


def service_names() -> frozenset[str]:
    """Return the names of all services, including those whose code is not in this installation."""
    return frozenset(entry_points(group=ENTRY_POINTS).names)


def installed() -> dict[str, Manifest]:
    """Return the services whose code is in this installation, by name. An image may contain a single service."""
    points = entry_points(group=ENTRY_POINTS)
    return {point.name: point.load() for point in points if find_spec(point.module.rpartition(".")[0])}


def named(name: str) -> Manifest:
    """Return the manifest of a service. Raises UnknownService, with the names of the installed services."""
    services = installed()
    if name not in services:
        raise UnknownService(f"there is no service {name!r}; there are: {', '.join(sorted(services))}")
    return services[name]


def _import_object(reference: str) -> Any:
    """Import and return the object at "module:name"."""
    module, _, name = reference.partition(":")
    return getattr(import_module(module), name)
