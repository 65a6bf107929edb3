"""Virtual hosts of a RabbitMQ, and the addresses that name them."""

import uuid
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from tests.servers.management import Management
from tests.servers.process import ServerNotOurs


class VirtualHosts:
    """What the tests do inside a RabbitMQ, whoever runs it."""

    def __init__(self, uri: str, management: Management | None) -> None:
        self._uri = uri
        self._management = management
        self._made: set[str] = set()

    @property
    def uri(self) -> str:
        """The address of the default virtual host."""
        return self._uri

    def fresh_vhost(self) -> str:
        """The address of a new virtual host that nobody else uses; drop_vhost() or the end of the run removes it.

        Without a management API there is no way to make one: the address is then the server's own, shared by all.
        """
        if self._management is None:
            return self._uri
        name = f"test-{uuid.uuid4().hex[:12]}"
        self._management.create_vhost(name, credentials(self._uri)[0])
        self._made.add(name)
        return with_vhost(self._uri, name)

    def drop_vhost(self, uri: str) -> None:
        """The virtual host is gone with all in it. One that fresh_vhost() did not make here is left as it is."""
        name = vhost_of(uri)
        if self._management is not None and name in self._made:
            self._management.delete_vhost(name)
            self._made.discard(name)

    def queues(self, uri: str) -> dict[str, dict[str, Any]]:
        """The queues of the virtual host by name, with `messages`, `messages_ready`, `messages_unacknowledged`,
        `consumers` and whatever else the management API tells.

        Names are exact. Numbers come from statistics that lag: on a node of ours 0.2 s for messages and 1.2 s for
        consumers, on another one five seconds; a queue that has none yet counts 0. So wait for a number, do not look
        once.
        """
        if self._management is None:
            raise ServerNotOurs("queues are read through the management API: give it in TEST_AMQP_MANAGEMENT_URL")
        counts = dict.fromkeys(("messages", "messages_ready", "messages_unacknowledged", "consumers"), 0)
        return {name: {**counts, **queue} for name, queue in self._management.queues(vhost_of(uri)).items()}

    def limit_deliveries(self, uri: str, limit: int) -> None:
        """Quorum queues of the virtual host give up a message that was returned so often, as RabbitMQ 4 does at 20."""
        if self._management is None:
            raise ServerNotOurs("policies are set through the management API: TEST_AMQP_MANAGEMENT_URL")
        self._management.limit_deliveries(vhost_of(uri), limit)

    def close_connections(self, uri: str) -> int:
        """Cuts the connections to the virtual host, and counts them. A younger one than a second may be missed."""
        if self._management is None:
            raise ServerNotOurs("connections are closed through the management API: TEST_AMQP_MANAGEMENT_URL")
        return self._management.close_connections(vhost_of(uri))


def vhost_of(uri: str) -> str:
    """The virtual host that an AMQP address means; `//` and nothing at all mean `/`."""
    return unquote(urlsplit(uri).path[1:]) or "/"


def with_vhost(uri: str, vhost: str) -> str:
    """The same address with another virtual host."""
    return urlunsplit(urlsplit(uri)._replace(path="/" + quote(vhost, safe="")))


def credentials(uri: str) -> tuple[str, str]:
    """User and password of an address; RabbitMQ's own defaults where it has none."""
    parts = urlsplit(uri)
    return unquote(parts.username or "guest"), unquote(parts.password or "guest")
