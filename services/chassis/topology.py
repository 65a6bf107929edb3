"""What is declared at the broker: it follows from the services' handlers.

`declare` is done by `madang migrate` for all services, so that an event for a service that is not running yet waits
for it. A queue that exists with other arguments is not touched: the error names it, and a migration step has to delete
it.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from kombu import Queue
from kombu.exceptions import ChannelError

from services.chassis import messaging
from services.chassis.inbox import Subscription
from services.chassis.manifest import Manifest


class TopologyConflict(Exception):
    """A queue or exchange exists with other arguments than it is declared with."""


def subscriptions(manifests: Iterable[Manifest]) -> Iterator[tuple[str, Subscription]]:
    """("service.method", what it takes) for every handler. A front takes no events, and is not imported for that."""
    for manifest in manifests:
        if manifest.is_front:
            continue
        for name, method in inspect.getmembers(manifest.service_class(), inspect.isfunction):
            for subscription in getattr(method, "subscriptions", ()):
                yield f"{manifest.name}.{name}", subscription


def subscribed(manifests: Iterable[Manifest]) -> frozenset[tuple[str, str]]:
    """(source, routing key) of every event for which a handler is known."""
    return frozenset((each.source, each.routing_key) for _, each in subscriptions(manifests))


def queues(manifests: Iterable[Manifest], outside_sources: Sequence[str]) -> list[Queue]:
    known = list(manifests)
    served = [each for each in known if not each.is_front]
    return [
        *(messaging.rpc_queue(each.name) for each in served),
        *(messaging.dead_letter_queue(each.name) for each in served),
        *(
            messaging.event_queue(each.source, each.routing_key, consumer, outside_sources)
            for consumer, each in subscriptions(known)
        ),
    ]


def declare(uri: str, manifests: Iterable[Manifest], outside_sources: Sequence[str]) -> int:
    """Declares exchanges, queues and bindings. Returns the number of queues. Raises TopologyConflict, BrokerAway."""
    known = list(manifests)
    wanted = queues(known, outside_sources)
    exchanges = [messaging.event_exchange(source) for source in (*(each.name for each in known), *outside_sources)]
    connection = messaging.connection(uri)
    try:
        with connection:
            channel = connection.channel()
            for entity in (messaging.RPC_EXCHANGE, messaging.DEAD_LETTER_EXCHANGE, *exchanges, *wanted):
                _declare(entity, channel)
    except messaging.broker_errors(connection) as error:
        raise messaging.BrokerAway(f"{type(error).__name__}: {error}") from error
    return len(wanted)


def _declare(entity: Any, channel: Any) -> None:
    try:
        entity(channel).declare()
    except ChannelError as error:
        raise TopologyConflict(f"{entity.name}: {error}") from error
