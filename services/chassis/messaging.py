"""The broker as nameko needs it, without its losses.

`DrainingConsumer` keeps its connection until every message that it took is acknowledged, so that a stop repeats no
work; `AnswerConsumer` is for what needs no acknowledgement. Publishing is in publishing.py.
Exchanges are declared with nameko's own arguments, so that plain nameko and AMQP clients can publish and subscribe.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import kombu.serialization
import structlog
from kombu import Connection, Exchange, Queue, binding
from kombu.exceptions import OperationalError
from nameko.messaging import QueueConsumer

from services.chassis import inproc  # noqa: F401 makes inproc:// known to kombu

RPC_EXCHANGE = Exchange("nameko-rpc", durable=True, type="topic")
DEAD_LETTER_EXCHANGE = Exchange("madang.dead", durable=True, type="direct")
log = structlog.get_logger(__name__)

kombu.serialization.register(
    "cloudevents", json.dumps, json.loads, content_type="application/cloudevents+json", content_encoding="utf-8"
)
ACCEPT = ["json", "cloudevents"]


class BrokerAway(Exception):
    """The broker cannot be reached or did not confirm."""


def event_exchange(source: str) -> Exchange:
    return Exchange(f"{source}.events", type="topic", durable=True, delivery_mode=2)


OUTSIDE = "outside"
"""The source of events that any of the configured outside services may publish."""


def event_queue(source: str, routing_key: str, consumer: str, outside_sources: Sequence[str] = ()) -> Queue:
    """The queue in which events wait for `consumer` ("service.method"), under nameko's name.

    From OUTSIDE it is bound to the exchange of every outside source.
    """
    service = consumer.split(".")[0]
    sources = outside_sources if source == OUTSIDE else [source]
    return Queue(
        f"evt-{source}-{routing_key}--{consumer}",
        bindings=[binding(event_exchange(each), routing_key=routing_key) for each in sources],
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


def connection(uri: str) -> Connection:
    return Connection(uri, connect_timeout=5)


def broker_errors(of: Connection) -> tuple[type[BaseException], ...]:
    return (*of.connection_errors, *of.channel_errors, OperationalError, OSError)


class DrainingConsumer(QueueConsumer):
    """nameko's consumer, but its connection outlives the work that came over it."""

    look_up = 0.1
    """How often a waiting consumer looks up, in seconds: the longest that a stop has to wait for it."""

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
        remedy = "start it, or correct AMQP_URI"
        log.warning("broker_away", error=str(exc), remedy=remedy, retry_in=interval)

    def on_connection_revived(self) -> None:
        # What was taken over the lost connection is the broker's again.
        self._taken.clear()

    def consume(
        self, limit: Any = None, timeout: Any = None, safety_interval: float | None = None, **kwargs: Any
    ) -> Any:
        return super().consume(limit, timeout, safety_interval or self.look_up, **kwargs)

    def _consumes(self, provider: Any, message: Any) -> bool:
        consumer = self._consumers.get(provider)
        return consumer is not None and message.delivery_info.get("consumer_tag") in consumer._active_tags.values()


class AnswerConsumer(DrainingConsumer):
    """For messages that are not acknowledged, since nobody could use them a second time. Handled where they arrive."""

    def handle_message(self, provider: Any, body: Any, message: Any) -> None:
        provider.handle_message(body, message)

    def on_decode_error(self, message: Any, exc: Exception) -> None:
        log.error("message_unreadable", routing_key=message.delivery_info.get("routing_key"), error=str(exc))
