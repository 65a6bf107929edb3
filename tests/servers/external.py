"""Servers that somebody else runs: the tests use them, and neither stop nor break them."""

from urllib.parse import urlsplit

from tests.servers.management import Management
from tests.servers.postgres import Databases, shown
from tests.servers.process import ServerNotOurs
from tests.servers.vhosts import VirtualHosts, credentials, with_vhost


class ExternalRabbitMQ(VirtualHosts):
    """The broker of TEST_AMQP_URI. It is used, never stopped; virtual hosts need TEST_AMQP_MANAGEMENT_URL."""

    owned = False
    pid: int | None = None

    def __init__(self, uri: str, management_url: str | None = None) -> None:
        super().__init__(uri, _management(management_url, uri) if management_url else None)

    def start(self) -> None:
        """Nothing to do: it runs."""

    def stop(self) -> None:
        raise _refusal("TEST_AMQP_URI", "stopped")

    def restart(self) -> None:
        raise _refusal("TEST_AMQP_URI", "restarted")

    def kill(self) -> None:
        raise _refusal("TEST_AMQP_URI", "killed")

    def set_memory_alarm(self, on: bool) -> None:
        raise _refusal("TEST_AMQP_URI", "put on alarm" if on else "taken off alarm")

    def close(self) -> None:
        """Removes the virtual hosts that the run made; the broker goes on."""
        for name in list(self._made):
            self.drop_vhost(with_vhost(self._uri, name))


class ExternalPostgreSQL(Databases):
    """The server of TEST_DATABASE_URL. Databases are made on it and removed again; it is never stopped."""

    owned = False
    pid: int | None = None

    def start(self) -> None:
        """Nothing to do: it runs."""

    def stop(self) -> None:
        raise _refusal("TEST_DATABASE_URL", "stopped")

    def restart(self) -> None:
        raise _refusal("TEST_DATABASE_URL", "restarted")

    def kill(self) -> None:
        raise _refusal("TEST_DATABASE_URL", "killed")

    def close(self) -> None:
        """Removes the databases that the run made; the server goes on."""
        for name in list(self._made):
            self.drop_database(shown(self._url.set(database=name)))


def _refusal(variable: str, what: str) -> ServerNotOurs:
    return ServerNotOurs(f"the server of {variable} cannot be {what}: unset the variable for a private one")


def _management(url: str, amqp_uri: str) -> Management:
    """Name and password as in the management address, else as in the broker's."""
    parts = urlsplit(url)
    user, password = credentials(url if parts.username else amqp_uri)
    host = parts.netloc.rpartition("@")[2]
    return Management(f"{parts.scheme}://{host}{parts.path}", user, password)
