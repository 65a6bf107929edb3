"""One engine per service, one session per piece of work.

`Database.transaction(work)` runs `work(session)` in one transaction, again from the start when the database gave up a
serialization, a deadlock or a race for a constraint: so `work` must touch nothing outside the session, and a constraint
that was hit in a race shows itself the second time as the refusal that the rules give.
PostgreSQL through psycopg2; SQLite with one connection, WAL and BEGIN IMMEDIATE, so that writers queue in the process.
Does not hide the database being away: OperationalError reaches the caller (see `is_away`).
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import URL, CursorResult, Engine, Table, bindparam, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, InvalidatePoolError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from services.chassis.wire import has_arrived

T = TypeVar("T")
Work = Callable[[Session], T]

ATTEMPTS = 6
AGENDA = "agenda"
"""For `wake_after_commit`: something may fall due earlier than was known (agenda.py)."""
_AWAY = {"57P01", "57P02", "57P03", "53300"}
"""Shutting down by an administrator, after a crash, starting up, too many connections."""
_MAPPED = 256 * 1024 * 1024
"""Bytes of an SQLite file that are read as memory: searches over a large one take about half the time."""
_AGAIN = {"40001", "40P01", "23505", "23P01"}
"""Serialization failure, deadlock, unique violation, exclusion violation."""


class Database:
    """The data store of one service. Shared by all of its workers; call `dispose` when done."""

    def __init__(self, url: str, *, connections: int = 14) -> None:
        self.engine = _engine(_with_driver(url), connections)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        self._wakers: dict[str, Callable[[], None]] = {}

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def transaction(self, work: Work[T]) -> T:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with self._sessions() as session:
                    with session.begin():
                        result = work(session)
                    self.wake(*session.info.pop("wake", ()))
                    return result
            except DBAPIError as error:
                if attempt == ATTEMPTS or not _lost_a_race(error):
                    raise
                time.sleep(random.uniform(0, 0.01 * 2**attempt))
        raise AssertionError("unreachable")

    def on_wake(self, name: str, waker: Callable[[], None]) -> None:
        """`waker` is called after each commit of a transaction that asked for `name`."""
        self._wakers[name] = waker

    def wake(self, *names: str) -> None:
        """Lets the workers that are called so look for work at once."""
        for name in names:
            if waker := self._wakers.get(name):
                waker()

    def dispose(self) -> None:
        self.engine.dispose()


def wake_after_commit(session: Session, name: str) -> None:
    """Asks that the worker called `name` looks for work as soon as this transaction is committed."""
    session.info.setdefault("wake", set()).add(name)


def insert_once(session: Session, table: Any, **values: Any) -> bool:
    """Inserts a row unless one with its key is there already. False: it was; whoever is inserting it is waited for."""
    statement = _insert_once(session.get_bind().dialect.name, table, tuple(values))
    return bool(cast("CursorResult[Any]", session.execute(statement, values)).rowcount)


@lru_cache(maxsize=256)
def _insert_once(dialect: str, table: Table, columns: tuple[str, ...]) -> Any:
    # Building a statement costs more than executing it: it is kept for the next time.
    places = {column: bindparam(column, type_=table.c[column].type) for column in columns}
    return (sqlite if dialect == "sqlite" else postgresql).insert(table).values(places).on_conflict_do_nothing()


def insert(session: Session, table: Table) -> Any:
    """An INSERT that knows ON CONFLICT, in the words of the session's database."""
    return (sqlite if session.get_bind().dialect.name == "sqlite" else postgresql).insert(table)


def affected(session: Session, statement: Any, **values: Any) -> int:
    """Executes an INSERT, UPDATE or DELETE. Returns the number of rows that it touched."""
    return int(cast("CursorResult[Any]", session.execute(statement, values)).rowcount)


def is_away(error: BaseException) -> bool:
    """Is the database itself unreachable, rather than the statement wrong?"""
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return any(reason in str(error.orig) for reason in ("locked", "unable to open", "disk"))
    state = _sqlstate(error)
    return bool(error.connection_invalidated) or state is None or state in _AWAY


def _lost_a_race(error: DBAPIError) -> bool:
    return _sqlstate(error) in _AGAIN or "database is locked" in str(error.orig)


def _sqlstate(error: DBAPIError) -> str | None:
    return getattr(error.orig, "pgcode", None)


def _with_driver(text: str) -> URL:
    """`postgresql://` means psycopg2: psycopg 3, which SQLAlchemy would take, stalls greenlets."""
    url = make_url(text)
    return url.set(drivername="postgresql+psycopg2") if url.drivername in {"postgres", "postgresql"} else url


def _engine(url: URL, connections: int) -> Engine:
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url)
    engine = create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,
        # Compiling a statement takes longer than any of ours should run.
        # A dead server must show itself within the time of a call, not of a TCP connection.
        connect_args={"connect_timeout": 5, "options": "-c timezone=UTC -c jit=off"},
    )

    event.listen(engine, "handle_error", _name_no_row)

    @event.listens_for(engine, "checkout")
    def replace_if_cut(connection: Any, _record: Any, _fairy: Any) -> None:
        # pool_pre_ping would ask the server before every transaction; a connection that was cut shows it by itself
        if connection.closed or (has_arrived(connection.fileno()) and not _answers(engine, connection)):
            raise InvalidatePoolError

    return engine


def _name_no_row(context: ExceptionContext) -> None:
    """PostgreSQL tells the row that it refuses, with all that stands in it: errors are logged, and kept beside dead
    letters, where nobody's name and address belong. For the same reason parameters are hidden.
    """
    refused, told = context.original_exception, context.sqlalchemy_exception
    primary = getattr(getattr(refused, "diag", None), "message_primary", None)
    if primary and told is not None:
        refused.args = (primary,)
        told.args = (f"({type(refused).__name__}) {primary}",)


def _answers(engine: Engine, connection: Any) -> bool:
    try:
        return engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error:
        return False


def _sqlite_engine(url: URL) -> Engine:
    path = url.database
    if path and path != ":memory:":
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url, pool_size=1, max_overflow=0, pool_timeout=60, hide_parameters=True, connect_args={"timeout": 10}
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA mmap_size = {_MAPPED}")

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
