"""The agenda of a service: what falls due next. One greenlet per container asks for all of it with one statement.

It sleeps until the earliest moment that it knows, at most LOOK seconds, and looks again soon after this process has
committed something (`wake_after_commit(session, AGENDA)`) or when the clock is moved. What another process has written
is found by the next look. Moments are of the rules' clock (clock.now()); pauses are machine time.
"""

from __future__ import annotations

import time
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import structlog
from eventlet.event import Event
from nameko.extensions import SharedExtension
from sqlalchemy import BindParameter, Select, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.sql import visitors
from sqlalchemy.sql.visitors import ExternallyTraversible

from services.chassis import clock
from services.chassis import profile as profiles
from services.chassis.db import AGENDA
from services.chassis.leases import Lease
from services.chassis.store import Store, store_of
from services.chassis.tables import NOW

LOOK = 30.0
"""Seconds until the database is asked again when nothing is known to fall due and nothing is committed."""
GATHER = 0.05
"""Seconds. One look finds everything that is committed within them."""
CALM = 1.0
"""Under load commits make the agenda look at most once in so many seconds."""
RETRY = 5.0
"""Seconds until what failed is tried again."""
LATE = 0.01
"""So much after a moment is looked, so that it has come also by a clock that differs a little."""


log = structlog.get_logger("madang.agenda")

_running: weakref.WeakSet[Agenda] = weakref.WeakSet()


@dataclass(frozen=True, eq=False)
class Due:
    """When a kind of work falls due next.

    query: selects one scalar, served by an index; NULL or no row if nothing waits. tables.NOW in it is clock.now().
    moment: makes the moment of the scalar and the service's typed profile, where the scalar is not the moment itself.
    A moment that is too early costs one run in LOOK seconds; one that is too late makes the work late.
    """

    query: Select[Any]
    moment: Callable[[Any, Any], datetime] | None = None


class Scheduled:
    """Work that an agenda wakes. A subclass gives `wake`, and tells `tried` when it found nothing to do."""

    dues: Sequence[Due] = ()

    def __init__(self) -> None:
        self._moment: datetime | None = None
        self._moment_tried: datetime | None = None
        self._again_at = 0.0

    @property
    def is_due(self) -> bool:
        return self._moment is not None and self._moment <= clock.now()

    def wake(self) -> None:
        raise NotImplementedError

    def schedule(self, moment: datetime | None) -> None:
        """Wakes it if the moment has come, unless it was tried for this very moment a short time ago."""
        self._moment = moment
        if moment != self._moment_tried:
            self._moment_tried = None
        if self.is_due and (self._moment_tried is None or time.monotonic() >= self._again_at):
            # not by every look while it runs, and again if its run is lost
            self.tried(LOOK)
            self.wake()

    def tried(self, pause: float) -> None:
        """It found nothing for its moment: not before `pause` seconds again, unless another moment comes or a commit
        asks for it by name.
        """
        if self.is_due:
            self._moment_tried, self._again_at = self._moment, time.monotonic() + pause

    def forget_tried(self) -> None:
        """It found something for its moment: the next look may wake it for the same one."""
        self._moment_tried = None

    def seconds_left(self) -> float:
        """Until it should be looked for again."""
        if self.is_due:
            return self._again_at - time.monotonic() if self._moment_tried is not None else LOOK
        if self._moment is None or clock.is_frozen():
            return LOOK
        return (self._moment - clock.now()).total_seconds() + LATE


class Agenda(SharedExtension):
    def __init__(self) -> None:
        super().__init__()
        self._scheduled: list[Scheduled] = []
        self._stopping = False
        self._awake = Event()
        self._looked_at = float("-inf")
        self._look_at = 0.0
        self._thread: Any = None
        self.lease = Lease("timers")
        """All leased timers of the container share it."""

    def add(self, scheduled: Scheduled) -> None:
        """To be called in `setup`. What has no due queries costs no look."""
        if scheduled.dues:
            self._scheduled.append(scheduled)

    def start(self) -> None:
        self._store: Store = store_of(self.container)
        self._statement = _reading(self._scheduled)
        self._store.database.on_wake(AGENDA, self.look_soon)
        clock.on_move(self.look_now)
        _running.add(self)
        if self._scheduled:
            self._thread = self.container.spawn_managed_thread(self._run)

    def stop(self) -> None:
        self._leave()
        if self._thread is not None:
            self._thread.wait()

    def kill(self) -> None:
        self._leave()
        if self._thread is not None:
            self._thread.kill()

    def look_soon(self) -> None:
        """Look because this process has committed."""
        self.look_within(GATHER)

    def look_now(self) -> None:
        self._look_at = 0.0
        self._poke()

    def look_within(self, seconds: float) -> None:
        """Looks in so many seconds at the latest, but not twice within CALM."""
        at = max(time.monotonic() + seconds, self._looked_at + CALM)
        if at < self._look_at:
            self._look_at = at
            self._poke()

    def look(self) -> None:
        """Asks the database for every moment, and wakes what is due. What fails is logged and tried again."""
        self._looked_at = time.monotonic()
        self._look_at = self._looked_at + LOOK
        service = self.container.service_name
        try:
            moments = self._moments()
        except DBAPIError as error:
            log.warning("agenda_not_read", service=service, error=str(error.orig).strip())
            self._look_at = time.monotonic() + RETRY
            return
        except Exception as error:
            log.error("agenda_not_read", service=service, error=repr(error), exc_info=True)
            self._look_at = time.monotonic() + RETRY
            return
        for scheduled, moment in zip(self._scheduled, moments, strict=True):
            scheduled.schedule(moment)
        left = min(each.seconds_left() for each in self._scheduled)
        self._look_at = min(self._look_at, time.monotonic() + max(left, GATHER))

    def _run(self) -> None:
        while not self._stopping:
            self._awake = Event()
            if time.monotonic() >= self._look_at:
                self.look()
            self._awake.wait(max(self._look_at - time.monotonic(), 0))

    def _moments(self) -> list[datetime | None]:
        def read(session: Session) -> Sequence[Any]:
            return session.execute(self._statement, {"now": clock.now()}).one()

        *values, fingerprint = self._store.transaction(read)
        self._store.confirm(fingerprint)
        remaining = iter(values)
        return [self._earliest([(due, next(remaining)) for due in each.dues]) for each in self._scheduled]

    def _earliest(self, found: Sequence[tuple[Due, Any]]) -> datetime | None:
        moments = [
            value if due.moment is None else due.moment(value, self._store.profile)
            for due, value in found
            if value is not None
        ]
        return min(moments, default=None)

    def _poke(self) -> None:
        if not self._awake.ready():
            self._awake.send(True)

    def _leave(self) -> None:
        self._stopping = True
        _running.discard(self)
        if self.look_now in clock._listeners:
            clock.forget(self.look_now)
        self._poke()


def look_everywhere() -> None:
    """Every agenda of this process looks, so that what it wakes knows whether it is due."""
    for agenda in list(_running):
        if agenda._scheduled:
            agenda.look()


def _reading(scheduled: Sequence[Scheduled]) -> Select[Any]:
    """One row: the scalar of every due query, and the profile by which moments are reckoned.

    Written with its constants: SQLite uses a partial index only where it sees that its condition holds.
    """
    queries = [due.query for each in scheduled for due in each.dues]
    scalars = [query.scalar_subquery().label(f"due_{number}") for number, query in enumerate(queries)]
    statement = select(*scalars, profiles.FINGERPRINT.scalar_subquery().label("fingerprint"))

    def as_constant(element: ExternallyTraversible, **_: Any) -> ExternallyTraversible | None:
        if isinstance(element, BindParameter) and element.key != NOW.key:
            return element.render_literal_execute()
        return None

    return cast("Select[Any]", visitors.replacement_traverse(statement, {}, as_constant))
