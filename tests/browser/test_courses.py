"""Enrol, wait, be promoted, attend, and hold the certificate."""

import pytest
import requests

from tests.browser.conftest import READERS, Reader, follow
from tests.system.embedded import running

pytestmark = pytest.mark.browser

WORDS = {
    "ko": {"confirmed": "신청 완료", "waiting": "대기 중"},
    "en": {"confirmed": "Enrolled", "waiting": "On the waiting list"},
}
# The clock only goes forward: each reader has a day of their own.
DAYS = {"ko": "2020-03-21", "en": "2020-03-24"}


@pytest.fixture(scope="module")
def embedded(tmp_path_factory):
    """One whose clock is moved."""
    with running(tmp_path_factory.mktemp("courses"), MADANG_CLOCK="2020-03-20T10:50:00+09:00") as embedded:
        yield embedded


def move_clock(embedded, moment):
    answer = requests.post(f"{embedded.url}/dev/clock", json={"now": f"{moment}:00+09:00"}, timeout=120)
    assert answer.status_code == 200, answer.text


def published(embedded, title, day):
    """A course with one session, 10 to 12 in the meeting room, and one place left. Returns its id."""
    staff = embedded.session("jiwoo", "staff")

    def post(path, body, session=staff):
        answer = session.post(f"{embedded.url}{path}", json=body, timeout=120)
        assert answer.ok, answer.text
        return answer.json()

    times = {"enrol_from": "2020-03-20T00:00:00+09:00", "enrol_until": f"{day}T09:00:00+09:00"}
    about = {"title": title, "field": "village_community", "track": "general", "capacity": 3, "fee": 0}
    course = post("/courses", {**about, **times})["id"]
    taught = {"instructor": {"id": "haneul", "name": "강하늘"}, "space_id": "meeting"}
    session = {"start": f"{day}T10:00:00+09:00", "end": f"{day}T12:00:00+09:00", **taught}
    post(f"/courses/{course}/sessions", session)
    post(f"/courses/{course}/publish", {})
    for neighbour in ("neighbour-1", "neighbour-2"):
        post(f"/courses/{course}/enrolments", {}, embedded.session(neighbour, "resident"))
    return course


@pytest.mark.parametrize("reader", READERS[:2], ids=str)
def test_enrol_wait_be_promoted_attend_and_hold_the_certificate(visit, embedded, reader):
    day, title = DAYS[reader.language], f"마을 기록 입문 {reader}"
    course = published(embedded, title, day)
    first, second, teacher, staff = (visit(reader, person) for person in ("minji", "junho", "haneul", "jiwoo"))

    for person, word in ((first, "confirmed"), (second, "waiting")):
        person.goto("/courses")
        follow(person, f'a:has-text("{title}")')
        person.click('form[action$="/enrol"] button')
        person.wait_for_url("**told=*")
        mine = person.inner_text('section[aria-labelledby="mine"]')
        assert WORDS[reader.language][word] in mine
    assert "1" in second.inner_text('section[aria-labelledby="mine"] p')

    first.click('section[aria-labelledby="mine"] form[action$="/cancel"] button')
    first.wait_for_url("**told=given_up")
    second.goto("/courses/mine")
    second.click('form[action$="/accept"] button')
    second.wait_for_url("**told=accepted")
    assert WORDS[reader.language]["confirmed"] in second.inner_text('section[aria-labelledby="mine"]')

    move_clock(embedded, f"{day}T10:05")
    teacher.goto("/teaching")
    teacher.locator("main li", has_text=title).locator("a.button").click()
    teacher.check('input[name="in-junho"]')
    teacher.context.set_offline(True)
    teacher.click("main form button.main")
    teacher.locator("[data-offline]").wait_for()
    teacher.context.set_offline(False)
    teacher.wait_for_url("**told=recorded")

    move_clock(embedded, f"{day}T12:05")
    staff.goto(f"/courses/{course}")
    staff.click('form[action$="/complete"] button')
    staff.wait_for_url("**told=completed")
    second.goto("/courses/mine")
    follow(second, f'section[aria-labelledby="certificates"] .when a:has-text("{title}")')
    assert title in second.inner_text("main")
    verified = visit(Reader(reader.language, reader.size, scripts=False))
    verified.goto(second.url)
    assert title in verified.inner_text("main")
    assert "박준호" not in verified.content()  # whoever holds the paper knows the name; others see a part of it
