"""The whole way with each service as its own process: a resident applies, staff approve, the message arrives."""

import signal

import pytest
import requests

from tests import servers
from tests.system.deployment import Deployment, Process
from tests.waiting import wait_until

pytestmark = [pytest.mark.servers, pytest.mark.slow]


def apply(session: requests.Session, deployment: Deployment, day: int, hour: int, space: str = "edu-1") -> dict:
    answer = session.post(
        f"{deployment.url}/bookings",
        json={
            "space_id": space,
            "start": f"2020-03-{day:02}T{hour:02}:00:00+09:00",
            "end": f"2020-03-{day:02}T{hour + 1:02}:00:00+09:00",
            "title": "마을 모임",
            "purpose": "community",
            "attendees": 10,
        },
        timeout=30,
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


def mailbox(deployment: Deployment) -> list[dict]:
    return requests.get(f"{deployment.url}/dev/mailbox", timeout=30).json()["items"]


def with_contact(deployment: Deployment, sub: str, locale: str = "ko") -> requests.Session:
    session = deployment.session(sub, "resident")
    contact = {"email": f"{sub}@example.org", "locale": locale}
    assert session.put(f"{deployment.url}/me/contact", json=contact, timeout=30).status_code == 200
    return session


def test_application_approval_and_message_in_both_languages(deployment_of):
    deployment = deployment_of()
    deployment.start("booking", "notify", "gateway")
    staff = deployment.session("staff-1", "staff")
    for person, locale, hour in (("hong", "ko", 10), ("smith", "en", 13)):
        booking = apply(with_contact(deployment, person, locale), deployment, 20, hour)
        approved = staff.post(f"{deployment.url}/bookings/{booking['id']}/approve", timeout=30)
        assert (approved.status_code, approved.json()["status"]) == (200, "approved")
    wait_until(lambda: len(mailbox(deployment)) == 4)
    korean = [mail for mail in mailbox(deployment) if mail["to"] == "hong@example.org"]
    english = [mail for mail in mailbox(deployment) if mail["to"] == "smith@example.org"]
    assert {mail["locale"] for mail in korean} == {"ko"}
    assert {mail["locale"] for mail in english} == {"en"}
    assert all("3월 20일 (금) 10:00–11:00" in mail["body"] for mail in korean)
    assert all("교육장 1" in mail["body"] for mail in korean)
    assert all("Classroom 1" in mail["body"] for mail in english)


def published(process: Process) -> float:
    return process.metric("madang_events_published_total")


def test_one_relay_of_three_replicas_works_and_another_takes_over_when_it_is_killed(deployment_of):
    deployment = deployment_of()
    deployment.start("booking", "booking", "booking", "notify", "gateway")
    resident = with_contact(deployment, "hong")
    for number in range(6):
        apply(resident, deployment, 20, 9 + number)
    wait_until(lambda: len(mailbox(deployment)) == 6)
    replicas = deployment.of("booking")
    assert sum(map(published, replicas)) == 6
    leader = max(replicas, key=published)

    leader.kill()
    others = [each for each in replicas if each is not leader]
    before = sum(map(published, others))
    for number in range(6):
        apply(resident, deployment, 24, 9 + number)
    wait_until(lambda: len(mailbox(deployment)) == 12)
    assert sum(map(published, others)) == before + 6
    assert any(each.metric("madang_relay_active") == 1 for each in others)
    assert len({mail["subject"] + mail["body"] for mail in mailbox(deployment)}) == 12


def test_services_end_at_once_when_idle(deployment_of):
    deployment = deployment_of()
    started = deployment.start("booking", "notify", "gateway")
    for process in started:
        process.send(signal.SIGTERM)
    assert [process.popen.wait(30) for process in started] == [0, 0, 0]


def test_service_that_waits_for_its_broker_can_be_stopped(deployment_of):
    deployment = deployment_of()
    servers.rabbitmq().kill()
    try:
        process = deployment.spawn("booking")
        wait_until(lambda: "broker_away" in process.log.read_text())
        process.send(signal.SIGTERM)
        assert process.popen.wait(60) == 0
    finally:
        servers.rabbitmq().start()
