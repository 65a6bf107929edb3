"""The suite's own RabbitMQ and PostgreSQL keep what they promise. Each test talks to real servers."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from kombu import Connection, Exchange, Queue
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from tests import servers
from tests.servers.home import ROOT
from tests.servers.programs import Package, path_of
from tests.waiting import wait_until

pytestmark = pytest.mark.servers

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module", autouse=True)
def _running() -> None:
    servers.start_all()


@pytest.fixture
def broker() -> servers.RabbitMQ:
    found = servers.rabbitmq()
    if not isinstance(found, servers.RabbitMQ):
        pytest.skip("the broker of TEST_AMQP_URI is not ours to stop")
    return found


@pytest.fixture
def database_server() -> servers.PostgreSQL:
    found = servers.postgres()
    if not isinstance(found, servers.PostgreSQL):
        pytest.skip("the server of TEST_DATABASE_URL is not ours to stop")
    return found


@pytest.fixture
def vhost(broker: servers.RabbitMQ) -> Iterator[str]:
    uri = broker.fresh_vhost()
    yield uri
    broker.drop_vhost(uri)


@pytest.fixture
def database(database_server: servers.PostgreSQL) -> Iterator[str]:
    url = database_server.create_database()
    yield url
    database_server.drop_database(url)


def test_a_message_published_in_one_vhost_is_not_seen_in_another(broker: servers.RabbitMQ, vhost: str) -> None:
    other = broker.fresh_vhost()
    publish(vhost, "kept here")
    declare(other)
    assert [take(other), take(vhost)] == [None, "kept here"]
    broker.drop_vhost(other)


def test_a_dropped_vhost_takes_no_more_connections(broker: servers.RabbitMQ) -> None:
    uri = broker.fresh_vhost()
    broker.drop_vhost(uri)
    with Connection(uri) as connection, pytest.raises(connection.connection_errors):
        connection.connect()


@pytest.mark.parametrize("kind", ["classic", "quorum"])
def test_queues_counts_messages_and_consumers(broker: servers.RabbitMQ, vhost: str, kind: str) -> None:
    publish(vhost, "one", kind)
    publish(vhost, "two", kind)
    assert list(broker.queues(vhost)) == ["letters"]
    wait_until(lambda: counted(broker, vhost) == (2, 0))
    with Connection(vhost) as connection, connection.Consumer(letters(kind), callbacks=[lambda _body, _message: None]):
        wait_until(lambda: counted(broker, vhost) == (2, 1))


@pytest.mark.slow
def test_a_persistent_message_survives_when_the_broker_is_killed(broker: servers.RabbitMQ) -> None:
    vhosts = {kind: broker.fresh_vhost() for kind in ("classic", "quorum")}
    for kind, vhost in vhosts.items():
        declare(vhost, kind)
    time.sleep(2)  # a quorum queue that is younger than a second does not survive: see RabbitMQ.kill
    for kind, vhost in vhosts.items():
        publish(vhost, "still here", kind)
    killed = broker.pid
    broker.kill()
    assert broker.pid is None
    broker.start()
    assert broker.pid not in (None, killed)
    for kind, vhost in vhosts.items():
        assert take(vhost, kind) == "still here"
        broker.drop_vhost(vhost)


@pytest.mark.slow
def test_publishers_are_held_back_only_while_the_memory_alarm_is_on(broker: servers.RabbitMQ, vhost: str) -> None:
    heard: list[str] = []
    listening = {"on_blocked": lambda _reason: heard.append("blocked"), "on_unblocked": lambda: heard.append("free")}
    declare(vhost)
    with Connection(vhost, transport_options=listening) as connection:
        broker.set_memory_alarm(True)
        connection.Producer().publish("held back", exchange=Exchange("letters"))
        connection.drain_events(timeout=60)
        assert (heard, take(vhost)) == (["blocked"], None)
        broker.set_memory_alarm(False)
        connection.drain_events(timeout=60)
    assert (heard, take(vhost)) == (["blocked", "free"], "held back")


def test_a_created_database_works_through_sqlalchemy(database: str) -> None:
    with engine_of(database).begin() as connection:
        connection.execute(text("CREATE EXTENSION btree_gist"))
        connection.execute(text("CREATE TABLE rooms (name text)"))
        connection.execute(text("INSERT INTO rooms VALUES ('배움터')"))
    with engine_of(database).connect() as connection:
        assert connection.execute(text("SELECT name FROM rooms")).scalars().all() == ["배움터"]


def test_databases_do_not_see_each_other(database_server: servers.PostgreSQL, database: str) -> None:
    other = database_server.create_database()
    with engine_of(database).begin() as connection:
        connection.execute(text("CREATE TABLE rooms (name text)"))
    with engine_of(other).connect() as connection:
        assert connection.execute(text("SELECT to_regclass('rooms')")).scalar_one() is None
    database_server.drop_database(other)


def test_the_database_server_keeps_what_was_committed_when_it_crashes(
    database_server: servers.PostgreSQL, database: str
) -> None:
    with engine_of(database).begin() as connection:
        commits = connection.execute(text("SHOW synchronous_commit")).scalar_one()
        connection.execute(text("CREATE TABLE rooms AS SELECT 'kept' AS name"))
    database_server.kill()
    database_server.start()
    with engine_of(database).connect() as connection:
        names = connection.execute(text("SELECT name FROM rooms")).scalars().all()
    assert (commits, names) == ("on", ["kept"])


def test_killed_connections_are_cut_and_new_ones_work(database_server: servers.PostgreSQL, database: str) -> None:
    with engine_of(database).connect() as connection:
        connection.execute(text("SELECT 1"))
        assert database_server.kill_connections(database) == 1
        with pytest.raises(OperationalError):
            connection.execute(text("SELECT 1"))
    assert database_server.kill_connections(database) == 0
    with engine_of(database).connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1


def test_a_dropped_database_is_gone_even_while_somebody_is_connected(database_server: servers.PostgreSQL) -> None:
    url = database_server.create_database("left_open")
    with engine_of(url).connect() as connection:
        connection.execute(text("SELECT 1"))
        database_server.drop_database(url)
        with pytest.raises(OperationalError):
            connection.execute(text("SELECT 1"))
    with pytest.raises(OperationalError, match="does not exist"):
        engine_of(url).connect()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["rabbitmq", "postgres"])
def test_stop_leaves_no_process_behind(
    name: str, broker: servers.RabbitMQ, database_server: servers.PostgreSQL
) -> None:
    server = broker if name == "rabbitmq" else database_server
    assert server.pid is not None
    before = children(os.getpid())
    ours = {server.pid} | offspring(server.pid)
    server.stop()
    assert server.pid is None
    wait_until(lambda: not any(map(is_alive, ours)))
    server.start()
    assert len(children(os.getpid())) == len(before)


@pytest.mark.slow
def test_servers_of_a_monkey_patched_process_end_with_it_even_when_it_is_killed() -> None:
    """The other process starts both, uses both from greenlets, says so, and waits to be killed."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("TEST_")}
    with subprocess.Popen([sys.executable, "-c", PATCHED], cwd=REPOSITORY, env=own, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        pids = {int(word) for word in other.stdout.readline().split()}
        ours = pids | offspring(other.pid)
        assert len(pids) == 2
        assert all(map(is_alive, ours))
        other.send_signal(signal.SIGKILL)
    wait_until(lambda: not any(map(is_alive, ours)))
    wait_until(lambda: not (ROOT / str(other.pid)).exists())


PATCHED = """
import warnings; warnings.simplefilter("ignore")
import eventlet; eventlet.monkey_patch(psycopg=True)
from tests import servers
servers.start_all()
broker, server = servers.rabbitmq(), servers.postgres()
used = [eventlet.spawn(work) for work in (broker.fresh_vhost, server.create_database)]
assert len({greenlet.wait() for greenlet in used}) == 2
print(broker.pid, server.pid, flush=True)
eventlet.sleep(600)
"""


def test_servers_of_somebody_else_are_used_but_not_stopped(
    broker: servers.RabbitMQ, database_server: servers.PostgreSQL
) -> None:
    their_broker = servers.ExternalRabbitMQ(broker.uri, broker.management_url)
    their_server = servers.ExternalPostgreSQL(database_server.url)
    uri, url = their_broker.fresh_vhost(), their_server.create_database()
    publish(uri, "seen")
    assert take(uri) == "seen"
    with engine_of(url).connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1
    for refused in (their_broker.stop, their_broker.restart, their_broker.kill, their_server.stop, their_server.kill):
        with pytest.raises(servers.ServerNotOurs, match="unset the variable"):
            refused()
    their_broker.close()
    their_server.close()
    with Connection(uri) as gone, pytest.raises(gone.connection_errors):
        gone.connect()
    with pytest.raises(OperationalError, match="does not exist"):
        engine_of(url).connect()


def test_somebody_elses_broker_without_a_management_api_has_one_vhost_for_all() -> None:
    broker = servers.ExternalRabbitMQ("amqp://guest:guest@127.0.0.1:5672//")
    assert broker.fresh_vhost() == broker.uri
    with pytest.raises(servers.ServerNotOurs, match="TEST_AMQP_MANAGEMENT_URL"):
        broker.queues(broker.uri)


def test_a_missing_program_is_named_with_what_to_do() -> None:
    package = Package("some-package", ("no-such-program",), (), "TEST_SOME_URI")
    with pytest.raises(servers.ServersMissing) as refusal:
        path_of(package, "no-such-program")
    assert str(refusal.value) == (
        "These programs are missing: no-such-program (Debian package some-package). Install them (as root: apt-get "
        "install some-package), or name what is to be used instead in TEST_SOME_URI; the tests that need no "
        "server run with `make test-embedded`."
    )


def letters(kind: str = "classic") -> Queue:
    return Queue("letters", Exchange("letters"), durable=True, queue_arguments={"x-queue-type": kind})


def declare(uri: str, kind: str = "classic") -> None:
    with Connection(uri) as connection:
        letters(kind)(connection.default_channel).declare()


def publish(uri: str, body: str, kind: str = "classic") -> None:
    """Returns once the broker has confirmed that the message is kept."""
    with Connection(uri, transport_options={"confirm_publish": True}) as connection:
        connection.Producer().publish(
            body, exchange=Exchange("letters"), declare=[letters(kind)], delivery_mode=2, confirm_timeout=10
        )


def take(uri: str, kind: str = "classic") -> str | None:
    with Connection(uri) as connection:
        message = letters(kind)(connection.default_channel).get(no_ack=True)
        return None if message is None else str(message.decode())


def counted(broker: servers.RabbitMQ, uri: str) -> tuple[int, int]:
    queue = broker.queues(uri)["letters"]
    return queue["messages"], queue["consumers"]


def engine_of(url: str) -> Engine:
    return create_engine(url, poolclass=NullPool)


def children(pid: int) -> set[int]:
    """The processes that the process has started and not yet seen end."""
    return {int(child) for child, parent in parents().items() if parent == pid}


def offspring(pid: int) -> set[int]:
    """The children, and theirs."""
    found = children(pid)
    return found.union(*(offspring(child) for child in found))


def parents() -> dict[int, int]:
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], check=True, capture_output=True, text=True).stdout
    return {int(line.split()[0]): int(line.split()[1]) for line in listed.splitlines()}


def is_alive(pid: int) -> bool:
    """A zombie is dead: it only waits for its parent to look."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True).stdout
    return bool(state) and not state.startswith("Z")
