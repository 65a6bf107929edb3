"""Bookings through the gateway: what is accepted each second, how long it takes, and which process it costs.

Real processes on RabbitMQ and PostgreSQL, and HTTP clients in a process of their own. Every request is another person's
and for a time that is free, so every answer must be 201; afterwards the database has to know each of them and the
relay has to have published each event. `python -m tests.bench.bookings [SECONDS]` runs it alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from services.gateway.identity import Tokens
from tests import servers
from tests.bench import processor
from tests.bench.table import show
from tests.system.deployment import CLOCK, Deployment
from tests.waiting import wait_until

KEY = "a key for this bench alone, long enough"
PROFILE = Path("deploy/centres/seogu.yaml")
ROOMS = 100
SECONDS, WARM_UP = 8.0, 3.0
# Each measurement takes what it needs; beyond this the centre would be full.
MOST_PER_SECOND = 700
DEPLOYMENTS = (
    ("gateway", "booking"),
    ("gateway", "booking", "notify"),
    ("gateway", "booking", "booking"),
)


@dataclass(frozen=True)
class Measured:
    """latencies: seconds, sorted. processor: seconds of it by process, until every event was handled."""

    accepted: int
    wall: float
    latencies: list[float]
    processor: dict[str, float]
    elsewhere: float

    @property
    def figures(self) -> str:
        p50, p95 = (self.latencies[int(len(self.latencies) * part)] * 1000 for part in (0.5, 0.95))
        costs = ", ".join(f"{name} {cost / self.accepted * 1000:.2f}" for name, cost in self.processor.items())
        total = sum(self.processor.values()) / self.accepted * 1000
        return (
            f"{self.accepted / self.wall:.0f}/s, p50 {p50:.0f} ms, p95 {p95:.0f} ms; "
            f"ms of processor each: {costs}, together {total:.2f}; "
            f"others took {self.elsewhere / self.wall / (os.cpu_count() or 1):.0%} of the machine"
        )


def bookings(seconds: float = SECONDS) -> Iterator[tuple[str, str]]:
    for services in DEPLOYMENTS:
        with deployed(services) as (deployment, requests):
            measure(deployment, requests, 32, WARM_UP)
            for at_once in (8, 32):
                label = f"bookings, {at_once} clients: {', '.join(services)}"
                yield label, measure(deployment, requests, at_once, seconds).figures
            check(deployment)


@contextmanager
def deployed(services: tuple[str, ...], rooms: int = ROOMS) -> Iterator[tuple[Deployment, Iterator[str]]]:
    with tempfile.TemporaryDirectory() as directory:
        profile = Path(directory) / "profile.yaml"
        profile.write_text(yaml.safe_dump(many_rooms(rooms), allow_unicode=True), encoding="utf-8")
        deployment = Deployment(Path(directory), by_commands=True, MADANG_PROFILE=str(profile), MADANG_TOKEN_KEY=KEY)
        try:
            deployment.start(*services)
            yield deployment, requests(rooms)
        finally:
            deployment.stop()


def many_rooms(rooms: int = ROOMS) -> dict[str, Any]:
    """The first centre with enough rooms that no two requests want the same hour."""
    content: dict[str, Any] = yaml.safe_load(PROFILE.read_text(encoding="utf-8"))
    content["booking"]["spaces"] = [
        {"id": f"room-{number}", "names": {"ko": f"방 {number}", "en": f"Room {number}"}, "capacity": 30}
        for number in range(rooms)
    ]
    content["booking"]["allowance"]["spaces"] = ["room-0"]
    return content


def requests(rooms: int = ROOMS) -> Iterator[str]:
    """An application by another person each, one hour after the other, in one room after the other."""
    tokens = Tokens(KEY)
    opening = datetime.fromisoformat(CLOCK).replace(hour=9)
    days = [opening + timedelta(days=ahead) for ahead in range(8, 31)]
    hours = [day + timedelta(hours=hour) for day in days if is_weekday(day) for hour in range(12)]
    for number, (start, room) in enumerate((start, room) for start in hours for room in range(rooms)):
        person = {"sub": f"person-{number}", "name": "홍길동", "roles": ["resident"], "orgs": [], "locale": "ko"}
        body = {
            "space_id": f"room-{room}",
            "start": start.isoformat(),
            "end": (start + timedelta(hours=1)).isoformat(),
            "title": "마을 회의",
            "purpose": "community",
            "attendees": 10,
        }
        text = json.dumps(body)
        yield (
            "POST /api/v1/bookings HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {tokens.issue(person)}\r\nIdempotency-Key: bench-{number}\r\n"
            f"Content-Length: {len(text)}\r\n\r\n{text}"
        )


def is_weekday(day: date) -> bool:
    return day.weekday() < 5


def measure(deployment: Deployment, requests: Iterator[str], at_once: int, seconds: float) -> Measured:
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as plan:
        chosen = [next(requests) for _ in range(int(seconds * MOST_PER_SECOND))]
        json.dump({"port": deployment.port, "at_once": at_once, "seconds": seconds, "requests": chosen}, plan)
        plan.flush()
        pids = known_pids(deployment)
        known_before = count(deployment, "bookings")
        before, busy = processor.seconds_by_name(pids), processor.busy_seconds()
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.clients", plan.name], check=True, capture_output=True, text=True
        )
        found = json.loads(done.stdout)
        wait_until(lambda: is_settled(deployment), 300)
        after = processor.seconds_by_name(pids)
    assert list(found["statuses"]) == ["201"], found["statuses"]
    assert len(found["latencies"]) < len(chosen), "there were too few requests"
    accepted = found["statuses"]["201"]
    assert count(deployment, "bookings") - known_before == accepted
    spent = {name: after[name] - before[name] for name in pids} | {"clients": found["processor"]}
    elsewhere = processor.busy_seconds() - busy - sum(spent.values())
    return Measured(accepted, found["wall"], found["latencies"], spent, elsewhere)


def known_pids(deployment: Deployment) -> dict[str, list[int]]:
    """Of the servers only those that are the bench's own: what another machine's cost is not to be seen here."""
    pids: dict[str, list[int]] = {}
    for process in deployment.processes:
        pids.setdefault(process.service, []).append(process.popen.pid)
    for name, server in (("RabbitMQ", servers.rabbitmq()), ("PostgreSQL", servers.postgres())):
        if (pid := getattr(server, "pid", None)) is not None:
            pids[name] = [pid]
    return pids


def is_settled(deployment: Deployment) -> bool:
    waiting = deployment.sql("booking", "SELECT count(*) FROM outbox WHERE published_at IS NULL")[0][0]
    if waiting or not deployment.of("notify"):
        return not waiting
    return deployment.sql("notify", "SELECT count(*) FROM inbox")[0][0] == count(deployment, "outbox")


def check(deployment: Deployment) -> None:
    assert count(deployment, "outbox") == count(deployment, "bookings")
    assert deployment.sql("booking", "SELECT count(*) FROM outbox WHERE published_at IS NULL") == [(0,)]


def count(deployment: Deployment, table: str) -> int:
    return int(deployment.sql("booking", f"SELECT count(*) FROM {table}")[0][0])


if __name__ == "__main__":
    show(bookings(*(float(each) for each in sys.argv[1:2])))
