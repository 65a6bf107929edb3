"""Timers: methods that run when the clock says so, `method(self) -> bool | timedelta`.

`when_due(...)` runs a method when something falls due (agenda.py says when), `every(seconds)` at an interval.
Both also run when a transaction asked for them by name (`db.wake_after_commit`), and intervals when the clock is moved.
True: there was work, so it runs again at once. False: there was none. A timedelta: something waits, try again then.
A leased timer runs on one replica at a time; the others run theirs side by side and claim rows (SKIP LOCKED). A run
that fails is logged and tried again; it never stops the timer.
"""

from __future__ import annotations

import functools
import weakref
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import eventlet
import structlog
from eventlet.event import Event
from eventlet.semaphore import Semaphore
from nameko.containers import ContainerBeingKilled
from nameko.extensions import Entrypoint, register_entrypoint
from sqlalchemy.exc import DBAPIError

from services.chassis import agenda, clock, leases
from services.chassis.agenda import GATHER, LOOK, RETRY, Agenda, Due, Scheduled
from services.chassis.context import Context
from services.chassis.store import store_of

log = structlog.get_logger("madang.timers")

Result = bool | timedelta

_running: weakref.WeakSet[Timer] = weakref.WeakSet()


class Timer(Scheduled, Entrypoint):
    """Has due queries, or an interval in seconds."""

    agenda = Agenda()

    def __init__(self, dues: Sequence[Due], interval: float | None, leased: bool) -> None:
        Scheduled.__init__(self)
        Entrypoint.__init__(self)
        self.dues = dues
        self.interval = interval
        self.leased = leased
        self._stopping = False
        self._awake = Event()
        self._turn = Semaphore(1)
        self._had_work = False
        self._worked = False

    def setup(self) -> None:
        self.agenda.add(self)

    def start(self) -> None:
        store_of(self.container).database.on_wake(self.method_name, self.wake)
        if self.interval is not None:
            clock.on_move(self.wake)
            self.wake()
        self._thread = self.container.spawn_managed_thread(self._run)
        _running.add(self)

    def stop(self) -> None:
        self._leave()
        self._thread.wait()

    def kill(self) -> None:
        self._leave()
        self._thread.kill()

    def wake(self) -> None:
        if not self._awake.ready():
            self._awake.send(True)

    def run_now(self) -> Result:
        """Runs the method once, to its end, after a run that is under way."""
        with self._turn:
            result = self._run_once()
        had_work, self._had_work = self._had_work, result is True
        if result is True:
            self._worked = True
            # a run has committed something, which may fall due again; and more may have come with the same moment
            self.forget_tried()
            self.agenda.look_soon()
        elif result is False:
            if not had_work:
                self.tried(LOOK)
        else:
            self.tried(result.total_seconds())
            self.agenda.look_within(result.total_seconds())
        return result

    def run_if_due(self, *, with_interval: bool) -> None:
        """Run if the agenda says so or a commit or the clock woke it. Waits for a run that is under way in any case.

        with_interval: run also if the timer has an interval.
        """
        if (with_interval and self.interval is not None) or self.is_due or self._awake.ready():
            self.run_now()
        else:
            with self._turn:
                return

    def has_worked(self) -> bool:
        """Whether a run had work since this was asked last, whoever began it."""
        worked, self._worked = self._worked, False
        return worked

    def _run_once(self) -> Result:
        done = Event()

        def settle(_: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
            done.send(False if exc_info else result)
            return result, exc_info

        try:
            self.container.spawn_worker(
                self,
                (self.agenda.lease if self.leased else None,),
                {},
                context_data={"context": Context.begin()},
                handle_result=settle,
            )
        except ContainerBeingKilled:
            return False
        result: Result = done.wait()
        return result

    def _run(self) -> None:
        pause: float | None = None
        while not self._stopping:
            self._awake.wait(pause)
            if self._stopping:
                return
            # what commits ask for within so short a time is done by one run
            eventlet.sleep(GATHER)
            self._awake = Event()
            result: Result = True
            while result is True and not self._stopping:
                result = self.run_now()
            # what has due queries is woken by the agenda
            pause = self.interval
            if pause is not None and isinstance(result, timedelta):
                pause = result.total_seconds()

    def _leave(self) -> None:
        self._stopping = True
        _running.discard(self)
        if self.interval is not None and self.wake in clock._listeners:
            clock.forget(self.wake)
        self.wake()


Method = Callable[[Any], Result]


def when_due(*dues: Due, leased: bool = False) -> Callable[[Method], Any]:
    """Runs the method when the earliest of the dues has come."""
    return functools.partial(_timer, dues, None, leased)


def every(seconds: float, *, leased: bool = False) -> Callable[[Method], Any]:
    """Runs the method at the start and at an interval, for work that may wait so long. It costs nothing in between."""
    return functools.partial(_timer, (), seconds, leased)


def _timer(dues: Sequence[Due], interval: float | None, leased: bool, method: Method) -> Any:
    after_failure: Result = timedelta(seconds=RETRY) if interval is None else False

    @functools.wraps(method)
    def entry(self: Any, lease: leases.Lease | None) -> Result:
        try:
            if lease is not None and not lease.take(self.store.database):
                return leases.LENGTH
            return method(self)
        except DBAPIError as error:
            log.warning("timer_failed", service=self.name, timer=method.__name__, error=str(error.orig).strip())
            return after_failure
        except Exception as error:
            log.error("timer_failed", service=self.name, timer=method.__name__, error=repr(error), exc_info=True)
            return after_failure

    register_entrypoint(entry, Timer(dues, interval, leased))
    return entry


def run_due(*, with_intervals: bool = True) -> bool:
    """Run every due timer of this process once. True: one of them had work, perhaps in a run that began by itself.

    with_intervals: run also every timer with an interval.
    """
    agenda.look_everywhere()
    timers = list(_running)
    for timer in timers:
        timer.run_if_due(with_interval=with_intervals)
    worked = [timer.has_worked() for timer in timers]
    return any(worked)
