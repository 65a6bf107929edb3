"""Whatever dies, every accepted application has exactly one message, and no work is lost or done twice."""

import concurrent.futures
import itertools
import signal
import time
import uuid
from collections import Counter
from datetime import date, timedelta

import pytest
import requests

from tests import servers
from tests.system.deployment import Deployment
from tests.system.test_flow import apply, mailbox, with_contact
from tests.waiting import wait_until

pytestmark = [pytest.mark.servers, pytest.mark.slow]

MESSAGES_PER_EVENT = """SELECT event_id, max(times)
    FROM (SELECT event_id, channel, count(*) AS times FROM messages GROUP BY event_id, channel) AS counted
    GROUP BY event_id"""
"""How often at most over one channel: a person is told by mail, and in the inbox."""


CHANNELS = 2


def slots() -> list[dict[str, str]]:
    """Every bookable hour of three rooms from 17 March on."""
    days = [date(2020, 3, 17) + timedelta(days=number) for number in range(20)]
    return [
        {
            "space_id": room,
            "start": f"{day}T{hour:02}:00:00+09:00",
            "end": f"{day}T{hour + 1:02}:00:00+09:00",
            "title": "마을 모임",
            "purpose": "community",
            "attendees": "10",
        }
        for day in days
        if day.weekday() < 5
        for hour in range(9, 21)
        for room in ("edu-1", "edu-2", "meeting")
    ]


def apply_stubbornly(session: requests.Session, deployment: Deployment, slot: dict, patience: float = 90.0) -> int:
    """Applies with an idempotency key until there is an answer that is not «try again»."""
    key = str(uuid.uuid4())
    end = time.monotonic() + patience
    while True:
        try:
            answer = session.post(
                f"{deployment.url}/bookings",
                json={**slot, "attendees": 10},
                headers={"Idempotency-Key": key},
                timeout=30,
            )
        except requests.ConnectionError:
            answer = None
        if answer is not None and answer.status_code != 503:
            return answer.status_code
        assert time.monotonic() < end, "no answer in all this time"
        time.sleep(0.5)


def assert_one_message_for_each(deployment: Deployment, applications: int) -> None:
    """Each application's event has reached notify, and has exactly one message over each channel, sent once."""

    def settled() -> bool:
        ((unsent,),) = deployment.sql("booking", "SELECT count(*) FROM outbox WHERE published_at IS NULL")
        rows = deployment.sql("notify", "SELECT status, count(*) FROM messages GROUP BY status")
        return unsent == 0 and dict(map(tuple, rows)) == {"sent": CHANNELS * applications}

    wait_until(settled, 120)
    ((bookings,),) = deployment.sql("booking", "SELECT count(*) FROM bookings")
    assert bookings == applications
    counts = [count for _, count in deployment.sql("notify", MESSAGES_PER_EVENT)]
    assert counts == [1] * applications
    ((delivered,),) = deployment.sql("notify", "SELECT count(*) FROM mailbox")
    assert delivered == applications


def test_events_published_again_have_no_second_message(deployment_of):
    deployment = deployment_of()
    _, notify, _ = deployment.start("booking", "notify", "gateway")
    resident = with_contact(deployment, "hong")
    for hour in range(9, 14):
        apply(resident, deployment, 20, hour)
    assert_one_message_for_each(deployment, 5)
    for again in range(1, 4):
        always = ("--start", "2020-01-01T00:00:00+00:00", "--end", "2030-01-01T00:00:00+00:00")
        said = deployment.madang("events", "replay", "--service", "booking", *always)
        assert "5 events" in said
        wait_until(lambda again=again: notify.metric("madang_calls_total", name="announce") >= 5 + 5 * again)
        assert_one_message_for_each(deployment, 5)
    assert len(mailbox(deployment)) == 5


def test_handler_killed_between_its_write_and_its_ack_is_not_done_twice(deployment_of, tmp_path):
    deployment = deployment_of()
    deployment.start("booking", "gateway")
    (sabotaged,) = deployment.start("notify", sabotage=("kill-before-ack", str(tmp_path / "struck")))
    resident = with_contact(deployment, "hong")
    apply(resident, deployment, 20, 10)
    assert sabotaged.popen.wait(60) == -signal.SIGKILL
    assert (tmp_path / "struck").exists()
    # the effect was committed, and the broker still has the message
    assert [count for _, count in deployment.sql("notify", MESSAGES_PER_EVENT)] == [1]
    wait_until(lambda: servers.rabbitmq().queues(deployment.amqp_uri)[QUEUE]["messages"] == 1)
    deployment.start("notify")
    wait_until(lambda: servers.rabbitmq().queues(deployment.amqp_uri)[QUEUE]["messages"] == 0)
    assert_one_message_for_each(deployment, 1)


QUEUE = "evt-booking-booking_requested--notify.announce"


def test_broker_restarted_under_200_requests(deployment_of):
    deployment = deployment_of(MADANG_RPC_DEADLINE="5")
    deployment.start("booking", "notify", "gateway")
    people = [with_contact(deployment, f"resident-{number}") for number in range(8)]
    wanted = slots()[:200]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = [
            pool.submit(apply_stubbornly, person, deployment, slot)
            for person, slot in zip(itertools.cycle(people), wanted, strict=False)
        ]
        wait_until(lambda: sum(each.done() for each in answers) >= 40)
        servers.rabbitmq().restart()
        assert Counter(each.result() for each in answers) == {201: 200}
    assert_one_message_for_each(deployment, 200)
    assert all(each.popen.poll() is None for each in deployment.processes)


def test_sigterm_under_load_loses_nothing_and_does_nothing_twice(deployment_of):
    deployment = deployment_of(MADANG_RPC_DEADLINE="5")
    first, _, _ = deployment.start("booking", "notify", "gateway")
    people = [with_contact(deployment, f"resident-{number}") for number in range(8)]
    wanted = slots()[:160]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = [
            pool.submit(apply_stubbornly, person, deployment, slot)
            for person, slot in zip(itertools.cycle(people), wanted, strict=False)
        ]
        wait_until(lambda: sum(each.done() for each in answers) >= 40)
        first.send(signal.SIGTERM)
        assert first.popen.wait(60) == 0
        deployment.start("booking")
        assert Counter(each.result() for each in answers) == {201: 160}
    assert_one_message_for_each(deployment, 160)


def test_slow_handler_is_finished_and_acknowledged_before_the_exit(deployment_of, tmp_path):
    deployment = deployment_of()
    deployment.start("booking", "gateway")
    (slow,) = deployment.start("notify", sabotage=("slow-handler", str(tmp_path / "marker")))
    apply(with_contact(deployment, "hong"), deployment, 20, 10)
    wait_until(lambda: servers.rabbitmq().queues(deployment.amqp_uri)[QUEUE]["messages_unacknowledged"] == 1)
    slow.send(signal.SIGTERM)
    assert slow.popen.wait(60) == 0
    assert [count for _, count in deployment.sql("notify", MESSAGES_PER_EVENT)] == [1]
    wait_until(lambda: servers.rabbitmq().queues(deployment.amqp_uri)[QUEUE]["messages"] == 0)


def test_stopped_service_is_503_within_the_deadline_and_the_gateway_lives(deployment_of):
    deployment = deployment_of(MADANG_RPC_DEADLINE="3")
    booking, _ = deployment.start("booking", "gateway")
    resident = deployment.session("hong", "resident")
    assert resident.get(f"{deployment.url}/bookings", timeout=120).status_code == 200
    booking.send(signal.SIGTERM)
    booking.popen.wait(60)
    answer = resident.get(f"{deployment.url}/bookings", timeout=120)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Content-Type"] == "application/problem+json"
    root = deployment.url.removesuffix("/api/v1")
    assert requests.get(f"{root}/livez", timeout=120).status_code == 200
    assert requests.get(f"{root}/", timeout=120).status_code == 503
    deployment.start("booking")
    assert resident.get(f"{deployment.url}/bookings", timeout=120).status_code == 200


def test_database_that_goes_away_under_events_loses_none(deployment_of):
    deployment = deployment_of()
    deployment.start("booking", "notify", "gateway")
    resident = with_contact(deployment, "hong")
    for hour in range(9, 19):
        apply(resident, deployment, 20, hour)
        servers.postgres().kill_connections(deployment.databases["notify"])
    assert_one_message_for_each(deployment, 10)
