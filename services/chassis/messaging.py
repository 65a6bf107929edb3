"""The broker as nameko needs it, without its losses.

`DrainingConsumer` keeps its connection until every message that it took is acknowledged, so that a stop repeats no
work. `Publisher` publishes persistent, confirmed messages on one connection of its own and says when nobody is bound.
`publish_transient` is for requests and replies, which their caller's deadline makes up for: no confirm, not on disk.
Exchanges are declared with nameko's own arguments, so that plain nameko and AMQP clients can publish and subscribe.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import kombu.serialization
import structlog
from kombu import Connection, Exchange, Queue
from kombu.exceptions import ChannelError, OperationalError
from kombu.pools import producers
from nameko.messaging import QueueConsumer

from services.chassis import inproc  # noqa: F401 makes inproc:// known to kombu

RPC_EXCHANGE = Exchange("nameko-rpc", durable=True, type="topic")
DEAD_LETTER_EXCHANGE = Exchange("madang.dead", durable=True, type="direct")
CONFIRM_LIMIT = 10.0
# How often a waiting consumer looks up: the longest that a stop has to wait for it.
LOOK_UP = 0.1

log = structlog.get_logger(__name__)

kombu.serialization.register(
    "cloudevents", json.dumps, json.loads, content_type="application/cloudevents+json", content_encoding="utf-8"
)
ACCEPT = ["json", "cloudevents"]


class Unroutable(Exception):
    """A mandatory message for which no queue is bound."""


class BrokerAway(Exception):
    """The broker cannot be reached or did not confirm."""


def event_exchange(source: str) -> Exchange:
    return Exchange(f"{source}.events", type="topic", durable=True, delivery_mode=2)


def event_queue(source: str, routing_key: str, consumer: str) -> Queue:
    """The queue in which events wait for `consumer` ("service.method"), under nameko's name."""
    service = consumer.split(".")[0]
    return Queue(
        f"evt-{source}-{routing_key}--{consumer}",
        exchange=event_exchange(source),
        routing_key=routing_key,
        durable=True,
        queue_arguments={
            "x-queue-type": "quorum",
            "x-dead-letter-exchange": DEAD_LETTER_EXCHANGE.name,
            "x-dead-letter-routing-key": service,
        },
    )


def dead_letter_queue(service: str) -> Queue:
    """What the broker itself gave up delivering to `service`."""
    return Queue(
        f"dead.{service}",
        exchange=DEAD_LETTER_EXCHANGE,
        routing_key=service,
        durable=True,
        queue_arguments={"x-queue-type": "quorum"},
    )


def rpc_queue(service: str) -> Queue:
    return Queue(f"rpc-{service}", exchange=RPC_EXCHANGE, routing_key=f"{service}.*", durable=True)


def connection(uri: str, *, confirmed: bool) -> Connection:
    return Connection(uri, transport_options={"confirm_publish": confirmed}, connect_timeout=5)


def broker_errors(of: Connection) -> tuple[type[BaseException], ...]:
    return (*of.connection_errors, *of.channel_errors, OperationalError, OSError)


class Publisher:
    """Publishes envelopes that are JSON already, one after another. Not to be shared between greenlets."""

    def __init__(self, uri: str) -> None:
        self._connection = connection(uri, confirmed=True)
        self._producer: Any = None

    def publish(self, body: str, exchange: str, routing_key: str, *, mandatory: bool) -> None:
        """Raises Unroutable (mandatory only) or BrokerAway; returns when the broker has the message safe."""
        try:
            self._open().publish(
                body.encode(),
                exchange=exchange,
                routing_key=routing_key,
                content_type="application/json",
                content_encoding="utf-8",
                delivery_mode=2,
                mandatory=mandatory,
                retry=False,
                confirm_timeout=CONFIRM_LIMIT,
            )
        except ChannelError as error:
            self.close()
            if "NO_ROUTE" in str(error):
                raise Unroutable(f"{exchange}/{routing_key}") from error
            raise BrokerAway(str(error)) from error
        except broker_errors(self._connection) as error:
            self.close()
            raise BrokerAway(f"{type(error).__name__}: {error}") from error

    def close(self) -> None:
        self._producer = None
        try:
            self._connection.release()
        except broker_errors(self._connection) as error:
            log.debug("publisher_closed_badly", error=str(error))

    def _open(self) -> Any:
        if self._producer is None:
            self._producer = self._connection.clone().Producer(auto_declare=False)
            self._connection = self._producer.connection
        return self._producer


@contextmanager
def _transient_producer(uri: str) -> Iterator[Any]:
    pool = connection(uri, confirmed=False)
    try:
        with producers[pool].acquire(block=True) as producer:
            yield producer
    except broker_errors(pool) as error:
        raise BrokerAway(f"{type(error).__name__}: {error}") from error


def publish_transient(uri: str, payload: Any, routing_key: str, **properties: Any) -> None:
    """Publishes on the RPC exchange, not on disk and without a confirm. Raises BrokerAway."""
    with _transient_producer(uri) as producer:
        producer.publish(
            payload,
            exchange=RPC_EXCHANGE,
            routing_key=routing_key,
            serializer="json",
            delivery_mode=1,
            retry=True,
            retry_policy={"max_retries": 1, "interval_start": 0, "interval_max": 0.2},
            **properties,
        )


class DrainingConsumer(QueueConsumer):
    """nameko's consumer, but its connection outlives the work that came over it."""

    def __init__(self) -> None:
        super().__init__()
        self._taken: set[Any] = set()
        self._connected = False

    @property
    def accept(self) -> list[str]:
        return ACCEPT

    @property
    def is_connected(self) -> bool:
        return self._connected

    @property
    def in_flight(self) -> int:
        return len(self._taken)

    def handle_message(self, provider: Any, body: Any, message: Any) -> None:
        self._taken.add(message)
        super().handle_message(provider, body, message)

    def ack_message(self, message: Any) -> None:
        self._settle(message, super().ack_message)

    def requeue_message(self, message: Any) -> None:
        self._settle(message, super().requeue_message)

    def reject_message(self, message: Any) -> None:
        """To the dead letters of the queue, or nowhere when it has none."""
        self._settle(message, lambda each: each.reject() if each.channel.connection else None)

    def give_up_message(self, message: Any) -> None:
        """Neither acknowledged nor returned: the broker delivers it again when the connection is gone."""
        self._taken.discard(message)

    def _settle(self, message: Any, how: Any) -> None:
        try:
            how(message)
        except broker_errors(self.connection) as error:
            # The broker has taken it back with the connection and will deliver it again.
            log.warning("acknowledgement_lost", error=str(error))
        finally:
            self.give_up_message(message)

    def on_iteration(self) -> None:
        self._cancel_consumers_if_requested()
        if not self._consumers and not self._taken:
            self.should_stop = True

    def on_decode_error(self, message: Any, exc: Exception) -> None:
        provider = next((each for each in self._providers if self._consumes(each, message)), None)
        log.error("message_unreadable", routing_key=message.delivery_info.get("routing_key"), error=str(exc))
        if provider is not None and hasattr(provider, "handle_unreadable"):
            self._taken.add(message)
            self.container.spawn_managed_thread(lambda: provider.handle_unreadable(message, str(exc)))
        else:
            message.reject()

    def on_consume_ready(self, connection: Any, channel: Any, consumers: Any, **kwargs: Any) -> None:
        self._connected = True
        super().on_consume_ready(connection, channel, consumers, **kwargs)

    def on_connection_error(self, exc: Exception, interval: float) -> None:
        self._connected = False
        log.warning("broker_away", error=str(exc), retry_in=interval)

    def on_connection_revived(self) -> None:
        # What was taken over the lost connection is the broker's again.
        self._taken.clear()

    def consume(self, limit: Any = None, timeout: Any = None, safety_interval: float = LOOK_UP, **kwargs: Any) -> Any:
        return super().consume(limit, timeout, safety_interval, **kwargs)

    def _consumes(self, provider: Any, message: Any) -> bool:
        consumer = self._consumers.get(provider)
        return consumer is not None and message.delivery_info.get("consumer_tag") in consumer._active_tags.values()
