"""How long an installation takes to be ready, and how much memory it has then. `python -m tests.bench.starting`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.bench.table import show
from tests.servers.ports import free_port
from tests.system.deployment import Deployment
from tests.waiting import wait_until


def starting() -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as directory:
        for which in ("first", "second"):
            seconds, megabytes = embedded(Path(directory))
            yield f"madang run, {which} start", f"{seconds:.1f} s, {megabytes:.0f} MB resident"
    with tempfile.TemporaryDirectory() as directory:
        deployment = Deployment(Path(directory), by_commands=True)
        for service in ("booking", "notify", "gateway"):
            began = time.perf_counter()
            (process,) = deployment.start(service)
            seconds = time.perf_counter() - began
            yield f"madang serve {service}", f"{seconds:.1f} s, {resident(process.popen.pid):.0f} MB resident"
        deployment.stop()


def embedded(data: Path) -> tuple[float, float]:
    port = free_port()
    environment = {**os.environ, "MADANG_DATA": str(data), "MADANG_PORT": str(port), "MADANG_LOG_LEVEL": "WARNING"}
    began = time.perf_counter()
    command = [sys.executable, "-m", "services.chassis.cli", "run"]
    popen = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    wait_until(lambda: answers(f"http://127.0.0.1:{port}/readyz"))
    figures = time.perf_counter() - began, resident(popen.pid)
    popen.send_signal(signal.SIGINT)
    popen.wait(30)
    return figures


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def resident(pid: int) -> float:
    """Megabytes."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


if __name__ == "__main__":
    show(starting())
