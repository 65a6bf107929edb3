"""Dead letters as an operator meets them: real broker, real delays, the command line."""

import json

import pytest
from kombu import Connection

from tests import servers
from tests.servers.postgres import name_in
from tests.system.test_flow import apply, mailbox, with_contact
from tests.waiting import wait_until

pytestmark = [pytest.mark.servers, pytest.mark.slow]

DEAD = "SELECT count(*) FROM inbox WHERE state = 'dead'"


def test_handler_that_fails_twice_is_retried_with_the_delays_and_then_works(deployment_of, tmp_path):
    deployment = deployment_of()
    deployment.start("booking", "gateway")
    deployment.start("notify", sabotage=("fail-twice", str(tmp_path / "failures")))
    apply(with_contact(deployment, "hong"), deployment, 20, 10)
    wait_until(lambda: len(mailbox(deployment)) == 1)
    # 1 s after the first failure and 5 s after the second
    first, second, third = (float(line) for line in (tmp_path / "failures").read_text().split())
    assert (second - first >= 1, third - second >= 5) == (True, True)
    assert [tuple(row) for row in deployment.sql("notify", "SELECT state, attempts FROM inbox")] == [("done", 2)]
    assert deployment.madang("deadletters", "list") == ""


def test_dead_letter_is_listed_shown_replayed_and_its_work_done_once(deployment_of, tmp_path):
    deployment = deployment_of()
    deployment.start("booking", "gateway")
    (broken,) = deployment.start("notify", sabotage=("refuse", str(tmp_path / "marker")))
    apply(with_contact(deployment, "hong"), deployment, 20, 10)
    wait_until(lambda: deployment.sql("notify", DEAD) == [(1,)])
    service, event_id, event, handler, attempts, reason = deployment.madang("deadletters", "list").strip().split("\t")
    assert (service, event, handler) == ("notify", "madang.booking.booking_requested.v1", "announce")
    assert (attempts, reason) == ("1", "DomainError: sabotaged")
    (shown,) = json.loads(deployment.madang("deadletters", "show", event_id))
    assert json.loads(shown["envelope"])["data"]["title"] == "마을 모임"

    broken.kill()
    deployment.start("notify")
    assert mailbox(deployment) == []
    assert deployment.madang("deadletters", "replay", event_id) == "notify: replay: 1\n"
    wait_until(lambda: len(mailbox(deployment)) == 1)
    assert deployment.madang("deadletters", "list") == ""
    counts = deployment.sql("notify", "SELECT channel, count(*) FROM messages GROUP BY channel")
    assert sorted(tuple(each) for each in counts) == [("email", 1), ("inbox", 1)]


def test_unreadable_message_is_kept_apart_and_discarded(deployment_of):
    deployment = deployment_of()
    (notify,) = deployment.start("notify")
    with Connection(deployment.amqp_uri) as connection:
        producer = connection.Producer()
        for body in (b"\xff\xfe", b"{", b"[]", b'{"id": 7}'):
            producer.publish(
                body,
                exchange="booking.events",
                routing_key="booking_requested",
                content_type="application/json",
                content_encoding="utf-8",
            )
    wait_until(lambda: deployment.sql("notify", DEAD) == [(4,)])
    listed = deployment.madang("deadletters", "list").splitlines()
    assert {line.split("\t")[2] for line in listed} == {"unreadable"}
    for line in listed:
        deployment.madang("deadletters", "discard", line.split("\t")[1])
    assert deployment.madang("deadletters", "list") == ""
    assert notify.is_ready
    assert notify.metric("madang_container_restarts_total") == 0


def test_unreadable_message_is_kept_however_long_the_database_is_away(deployment_of):
    deployment = deployment_of()
    servers.rabbitmq().limit_deliveries(deployment.amqp_uri, 2)
    (notify,) = deployment.start("notify")
    database = name_in(deployment.databases["notify"])
    deployment.sql("booking", f"ALTER DATABASE {database} ALLOW_CONNECTIONS false")
    servers.postgres().kill_connections(deployment.databases["notify"])
    with Connection(deployment.amqp_uri) as connection:
        connection.Producer().publish(b"{", exchange="booking.events", routing_key="booking_requested")
    # more often than both queues, the event's and the one of dead letters, would deliver it
    wait_until(lambda: notify.log.read_text().count("event_unreadable_not_kept") > 8)
    deployment.sql("booking", f"ALTER DATABASE {database} ALLOW_CONNECTIONS true")
    wait_until(lambda: deployment.sql("notify", DEAD) == [(1,)])
