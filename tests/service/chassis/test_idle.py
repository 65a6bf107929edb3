"""A centre with nothing to do: how often it asks its databases, and what it finds although nobody told it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event, select, update

from services.chassis import agenda, clock, deadletters, ids
from services.chassis.db import Database
from services.chassis.manifest import installed
from services.chassis.messaging import DrainingConsumer
from services.chassis.tables import inbox, outbox
from services.chassis.testing import Bench
from tests import servers
from tests.probe.service import MANIFEST
from tests.servers.ports import free_port
from tests.service.chassis.test_inbox import noted
from tests.service.machine_time import pass_seconds
from tests.waiting import wait_until

TWO_MINUTES = 120
WELL_BELOW = agenda.LOOK / 2
"""Seconds in which no look falls that nobody asked for."""


@contextmanager
def counted(bench: Bench, services: list[str]) -> Iterator[Counter[tuple[str, str]]]:
    """How often each service executes which statement meanwhile."""
    found: Counter[tuple[str, str]] = Counter()
    listeners = []
    for service in services:

        def count(_connection, _cursor, statement, *_, service=service):
            if not statement.startswith("BEGIN"):
                found[service, statement] += 1

        engine = bench.database(service).engine
        event.listen(engine, "before_cursor_execute", count)
        listeners.append((engine, count))
    yield found
    for engine, count in listeners:
        event.remove(engine, "before_cursor_execute", count)


def test_idle_centre_asks_each_database_once_in_thirty_seconds(bench_of):
    services = list(installed())
    bench = bench_of(*services, port=free_port())
    bench.settle()
    pass_seconds(60)  # leases run out
    with counted(bench, services) as found:
        pass_seconds(TWO_MINUTES)
    asking = [service for service, _ in found]
    assert sorted(asking) == sorted(name for name in services if name != "gateway"), "one statement, the agenda's"
    assert set(found.values()) <= {3, 4, 5}, found


@pytest.fixture
def elsewhere(probe):
    """The probe's database as another process has it: what is committed there wakes nobody here."""
    database = Database(probe.database("probe").engine.url.render_as_string(hide_password=False))
    yield database
    database.dispose()


def test_timer_whose_wake_up_was_lost_runs_by_the_next_look(probe, elsewhere):
    clock.freeze(clock.now())
    given_up = noted("given up", refuse=True)
    probe.publish("district", "noted", given_up)
    probe.settle()
    pass_seconds(5)
    elsewhere.transaction(lambda session: deadletters.replay(session, given_up["id"]))
    pass_seconds(1)
    state = select(inbox.c.state, inbox.c.attempts)
    assert elsewhere.transaction(lambda session: session.execute(state).all()) == [("waiting", 0)]
    pass_seconds(int(agenda.LOOK) + 1)
    wait_until(lambda: elsewhere.transaction(lambda session: session.execute(state).all()) == [("dead", 1)], WELL_BELOW)


def test_event_that_another_process_wrote_is_published_by_the_next_look(probe, elsewhere):
    with probe.acting() as rpc:
        rpc.probe.do(what="deed")
    probe.settle()
    pass_seconds(10)
    elsewhere.transaction(lambda session: session.execute(update(outbox).values(published_at=None)))
    pass_seconds(int(agenda.LOOK) + 1)
    published = select(outbox.c.published_at)
    wait_until(lambda: elsewhere.transaction(lambda session: session.execute(published).scalar_one()), WELL_BELOW)


def test_command_line_makes_a_service_look_at_once(probe, elsewhere):
    given_up = noted("told", refuse=True)
    probe.publish("district", "noted", given_up)
    probe.settle()
    elsewhere.transaction(lambda session: deadletters.replay(session, given_up["id"]))
    with probe.acting() as rpc:
        rpc.probe.look()
    attempts = select(inbox.c.state, inbox.c.attempts)
    wait_until(lambda: elsewhere.transaction(lambda s: s.execute(attempts).all()) == [("dead", 1)], WELL_BELOW)


@pytest.mark.parametrize("broker", ["embedded", pytest.param("rabbitmq", marks=pytest.mark.servers)])
def test_stop_does_not_wait_for_a_consumer_to_look_up(tmp_path, monkeypatch, broker):
    monkeypatch.setattr(DrainingConsumer, "look_up", 600)
    # the embedded broker, unless another is named; no drain limit ends what a stop waits for
    uri = {"amqp_uri": servers.rabbitmq().fresh_vhost()} if broker == "rabbitmq" else {}
    bench = Bench(tmp_path, [MANIFEST], drain_limit=90, **uri)
    bench.start()
    with bench.acting() as rpc:
        rpc.probe.do(what=ids.new_id())
    began = time.monotonic()
    bench.stop()
    took = time.monotonic() - began
    if uri:
        servers.rabbitmq().drop_vhost(uri["amqp_uri"])
    assert took < 60
