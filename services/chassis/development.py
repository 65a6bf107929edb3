"""For the embedded development mode alone: moves the clock and runs what became due, until everything is quiet."""

from __future__ import annotations

from datetime import datetime

import eventlet

from services.chassis import clock, outbox, timers
from services.chassis.inproc import BROKERS

PATIENCE = 20.0


def move_clock(moment: datetime) -> None:
    """Raises ValueError if `moment` is in the clock's past."""
    clock.move_to(moment)
    settle()


def settle() -> None:
    """Runs timers and relays until no event is on its way and no timer has work, at most PATIENCE seconds."""
    with eventlet.Timeout(PATIENCE, False):
        # Quiet before the timers ran and after: an event that arrived meanwhile may have given them work again.
        while not _is_quiet() or timers.run_due() or not _is_quiet():
            eventlet.sleep(0.01)


def _is_quiet() -> bool:
    return outbox.all_published() and not any(broker.waiting() or broker.taken for broker in BROKERS.values())
