"""The embedded broker: a kombu transport for one process, `inproc://<name>/`.

It carries what nameko uses: topic and direct exchanges, durable and temporary queues, prefetch, acknowledgement,
return to the queue, mandatory publishing. A consumer waits on an eventlet event and is woken by the publisher; nothing
polls. Nothing is on disk: what was not acknowledged when the process ends is gone (the outbox publishes it again at
the next start). No time to live, no dead-lettering, no delivery limit: the inbox needs none of them.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from itertools import count
from typing import Any

from eventlet.event import Event
from kombu.transport import TRANSPORT_ALIASES, memory, virtual


class Broker(virtual.BrokerState):
    def __init__(self) -> None:
        super().__init__()
        self.queues: dict[str, Any] = {}
        self.temporary: set[str] = set()
        self.listening: dict[str, list[Channel]] = defaultdict(list)
        self.taken = 0
        """Messages that a consumer has and has not acknowledged."""

    def waiting(self) -> int:
        """Messages that nobody has taken yet."""
        return sum(queue.qsize() for queue in self.queues.values())


BROKERS: dict[str, Broker] = defaultdict(Broker)
_TAGS = count(1)


@dataclass(frozen=True)
class Subscription:
    tag: str
    queue: str
    no_ack: bool
    callback: Any
    prefetch: int


@dataclass(frozen=True)
class Returned:
    """A mandatory message for which no queue is bound."""

    properties: dict[str, Any]


class Channel(memory.Channel):
    body_encoding = None
    supports_fanout = False

    def __init__(self, connection: Any, **options: Any) -> None:
        self.subscriptions: deque[Subscription] = deque()
        self.unacknowledged: dict[int, tuple[str, str, Any]] = {}
        self.in_flight: Counter[str] = Counter()
        self.prefetch = 0
        self.events: dict[str, set[Any]] = defaultdict(set)
        self._confirms: count[int] | None = None
        super().__init__(connection, **options)
        self.queues = self.state.queues

    def _new_queue(self, queue: str, auto_delete: bool = False, exclusive: bool = False, **options: Any) -> None:
        super()._new_queue(queue)
        if auto_delete or exclusive or "x-expires" in (options.get("arguments") or {}):
            self.state.temporary.add(queue)

    def queue_delete(self, queue: str, *_: Any, **__: Any) -> None:
        for exchange in self.state.exchanges.values():
            exchange["table"][:] = [row for row in exchange["table"] if row[2] != queue]
        self.queues.pop(queue, None)
        self.state.queue_bindings_delete(queue)
        self.state.temporary.discard(queue)

    def _put(self, queue: str, message: Any, front: bool = False, **_: Any) -> None:
        # Every queue has its own copy: a tag names one delivery, not one message.
        properties = dict(
            message["properties"],
            delivery_tag=next(_TAGS),
            content_type=message["content-type"],
            content_encoding=message["content-encoding"],
        )
        properties["delivery_info"] = dict(properties["delivery_info"], redelivered=front)
        ready = self._queue_for(queue).queue
        (ready.appendleft if front else ready.append)(dict(message, properties=properties))
        for channel in self.state.listening.get(queue, ()):
            channel.connection.wake()

    def basic_publish(self, message: Any, exchange: str, routing_key: str, mandatory: bool = False, **_: Any) -> None:
        if mandatory and not self._lookup(exchange, routing_key):
            for returned in self.events["basic_return"]:
                returned("NO_ROUTE", exchange, routing_key, Returned(message["properties"]))
        else:
            super().basic_publish(message, exchange, routing_key)
        if self._confirms is not None:
            tag = next(self._confirms)
            for confirmed in self.events["basic_ack"]:
                confirmed(tag, False)

    def confirm_select(self) -> None:
        """From here on publishing is confirmed, as by py-amqp's channel: to whom is in `events`, and what came back."""
        self._confirms = count(1)

    def _lookup(self, exchange: str, routing_key: str, default: str | None = None) -> list[str]:
        # kombu would send what no queue is bound for to a queue of its own; a broker drops it.
        if not exchange:
            return [routing_key] if routing_key in self.queues else []
        table = self.get_table(exchange)
        return list(self.typeof(exchange).lookup(table, exchange, routing_key, default)) if table else []

    def basic_qos(self, prefetch_size: int = 0, prefetch_count: int = 0, apply_global: bool = False) -> None:
        self.prefetch = prefetch_count

    def basic_consume(self, queue: str, no_ack: bool, callback: Any, consumer_tag: str, **_: Any) -> None:
        self._consumers.add(consumer_tag)
        self.subscriptions.append(Subscription(consumer_tag, queue, no_ack, callback, self.prefetch))
        self.state.listening[queue].append(self)
        self.connection.wake()

    def basic_cancel(self, consumer_tag: str) -> None:
        for subscription in [each for each in self.subscriptions if each.tag == consumer_tag]:
            self.subscriptions.remove(subscription)
            self._consumers.discard(consumer_tag)
            listening = self.state.listening[subscription.queue]
            listening.remove(self)
            if subscription.queue in self.state.temporary and not listening:
                self.queue_delete(subscription.queue)

    def basic_ack(self, delivery_tag: int, multiple: bool = False) -> None:
        self._settle(delivery_tag, requeue=False)

    def basic_reject(self, delivery_tag: int, requeue: bool = False) -> None:
        self._settle(delivery_tag, requeue=requeue)

    def _settle(self, delivery_tag: int, requeue: bool) -> None:
        consumer, queue, raw = self.unacknowledged.pop(delivery_tag)
        self.in_flight[consumer] -= 1
        self.state.taken -= 1
        if requeue:
            self._put(queue, raw, front=True)
        else:
            self.connection.wake()

    def deliver(self) -> bool:
        """Hands one message to one consumer, in turn over the consumers. False: there was none to hand."""
        for _ in range(len(self.subscriptions)):
            subscription = self.subscriptions[0]
            self.subscriptions.rotate(-1)
            if not self._size(subscription.queue) or self._is_full(subscription):
                continue
            raw = self._queue_for(subscription.queue).queue.popleft()
            message = self.Message(raw, channel=self)
            message.delivery_info["consumer_tag"] = subscription.tag
            if not subscription.no_ack:
                self.in_flight[subscription.tag] += 1
                self.state.taken += 1
                self.unacknowledged[message.delivery_tag] = subscription.tag, subscription.queue, raw
            subscription.callback(message)
            return True
        return False

    def _is_full(self, subscription: Subscription) -> bool:
        return bool(subscription.prefetch) and self.in_flight[subscription.tag] >= subscription.prefetch

    def close(self) -> None:
        for delivery_tag in sorted(self.unacknowledged, reverse=True):
            self._settle(delivery_tag, requeue=True)
        virtual.Channel.close(self)


class Transport(virtual.Transport):
    Channel = Channel
    recoverable_connection_errors = ()
    recoverable_channel_errors = ()

    def __init__(self, client: Any, **options: Any) -> None:
        super().__init__(client, **options)
        self.state = BROKERS[client.hostname or "madang"]
        self._awake = Event()
        self._is_interrupted = False

    def wake(self) -> None:
        if not self._awake.ready():
            self._awake.send(True)

    def interrupt(self) -> None:
        """Makes `drain_events` raise TimeoutError instead of waiting; the next one, if nobody waits now."""
        self._is_interrupted = True
        self.wake()

    def drain_events(self, connection: Any, timeout: float | None = None) -> None:
        end = None if timeout is None else time.monotonic() + timeout
        while not any(channel.deliver() for channel in list(self.channels)):
            if self._is_interrupted:
                self._is_interrupted = False
                raise TimeoutError("interrupted")
            self._awake = Event()
            remaining = None if end is None else max(end - time.monotonic(), 0)
            if self._awake.wait(remaining) is None:
                raise TimeoutError("timed out")


TRANSPORT_ALIASES["inproc"] = f"{__name__}:Transport"
