"""`Service`: the base of every service, with all that the chassis runs inside one.

A service gives `name`, `manifest` and its methods; it gets the store, the context of the work, the relay of its
outbox, the retries of its inbox and the housekeeping.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from nameko.extensions import DependencyProvider, register_entrypoint
from sqlalchemy import delete, select, tuple_
from sqlalchemy.orm import Session

from services.chassis import clock, idempotency, inbox, outbox
from services.chassis.agenda import Due
from services.chassis.context import Context
from services.chassis.contract import Handler
from services.chassis.db import AGENDA, affected
from services.chassis.entrypoints import serve
from services.chassis.handlers import DeadLetterConsumer, consumer_of
from services.chassis.manifest import Manifest
from services.chassis.relay import Relay
from services.chassis.rpc import rpc
from services.chassis.store import Store
from services.chassis.tables import inbox as inbox_table
from services.chassis.timers import every, when_due


class WorkContext(DependencyProvider):
    """Gives a service `self.context`, as the entrypoint read it."""

    def get_dependency(self, worker_ctx: Any) -> Context:
        return worker_ctx.data.get("context") or Context.begin()


class Service:
    name: ClassVar[str]
    manifest: ClassVar[Manifest]

    serves: ClassVar[Sequence[Handler]] = ()
    """The operations of the service's contract, each with its use case. They become its RPC methods."""

    store = Store()
    context = WorkContext()
    relay = Relay()

    def __init_subclass__(cls) -> None:
        for handler in cls.serves:
            setattr(cls, handler.operation.name, serve(handler))

    @property
    def resources(self) -> object:
        """Return what use cases need beside the database, as `Call.resources`."""
        return None

    @rpc
    def look(self) -> None:
        """Looks at once for what is due: rows were changed by another process, from the command line."""
        self.store.database.wake(AGENDA)

    @when_due(Due(inbox.NEXT))
    def retry_inbox(self) -> bool:
        return inbox.retry_one(self.store.database, lambda name: consumer_of(self, name))

    @every(3600, leased=True)
    def keep_house(self) -> bool:
        """Removes in batches what is beyond its time. True: there is more."""
        return self.store.transaction(_purge) > 0

    def take_dead_letter(self, delivery: Any) -> None:
        raise AssertionError("dead letters are kept by their consumer, before any worker runs")

    register_entrypoint(take_dead_letter, DeadLetterConsumer())


def _purge(session: Session) -> int:
    now = clock.now()
    old_events = (
        select(inbox_table.c.consumer, inbox_table.c.event_id)
        .where(
            inbox_table.c.received_at < now - inbox.KEPT_FOR,
            inbox_table.c.state.in_([inbox.State.DONE, inbox.State.DISCARDED]),
        )
        .limit(1000)
    )
    key = tuple_(inbox_table.c.consumer, inbox_table.c.event_id)
    return (
        affected(session, delete(inbox_table).where(key.in_(old_events)))
        + outbox.purge(session, now)
        + idempotency.purge(session, clock.wall() - idempotency.KEPT_FOR)
    )
