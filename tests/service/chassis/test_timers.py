"""Timers: what is under way is waited for."""

from datetime import timedelta

import eventlet

from services.chassis import clock
from tests.probe.service import chores, tries


def test_settling_waits_for_a_run_that_is_under_way(probe):
    chores.append(0.5)
    clock.move_to(clock.now() + timedelta(seconds=1))  # wakes every timer
    with eventlet.Timeout(20):
        while chores:
            eventlet.sleep(0.01)
    probe.settle()
    assert tries["chore of 0.5 s"] == 1
