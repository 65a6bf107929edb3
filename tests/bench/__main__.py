"""`make bench`: figures and ratios, all of one run. Machines are noisy: compare within a table, not between runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tests import servers
from tests.bench import availability
from tests.bench.bookings import bookings
from tests.bench.load import Load
from tests.bench.mails import mails
from tests.system.deployment import Deployment, free_port, wait_until

CALLS, EVENTS = 4000, 3000


def main() -> None:
    servers.start_all()
    table = [*starting(), *messaging(), *bookings(), *mails(), *availability.figures()]
    width = max(len(label) for label, _ in table)
    for label, figure in table:
        print(f"{label:{width}}  {figure}")


def starting() -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as directory:
        for which in ("first", "second"):
            seconds, megabytes = embedded(Path(directory))
            yield f"madang run, {which} start", f"{seconds:.1f} s, {megabytes:.0f} MB resident"
    with tempfile.TemporaryDirectory() as directory:
        deployment = Deployment(Path(directory))
        deployment.prepare()
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


def messaging() -> Iterator[tuple[str, str]]:
    uri = servers.rabbitmq().fresh_vhost()
    with service("bare", uri), service("probe", uri):
        parts = urlsplit(uri)
        load = Load(parts.port or 5672, unquote(parts.path[1:]))
        for at_once in (1, 32):
            bare = load.calls_per_second("bare", "echo", {"what": "x"}, CALLS, at_once)
            ours = load.calls_per_second("probe", "echo", {"what": "x"}, CALLS, at_once)
            yield f"RPC/s, {at_once} at once: bare nameko | chassis", f"{bare:.0f} | {ours:.0f} ({ours / bare:.2f})"
        written = load.calls_per_second("probe", "do", {"what": "x"}, CALLS // 4, 32)
        yield "commands/s, 32 at once, with database, idempotency key and outbox", f"{written:.0f}"
        bare_events = handled(load, "bench.events", lambda: load.call("bare", "count"))
        wait_until(lambda: load.call("probe", "settled"), 300)
        before = load.call("probe", "count")
        our_events = handled(load, "district.events", lambda: load.call("probe", "count") - before)
        ratio = our_events / bare_events
        yield "events/s: bare nameko | chassis with inbox", f"{bare_events:.0f} | {our_events:.0f} ({ratio:.2f})"


def handled(load: Load, exchange: str, count: Callable[[], int]) -> float:
    events = [
        {
            "specversion": "1.0",
            "id": str(uuid.uuid4()),
            "source": "/bench",
            "type": "bench.noted.v1",
            "data": {"what": "x"},
        }
        for _ in range(EVENTS)
    ]
    began = time.perf_counter()
    load.publish(exchange, "noted", events)
    while count() < EVENTS:
        time.sleep(0.02)
    return EVENTS / (time.perf_counter() - began)


@contextmanager
def service(name: str, uri: str) -> Iterator[None]:
    database = servers.postgres().create_database()
    environment = {**os.environ, "AMQP_URI": uri, "DATABASE_URL": database}
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.servers_under_test", name]
    popen = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert popen.stdout is not None
    assert popen.stdout.readline().strip() == "ready"
    try:
        yield
    finally:
        popen.send_signal(signal.SIGTERM)
        popen.wait(30)
        servers.postgres().drop_database(database)


if __name__ == "__main__":
    main()
