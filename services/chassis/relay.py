"""The relay: outbox row -> broker, in order, confirmed, and mandatory where a subscriber is known.

One relay per service holds a lease. It takes it when rows are due, looks every second for those of other replicas
while it has it, and lets it run out: an idle service has no holder. A replica that is denied while rows wait asks again
every second. Otherwise a relay sleeps until a commit or the agenda wakes it. Publishes at least once: after a crash
between publishing and marking, an event comes again under the same id. A row that cannot be routed backs off and holds
back only the later events of its own subject.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Sequence
from typing import Any

import eventlet
import structlog
from eventlet.event import Event
from nameko.extensions import DependencyProvider
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from services.chassis import clock, inbox, metrics, outbox, publishing
from services.chassis.agenda import LOOK, Agenda, Due, Scheduled
from services.chassis.db import Database
from services.chassis.leases import Lease
from services.chassis.messaging import BrokerAway
from services.chassis.store import store_of

LEASE = "outbox"
PAUSE = 1.0
"""Seconds between rounds of a relay that has the lease, or was denied it."""
# After a round rows gather for so long, so that under load one round is for many; the first event waits for nobody.
GATHER = 0.05
BROKER_PAUSE = 2.0

log = structlog.get_logger("madang.outbox")

_running: weakref.WeakSet[Relay] = weakref.WeakSet()


class Relay(Scheduled, DependencyProvider):
    """Runs beside the workers of a container. On a stop it publishes what is due and gives the lease back."""

    agenda = Agenda()
    dues = (Due(outbox.NEXT),)

    def setup(self) -> None:
        self._stopping = False
        self._awake = Event()
        self._lease = Lease(LEASE)
        self._stands_by = False
        self._outcome = outbox.Outcome()
        config = self.container.config
        self._known: frozenset[tuple[str, str]] = config["subscribed"]
        self._publisher = publishing.Publisher(config["AMQP_URI"])
        self._service = self.container.service_name
        self.agenda.add(self)

    def start(self) -> None:
        self._database: Database = store_of(self.container).database
        self._database.on_wake("outbox", self._on_commit)
        if self.container.config["madang"].embedded:
            self._database.transaction(outbox.publish_recent_again)
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
        return self._database.transaction(outbox.count_waiting) == 0

    def measure_queues(self) -> None:
        """Sets the gauges. What cannot be counted is not told, rather than told as it was."""
        gauges = (metrics.outbox_waiting, metrics.inbox_waiting, metrics.inbox_dead)
        try:
            counts = self._database.transaction(_counts)
        except SQLAlchemyError as error:
            log.warning("queues_not_counted", service=self._service, reason=str(getattr(error, "orig", error)).strip())
            for gauge in gauges:
                gauge.remove(self._service)
            return
        for gauge, count in zip(gauges, counts, strict=True):
            gauge.labels(self._service).set(count)

    def _on_commit(self) -> None:
        # who stands by could only ask for the lease again, at every commit
        if not self._stands_by:
            self.wake()

    def _run(self) -> None:
        while not self._stopping:
            self._awake = Event()
            pause = self._guarded_round()
            if pause == 0:
                eventlet.sleep(GATHER)
            else:
                self._awake.wait(pause)
        self._guarded_round()
        self._leave()

    def _guarded_round(self) -> float | None:
        """Publishes what is due. Returns the seconds to wait for a commit before the next round; None: until one."""
        try:
            if self._round():
                return 0
        except BrokerAway as away:
            log.warning("broker_away", service=self._service, reason=str(away))
            pause: float | None = BROKER_PAUSE
        except DBAPIError as error:
            log.warning("outbox_not_read", service=self._service, reason=str(error.orig))
            pause = BROKER_PAUSE
        else:
            pause = PAUSE if self._stands_by or self._lease.is_held else None
        self.tried(LOOK)  # it looks again by itself if it must
        return pause

    def _round(self) -> bool:
        """Marks what the last round published, and publishes what is due. False: nothing was."""
        outcome = self._outcome
        rows = self._database.transaction(lambda session: self._marked_and_due(session, outcome))
        self._outcome = outbox.Outcome()
        self._stands_by = False
        if outcome.unroutable:
            self.agenda.look_soon()  # for these rows are due later now
        if rows and not self._lease.is_fresh:
            self._stands_by = not self._lease.take(self._database)
            # only rows that are read under the lease are left alone by others
            rows = () if self._stands_by else self._database.transaction(_due)
        metrics.relay_active.labels(self._service).set(not self._stands_by)
        for wave in waves(rows):
            if heard := [row for row in wave if row.subject not in self._outcome.unroutable]:
                self._publish(heard)
        return bool(rows)

    def _marked_and_due(self, session: Session, outcome: outbox.Outcome) -> Sequence[Any]:
        outbox.mark(session, outcome)
        return _due(session)

    def _publish(self, wave: Sequence[Any]) -> None:
        unheard = self._publisher.publish([self._event(row) for row in wave])
        for row in wave:
            if row.event_id in unheard:
                self._outcome.unroutable[row.subject] = row.id
            else:
                self._outcome.published.append(row.id)
        metrics.events_published.labels(self._service).inc(len(wave) - len(unheard))

    def _event(self, row: Any) -> publishing.Event:
        known = (self._service, row.routing_key) in self._known
        return publishing.Event(row.event_id, row.envelope, f"{self._service}.events", row.routing_key, known)

    def _leave(self) -> None:
        self._publisher.close()
        try:
            self._database.transaction(self._mark_and_release)
        except DBAPIError as error:
            log.warning("lease_not_released", service=self._service, reason=str(error.orig))

    def _mark_and_release(self, session: Session) -> None:
        outbox.mark(session, self._outcome)
        self._lease.release(session)


def _due(session: Session) -> Sequence[Any]:
    return outbox.due(session, clock.now())


def _counts(session: Session) -> tuple[int, int, int]:
    by_state = inbox.count_unfinished(session)
    return (
        outbox.count_waiting(session),
        by_state.get(inbox.State.WAITING, 0),
        by_state.get(inbox.State.DEAD, 0),
    )


def waves(rows: Sequence[Any]) -> Iterator[list[Any]]:
    """The rows in their order, in parts that have no two of one subject: an event is sent when it is known what became
    of the one before it.
    """
    waiting = list(rows)
    while waiting:
        seen: set[str] = set()
        wave: list[Any] = []
        later: list[Any] = []
        for row in waiting:
            (later if row.subject in seen else wave).append(row)
            seen.add(row.subject)
        yield wave
        waiting = later


def all_published() -> bool:
    """Have the relays of this process nothing left to publish? Wakes those that have."""
    waiting = [relay for relay in list(_running) if not relay.is_idle()]
    for relay in waiting:
        relay.wake()
    return not waiting


def measure_queues() -> None:
    """Counts what waits in the queues of each service of this process, for whoever reads the metrics now."""
    for relay in list(_running):
        relay.measure_queues()
