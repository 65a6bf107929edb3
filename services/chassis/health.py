"""Liveness, readiness and metrics of a process, over HTTP on a small port of its own (or on the gateway's).

`/livez` answers as long as the process can answer, and never asks the broker: a broker that is away must not make an
orchestrator restart everything. `/readyz` says 503 and why: database, migrations, consumers, or a stop under way.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import eventlet
from eventlet import wsgi
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from services.chassis import metrics, migrate, relay
from services.chassis.messaging import DrainingConsumer
from services.chassis.store import Store

Answer = tuple[int, str, bytes]


class Health:
    """What the containers of this process say of themselves. `containers` gives the live ones by service name."""

    def __init__(self, services: Iterable[str], containers: Callable[[], Mapping[str, Any]]) -> None:
        self._services = tuple(services)
        self._containers = containers
        self._migrated: set[str] = set()
        self.stopping = False

    def live(self) -> Answer:
        return _answer(200, {"status": "live"})

    def ready(self) -> Answer:
        faults = {name: fault for name in self._services if (fault := self._fault(name))}
        if self.stopping:
            faults["process"] = "stopping"
        return _answer(503, {"status": "not ready", "faults": faults}) if faults else _answer(200, {"status": "ready"})

    def metrics(self) -> Answer:
        relay.measure_queues()
        return 200, "text/plain; version=0.0.4; charset=utf-8", metrics.exposition()

    def _fault(self, name: str) -> str | None:
        container = self._containers().get(name)
        if container is None or not container.started:
            return "not started"
        consumers = [each for each in container.subextensions if isinstance(each, DrainingConsumer)]
        if not all(consumer.is_connected for consumer in consumers):
            return "not connected to the broker"
        stores = [each for each in container.dependencies if isinstance(each, Store)]
        return self._database_fault(stores[0]) if stores else None

    def _database_fault(self, store: Store) -> str | None:
        name = store.manifest.name
        try:
            store.transaction(lambda session: session.execute(text("SELECT 1")))
            if name not in self._migrated and not migrate.is_current(store.database, store.manifest):
                return "the database is not migrated to this version"
        except SQLAlchemyError as error:
            return f"database: {type(error).__name__}"
        self._migrated.add(name)
        return None


def serve(health: Health, host: str, port: int) -> Any:
    """Listens in a greenlet of its own. Returns what `kill()` ends it with."""
    socket = eventlet.listen((host, port))
    quiet = type("Quiet", (), {"write": staticmethod(lambda _: None)})
    return eventlet.spawn(wsgi.server, socket, _application(health), log=quiet, log_output=False)


def _application(health: Health) -> Any:
    routes = {"/livez": health.live, "/readyz": health.ready, "/metrics": health.metrics}

    def application(environ: Mapping[str, Any], start_response: Any) -> list[bytes]:
        answer = routes.get(environ["PATH_INFO"], lambda: _answer(404, {"status": "not found"}))
        status, content_type, body = answer()
        start_response(f"{status} ", [("Content-Type", content_type), ("Content-Length", str(len(body)))])
        return [body]

    return application


def _answer(status: int, body: Mapping[str, Any]) -> Answer:
    return status, "application/json", json.dumps(body).encode()
