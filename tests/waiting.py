"""One way to wait for what comes by itself: an event's effect, a timer's, a process's."""

import time
from collections.abc import Callable
from typing import Any

PATIENCE = 180.0
"""Seconds: far more than anything takes on an idle machine, so that a busy one fails no test."""


def wait_until(condition: Callable[[], Any], patience: float = PATIENCE) -> Any:
    """What `condition` returned when it was first true. Fails when it never was."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {patience} s: {condition}")
