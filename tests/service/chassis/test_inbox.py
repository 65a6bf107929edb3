"""The inbox: once-only effects, retries with their delays, dead letters, unreadable messages."""

import json
from datetime import timedelta
from typing import Any

import eventlet
from sqlalchemy import select

from services.chassis import clock, deadletters, ids, store
from services.chassis.inbox import DELAYS
from services.chassis.tables import inbox, outbox
from tests.probe.service import tries


def noted(what: str, **data: Any) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": ids.new_id(),
        "source": "/district",
        "type": "kr.seogu.district.noted.v1",
        "data": {"what": what, **data},
    }


def effects(bench) -> list[str]:
    with bench.acting() as rpc:
        return rpc.probe.effects()


def rows(bench) -> list[Any]:
    return bench.database("probe").transaction(lambda session: session.execute(select(inbox)).all())


def test_event_published_ten_times_has_one_effect(probe):
    event = noted("once")
    for _ in range(10):
        probe.publish("district", "noted", event)
    probe.settle()
    assert effects(probe) == ["noted once"]
    assert tries["once"] == 1


def test_handler_that_fails_twice_is_retried_after_the_delays_and_then_works(probe):
    start = clock.now()
    clock.freeze(start)
    probe.publish("district", "noted", noted("third time", failures=2))
    probe.settle()
    assert (tries["third time"], effects(probe)) == (1, [])
    probe.move_clock(start + DELAYS[0] - timedelta(milliseconds=1))
    assert tries["third time"] == 1
    probe.move_clock(start + DELAYS[0])
    assert (tries["third time"], effects(probe)) == (2, [])
    probe.move_clock(start + DELAYS[0] + DELAYS[1])
    assert (tries["third time"], effects(probe)) == (3, ["noted third time"])
    assert [(row.state, row.attempts, row.envelope) for row in rows(probe)] == [("done", 2, None)]


def test_handler_that_always_fails_is_dead_after_the_last_delay_and_replayed_once_mended(probe):
    clock.freeze(clock.now())
    event = noted("never", failures=len(DELAYS) + 1)
    probe.publish("district", "noted", event)
    probe.settle()
    for delay in DELAYS:
        probe.move_clock(clock.now() + delay)
    (row,) = rows(probe)
    assert (row.state, row.attempts) == ("dead", len(DELAYS) + 1)
    assert row.error == f"RuntimeError: failure {len(DELAYS) + 1}"
    assert effects(probe) == []

    database = probe.database("probe")
    assert [each.event_id for each in database.transaction(deadletters.dead)] == [event["id"]]
    assert database.transaction(lambda session: deadletters.replay(session, event["id"])) == 1
    probe.settle()
    probe.publish("district", "noted", event)
    probe.settle()
    assert effects(probe) == ["noted never"]
    assert database.transaction(deadletters.dead) == []


def test_discarded_event_is_not_done_when_it_comes_again(probe):
    event = noted("discarded", refuse=True)
    probe.publish("district", "noted", event)
    probe.settle()
    assert probe.database("probe").transaction(lambda session: deadletters.discard(session, event["id"])) == 1
    probe.publish("district", "noted", event)
    probe.settle()
    assert tries["discarded"] == 1
    assert [row.state for row in rows(probe)] == ["discarded"]


def test_refused_event_is_dead_at_once_with_its_reason(probe):
    probe.publish("district", "noted", noted("refused", refuse=True))
    probe.settle()
    assert [(row.state, row.error) for row in rows(probe)] == [("dead", "Refused: Not any more.")]
    assert effects(probe) == []


def test_event_off_its_schema_or_of_an_unknown_version_is_dead_at_once(probe):
    probe.publish("district", "noted", {**noted("x"), "data": {"where": "here"}})
    probe.publish("district", "noted", {**noted("x"), "type": "kr.seogu.district.noted.v2"})
    probe.settle()
    assert sorted((row.state, row.error.split(":")[0]) for row in rows(probe)) == [("dead", "Unacceptable")] * 2
    assert effects(probe) == []


def test_message_that_is_no_event_is_kept_apart_and_the_next_one_is_handled(probe):
    nul = json.dumps({**noted("x"), "id": "a\0b"})
    for body in ("{", "[]", '"text"', "{}", '{"id": 7}', "\ud7ff", "null", "\0", nul):
        probe.publish("district", "noted", body)
    probe.publish("district", "noted", noted("after"))
    probe.settle()
    assert effects(probe) == ["noted after"]
    kept = [row for row in rows(probe) if row.event == "unreadable"]
    assert len(kept) == 9
    assert {row.state for row in kept} == {"dead"}


def test_own_event_goes_through_the_outbox_to_its_handler(probe):
    with probe.acting() as rpc:
        rpc.probe.do(what="deed")
        probe.settle()
        assert rpc.probe.effects() == ["deed", "noted deed"]


def test_retry_reads_a_profile_that_has_aged_without_stalling(probe, monkeypatch):
    """SQLite has one connection: a profile that was read inside the retry's transaction would wait for itself."""
    monkeypatch.setattr(store, "PROFILE_AGE", -1)
    clock.freeze(clock.now())
    probe.publish("district", "noted", noted("aged", failures=1))
    probe.settle()
    with eventlet.Timeout(20):
        probe.move_clock(clock.now() + DELAYS[0])
    assert effects(probe) == ["noted aged"]


def test_what_comes_of_a_retried_event_belongs_to_its_chain(probe):
    clock.freeze(clock.now())
    probe.publish("district", "noted", {**noted("chained", failures=1, tell=True), "correlationid": "chain-1"})
    probe.settle()
    probe.move_clock(clock.now() + DELAYS[0])
    told = probe.database("probe").transaction(
        lambda session: session.execute(select(outbox.c.envelope)).scalars().all()
    )
    assert [json.loads(each)["correlationid"] for each in told] == ["chain-1"]


def test_event_with_half_a_surrogate_pair_or_nul_in_its_data_is_dead_and_the_next_one_is_handled(probe):
    probe.publish("district", "noted", {**noted("x"), "data": {"where": "\ud800"}})
    probe.publish("district", "noted", noted("a\0b"))
    probe.publish("district", "noted", noted("after"))
    probe.settle()
    assert "noted after" in effects(probe)
    assert "dead" in {row.state for row in rows(probe)}
