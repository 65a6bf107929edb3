"""A person is erased: their place goes to the next in line, their certificate leads nowhere, their marks are gone."""

from datetime import timedelta

import pytest
from sqlalchemy import inspect, text

from services.chassis.errors import NotFound
from services.training.contract import courses
from services.training.contract.certificates import RevokeCertificate
from services.training.contract.vocabulary import CancelReason
from services.training.queries.courses import records
from services.training.usecases import courses as usecases
from tests.people import STAFF
from tests.service.training.courses.office import STARTS, Office, person
from tests.service.training.courses.test_attendance import OVER, class_of, entry, record

LEAVER = person(0)


def erase(office: Office, person_id: str, now=OVER) -> None:
    office.work(usecases.erase_from_courses, person_id, rules=office.rules, now=now)


def traces(office: Office, *words: str) -> list[str]:
    """Tables in which one of the words stands. What was told goes after its own time."""
    found = []
    for table in inspect(office.database.engine).get_table_names():
        content = office.read(lambda db, table=table: str(db.execute(text(f'SELECT * FROM "{table}"')).all()))
        if table not in {"outbox", "inbox", "idempotency_keys"} and any(word in content for word in words):
            found.append(table)
    return found


def test_erased_person_is_in_no_table_any_more(office):
    course_id, session_id = class_of(office)
    record(office, session_id, entry(0, 0), entry(1, 0))
    done = office.act(usecases.complete_course, courses.CompleteCourse(course_id=course_id), STAFF, now=OVER)
    code = done.certificates[0].code
    assert traces(office, LEAVER.id, LEAVER.name)
    erase(office, LEAVER.id)
    assert traces(office, LEAVER.id, LEAVER.name) == []
    assert office.read(lambda db: records.certificate(db, code)) is None
    assert traces(office, code) == []
    with pytest.raises(NotFound):
        office.act(usecases.revoke_certificate, RevokeCertificate(code=code, reason="오류"), STAFF)


def test_place_of_an_erased_person_goes_to_the_first_in_line(office):
    course_id = office.course(capacity=2)
    office.enrolled(course_id, range(4))
    erase(office, LEAVER.id, now=OVER.replace(day=11))
    found = office.enrolments(course_id)
    assert [(each.person_id, each.status) for each in found] == [
        ("", "cancelled"),
        (person(1).id, "confirmed"),
        (person(2).id, "offered"),
        (person(3).id, "waiting"),
    ]
    assert (found[0].person_name, found[0].reason_code) == ("", "erased")
    assert [(each["person_id"], each["reason_code"]) for each in office.told("enrolment_cancelled")] == [("", "erased")]
    assert (office.found(course_id).taken, office.found(course_id).waiting) == (2, 1)


def test_erased_instructor_leaves_the_session_as_it_is(office):
    course_id = office.course(capacity=2)
    (held,) = office.sessions(course_id)
    erase(office, held.instructor_id)
    (found,) = office.sessions(course_id)
    assert (found.status, found.instructor_id, found.instructor_name) == ("confirmed", "", "")
    assert traces(office, held.instructor_id) == []


def test_log_keeps_the_instructor_who_took_over(office):
    course_id = office.course(capacity=2)
    (held,) = office.sessions(course_id)
    office.act(
        usecases.cancel_session, courses.CancelSession(session_id=held.id, reason_code=CancelReason.INSTRUCTOR), STAFF
    )
    other = courses.Instructor(id="teacher-2", name="김강사")
    start = STARTS + timedelta(days=7)
    again = courses.PlanSessionAgain(session_id=held.id, start=start, end=start + timedelta(hours=2), instructor=other)
    office.act(usecases.plan_session_again, again, STAFF)
    erase(office, held.instructor_id)
    assert traces(office, held.instructor_id) == []
    newest, *_ = office.act(
        records.list_course_decisions, courses.ListCourseDecisions(course_id=course_id), STAFF
    ).items
    assert (newest.before["instructor_id"], newest.after["instructor_id"]) == ("", "teacher-2")
