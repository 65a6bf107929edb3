"""Due work: `every(seconds)` runs a method again and again, `method(self) -> bool`, as long as it says there was work.

It is looked for at the interval, when the clock is moved, and when a transaction asked for it by name
(`db.wake_after_commit`). A leased timer runs on one replica at a time; the others run theirs side by side and claim
rows (SKIP LOCKED). A run that fails is logged and comes again at the next interval; it never stops the timer.
"""

from __future__ import annotations

import functools
import weakref
from collections.abc import Callable
from typing import Any

import eventlet
import structlog
from eventlet.event import Event
from eventlet.semaphore import Semaphore
from nameko.containers import ContainerBeingKilled
from nameko.extensions import Entrypoint, register_entrypoint
from sqlalchemy.exc import DBAPIError

from services.chassis import clock, ids, leases
from services.chassis.context import Context
from services.chassis.store import store_of

# What commits ask for within so short a time is done by one run: the first look would find only the first of it.
GATHER = 0.05

log = structlog.get_logger("madang.timers")

_running: weakref.WeakSet[Timer] = weakref.WeakSet()


class Timer(Entrypoint):
    def __init__(self, seconds: float, leased: bool) -> None:
        self.seconds = seconds
        self.leased = leased
        self._stopping = False
        self._awake = Event()
        self._turn = Semaphore(1)
        self._worked = False
        self._holder = ids.new_id()
        super().__init__()

    def start(self) -> None:
        clock.on_move(self.wake)
        store_of(self.container).database.on_wake(self.method_name, self.wake)
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

    def run_now(self) -> bool:
        """Runs the method once, to its end, after a run that is under way. True: there was work."""
        with self._turn:
            worked = self._run_once()
            self._worked = self._worked or worked
            return worked

    def has_worked(self) -> bool:
        """Whether a run had work since this was asked last, whoever began it."""
        worked, self._worked = self._worked, False
        return worked

    def _run_once(self) -> bool:
        done = Event()

        def settle(_: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
            done.send(bool(result))
            return result, exc_info

        try:
            self.container.spawn_worker(
                self,
                (self._holder if self.leased else "",),
                {},
                context_data={"context": Context.begin()},
                handle_result=settle,
            )
        except ContainerBeingKilled:
            return False
        return bool(done.wait())

    def _run(self) -> None:
        while not self._stopping:
            if not self.run_now():
                self._awake.wait(self.seconds)
                if not self._stopping:
                    eventlet.sleep(GATHER)
                self._awake = Event()

    def _leave(self) -> None:
        self._stopping = True
        _running.discard(self)
        if self.wake in clock._listeners:
            clock.forget(self.wake)
        self.wake()


def every(seconds: float, *, leased: bool = False) -> Callable[[Callable[[Any], bool]], Any]:
    def decorate(method: Callable[[Any], bool]) -> Any:
        @functools.wraps(method)
        def entry(self: Any, holder: str) -> bool:
            name = f"timer:{method.__name__}"
            try:
                if holder and not self.store.transaction(lambda session: leases.hold(session, name, holder)):
                    return False
                return bool(method(self))
            except DBAPIError as error:
                log.warning("timer_failed", service=self.name, timer=method.__name__, error=str(error.orig).strip())
                return False
            except Exception as error:
                log.error("timer_failed", service=self.name, timer=method.__name__, error=repr(error), exc_info=True)
                return False

        register_entrypoint(entry, Timer(seconds, leased))
        return entry

    return decorate


def run_due() -> bool:
    """Runs every timer of this process once. True: one of them had work, also by a run that its own interval began."""
    timers = list(_running)
    for timer in timers:
        timer.run_now()
    worked = [timer.has_worked() for timer in timers]
    return any(worked)
