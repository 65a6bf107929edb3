"""Notify's database and queues on real servers, and real processes that work on them when a test says so.

Nothing else of a deployment is there: a test publishes what other services would.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from services.chassis import clock, profile, publishing, topology
from services.chassis.db import Database
from services.notify.domain.rules import RULES
from services.notify.manifest import MANIFEST
from tests import centre, servers
from tests.service import migrated
from tests.system.deployment import CLOCK, OUTSIDE_SOURCES
from tests.system.forking import Child, fork_server
from tests.waiting import wait_until

CENTRE = centre.content()
PATIENCE = 240.0


@dataclass
class Notify:
    url: str
    broker: str
    database: Database = field(init=False)
    settings: Mapping[str, str] = field(default_factory=dict)
    processes: list[Child] = field(default_factory=list)

    def prepare(self) -> None:
        self.database = Database(self.url)
        self.database.transaction(partial(profile.load, manifest=MANIFEST, content=CENTRE, now=clock.now()))
        topology.declare(self.broker, [MANIFEST], OUTSIDE_SOURCES)

    def sql(self, statement: str) -> list[Any]:
        def execute(session: Any) -> list[Any]:
            result = session.execute(text(statement))
            return [tuple(row) for row in result] if result.returns_rows else []

        return self.database.transaction(execute)

    def insert(self, table: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        self.database.transaction(lambda session: session.execute(insert(table), rows))

    def publish(self, events: Sequence[publishing.Event]) -> None:
        """They are in the queues when it returns."""
        before = self.waiting()
        publisher = publishing.Publisher(self.broker)
        publisher.publish(events)
        publisher.close()
        wait_until(lambda: self.waiting() == before + len(events), PATIENCE)

    def start(self, *sabotage: str, now: str = CLOCK) -> Child:
        """sabotage: a fault and its marker file (sabotage.py)."""
        known = {"AMQP_URI": self.broker, "DATABASE_URL": self.url, "MADANG_CLOCK": now}
        environment = {**os.environ, **known, **self.settings}
        started = fork_server().fork(["serve", "notify"], environment, Path(os.devnull), sabotage)
        self.processes.append(started)
        return started

    def stop(self) -> None:
        while self.processes:
            process = self.processes.pop()
            process.kill()
            process.wait()

    def waiting(self) -> int:
        """Deliveries that nobody has acknowledged."""
        return sum(queue["messages"] for queue in self.queues())

    def queues(self) -> list[Mapping[str, Any]]:
        """Those of what people are told of."""
        known = servers.rabbitmq().queues(self.broker)
        return [known[f"evt-{rule.source}-{rule.event}--notify.announce"] for rule in RULES]


@contextmanager
def notify_alone(**settings: str) -> Iterator[Notify]:
    """settings: environment variables of its processes."""
    made = Notify(migrated.on_postgresql(MANIFEST), servers.rabbitmq().fresh_vhost(), settings)
    made.prepare()
    try:
        yield made
    finally:
        made.stop()
        made.database.dispose()
        servers.postgres().drop_database(made.url)
        servers.rabbitmq().drop_vhost(made.broker)
