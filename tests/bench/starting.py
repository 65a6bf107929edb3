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
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from tests.bench import baseline
from tests.bench.baseline import Cost
from tests.bench.processor import seconds_by_name
from tests.bench.table import show
from tests.servers.ports import free_port
from tests.system.deployment import Deployment
from tests.waiting import wait_until

STARTS = 3


def starting() -> Iterator[tuple[str, str]]:
    nothing = baseline.imports()
    yield "import of nameko, SQLAlchemy and Flask alone", nothing.beside(nothing)
    help_text = baseline.command([sys.executable, "-m", "services.chassis.cli", "--help"])
    yield "madang --help", help_text.beside(nothing)
    with tempfile.TemporaryDirectory() as directory:
        yield "madang run, first start", embedded(Path(directory)).beside(nothing)
        yield "madang run, second start", several(lambda: embedded(Path(directory))).beside(nothing)
    with tempfile.TemporaryDirectory() as directory:
        deployment = Deployment(Path(directory), by_commands=True)
        for service in ("booking", "notify", "gateway"):
            cost = several(lambda service=service: served(deployment, service))
            yield f"madang serve {service}", cost.beside(nothing)
        deployment.stop()


def several(start: Callable[[], Cost]) -> Cost:
    """Median of each figure over STARTS starts."""
    costs = [start() for _ in range(STARTS)]
    return Cost(
        median(each.seconds for each in costs),
        median(each.processor for each in costs),
        median(each.megabytes for each in costs),
    )


def embedded(data: Path) -> Cost:
    port = free_port()
    environment = {**os.environ, "MADANG_DATA": str(data), "MADANG_PORT": str(port), "MADANG_LOG_LEVEL": "WARNING"}
    began = time.perf_counter()
    command = [sys.executable, "-m", "services.chassis.cli", "run"]
    popen = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    wait_until(lambda: answers(f"http://127.0.0.1:{port}/readyz"))
    cost = cost_of(popen.pid, began)
    popen.send_signal(signal.SIGINT)
    popen.wait(30)
    return cost


def served(deployment: Deployment, service: str) -> Cost:
    began = time.perf_counter()
    (process,) = deployment.start(service)
    cost = cost_of(process.popen.pid, began)
    process.send(signal.SIGTERM)
    process.popen.wait(30)
    return cost


def cost_of(pid: int, began: float) -> Cost:
    """What a process has taken since it was started at `began` (of time.perf_counter)."""
    seconds = time.perf_counter() - began
    return Cost(seconds, seconds_by_name({"it": [pid]})["it"], resident(pid))


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
