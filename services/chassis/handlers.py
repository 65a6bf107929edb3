"""`handles`: the entrypoint of events, between the broker and the inbox.

A message is acknowledged when the inbox has it, whatever became of the handler. What is no event at all is kept among
the dead letters; a database that is away is waited for with the message in hand, until the service is stopped. Events
take at most half of a service's workers, so that calls are not starved by them.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import eventlet
import structlog
from eventlet.semaphore import Semaphore
from marshmallow import Schema, ValidationError
from nameko.containers import ContainerBeingKilled
from nameko.extensions import SharedExtension, register_entrypoint
from nameko.messaging import Consumer as NamekoConsumer
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from services.chassis import clock, context, inbox
from services.chassis.db import is_away
from services.chassis.entrypoints import Call, Method, observed
from services.chassis.events import Received
from services.chassis.messaging import DrainingConsumer, dead_letter_queue, event_queue
from services.chassis.store import store_of

DATABASE_PAUSE = 1.0

log = structlog.get_logger("madang.handlers")


@dataclass(frozen=True)
class Delivery:
    envelope: dict[str, Any]
    is_stopping: Callable[[], bool]


class EventRoom(SharedExtension):
    """How many events a container works on at once."""

    def setup(self) -> None:
        self.places = Semaphore(max(1, self.container.max_workers // 2))


class EventConsumer(NamekoConsumer):
    queue_consumer = DrainingConsumer()
    room = EventRoom()

    def __init__(self, subscription: inbox.Subscription) -> None:
        self.subscription = subscription
        super().__init__(queue=None)
        self._stopping = False

    def setup(self) -> None:
        consumer = f"{self.container.service_name}.{self.method_name}"
        outside = self.container.config["madang"].outside_sources
        self.queue = event_queue(self.subscription.source, self.subscription.routing_key, consumer, outside)
        super().setup()

    def stop(self) -> None:
        self._stopping = True
        super().stop()

    def handle_message(self, body: Any, message: Any) -> None:
        try:
            envelope = inbox.read_envelope(body)
        except ValidationError as error:
            self.handle_unreadable(message, f"no CloudEvent: {error.messages}")
            return
        self.room.places.acquire()
        try:
            self.container.spawn_worker(
                self,
                (Delivery(envelope, lambda: self._stopping),),
                {},
                context_data={"context": inbox.context_of(envelope)},
                handle_result=partial(self._settle, message),
            )
        except ContainerBeingKilled:
            self.room.places.release()
            self.queue_consumer.requeue_message(message)

    def handle_unreadable(self, message: Any, reason: str) -> None:
        """Keep what is no event at all.

        While the database is away the message stays in hand: a broker counts what is returned to it, and RabbitMQ 4
        gives up a message that comes back for the twentieth time.
        """
        log.error("event_unreadable", method=self.method_name, reason=reason)
        self.container.spawn_managed_thread(lambda: self._keep_unreadable(message, reason))

    def _keep_unreadable(self, message: Any, reason: str) -> None:
        body = message.body if isinstance(message.body, bytes) else str(message.body).encode()
        store = store_of(self.container)
        while True:
            try:
                store.transaction(lambda session: inbox.keep_unreadable(session, self.method_name, body, reason))
                self.queue_consumer.ack_message(message)
                return
            except DBAPIError as error:
                log.error("event_unreadable_not_kept", error=str(error.orig))
                if self._stopping:
                    self.queue_consumer.requeue_message(message)
                    return
            eventlet.sleep(DATABASE_PAUSE)

    def _settle(self, message: Any, worker_ctx: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        self.room.places.release()
        if exc_info is None:
            self.queue_consumer.ack_message(message)
        else:
            # Neither done nor kept: the broker has to keep it.
            log.error("event_left_with_broker", method=self.method_name, error=repr(exc_info[1]))
            self.queue_consumer.requeue_message(message)
        return result, exc_info


class DeadLetterConsumer(EventConsumer):
    """Brings what the broker gave up delivering among the service's dead letters, where operators look."""

    def __init__(self) -> None:
        super().__init__(inbox.Subscription("", "", Schema))

    def setup(self) -> None:
        self.queue = dead_letter_queue(self.container.service_name)
        self.queue_consumer.register_provider(self)

    def handle_message(self, body: Any, message: Any) -> None:
        died = (message.headers.get("x-death") or [{}])[0]
        self.handle_unreadable(message, f"given up by the broker: {died.get('reason')} in {died.get('queue')}")


def handles(source: str, name: str, schema: type[Schema], version: int = 1) -> Callable[[Any], Any]:
    """A method that handles `source`'s event `name`: `method(self, call, event)`, its effect once per event.

    May be put on a method several times, for several events.
    """
    subscription = inbox.Subscription(source, name, schema, version)

    def decorate(method: Any) -> Any:
        entry = method if hasattr(method, "subscriptions") else _entry(method)
        entry.subscriptions.append(subscription)
        register_entrypoint(entry, EventConsumer(subscription))
        return entry

    return decorate


def consumer_of(service: Any, name: str) -> inbox.Consumer:
    """The handler called `name` of a service that is at work."""
    entry = getattr(type(service), name)
    profile = service.store.profile

    def effect(session: Session, event: Received) -> None:
        entry.method(service, Call(session, context.current(), clock.now(), profile), event)

    return inbox.Consumer(name, tuple(entry.subscriptions), effect)


def _entry(method: Method) -> Any:
    @functools.wraps(method)
    def entry(self: Any, delivery: Delivery) -> None:
        while True:
            try:
                with observed(self.name, method.__name__, self.context, event_id=delivery.envelope["id"]):
                    inbox.receive(self.store.database, consumer_of(self, method.__name__), delivery.envelope)
                return
            except DBAPIError as error:
                if not is_away(error) or delivery.is_stopping():
                    raise
                log.warning("database_away", service=self.name, error=str(error.orig))
                eventlet.sleep(DATABASE_PAUSE)

    entry.subscriptions = []  # type: ignore[attr-defined]
    entry.method = method  # type: ignore[attr-defined]
    return entry
