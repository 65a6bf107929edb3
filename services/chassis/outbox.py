"""The relay: outbox row -> broker, in order, confirmed, and mandatory where a subscriber is known.

One relay per service holds a lease; replicas stand by and take over when it runs out. It sleeps until a commit wakes
it, or a second. Publishes at least once: after a crash between publishing and marking, an event comes again under the
same id. A row that cannot be routed backs off and holds back only the later events of its own subject.
"""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from eventlet.event import Event
from nameko.extensions import DependencyProvider
from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, aliased

from services.chassis import clock, ids, leases, metrics
from services.chassis.db import Database, affected
from services.chassis.messaging import BrokerAway, Publisher, Unroutable
from services.chassis.store import store_of
from services.chassis.tables import outbox

LEASE = "outbox"
BATCH = 200
IDLE = 1.0
BROKER_PAUSE = 2.0
REPLAY_WINDOW = timedelta(days=30)
LONGEST_BACKOFF = timedelta(minutes=5)

log = structlog.get_logger("madang.outbox")

_running: weakref.WeakSet[Relay] = weakref.WeakSet()


class Relay(DependencyProvider):
    """Runs beside the workers of a container. On a stop it publishes what is due and gives the lease back."""

    def setup(self) -> None:
        self._stopping = False
        self._awake = Event()
        self._holder = ids.new_id()
        config = self.container.config
        self._known: frozenset[tuple[str, str]] = config["subscribed"]
        self._publisher = Publisher(config["AMQP_URI"])
        self._service = self.container.service_name

    def start(self) -> None:
        self._database: Database = store_of(self.container).database
        self._database.on_wake("outbox", self.wake)
        if self.container.config["madang"].embedded:
            self._database.transaction(publish_recent_again)
        self._thread = self.container.spawn_managed_thread(self._run)
        _running.add(self)

    def stop(self) -> None:
        self._stopping = True
        _running.discard(self)
        self.wake()
        self._thread.wait()

    def kill(self) -> None:
        self._stopping = True
        _running.discard(self)
        self._thread.kill()

    def get_dependency(self, worker_ctx: Any) -> Relay:
        return self

    def wake(self) -> None:
        if not self._awake.ready():
            self._awake.send(True)

    def is_idle(self) -> bool:
        return self._database.transaction(count_waiting) == 0

    def _run(self) -> None:
        while not self._stopping:
            self._awake = Event()
            pause = self._guarded_round()
            if pause:
                self._awake.wait(pause)
        self._guarded_round()
        self._leave()

    def _guarded_round(self) -> float:
        """Publishes what is due. Returns the seconds to wait before the next round."""
        try:
            published = self._round()
        except BrokerAway as away:
            log.warning("broker_away", service=self._service, reason=str(away))
            return BROKER_PAUSE
        except DBAPIError as error:
            log.warning("outbox_not_read", service=self._service, reason=str(error.orig))
            return BROKER_PAUSE
        return 0 if published else IDLE

    def _round(self) -> int:
        rows = self._database.transaction(self._due)
        metrics.relay_active.labels(self._service).set(rows is not None)
        if not rows:
            return 0
        published: list[int] = []
        stuck: dict[str, tuple[int, str]] = {}
        try:
            for row in rows:
                if row.subject not in stuck:
                    try:
                        self._publish(row)
                        published.append(row.id)
                    except Unroutable as error:
                        stuck[row.subject] = row.id, str(error)
        finally:
            self._database.transaction(lambda session: mark(session, published, stuck.values()))
        metrics.events_published.labels(self._service).inc(len(published))
        return len(published)

    def _due(self, session: Session) -> Sequence[Any] | None:
        if not leases.hold(session, LEASE, self._holder):
            return None
        return due(session, clock.now())

    def _publish(self, row: Any) -> None:
        known = (self._service, row.routing_key) in self._known
        self._publisher.publish(row.envelope, f"{self._service}.events", row.routing_key, mandatory=known)

    def _leave(self) -> None:
        self._publisher.close()
        try:
            self._database.transaction(lambda session: leases.release(session, LEASE, self._holder))
        except DBAPIError as error:
            log.warning("lease_not_released", service=self._service, reason=str(error.orig))


def all_published() -> bool:
    """Have the relays of this process nothing left to publish? Wakes those that have."""
    waiting = [relay for relay in list(_running) if not relay.is_idle()]
    for relay in waiting:
        relay.wake()
    return not waiting


_EARLIER = aliased(outbox)
_HELD_BACK = (
    select(_EARLIER.c.id)
    .where(
        _EARLIER.c.published_at.is_(None),
        _EARLIER.c.next_attempt_at > bindparam("now"),
        _EARLIER.c.subject == outbox.c.subject,
        _EARLIER.c.id < outbox.c.id,
    )
    .exists()
)
_DUE = (
    select(outbox)
    .where(outbox.c.published_at.is_(None), outbox.c.next_attempt_at <= bindparam("now"), ~_HELD_BACK)
    .order_by(outbox.c.id)
    .limit(BATCH)
)


def due(session: Session, now: datetime) -> Sequence[Any]:
    """Unpublished rows in order, without those that stand behind a row of their subject which backs off."""
    return session.execute(_DUE, {"now": now}).all()


def mark(session: Session, published: Sequence[int], stuck: Any) -> None:
    if published:
        session.execute(update(outbox).where(outbox.c.id.in_(published)).values(published_at=clock.now(), error=None))
    for row_id, reason in stuck:
        attempts = session.execute(select(outbox.c.attempts).where(outbox.c.id == row_id)).scalar_one() + 1
        wait = min(timedelta(seconds=2 ** min(attempts, 10)), LONGEST_BACKOFF)
        session.execute(
            update(outbox)
            .where(outbox.c.id == row_id)
            .values(attempts=attempts, next_attempt_at=clock.now() + wait, error=f"no queue is bound: {reason}")
        )
        log.error("event_unroutable", outbox_id=row_id, attempts=attempts, reason=reason)


def unpublished(session: Session, limit: int = 100) -> Sequence[Any]:
    """Oldest first."""
    return session.execute(
        select(outbox).where(outbox.c.published_at.is_(None)).order_by(outbox.c.id).limit(limit)
    ).all()


def count_waiting(session: Session) -> int:
    return session.execute(select(func.count()).select_from(outbox).where(outbox.c.published_at.is_(None))).scalar_one()


def publish_recent_again(session: Session) -> int:
    """The embedded broker forgets with its process: what it was given in its last day is given to it again."""
    last = session.execute(select(func.max(outbox.c.published_at))).scalar_one()
    if last is None:
        return 0
    return republish(session, last - timedelta(days=1), last + timedelta(microseconds=1))


def republish(session: Session, start: datetime, end: datetime, event: str | None = None) -> int:
    """Events published in [start, end) are due again, under their own ids. Returns how many."""
    chosen = [outbox.c.published_at >= start, outbox.c.published_at < end]
    if event:
        chosen.append(outbox.c.event == event)
    again = session.execute(update(outbox).where(*chosen).values(published_at=None, next_attempt_at=clock.now()))
    return int(again.rowcount)  # type: ignore[attr-defined]


def purge(session: Session, now: datetime, batch: int = 1000) -> int:
    old = select(outbox.c.id).where(outbox.c.published_at < now - REPLAY_WINDOW).limit(batch)
    return affected(session, delete(outbox).where(outbox.c.id.in_(old)))
