"""For the embedded development mode alone: moves the clock and runs what became due, until everything is quiet."""

from __future__ import annotations

from datetime import datetime

import eventlet

from services.chassis import clock, relay, timers
from services.chassis.inproc import BROKERS

PATIENCE = 20.0


def move_clock(moment: datetime) -> None:
    """Raises ValueError if `moment` is in the clock's past."""
    clock.move_to(moment)
    settle()


def settle() -> None:
    """Runs timers and relays until no event is on its way and no timer has work, at most PATIENCE seconds."""
    quiet_rounds = 0
    with eventlet.Timeout(PATIENCE, False):
        # Two rounds, because a timer that runs by itself may create work for one that has just been asked. Timers with
        # an interval are asked again only after a round with work: a moved clock or a commit wakes them by itself.
        while quiet_rounds < 2:
            # Quiet before the timers ran and after: an event that arrived meanwhile may have given them work again.
            is_quiet = _is_quiet() and not timers.run_due(with_intervals=quiet_rounds == 0) and _is_quiet()
            quiet_rounds = quiet_rounds + 1 if is_quiet else 0
            eventlet.sleep(0.01)


def _is_quiet() -> bool:
    return relay.all_published() and not any(broker.waiting() or broker.taken for broker in BROKERS.values())
