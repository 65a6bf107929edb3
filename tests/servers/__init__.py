"""The test suite's own RabbitMQ and PostgreSQL, each started when first asked for and gone at the end of the process.

With TEST_AMQP_URI (and TEST_AMQP_MANAGEMENT_URL) or TEST_DATABASE_URL in the environment it is the server given there
instead, which the tests use but cannot stop: `owned` is then False.

Ask from one thread, the fixtures' own: nothing here is locked, since a lock could not serve threads and eventlet alike.
"""

import atexit
import os

from tests.servers.external import ExternalPostgreSQL, ExternalRabbitMQ
from tests.servers.postgres import PostgreSQL
from tests.servers.process import ServerFailed, ServerNotOurs
from tests.servers.programs import ServersMissing, ensure, wanted
from tests.servers.rabbitmq import RabbitMQ

__all__ = [
    "ExternalPostgreSQL",
    "ExternalRabbitMQ",
    "PostgreSQL",
    "RabbitMQ",
    "ServerFailed",
    "ServerNotOurs",
    "ServersMissing",
    "postgres",
    "rabbitmq",
    "start_all",
]

_rabbitmq: RabbitMQ | ExternalRabbitMQ | None = None
_postgres: PostgreSQL | ExternalPostgreSQL | None = None


def rabbitmq() -> RabbitMQ | ExternalRabbitMQ:
    """The one broker of this process. It runs on return, also when a test has stopped or killed it."""
    broker = _known_rabbitmq()
    broker.start()
    return broker


def postgres() -> PostgreSQL | ExternalPostgreSQL:
    """The one database server of this process. It runs on return, also when a test has stopped it."""
    server = _known_postgres()
    server.start()
    return server


def start_all() -> None:
    """Both run on return. Takes as long as the slower one does alone."""
    ensure(*wanted())
    broker = _known_rabbitmq()
    if isinstance(broker, RabbitMQ):
        broker.launch()
    postgres()
    rabbitmq()


def _known_rabbitmq() -> RabbitMQ | ExternalRabbitMQ:
    global _rabbitmq
    if _rabbitmq is None:
        if uri := os.environ.get("TEST_AMQP_URI"):
            _rabbitmq = ExternalRabbitMQ(uri, os.environ.get("TEST_AMQP_MANAGEMENT_URL"))
        else:
            _rabbitmq = RabbitMQ()
        atexit.register(_close, _rabbitmq, os.getpid())
    return _rabbitmq


def _known_postgres() -> PostgreSQL | ExternalPostgreSQL:
    global _postgres
    if _postgres is None:
        url = os.environ.get("TEST_DATABASE_URL")
        _postgres = ExternalPostgreSQL(url) if url else PostgreSQL()
        atexit.register(_close, _postgres, os.getpid())
    return _postgres


def _close(server: RabbitMQ | ExternalRabbitMQ | PostgreSQL | ExternalPostgreSQL, owner: int) -> None:
    """A forked child ends with the same list of things to do, but the servers are its parent's."""
    if os.getpid() == owner:
        server.close()
