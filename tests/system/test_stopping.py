"""An idle process obeys a signal at once, even if its next timer is far away."""

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
"""Seconds that eventlet's hub waits when no timer is set."""


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
    """The process waits in the kernel."""
    return "State:\tS" in Path(f"/proc/{pid}/status").read_text()
