"""Scenarios 17 to 19, training's part: a closure cancels sessions, tells their people once, and revives nothing."""

from datetime import datetime

import pytest

from tests.people import STAFF
from tests.service.training.courses.centre import created, rows, session, told, told_by
from tests.service.training.courses.office import Office, person

FEBRUARY = "2020-02-10T09:00:00+09:00"
EPIDEMIC = {"from": "2020-02-24", "to": "2020-03-09", "reason": "코로나19 확산 방지", "force_majeure": True}
WINDOW = {"enrol_from": "2020-02-01T00:00:00+09:00", "enrol_until": "2020-02-20T18:00:00+09:00", "fee": 10000}
CLASSES = {"2020-02-25": range(20), "2020-02-28": range(20, 36), "2020-03-03": range(36, 52)}
"""Of the closure: 52 people in three sessions."""
EXTENDED, AFTERWARDS = {"2020-03-12": range(60, 65)}, {"2020-03-17": range(70, 73)}


@pytest.fixture
def bench(bench_of):
    return bench_of("booking", "training", now=FEBRUARY)


@pytest.fixture
def sessions(bench, rules) -> dict[str, str]:
    """By day: one session of a course of its own, with its people."""
    office = Office(bench.database("training"), rules)
    courses, made = {}, {}
    for number, day in enumerate([*CLASSES, *EXTENDED, *AFTERWARDS]):
        teacher = {"id": f"teacher-{number}", "name": "최강사"}
        courses[day], (made[day],) = created(bench, session(day, instructor=teacher), **WINDOW)
    bench.settle()
    for day, numbers in (CLASSES | EXTENDED | AFTERWARDS).items():
        with bench.acting(STAFF) as rpc:
            rpc.training.publish_course(course_id=courses[day])
        office.enrolled(courses[day], numbers, now=datetime.fromisoformat(FEBRUARY))
    return made


def states(bench) -> dict[str, int]:
    return dict(map(tuple, rows(bench, "SELECT status, count(*) FROM course_sessions GROUP BY status")))


def close(bench, **other) -> str:
    with bench.acting(STAFF) as rpc:
        closure = rpc.booking.declare_closure(**{**EPIDEMIC, **other})
    bench.settle()
    return closure["id"]


def holds(bench) -> int:
    ((found,),) = rows(bench, "SELECT count(*) FROM holds", "booking")
    return found


def test_scenarios_17_to_19(bench, sessions):
    closure_id = close(bench)
    assert states(bench) == {"cancelled": 3, "confirmed": 2}
    assert holds(bench) == 2
    assert_told(bench, closure_id, CLASSES)
    owed = rows(bench, "SELECT count(*), count(DISTINCT enrolment_id), sum(amount) FROM course_refunds")
    assert owed == [(52, 52, 520000)]

    before = len(told(bench, "session_cancelled"))
    again = told_by(bench, "booking", "closure_declared", "booking_cancelled")
    for _ in range(5):
        for envelope in again:
            bench.publish("booking", envelope["type"].split(".")[2], envelope)
    bench.settle()
    assert len(told(bench, "session_cancelled")) == before
    assert rows(bench, "SELECT count(*) FROM course_refunds") == [(52,)]

    with bench.acting(STAFF) as rpc:
        rpc.booking.change_closure(closure_id=closure_id, to="2020-03-16")
    bench.settle()
    assert states(bench) == {"cancelled": 4, "confirmed": 1}
    assert_told(bench, closure_id, CLASSES | EXTENDED)

    with bench.acting(STAFF) as rpc:
        rpc.booking.lift_closure(closure_id=closure_id)
    bench.settle()
    assert states(bench) == {"cancelled": 4, "confirmed": 1}
    with bench.acting(STAFF) as rpc:  # a day of the closure, now that it is lifted
        rpc.training.plan_session_again(session_id=sessions["2020-02-25"], **new_date("2020-03-02"))
    bench.settle()
    assert states(bench) == {"cancelled": 3, "confirmed": 2}


def assert_told(bench, closure_id: str, days: dict[str, range]) -> None:
    """Each session once, under the closure's id, to its people."""
    found = [each["data"] for each in told(bench, "session_cancelled")]
    assert {each["closure_id"] for each in found} == {closure_id}
    assert {each["reason_code"] for each in found} == {"closure"}
    wanted = [(day, [person(number).id for number in numbers]) for day, numbers in days.items()]
    assert sorted((each["start"][:10], each["enrolled"]) for each in found) == wanted


def new_date(day: str) -> dict[str, str]:
    return {"start": f"{day}T19:00:00+09:00", "end": f"{day}T21:00:00+09:00"}


@pytest.mark.parametrize(("planned", "closed"), [("hall", "edu-1"), ("edu-1", "hall"), ("edu-1", "edu-1")])
def test_closure_of_a_room_reaches_the_space_that_it_is_part_of(bench, planned, closed):
    """Of which spaces the hall is made booking alone knows; the session falls once, whoever tells of it first."""
    created(bench, session("2020-02-25", space_id=planned), **WINDOW)
    created(
        bench,
        session("2020-02-25", space_id="meeting", instructor={"id": "teacher-2", "name": "김강사"}),
        **{**WINDOW, "capacity": 10},
    )
    bench.settle()
    closure_id = close(bench, space_ids=[closed])
    assert states(bench) == {"cancelled": 1, "confirmed": 1}
    assert [each["data"]["closure_id"] for each in told(bench, "session_cancelled")] == [closure_id]
    assert holds(bench) == 1


def test_session_that_is_planned_into_a_closure_is_refused(bench):
    close(bench)
    created(bench, session("2020-02-25"), **WINDOW)
    bench.settle()
    assert states(bench) == {"refused": 1}
    (refused,) = told(bench, "session_refused")
    assert [each["code"] for each in refused["data"]["refusals"]] == ["closure"]
