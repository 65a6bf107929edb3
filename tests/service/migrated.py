"""Databases that are migrated already: each is a copy of one that this process has migrated before any test's."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from services.chassis import migrate
from services.chassis.db import Database
from services.chassis.manifest import Manifest, named
from tests import servers


def on_postgresql(manifest: Manifest) -> str:
    """The address of a new one."""
    return servers.postgres().create_database(like=_on_postgresql(manifest.name))


def on_sqlite(manifest: Manifest, path: Path) -> None:
    """A new one is at `path`, if the service has any database."""
    if manifest.has_database:
        shutil.copyfile(_on_sqlite(manifest.name), path)


@cache
def _on_postgresql(service: str) -> str:
    url = servers.postgres().create_database()
    _migrate(url, service)
    return url


@cache
def _on_sqlite(service: str) -> Path:
    path = Path(tempfile.mkdtemp(), f"{service}.db")
    _migrate(f"sqlite:///{path}", service)
    return path


def _migrate(url: str, service: str) -> None:
    manifest = named(service)
    if manifest.has_database:
        database = Database(url)
        migrate.upgrade(database, manifest)
        database.dispose()
