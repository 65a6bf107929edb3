"""A private PostgreSQL server for the tests, and what they do inside any."""

import os
import signal
import subprocess
import uuid

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from tests.servers.accounts import unprivileged
from tests.servers.home import make_home, remove_home
from tests.servers.ports import free_ports
from tests.servers.process import Process, ServerFailed
from tests.servers.programs import POSTGRESQL, ensure, path_of


class Databases:
    """What the tests do inside a PostgreSQL, whoever runs it. The role of the address must be allowed to do it."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        # No pool: a connection that is kept would meet each restart of the server as an error.
        self._engine = create_engine(
            self._url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 60}
        )
        self._made: set[str] = set()

    @property
    def url(self) -> str:
        """The address of the database that the others are made from, as a role that may make them."""
        return shown(self._url)

    def create_database(self, name: str | None = None, *, like: str | None = None) -> str:
        """The SQLAlchemy address of a new database; drop_database() or the end of the run removes it.

        Without a name it gets one that nobody else has; a name that is taken is an error. It is empty, or a copy of the
        one at the address `like`, to which nobody may be connected.
        """
        name = name or f"test_{uuid.uuid4().hex[:12]}"
        # Unlike template1, template0 has no sessions, so databases can be made at the same time.
        template = self._quoted(name_in(like) if like else "template0")
        self._do(f"CREATE DATABASE {self._quoted(name)} TEMPLATE {template}")
        self._made.add(name)
        return shown(self._url.set(database=name))

    def drop_database(self, url: str) -> None:
        """The database is gone, and whoever was connected to it is cut off. One that is not there is fine."""
        name = name_in(url)
        self._do(f"DROP DATABASE IF EXISTS {self._quoted(name)} WITH (FORCE)")
        self._made.discard(name)

    def kill_connections(self, url: str) -> int:
        """Cuts every connection to the database, waits up to five seconds for each to be gone, and counts them."""
        query = text(
            "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
            " WHERE datname = :name AND pid <> pg_backend_pid()"
        )
        with self._engine.connect() as connection:
            cut: int = connection.execute(query, {"name": name_in(url)}).scalar_one()
            return cut

    def _do(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(statement))

    def _quoted(self, name: str) -> str:
        return self._engine.dialect.identifier_preparer.quote_identifier(name)


class PostgreSQL(Databases):
    """A private PostgreSQL with port, socket and data directory of its own; every local user may be its superuser.

    Data live below home.ROOT, or where the server's account can reach them, until close(); they survive stop(),
    restart() and kill() followed by start().
    """

    owned = True

    def __init__(self) -> None:
        ensure(POSTGRESQL)
        [port] = free_ports(1)
        super().__init__(f"postgresql+psycopg2://postgres@127.0.0.1:{port}/postgres")
        self._account = unprivileged()
        self._home = make_home("postgres", self._account)
        self._data = self._home / "data"
        self._server = Process(
            "postgres",
            [path_of(POSTGRESQL, "postgres"), "-D", str(self._data), *self._settings(port)],
            home=self._home,
            environment=self._environment(),
            account=self._account,
            crash_signal=signal.SIGQUIT,  # by SIGKILL the server would leave its sessions and shared memory behind
        )

    @property
    def pid(self) -> int | None:
        """The pid of the server's first process, None while it does not run."""
        return self._server.pid

    def start(self) -> None:
        """Clients can connect on return; ServerFailed after 60 s. A running server is left alone."""
        if not self._data.exists():
            self._initialise()
        self._server.launch()
        self._server.await_ready(self._is_ready)

    def stop(self) -> None:
        """An orderly end that cuts all connections; no process of the server is left, its data stay."""
        self._server.end(signal.SIGINT)

    def restart(self) -> None:
        """stop() and start(): the address stays the same, every connection is cut."""
        self.stop()
        self.start()

    def kill(self) -> None:
        """An end without a checkpoint, as in a crash: start() recovers what was committed from the log."""
        self._server.crash()

    def close(self) -> None:
        """Ends the server at once and removes all its files. It cannot be started again."""
        self._server.crash()
        remove_home(self._home)

    def _is_ready(self) -> bool:
        """As the server itself notes it: a connection could be one to whoever else listens on the port."""
        try:
            notes = (self._data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return notes[:1] == [str(self.pid)] and [note.strip() for note in notes[7:8]] == ["ready"]

    def _initialise(self) -> None:
        """C.UTF-8 is everywhere the same, and knows letters beyond ASCII, which trigram search needs."""
        command = [path_of(POSTGRESQL, "initdb"), "-D", str(self._data), "--username=postgres", "--auth=trust"]
        account = self._account
        done = subprocess.run(
            [*command, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
            cwd=self._home,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
        if done.returncode != 0:
            raise ServerFailed(f"initdb failed:\n{done.stdout}")

    def _settings(self, port: int) -> list[str]:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": f'"{self._home}"',
            "max_connections": 300,
            # Only a machine that dies loses what was not synced, and here it is processes that die. Figures need it on.
            "fsync": os.environ.get("TEST_POSTGRES_FSYNC", "off"),
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        return [argument for name, value in settings.items() for argument in ("-c", f"{name}={value}")]

    def _environment(self) -> dict[str, str]:
        """All of it: no PGDATA or PGPORT of the caller reaches the server."""
        return {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "HOME": str(self._home)}


def name_in(url: str) -> str:
    """The database that the address means."""
    name = make_url(url).database
    if not name:
        raise ValueError("the address names no database")
    return name


def shown(url: URL) -> str:
    """The address as text that can be connected to: with its password."""
    return url.render_as_string(hide_password=False)
