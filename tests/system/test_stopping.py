"""A process with nothing to do obeys a signal at once, however far its next timer is."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import wait_until

AT_REST = """
from services.chassis import green
green.patch()
from services.chassis.config import Config
from services.chassis.runner import Runner
runner = Runner(Config(), [], frozenset())
runner.obey_signals()
print("at rest", flush=True)
runner.wait()
"""
SLEEPS = 60
"""Seconds that eventlet's hub waits where no timer is set."""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_wakes_a_process_that_has_no_timer(number):
    command = [sys.executable, "-W", "ignore", "-c", AT_REST]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout.readline() == "at rest\n"
            wait_until(lambda: sleeps(process.pid))
            process.send_signal(number)
            assert process.wait(SLEEPS / 2) == 0
        finally:
            process.kill()


def sleeps(pid: int) -> bool:
    """It waits in the kernel."""
    return "State:\tS" in Path(f"/proc/{pid}/status").read_text()
