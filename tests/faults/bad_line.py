"""A bad line between services: events arrive late, in another order than they were sent, and some of them again.

It stands at the broker between exchanges and queues, so that nothing of the services is changed. `cut_in` takes their
queues off the exchanges; a service that starts puts its own back, which is why it is called after every start: until
then both ways are open, and events arrive twice.
"""

from __future__ import annotations

import heapq
import itertools
import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import Any

import amqp
from kombu import Connection, Consumer, Queue, binding

from services.chassis import messaging, topology
from services.chassis.manifest import named


class BadLine:
    """Carries what `services` tell each other. latest: seconds that an event is held back at most. again: so many of
    them arrive a second time. loses: names of events that never arrive (a negative control). carried: by name.
    """

    def __init__(
        self,
        amqp_uri: str,
        services: Sequence[str],
        *,
        seed: int,
        latest: float = 1.5,
        again: float = 0.3,
        loses: Collection[str] = (),
    ) -> None:
        self._uri = amqp_uri
        self._random = random.Random(seed)
        self._latest, self._again, self._loses = latest, again, loses
        self._queues: dict[tuple[str, str], list[str]] = defaultdict(list)
        for consumer, heard in topology.subscriptions(map(named, services)):
            if heard.source in services:
                queue = messaging.event_queue(heard.source, heard.routing_key, consumer)
                self._queues[f"{heard.source}.events", heard.routing_key].append(queue.name)
        self._on_its_way: list[tuple[float, int, str, amqp.Message]] = []
        self._number = itertools.count()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._carry, daemon=True)
        self.carried: Counter[str] = Counter()

    @property
    def queues(self) -> set[str]:
        """Where events arrive, and the line's own."""
        return {OWN, *itertools.chain(*self._queues.values())}

    @property
    def is_empty(self) -> bool:
        return not self._on_its_way

    def start(self) -> None:
        with messaging.connection(self._uri) as connection:
            self._own_queue(connection)
        self.cut_in()
        self._thread.start()

    def cut_in(self) -> None:
        with messaging.connection(self._uri) as connection:
            channel = connection.channel()
            for (exchange, routing_key), queues in self._queues.items():
                for queue in queues:
                    channel.queue_unbind(queue, exchange, routing_key)

    def stop(self) -> None:
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _own_queue(self, connection: Connection) -> Queue:
        bindings = [binding(messaging.event_exchange(key[0].removesuffix(".events")), key[1]) for key in self._queues]
        queue = Queue(OWN, bindings=bindings, durable=True)(connection.channel())
        queue.declare()
        return queue

    def _carry(self) -> None:
        with messaging.connection(self._uri) as connection:
            queue = self._own_queue(connection)
            with Consumer(connection.channel(), [queue], on_message=self._take, accept=messaging.ACCEPT):
                out = connection.channel()
                while not self._stopping.is_set():
                    with suppress(TimeoutError):
                        connection.drain_events(timeout=0.01)
                    self._hand_over(out)

    def _take(self, message: Any) -> None:
        exchange, name = message.delivery_info["exchange"], message.delivery_info["routing_key"]
        if name not in self._loses:
            for queue in self._queues[exchange, name]:
                for _ in range(1 + (self._random.random() < self._again)):
                    at = time.monotonic() + self._random.uniform(0, self._latest)
                    heapq.heappush(self._on_its_way, (at, next(self._number), queue, _copy(message)))
        message.ack()

    def _hand_over(self, channel: Any) -> None:
        while self._on_its_way and self._on_its_way[0][0] <= time.monotonic():
            _, _, queue, message = self._on_its_way[0]
            channel.basic_publish(message, exchange="", routing_key=queue)
            heapq.heappop(self._on_its_way)
            self.carried[queue] += 1


OWN = "bad-line"


def _copy(message: Any) -> amqp.Message:
    return amqp.Message(
        message.body,
        content_type=message.content_type,
        content_encoding=message.content_encoding,
        application_headers=message.headers,
        delivery_mode=2,
    )
