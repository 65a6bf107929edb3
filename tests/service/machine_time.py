"""Lets machine time pass: pauses, timeouts and intervals of this process end as if so many seconds had gone by.

It never goes back, so that what waits goes on to wait for what it waited for; what has passed stays passed for the rest
of the process.
"""

from __future__ import annotations

import time

import eventlet
from eventlet.hubs import get_hub

ROUNDS = 20
"""Turns that greenlets get after each second, so that what has ended its pause comes to its next one."""

_real = time.monotonic
_passed = 0.0


def pass_seconds(seconds: int) -> None:
    """One after the other, so that a pause of any length shows as often as it would."""
    global _passed
    time.monotonic = get_hub().clock = _moved
    for _ in range(seconds):
        _passed += 1
        for _ in range(ROUNDS):
            eventlet.sleep(0)
        eventlet.sleep(0.001)


def _moved() -> float:
    return _real() + _passed
