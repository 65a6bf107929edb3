"""What an installation costs that has nothing to do. `python -m tests.bench.resting`.

Processor time by /proc, over SECONDS of rest; embedded, the SQL statements of the same time, by database.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.bench.processor import seconds_by_name
from tests.bench.starting import answers
from tests.bench.table import show
from tests.servers.ports import free_port
from tests.system.deployment import Deployment
from tests.waiting import wait_until

SECONDS = 120
SETTLING = 15
"""Seconds until what a start leaves to do is done."""
SERVED = ("booking", "notify", "gateway")


def resting() -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as directory:
        yield from embedded(Path(directory))
    with tempfile.TemporaryDirectory() as directory:
        deployment = Deployment(Path(directory), by_commands=True)
        deployment.start(*SERVED)
        spent = processor_at_rest({each.service: [each.popen.pid] for each in deployment.processes})
        deployment.stop()
        for service, seconds in spent.items():
            yield f"madang serve {service}, at rest", share(seconds)


def embedded(data: Path) -> Iterator[tuple[str, str]]:
    port = free_port()
    environment = {**os.environ, "MADANG_DATA": str(data), "MADANG_PORT": str(port), "MADANG_LOG_LEVEL": "WARNING"}
    statements = data / "statements"
    command = [sys.executable, "-m", "tests.bench.counted", str(statements), "run"]
    popen = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    wait_until(lambda: answers(f"http://127.0.0.1:{port}/readyz"))
    spent = processor_at_rest({"madang run": [popen.pid]})
    until = time.time()
    popen.send_signal(signal.SIGINT)
    popen.wait(30)
    yield "madang run, at rest", share(spent["madang run"])
    lines = [line.split("\t") for line in statements.read_text(encoding="utf-8").splitlines()]
    by_database = Counter(Path(name).stem for at, name in lines if until - SECONDS <= float(at) <= until)
    counts = ", ".join(f"{name} {count}" for name, count in sorted(by_database.items())) or "none"
    yield f"madang run, SQL statements in {SECONDS} s at rest", counts


def processor_at_rest(pids: dict[str, list[int]]) -> dict[str, float]:
    """Processor seconds of each name's processes in SECONDS without work."""
    time.sleep(SETTLING)
    before = seconds_by_name(pids)
    time.sleep(SECONDS)
    after = seconds_by_name(pids)
    return {name: after[name] - before[name] for name in pids}


def share(seconds: float) -> str:
    return f"{100 * seconds / SECONDS:.2f} % of a core"


if __name__ == "__main__":
    show(resting())
