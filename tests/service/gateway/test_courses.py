"""A course over HTTP, from its planning to its certificate, as the people of the centre go through it."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.service.gateway.browsing import Browser
from tests.service.gateway.conftest import application, problem_of
from tests.waiting import wait_until


def new_course(**other) -> dict:
    return {
        "title": "마을활동가 기초",
        "field": "village_community",
        "track": "activist",
        "capacity": 3,
        "fee": 30000,
        "enrol_from": "2020-03-10T00:00:00+09:00",
        "enrol_until": "2020-03-18T18:00:00+09:00",
        **other,
    }


def new_session(day: str = "2020-03-19", start: int = 10, end: int = 12, **other) -> dict:
    return {
        "space_id": "meeting",
        "start": f"{day}T{start:02}:00:00+09:00",
        "end": f"{day}T{end:02}:00:00+09:00",
        "instructor": {"id": "teacher-1", "name": "최강사"},
        **other,
    }


class Walk:
    """Somebody's way through an installation whose clock is moved."""

    def __init__(self, installation) -> None:
        self.installation = installation
        self.staff = installation.token("staff-1", "staff", name="이담당")
        self.teacher = installation.token("teacher-1", "instructor", name="최강사")
        self.people = [installation.token(f"person-{n}", "resident", name=f"홍길{n}") for n in range(5)]

    def ok(self, method: str, path: str, person: str | None, status: int = 200, **options) -> dict:
        answer = self.installation.call(method, path, person, **options)
        assert answer.status_code == status, answer.text
        return answer.json()

    def clock(self, moment: str) -> None:
        answer = self.installation.call("POST", "/dev/clock", json={"now": f"{moment}+09:00"})
        assert answer.status_code == 200, answer.text

    def published(self, *sessions: dict) -> tuple[str, list[str]]:
        course = self.ok("POST", "/courses", self.staff, 201, json=new_course())
        path = f"/courses/{course['id']}/sessions"
        planned = [self.ok("POST", path, self.staff, 201, json=each)["id"] for each in sessions]
        self.ok("POST", f"/courses/{course['id']}/publish", self.staff)
        return course["id"], planned


@pytest.fixture
def walk(fresh) -> Walk:
    return Walk(fresh())


def test_course_from_its_planning_to_its_certificate(walk):
    course_id, (first, second) = walk.published(new_session(), new_session("2020-03-20"))
    shown = walk.ok("GET", f"/courses/{course_id}", None)
    assert shown["sessions"][0]["instructor"] == {"id": "", "name": "최강사"}

    enrolments = [walk.ok("POST", f"/courses/{course_id}/enrolments", who, 201) for who in walk.people]
    assert [(each["status"], each["position"]) for each in enrolments[2:]] == [
        ("confirmed", None),
        ("waiting", 1),
        ("waiting", 2),
    ]
    refused = walk.installation.call("POST", f"/courses/{course_id}/enrolments", walk.people[0])
    assert [each["code"] for each in problem_of(refused, 409, "already_enrolled")["refusals"]] == ["already_enrolled"]

    gone = walk.ok("DELETE", f"/enrolments/{enrolments[2]['id']}", walk.people[2])
    assert (gone["status"], gone["refund"]) == ("cancelled", 30000)
    offered = walk.ok("GET", "/enrolments", walk.people[3])["items"][0]
    assert (offered["status"], offered["offer_until"] is not None) == ("offered", True)
    assert walk.ok("POST", f"/enrolments/{offered['id']}/accept", walk.people[3])["status"] == "confirmed"

    walk.clock("2020-03-20T12:00:00")
    for session_id, day in ((first, "2020-03-19"), (second, "2020-03-20")):
        entries = [
            {"nonce": f"{day}-{n}", "person_id": f"person-{n}", "direction": "in", "at": f"{day}T10:00:00+09:00"}
            for n in (0, 3)
        ]
        path = f"/sessions/{session_id}/attendance"
        recorded = walk.ok("POST", path, walk.teacher, json={"entries": entries})
        assert (recorded["recorded"], recorded["known"], recorded["of_minutes"]) == (2, 0, 120)
        assert walk.ok("POST", path, walk.teacher, json={"entries": entries})["known"] == 2
    listed = walk.ok("GET", f"/courses/{course_id}/enrolments", walk.teacher)["items"]
    assert [each["minutes"] for each in listed] == [240, 0, 0, 240, 0]

    completed = walk.ok("POST", f"/courses/{course_id}/complete", walk.staff)
    assert [each["person"]["name"] for each in completed["certificates"]] == ["홍길0", "홍길3"]
    assert [each["person"]["id"] for each in completed["withheld"]] == ["person-1"]
    _certificate(walk)


def _certificate(walk: Walk) -> None:
    (certificate,) = walk.ok("GET", "/me/certificates", walk.people[0])["items"]
    code = certificate["code"]
    verified = walk.ok("GET", f"/certificates/{code}", None)
    assert (verified["valid"], verified["name"], verified["number"]) == (True, "홍*0", "2020-0001")
    paper = walk.installation.call("GET", f"/certificates/{code}.pdf", walk.people[0])
    assert (paper.status_code, paper.headers["Content-Type"]) == (200, "application/pdf")
    text = PdfReader(BytesIO(paper.content)).pages[0].extract_text()
    assert "홍길0" in text
    assert "제 2020-0001 호" in text
    problem_of(walk.installation.call("GET", f"/certificates/{code}.pdf", walk.people[1]), 404, "not_found")
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    problem_of(walk.installation.call("GET", f"/certificates/{wrong}"), 404, "not_found")

    body = {"reason": "출석부가 잘못되었습니다."}
    assert walk.ok("POST", f"/certificates/{code}/revoke", walk.staff, json=body)["revoked_at"] is not None
    assert walk.ok("GET", f"/certificates/{code}", None)["valid"] is False


def test_closure_cancels_the_session_which_gets_one_new_date(walk):
    course_id, (session_id,) = walk.published(new_session())
    walk.ok("POST", f"/courses/{course_id}/enrolments", walk.people[0], 201)
    closure = walk.ok(
        "POST", "/closures", walk.staff, 201, json={"from": "2020-03-19", "to": "2020-03-20", "reason": "방역"}
    )
    walk.clock("2020-03-11T09:00:00")
    session = walk.ok("GET", f"/courses/{course_id}", None)["sessions"][0]
    assert (session["status"], session["closure_id"]) == ("cancelled", closure["id"])
    assert walk.ok("GET", "/enrolments", walk.people[0])["items"][0]["refund"] == 30000

    date = {"start": "2020-03-26T10:00:00+09:00", "end": "2020-03-26T12:00:00+09:00"}
    walk.ok("POST", f"/sessions/{session_id}/new-date", walk.staff, json=date)
    walk.clock("2020-03-11T09:01:00")
    session = walk.ok("GET", f"/courses/{course_id}", None)["sessions"][0]
    assert (session["status"], session["redated"]) == ("confirmed", True)
    assert walk.ok("GET", "/enrolments", walk.people[0])["items"][0]["refund"] == 0
    walk.ok("POST", f"/sessions/{session_id}/cancel", walk.staff, json={"reason_code": "instructor"})
    problem_of(
        walk.installation.call("POST", f"/sessions/{session_id}/new-date", walk.staff, json=date),
        409,
        "illegal_transition",
    )


def test_too_few_people_are_for_staff_to_decide_about(walk):
    course_id, _ = walk.published(new_session())
    walk.ok("POST", f"/courses/{course_id}/enrolments", walk.people[0], 201)
    walk.clock("2020-03-18T18:00:00")
    assert walk.ok("GET", f"/courses/{course_id}", None)["status"] == "undersubscribed"
    problem_of(walk.installation.call("POST", f"/courses/{course_id}/confirm", walk.people[0]), 403, "forbidden")
    assert walk.ok("POST", f"/courses/{course_id}/confirm", walk.staff)["status"] == "confirmed"
    assert walk.ok("POST", f"/courses/{course_id}/cancel", walk.staff, json={"note": "폭설"})["status"] == "cancelled"
    mine = walk.ok("GET", "/enrolments", walk.people[0])["items"][0]
    assert (mine["status"], mine["reason_code"], mine["refund"]) == ("cancelled", "course_cancelled", 30000)
    (owed,) = walk.ok("GET", f"/courses/{course_id}/refunds", walk.staff)["items"]
    assert (owed["amount"], owed["reason_code"]) == (30000, "course_cancelled")


def test_course_is_set_up_on_its_page_and_may_be_the_induction_course(walk):
    browser = Browser(walk.installation)
    browser.log_in("jiwoo")
    form = {
        "title": "입주기업 안내",
        "capacity": "8",
        "fee": "0",
        "enrol_from": "2020-03-10",
        "enrol_until": "2020-03-18",
    }
    for ticked in ({"induction": "1"}, {}):
        made = browser.submit("/courses/new", **form, **ticked)
        assert made.status_code == 303, made.text
        course_id = made.headers["Location"].rsplit("/", 1)[1].partition("?")[0]
        course = walk.ok("GET", f"/courses/{course_id}", walk.staff)
        assert (course["title"], course["induction"]) == ("입주기업 안내", bool(ticked))


def desk(walk: Walk) -> str:
    headers = {"Authorization": f"Bearer {walk.staff}", "Accept": "text/html"}
    return walk.installation.session.get(f"{walk.installation.address}/desk?lang=en", headers=headers, timeout=60).text


def test_desk_says_which_session_has_no_room(walk):
    walk.ok("POST", "/bookings", walk.people[0], 201, json=application("meeting", "2020-03-20"))
    course = walk.ok("POST", "/courses", walk.staff, 201, json=new_course())["id"]
    walk.ok("POST", f"/courses/{course}/sessions", walk.staff, 201, json=new_session("2020-03-20"))
    wait_until(lambda: "a session has no room" in desk(walk))


def test_desk_says_who_waits_and_what_staff_have_to_decide(walk):
    full, _ = walk.published(new_session())
    few = walk.ok("POST", "/courses", walk.staff, 201, json=new_course(capacity=12))["id"]
    walk.ok("POST", f"/courses/{few}/sessions", walk.staff, 201, json=new_session(start=14, end=16))
    walk.ok("POST", f"/courses/{few}/publish", walk.staff)
    assert "Courses and enrolments" not in desk(walk)
    for who in walk.people[:4]:
        walk.ok("POST", f"/courses/{full}/enrolments", who, 201)
    assert "one person waits for a place" in desk(walk)
    walk.ok("POST", f"/courses/{full}/enrolments", walk.people[4], 201)
    assert "2 people wait for a place" in desk(walk)
    walk.clock("2020-03-18T18:00:00")
    wait_until(lambda: "0 enrolled, 6 needed: let it take place or cancel it" in desk(walk))
    walk.clock("2020-03-19T16:00:00")
    assert "its sessions are over: complete it" in desk(walk)
