"""Lists and sheets ask the database as often for thirty as for one."""

from datetime import timedelta

import pytest

from services.training.contract import courses
from services.training.contract.vocabulary import CancelReason, Direction
from services.training.usecases import courses as usecases
from tests.people import STAFF
from tests.service.booking.counting import queries_of
from tests.service.training.courses.office import STARTS, Office, person

TABLES = (
    *("courses", "course_sessions", "enrolments", "attendance_marks"),
    *("certificates", "course_refunds", "course_decisions"),
)
MANY = 30
OVER = STARTS + timedelta(hours=2)
BUSY = person(100)
"""Is in many courses."""


@pytest.fixture
def bench(bench_of):
    return bench_of("training", now=OVER.isoformat())


@pytest.fixture
def office(bench, rules) -> Office:
    return Office(bench.database("training"), rules)


def attended(office: Office, people: range) -> str:
    """A course that is complete, with marks and a certificate of each."""
    course_id = office.course(capacity=MANY + 1, fee=10000)
    office.enrolled(course_id, people)
    (held,) = office.sessions(course_id)
    came = [
        courses.Entry(nonce=f"{number}", person_id=person(number).id, direction=Direction.IN, at=STARTS)
        for number in people
    ]
    office.act(usecases.record_attendance, courses.RecordAttendance(session_id=held.id, entries=came), STAFF, now=OVER)
    office.act(usecases.complete_course, courses.CompleteCourse(course_id=course_id), STAFF, now=OVER)
    return course_id


def fallen(office: Office, people: range) -> str:
    """A course whose only session is cancelled, so that each is owed the fee."""
    course_id = office.course(capacity=MANY + 1, fee=10000)
    office.enrolled(course_id, people)
    (planned,) = office.sessions(course_id)
    office.act(
        usecases.cancel_session,
        courses.CancelSession(session_id=planned.id, reason_code=CancelReason.INSTRUCTOR),
        STAFF,
    )
    return course_id


def test_of_one_course(bench, office):
    few, many = (attended(office, range(number)) for number in (1, MANY))
    owes_one, owes_many = (fallen(office, range(number)) for number in (1, MANY))
    with bench.acting(STAFF) as rpc:
        training = rpc.training
        for call, one, thirty in (
            (lambda of: training.list_enrolments(course_id=of)["items"], few, many),
            (lambda of: training.get_attendance(session_id=office.sessions(of)[0].id)["people"], few, many),
            (lambda of: training.list_refunds(course_id=of)["items"], owes_one, owes_many),
            (lambda of: training.list_course_decisions(course_id=of, limit=MANY)["items"], few, many),
        ):
            assert len(call(thirty)) == MANY
            assert counted(bench, call, thirty) == counted(bench, call, one) > 0


def counted(bench, call, *given) -> int:
    return queries_of(bench, lambda: call(*given), service="training", tables=TABLES)


def test_of_many_courses(bench, office):
    for _ in range(MANY):
        attended(office, range(100, 101))
    attended(office, range(101, 102))
    with bench.acting(STAFF) as rpc:
        listed = lambda limit: rpc.training.list_courses(limit=limit)["items"]  # noqa: E731
        assert len(listed(MANY)) == MANY
        assert counted(bench, listed, MANY) == counted(bench, listed, 1) > 0
    for name in ("list_enrolments", "list_my_certificates"):
        found = {}
        for who, expected in ((BUSY, MANY), (person(101), 1)):
            with bench.acting(who) as rpc:
                call = getattr(rpc.training, name)
                assert len(call(limit=MANY)["items"]) == expected
                found[expected] = counted(bench, lambda call=call: call(limit=MANY))
        assert found[MANY] == found[1] > 0
