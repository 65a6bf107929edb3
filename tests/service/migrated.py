"""Databases that are migrated already. Each test has one to itself, as new; the next test gets it emptied.

A new database costs hundreds of files, new connections, and statements that are compiled once more.
"""

from __future__ import annotations

import atexit
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import sessionmaker

from services.chassis import migrate
from services.chassis.config import Config
from services.chassis.db import Database
from services.chassis.manifest import Manifest, named
from tests import servers
from tests.servers.home import make_home, remove_home

CONNECTIONS = Config().max_workers + 6
"""As many as the store of a service opens."""

_EMPTY = """
DO $$
DECLARE
    each record;
BEGIN
    SET LOCAL lock_timeout = '10s';
    SET LOCAL session_replication_role = replica; -- neither foreign keys nor triggers keep a row
    FOR each IN SELECT oid::regclass AS name, pg_relation_size(oid) AS size FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version'
    LOOP
        IF each.size > 1000000 THEN
            EXECUTE format('TRUNCATE %s CASCADE', each.name);
        ELSIF each.size > 0 THEN
            EXECUTE format('DELETE FROM %s', each.name);
        END IF;
    END LOOP;
    PERFORM setval(seqrelid, seqstart, false) FROM pg_sequence;
END $$
"""

_SCHEMA = """
SELECT (SELECT array_agg((oid, relname)::text ORDER BY oid) FROM pg_class WHERE relnamespace = 'public'::regnamespace),
    (SELECT array_agg(oid ORDER BY oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace),
    (SELECT array_agg((oid, tgenabled)::text ORDER BY oid) FROM pg_trigger),
    (SELECT array_agg((attrelid, attnum, attname, atttypid, attnotnull)::text ORDER BY attrelid, attnum)
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace)
"""


class Lent(Database):
    """A database for one test: with listeners and wakers of its own, on connections that outlive it."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine.url.render_as_string(hide_password=False))
        self.engine = engine.execution_options()
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    @property
    def url(self) -> str:
        return self.engine.url.render_as_string(hide_password=False)

    def dispose(self) -> None:
        """The connections stay for the next test."""


class _OnPostgreSQL:
    def __init__(self, service: str, connections: int) -> None:
        self.url = servers.postgres().create_database(like=_template_on_postgresql(service))
        self.engine = Database(self.url, connections=connections).engine
        self._schema = self._read_schema()

    def empty(self) -> bool:
        """False: something of the test is left in it."""
        if self.engine.pool.checkedout():
            return False
        try:
            with self.engine.begin() as connection:
                connection.execute(text(_EMPTY))
            return self._read_schema() == self._schema
        except DBAPIError:
            return False

    def remove(self) -> None:
        self.engine.dispose()
        servers.postgres().drop_database(self.url)

    def _read_schema(self) -> object:
        with self.engine.connect() as connection:
            return connection.execute(text(_SCHEMA)).one()


class _OnSQLite:
    def __init__(self, service: str, connections: int) -> None:
        self._template = _template_on_sqlite(service)
        self._path = _directory() / f"{service}-{uuid4().hex[:8]}.db"
        self.engine = Database(f"sqlite:///{self._path}", connections=connections).engine
        self.empty()

    def empty(self) -> bool:
        """False: something of the test is left in it."""
        if self.engine.pool.checkedout():
            return False
        connection = self.engine.raw_connection()
        try:
            with closing(sqlite3.connect(self._template)) as template:
                template.backup(connection.driver_connection)
        except sqlite3.Error:
            return False
        finally:
            connection.close()
        return True

    def remove(self) -> None:
        self.engine.dispose()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self._path}{suffix}").unlink(missing_ok=True)


_KINDS = {"postgresql": _OnPostgreSQL, "sqlite": _OnSQLite}
_free: dict[tuple[str, str, int], list[_OnPostgreSQL | _OnSQLite]] = defaultdict(list)


@contextmanager
def lend(kind: str, service: str, connections: int = CONNECTIONS) -> Iterator[Lent]:
    """A database of `service` as after its migrations. kind: "sqlite" or "postgresql"."""
    free = _free[kind, service, connections]
    database = free.pop() if free else _KINDS[kind](service, connections)
    yield Lent(database.engine)
    if database.empty():
        free.append(database)
    else:
        database.remove()


def copy_to(path: Path, service: str) -> None:
    """A new SQLite database at `path`, for processes."""
    shutil.copyfile(_template_on_sqlite(service), path)


def on_postgresql(manifest: Manifest) -> str:
    """The address of a new one, for processes; whoever asks drops it."""
    return servers.postgres().create_database(like=_template_on_postgresql(manifest.name))


@cache
def _template_on_postgresql(service: str) -> str:
    url = servers.postgres().create_database()
    _migrate(url, service)
    return url


@cache
def _template_on_sqlite(service: str) -> Path:
    path = _directory() / f"{service}.db"
    _migrate(f"sqlite:///{path}", service)
    return path


@cache
def _directory() -> Path:
    home = make_home("sqlite")
    atexit.register(remove_home, home)
    return home


def _migrate(url: str, service: str) -> None:
    manifest = named(service)
    if not manifest.has_database:
        return
    database = Database(url)
    migrate.upgrade(database, manifest)
    with database.engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            if table != "alembic_version":
                rows = connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one()
                assert rows == 0, f"{table} has rows from a migration: a database is no longer as new when it is empty"
    database.dispose()
