"""The broker as nameko needs it, without its losses.

`DrainingConsumer` keeps its connection until every message that it took is acknowledged, so that a stop repeats no
work; `AnswerConsumer` is for what needs no acknowledgement. Publishing is in publishing.py.
Exchanges are declared with nameko's own arguments, so that plain nameko and AMQP clients can publish and subscribe.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import eventlet
import kombu.serialization
import structlog
from eventlet.hubs import get_hub, trampoline
from kombu import Connection, Exchange, Queue, binding
from kombu.exceptions import OperationalError
from nameko.messaging import QueueConsumer

from services.chassis import inproc
from services.chassis.wire import has_arrived

RPC_EXCHANGE = Exchange("nameko-rpc", durable=True, type="topic")
DEAD_LETTER_EXCHANGE = Exchange("madang.dead", durable=True, type="direct")
log = structlog.get_logger(__name__)

kombu.serialization.register(
    "cloudevents", json.dumps, json.loads, content_type="application/cloudevents+json", content_encoding="utf-8"
)
ACCEPT = ["json", "cloudevents"]


AT_ONCE = 0.1
"""Seconds for a message that has begun to arrive. What takes longer is read on in the next turn."""


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
    """nameko's consumer, but its connection outlives the work that came over it.

    It sleeps until a message comes or a stop wakes it, and looks up now and then for the sake of heartbeats.
    """

    look_up = 5.0
    """Seconds. Several times within HEARTBEAT, after which the broker takes a silent consumer for dead."""

    def __init__(self) -> None:
        super().__init__()
        self._taken: set[Any] = set()
        self._connected = False
        self._transport: Any = None
        self._sleeper: Any = None
        self._is_woken = False

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
        if not self._consumers:
            self._wake()  # it stops once nothing is taken

    def unregister_provider(self, provider: Any) -> None:
        # nameko asks its thread to cancel the consumer, and waits until it has looked
        get_hub().schedule_call_global(0, self._wake)
        super().unregister_provider(provider)

    def kill(self) -> None:
        self.should_stop = True
        self._wake()
        super().kill()

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

    def consume(self, limit: Any = None, timeout: Any = None, safety_interval: Any = None, **kwargs: Any) -> Any:
        """As kombu's, without a limit, but a stop wakes it while it waits."""
        with self.consumer_context(**kwargs) as (connection, _, _):
            self._transport = connection.connection
            while True:
                self.on_iteration()
                if self.should_stop:
                    return
                try:
                    self._drain(connection)
                except TimeoutError:
                    connection.heartbeat_check()
                except OSError:
                    if not self.should_stop:
                        raise
                else:
                    yield

    def _drain(self, connection: Any) -> None:
        """Hands on one message. Raises TimeoutError when none came within `look_up` seconds, or when it was woken."""
        if isinstance(self._transport, inproc.Transport):
            connection.drain_events(timeout=self.look_up)
            return
        wire = self._transport.sock
        if not (has_arrived(wire.fileno()) or _has_read_ahead(wire)):
            self._sleep(wire)
        connection.drain_events(timeout=AT_ONCE)

    def _sleep(self, wire: Any) -> None:
        """Until there is something to read."""
        if self._is_woken:
            self._is_woken = False
            raise TimeoutError
        self._sleeper = eventlet.getcurrent()
        try:
            trampoline(wire, read=True, timeout=self.look_up, timeout_exc=TimeoutError)
        finally:
            self._sleeper, self._is_woken = None, False

    def _wake(self) -> None:
        """Ends the waiting for a message; if nobody waits, the next one."""
        if isinstance(self._transport, inproc.Transport):
            self._transport.interrupt()
            return
        self._is_woken = True
        if self._sleeper is not None:
            get_hub().schedule_call_global(0, self._throw)

    def _throw(self) -> None:
        # In the hub: as long as there is a sleeper, it is in `trampoline`, and never in the middle of a frame.
        if self._sleeper is not None:
            self._sleeper.throw(TimeoutError)

    def _consumes(self, provider: Any, message: Any) -> bool:
        consumer = self._consumers.get(provider)
        return consumer is not None and message.delivery_info.get("consumer_tag") in consumer._active_tags.values()


def _has_read_ahead(wire: Any) -> bool:
    """TLS may hold what is no longer to be read from the socket."""
    return bool(hasattr(wire, "pending") and wire.pending())


class AnswerConsumer(DrainingConsumer):
    """For messages that are not acknowledged, since nobody could use them a second time. Handled where they arrive."""

    def handle_message(self, provider: Any, body: Any, message: Any) -> None:
        provider.handle_message(body, message)

    def on_decode_error(self, message: Any, exc: Exception) -> None:
        log.error("message_unreadable", routing_key=message.delivery_info.get("routing_key"), error=str(exc))
