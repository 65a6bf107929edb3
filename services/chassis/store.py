"""A service's data store inside its container: the database and the profile that is loaded in it.

One Database per service and process, however often its container is started again: SQLite has one connection.
The profile is read again at most PROFILE_AGE seconds after it was loaded anew.
"""

from __future__ import annotations

import time
from typing import Any

from nameko.extensions import DependencyProvider

from services.chassis import data_folder, profile
from services.chassis.config import Config
from services.chassis.db import Database, T, Work
from services.chassis.manifest import Manifest

PROFILE_AGE = 5.0

_databases: dict[str, Database] = {}


class ProfileMissing(Exception):
    """No profile is loaded: run `madang load`."""


def open_database(config: Config, service: str) -> Database:
    """Raises ConfigError: the folder of its file cannot be written."""
    url = config.database_url_of(service)
    if url not in _databases:
        # workers, the relay, timers and health checks each may need a connection at once
        try:
            _databases[url] = Database(url, connections=config.max_workers + 6)
        except OSError as error:  # the folder of an SQLite file
            raise data_folder.unwritable(config.data, error) from error
    return _databases[url]


def provide(database: Database) -> None:
    """Has services use an open database, instead of opening one at the same address."""
    _databases[database.engine.url.render_as_string(hide_password=False)] = database


def close_databases() -> None:
    while _databases:
        _databases.popitem()[1].dispose()


class Store(DependencyProvider):
    """Gives a service `self.store`: `transaction(work)` and `profile`."""

    def setup(self) -> None:
        self.manifest: Manifest = self.container.service_cls.manifest
        self.database = open_database(self.container.config["madang"], self.manifest.name)
        self._profile: Any = None
        self._fingerprint = ""
        self._read_at = 0.0

    def get_dependency(self, worker_ctx: Any) -> Store:
        return self

    def transaction(self, work: Work[T]) -> T:
        return self.database.transaction(work)

    @property
    def profile(self) -> Any:
        """The typed profile. Raises ProfileMissing. Not to be read inside a transaction: it may begin one."""
        if time.monotonic() - self._read_at > PROFILE_AGE:
            self._read()
        return self._profile

    def confirm(self, fingerprint: str | None) -> None:
        """This is the fingerprint of the profile that is loaded now: if it is ours, ours need not be read again."""
        if fingerprint is not None and fingerprint == self._fingerprint:
            self._read_at = time.monotonic()

    def _read(self) -> None:
        found = self.database.transaction(profile.stored)
        if found is None:
            raise ProfileMissing(f"{self.manifest.name} has no profile")
        fingerprint, content = found
        if fingerprint != self._fingerprint:
            self._profile, self._fingerprint = profile.typed(self.manifest, content), fingerprint
        self._read_at = time.monotonic()


def store_of(container: Any) -> Store:
    """The store of a container, for its other extensions. It is set up before any of them is started."""
    return next(each for each in container.dependencies if isinstance(each, Store))
