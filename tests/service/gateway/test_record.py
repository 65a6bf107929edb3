"""The record on its pages: who decided what about calls and courses, who saw whose contact data, and why."""

import re

import pytest

from tests.service.gateway.access.world import World
from tests.service.recruitment.selecting import a_call

ENTRY = re.compile(r'<li>\s*<span class="quiet">.*?</li>', re.DOTALL)
COURSE = {
    "title": "기록을 남기는 강좌",
    "capacity": 5,
    "enrol_from": "2020-03-11T00:00:00+09:00",
    "enrol_until": "2020-03-19T18:00:00+09:00",
}


def read(madang, person, path, **asked):
    headers = {"Authorization": f"Bearer {person}", "Accept-Language": "ko", "Accept": "text/html"}
    return madang.session.get(f"{madang.address}{path}", params=asked, headers=headers, timeout=60)


def entries(madang, person, path, **asked) -> list[str]:
    """As a person reads them."""
    answer = read(madang, person, path, **asked)
    assert answer.status_code == 200, answer.text
    return [" ".join(re.sub(r"<[^>]+>", " ", each).split()) for each in ENTRY.findall(answer.text)]


def test_steps_of_a_call(madang, staff):
    call = madang.call("POST", "/calls", staff, json=a_call(title="기록되는 공고")).json()["id"]
    changed = madang.call("PUT", f"/calls/{call}", staff, json=a_call(title="고친 공고"))
    assert changed.status_code == 200, changed.text
    newest, first = entries(madang, staff, "/record/calls", call_id=call)
    assert "staff-1 변경 모집 공고" in newest
    assert "staff-1 초안 작성 모집 공고" in first


def test_steps_of_a_course(madang, staff):
    course = madang.call("POST", "/courses", staff, json=COURSE).json()["id"]
    session = {
        "space_id": "meeting",
        "start": "2020-03-25T10:00:00+09:00",
        "end": "2020-03-25T12:00:00+09:00",
        "instructor": {"id": "teacher-1", "name": "이강사"},
    }
    madang.call("POST", f"/courses/{course}/sessions", staff, json=session)
    told = entries(madang, staff, "/record/courses", course_id=course)
    assert any("staff-1 수업 계획 회의실, 3월 25일 (수) 10:00–12:00" in each for each in told), told
    assert "staff-1 개설 교육" in told[-1]


def test_who_saw_whose_contact_data_and_why(madang, staff, resident):
    madang.call("PUT", "/me/contact", resident, json={"email": "minji@example.org", "locale": "ko"})
    seen = madang.call("POST", "/contacts/view", staff, json={"person_ids": ["minji"], "reason": "분실물 연락"})
    assert seen.status_code == 200, seen.text
    (told,) = entries(madang, staff, "/record/contacts", person_id="minji", actor_id="staff-1")
    assert told.endswith("staff-1 열람 minji · “분실물 연락”")
    assert entries(madang, staff, "/record/contacts", person_id="minji", actor_id="somebody-else") == []


@pytest.mark.parametrize("part", ["", "/calls", "/courses", "/contacts"])
def test_record_is_for_staff_and_auditors(madang, staff, resident, part):
    auditor = madang.token("auditor-1", "auditor")
    statuses = [read(madang, person, f"/record{part}").status_code for person in (staff, auditor, resident)]
    assert statuses == [200, 200, 403]


def test_record_of_a_tenancy_names_its_organisation_and_unit(spring):
    staff = spring.madang.token("staff-1", "staff")
    told = entries(spring.madang, staff, "/record/calls", call_id=spring.kept["ranked_call"])
    assert any(re.search(rf"access-owner 계약 {World.SECRET}, 공유좌석 \d+$", each) for each in told), told


def test_record_of_what_is_not_there(madang, staff):
    assert entries(madang, staff, "/record/calls", call_id="00000000-0000-0000-0000-000000000000") == []
    assert entries(madang, staff, "/record", action="no-such-action", booking_id="nothing") == []
