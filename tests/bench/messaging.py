"""RPC, commands and events of the chassis beside those of bare nameko. `python -m tests.bench.messaging`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from tests import servers
from tests.bench.load import Load
from tests.bench.table import show
from tests.waiting import wait_until

CALLS, EVENTS = 4000, 3000


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
    show(messaging())
