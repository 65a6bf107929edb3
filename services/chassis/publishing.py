"""Publishing, in the two ways that there are.

`Publisher` is for events: persistent, and safe when the broker has confirmed them; many are sent before their confirms
are awaited. `Transient` is for requests and replies, not on disk and without a confirm: their caller's deadline makes
up for what is lost. Each has one connection of its own, made when it is first needed and again when it was lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any

import structlog
from eventlet.semaphore import Semaphore
from kombu.serialization import dumps

from services.chassis.messaging import RPC_EXCHANGE, BrokerAway, broker_errors, connection
from services.chassis.wire import has_arrived

CONFIRM_LIMIT = 10.0

log = structlog.get_logger(__name__)


class Line:
    """A connection to the broker and its channel. One greenlet at a time may use it."""

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._connection: Any = None
        self._channel: Any = None

    @contextmanager
    def channel(self) -> Iterator[Any]:
        """The channel, opened if need be. Raises BrokerAway. Whatever is raised meanwhile ends the line."""
        try:
            yield self._channel or self._opened()
        except BaseException as error:
            # half of a message may have been sent: nothing can come after it
            self._drop()
            if isinstance(error, broker_errors(self._connection)):
                raise BrokerAway(f"{type(error).__name__}: {error}") from error
            raise

    def await_news(self, until: float) -> None:
        """Lets the broker say what it has to say. Raises TimeoutError at `until` (monotonic)."""
        self._connection.drain_events(timeout=max(until - monotonic(), 0.001))

    def hear_news(self) -> None:
        """The same, of what has arrived already: above all that the connection is at its end."""
        wire = getattr(self._connection.connection, "sock", None)  # the embedded broker has none
        while wire is not None and has_arrived(wire.fileno()):
            self._connection.drain_events(timeout=1)

    def close(self) -> None:
        if self._channel is not None:
            self._channel = None
            try:
                self._connection.release()
            except broker_errors(self._connection) as error:
                log.debug("line_closed_badly", error=str(error))

    def _opened(self) -> Any:
        self._connection = connection(self._uri)
        channel = self._connection.channel()
        # py-amqp would look for news before each publish, by a read that fails: hear_news costs a hundredth of that
        getattr(self._connection.connection, "client_properties", {}).pop("capabilities", None)
        self._prepare(channel)
        self._channel = channel
        return channel

    def _prepare(self, channel: Any) -> None:
        """For what a kind of line needs of its channel."""

    def _drop(self) -> None:
        """Ends the line without a word to the other side, who may not be listening any more."""
        self._channel = None
        try:
            self._connection.collect()
        except broker_errors(self._connection) as error:
            log.debug("line_closed_badly", error=str(error))


@dataclass(frozen=True)
class Event:
    """id: tells it from the others that are published with it. body: the envelope, which is JSON already."""

    id: str
    body: str
    exchange: str
    routing_key: str
    mandatory: bool


class Publisher(Line):
    """Publishes events. Not to be shared between greenlets."""

    def publish(self, events: Sequence[Event]) -> frozenset[str]:
        """Returns when the broker has all of them safe: the ids of those that it has not, since no queue is bound.

        They are sent in their order. Raises BrokerAway: then it may have any of them.
        """
        with self.channel() as channel:
            self.hear_news()
            self._returned: set[str] = set()
            for event in events:
                self._sent += 1
                self._unconfirmed.add(self._sent)
                self._send(channel, event)
            until = monotonic() + CONFIRM_LIMIT
            while self._unconfirmed:
                self.await_news(until)
            return frozenset(self._returned)

    def _prepare(self, channel: Any) -> None:
        self._sent, self._unconfirmed = 0, set[int]()
        channel.events["basic_ack"].add(self._on_confirm)
        channel.events["basic_nack"].add(self._on_refusal)
        channel.events["basic_return"].add(self._on_return)
        channel.confirm_select()

    def _send(self, channel: Any, event: Event) -> None:
        message = channel.prepare_message(
            event.body.encode(),
            content_type="application/json",
            content_encoding="utf-8",
            properties={"delivery_mode": 2, "message_id": event.id},
        )
        channel.basic_publish(
            message, exchange=event.exchange, routing_key=event.routing_key, mandatory=event.mandatory
        )

    def _on_confirm(self, tag: int, multiple: bool) -> None:
        settled = {each for each in self._unconfirmed if each <= tag} if multiple else {tag}
        self._unconfirmed -= settled

    def _on_refusal(self, tag: int, multiple: bool) -> None:
        raise OSError("the broker cannot keep an event")

    def _on_return(self, _error: Any, _exchange: str, _routing_key: str, message: Any) -> None:
        self._returned.add(message.properties["message_id"])


class Transient(Line):
    """Publishes requests and replies on the RPC exchange. May be shared: one after another sends."""

    def __init__(self, uri: str) -> None:
        super().__init__(uri)
        self._turn = Semaphore()

    def publish(self, payload: Any, routing_key: str, *, headers: Any = None, **properties: Any) -> None:
        """Raises BrokerAway. properties: of AMQP."""
        content_type, encoding, body = dumps(payload, serializer="json")
        properties["delivery_mode"] = 1
        with self._turn:
            try:
                self._send(body, content_type, encoding, routing_key, headers, properties)
            except BrokerAway:
                # the connection may have been lost long ago, while nobody needed it
                self._send(body, content_type, encoding, routing_key, headers, properties)

    def close(self) -> None:
        with self._turn:
            super().close()

    def _send(
        self, body: Any, content_type: str, encoding: str, routing_key: str, headers: Any, properties: Any
    ) -> None:
        with self.channel() as channel:
            self.hear_news()
            message = channel.prepare_message(
                body, content_type=content_type, content_encoding=encoding, headers=headers, properties=properties
            )
            channel.basic_publish(message, exchange=RPC_EXCHANGE.name, routing_key=routing_key)
