"""Prometheus metrics. One registry per process; a label names the service. Labels contain no personal data."""

from __future__ import annotations

from prometheus_client import REGISTRY, Counter, Gauge, Histogram, generate_latest

calls = Counter("madang_calls_total", "Calls, events and timer runs by outcome", ["service", "name", "outcome"])
call_seconds = Histogram("madang_call_seconds", "Time that calls, events and timer runs took", ["service", "name"])
events_published = Counter("madang_events_published_total", "Events that the broker confirmed", ["service"])
outbox_waiting = Gauge("madang_outbox_waiting", "Events written and not yet published", ["service"])
inbox_waiting = Gauge("madang_inbox_waiting", "Events that wait for another attempt", ["service"])
inbox_dead = Gauge("madang_inbox_dead", "Events that were given up: dead letters", ["service"])
relay_active = Gauge("madang_relay_active", "1 where this replica's relay publishes", ["service"])
container_restarts = Counter(
    "madang_container_restarts_total", "Containers that died and were started again", ["service"]
)
requests_put_aside = Counter("madang_requests_put_aside_total", "RPC messages that could not be answered", ["service"])


def exposition() -> bytes:
    return generate_latest(REGISTRY)
