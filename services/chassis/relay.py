"""The relay: outbox row -> broker, in order, confirmed, and mandatory where a subscriber is known.

One relay per service holds a lease; replicas stand by and take over when it runs out. It sleeps until a commit wakes
it, or a second. Publishes at least once: after a crash between publishing and marking, an event comes again under the
same id. A row that cannot be routed backs off and holds back only the later events of its own subject.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Sequence
from time import monotonic
from typing import Any

import eventlet
import structlog
from eventlet.event import Event
from nameko.extensions import DependencyProvider
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from services.chassis import clock, ids, leases, metrics, outbox, publishing
from services.chassis.db import Database
from services.chassis.messaging import BrokerAway
from services.chassis.store import store_of

LEASE = "outbox"
RENEWED_AFTER = leases.LENGTH.total_seconds() / 5
IDLE = 1.0
# After a round rows gather for so long, so that under load one round is for many; the first event waits for nobody.
GATHER = 0.05
BROKER_PAUSE = 2.0

log = structlog.get_logger("madang.outbox")

_running: weakref.WeakSet[Relay] = weakref.WeakSet()


class Relay(DependencyProvider):
    """Runs beside the workers of a container. On a stop it publishes what is due and gives the lease back."""

    def setup(self) -> None:
        self._stopping = False
        self._awake = Event()
        self._holder = ids.new_id()
        self._renew_at = 0.0
        self._stands_by = False
        self._outcome = outbox.Outcome()
        config = self.container.config
        self._known: frozenset[tuple[str, str]] = config["subscribed"]
        self._publisher = publishing.Publisher(config["AMQP_URI"])
        self._service = self.container.service_name

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

    def _on_commit(self) -> None:
        # who stands by could only ask for the lease again, at every commit
        if not self._stands_by:
            self.wake()

    def _run(self) -> None:
        while not self._stopping:
            self._awake = Event()
            pause = self._guarded_round()
            if pause:
                self._awake.wait(pause)
            else:
                eventlet.sleep(GATHER)
        self._guarded_round()
        self._leave()

    def _guarded_round(self) -> float:
        """Publishes what is due. Returns the seconds to wait for a commit before the next round."""
        try:
            return 0 if self._round() else IDLE
        except BrokerAway as away:
            log.warning("broker_away", service=self._service, reason=str(away))
        except DBAPIError as error:
            log.warning("outbox_not_read", service=self._service, reason=str(error.orig))
        return BROKER_PAUSE

    def _round(self) -> bool:
        """Marks what the last round published, and publishes what is due. False: nothing was."""
        outcome = self._outcome
        rows = self._database.transaction(lambda session: self._marked_and_due(session, outcome))
        self._outcome = outbox.Outcome()
        self._stands_by = rows is None
        metrics.relay_active.labels(self._service).set(not self._stands_by)
        for wave in waves(rows or ()):
            if heard := [row for row in wave if row.subject not in self._outcome.unroutable]:
                self._publish(heard)
        return bool(rows)

    def _marked_and_due(self, session: Session, outcome: outbox.Outcome) -> Sequence[Any] | None:
        outbox.mark(session, outcome)
        if monotonic() >= self._renew_at:
            if not leases.hold(session, LEASE, self._holder):
                return None
            self._renew_at = monotonic() + RENEWED_AFTER
        return outbox.due(session, clock.now())

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
        leases.release(session, LEASE, self._holder)


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
