"""`madang` processes for tests that need many: forked from one process in which all modules are imported.

A forked process does the same as the command. It only does not import its modules, which takes most of the time of a
start.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path


class Child:
    """A forked process, with the part of subprocess.Popen that tests use."""

    def __init__(self, pid: int, status: Path, server: subprocess.Popen[str]) -> None:
        self.pid = pid
        self._status = status
        self._server = server

    def poll(self) -> int | None:
        """The exit status, negative for a signal. None while the process runs."""
        try:
            return int(self._status.read_text())
        except FileNotFoundError:
            assert self._server.poll() is None, "the fork server has ended"
            return None

    def wait(self, timeout: float = 300.0) -> int:
        end = time.monotonic() + timeout
        while (status := self.poll()) is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout)
            time.sleep(0.01)
        return status

    def send_signal(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class ForkServer:
    def __init__(self) -> None:
        self._directory = tempfile.TemporaryDirectory()
        self._statuses = 0
        command = [sys.executable, "-W", "ignore", "-m", "tests.system.fork_server"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def fork(
        self, arguments: Sequence[str], environment: Mapping[str, str], log: Path, sabotage: Sequence[str] = ()
    ) -> Child:
        """Run `madang` with the arguments, its output in `log`. sabotage: as for tests/faults/sabotage.py."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._statuses += 1
        status = Path(self._directory.name) / str(self._statuses)
        plan = {
            "arguments": list(arguments),
            "environment": dict(environment),
            "log": str(log),
            "sabotage": list(sabotage),
            "status": str(status),
        }
        # eventlet would try for ever to write to a process that has ended
        assert self._process.poll() is None, "the fork server has ended"
        self._process.stdin.write(json.dumps(plan) + "\n")
        self._process.stdin.flush()
        return Child(int(self._process.stdout.readline()), status, self._process)

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(30)
        self._process.stdout.close()
        self._directory.cleanup()


@cache
def fork_server() -> ForkServer:
    """The fork server of this process, which ends with it."""
    server = ForkServer()
    atexit.register(server.close)
    return server
