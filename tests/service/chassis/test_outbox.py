"""The relay: order, events that nobody hears, and what is due again."""

import json
from datetime import timedelta

import eventlet
from kombu import Connection
from sqlalchemy import select

from services.chassis import clock, topology
from services.chassis import outbox as relay
from services.chassis.messaging import event_queue
from services.chassis.tables import outbox
from tests.probe.service import MANIFEST


def do(bench, what: str) -> None:
    with bench.acting() as rpc:
        rpc.probe.do(what=what)


def rows(bench) -> list:
    return bench.database("probe").transaction(
        lambda session: session.execute(select(outbox).order_by(outbox.c.id)).all()
    )


def effects(bench) -> list[str]:
    with bench.acting() as rpc:
        return [what for what in rpc.probe.effects() if what.startswith("noted")]


def close_the_queue(bench) -> None:
    with Connection(bench.config.amqp_uri) as connection:
        event_queue("probe", "done", "probe.note")(connection.channel()).delete()


def open_the_queue(bench) -> None:
    topology.declare(bench.config.amqp_uri, [MANIFEST], bench.config.outside_sources)


def test_event_is_a_cloud_event_about_its_subject(probe):
    do(probe, "deed")
    probe.settle()
    (row,) = rows(probe)
    envelope = json.loads(row.envelope)
    assert row.published_at is not None
    assert (envelope["type"], envelope["source"], envelope["subject"]) == (
        "madang.probe.done.v1",
        "/madang/probe",
        "deed",
    )
    assert envelope["traceparent"].startswith("00-")


def test_event_that_nobody_hears_backs_off_and_holds_back_only_its_own_subject(probe):
    clock.freeze(clock.now())
    close_the_queue(probe)
    do(probe, "first")
    unheard = wait_for_error(probe)
    assert "no queue is bound" in unheard.error
    open_the_queue(probe)
    do(probe, "first")
    do(probe, "second")
    wait_for(lambda: [row.published_at is not None for row in rows(probe)] == [False, False, True])
    clock.move_to(clock.now() + timedelta(seconds=2))
    wait_for(lambda: all(row.published_at for row in rows(probe)))


def test_range_that_is_published_again_has_no_second_effect(probe):
    for what in ("one", "two"):
        do(probe, what)
    probe.settle()
    always = (clock.now() - timedelta(days=1), clock.now() + timedelta(days=1))
    database = probe.database("probe")
    assert database.transaction(lambda session: relay.republish(session, *always)) == 2
    assert database.transaction(lambda session: relay.republish(session, *always, event="other")) == 0
    probe.settle()
    assert sorted(effects(probe)) == ["noted one", "noted two"]


def wait_for(condition) -> None:
    with eventlet.Timeout(20):
        while not condition():
            eventlet.sleep(0.05)


def wait_for_error(bench):
    wait_for(lambda: rows(bench)[0].error)
    return rows(bench)[0]
