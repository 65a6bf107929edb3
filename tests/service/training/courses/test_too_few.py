"""Enrolment closes: with too few people staff decide; what is owed back is on record."""

from datetime import timedelta

import pytest

from services.chassis.errors import Forbidden, IllegalTransition
from services.training.contract import courses, enrolments
from services.training.contract.vocabulary import CancelReason
from services.training.usecases import courses as usecases
from tests.people import AUDITOR, STAFF
from tests.service.training.courses.office import CLOSES, NOW, STARTS, Office, person


def close(office: Office, now=CLOSES) -> None:
    while office.work(usecases.close_enrolment, rules=office.rules, now=now):
        pass


def confirm(office: Office, course_id: str, actor=STAFF) -> str:
    return office.act(usecases.confirm_course, courses.ConfirmCourse(course_id=course_id), actor, CLOSES).status


def cancel_course(office: Office, course_id: str, now=CLOSES) -> None:
    office.act(usecases.cancel_course, courses.CancelCourse(course_id=course_id, note="인원 부족"), STAFF, now=now)


@pytest.mark.parametrize(
    ("capacity", "people", "status"),
    [(20, 9, "undersubscribed"), (20, 10, "confirmed"), (5, 2, "undersubscribed"), (5, 3, "confirmed")],
)
def test_below_half_of_the_places_staff_are_asked(office, capacity, people, status):
    course_id = office.course(capacity=capacity)
    office.enrolled(course_id, range(people))
    close(office, CLOSES - timedelta(seconds=1))
    assert office.found(course_id).status == "published"
    close(office)
    close(office)
    assert office.found(course_id).status == status
    asked = office.told("course_undersubscribed")
    assert [(each["taken"], each["fewest"]) for each in asked] == (
        [] if status == "confirmed" else [(people, people + 1)]
    )


def test_staff_hold_it_or_cancel_it_and_nobody_else_does(office):
    held, cancelled = (office.course(capacity=20) for _ in range(2))
    close(office)
    for stranger in (person(0), AUDITOR):
        with pytest.raises(Forbidden):
            confirm(office, held, actor=stranger)
    assert confirm(office, held) == "confirmed"
    with pytest.raises(IllegalTransition):
        confirm(office, held)
    cancel_course(office, cancelled)
    with pytest.raises(IllegalTransition):
        confirm(office, cancelled)


def test_cancelled_course_gives_everything_back_and_tells_everybody(office):
    course_id = office.course(capacity=2, fee=30000, sessions=2)
    entries = office.enrolled(course_id, range(4))
    office.act(
        usecases.cancel_enrolment, enrolments.CancelEnrolment(enrolment_id=entries[0].id), person(0)
    )  # person-2 is offered a place
    cancel_course(office, course_id)
    assert [(each.status, each.reason_code) for each in office.enrolments(course_id)] == [
        ("cancelled", "withdrawn"),
        *[("cancelled", "course_cancelled")] * 3,
    ]
    assert [(each.amount, each.reason_code) for each in office.refunds(course_id)] == [
        (30000, "withdrawn"),
        (30000, "course_cancelled"),
    ]
    assert [(each["person_id"], each["refund"]) for each in office.told("enrolment_cancelled")] == [
        (person(0).id, 30000),
        (person(1).id, 30000),
        (person(2).id, 0),
        (person(3).id, 0),
    ]
    gone = office.told("session_cancelled")
    assert [(each["reason_code"], each["enrolled"]) for each in gone] == [("course_cancelled", [])] * 2
    found = office.found(course_id)
    assert (found.status, found.taken, found.waiting) == ("cancelled", 0, 0)


def test_who_gives_a_place_up_gets_back_by_what_is_over(office):
    """Of two sessions of two hours: before the first all, after it half, in the second nothing."""
    course_id = office.course(capacity=5, fee=30000, sessions=2)
    entries = office.enrolled(course_id, range(3))
    for entry, hours in zip(entries, (0, 2, 25), strict=True):
        now = STARTS + timedelta(hours=hours)
        office.act(
            usecases.cancel_enrolment,
            enrolments.CancelEnrolment(enrolment_id=entry.id),
            person(entry.number - 1),
            now=now,
        )
    assert [each.amount for each in office.refunds(course_id)] == [30000, 15000]


def test_nobody_gets_back_more_than_they_paid(office):
    """A session falls, the person gives up the rest, the course falls: each time only what is left."""
    course_id = office.course(capacity=5, fee=30001, sessions=3)
    entries = office.enrolled(course_id, range(2))
    first, *_ = office.sessions(course_id)
    office.act(
        usecases.cancel_session, courses.CancelSession(session_id=first.id, reason_code=CancelReason.INSTRUCTOR), STAFF
    )
    office.act(usecases.cancel_enrolment, enrolments.CancelEnrolment(enrolment_id=entries[0].id), person(0))
    cancel_course(office, course_id)
    owed: dict[str, int] = {}
    for each in office.refunds(course_id):
        owed[each.enrolment_id] = owed.get(each.enrolment_id, 0) + each.amount
    assert owed == {entries[0].id: 30001, entries[1].id: 30001}


def test_new_date_takes_the_refund_of_the_session_back(office):
    course_id = office.course(capacity=5, fee=30000, sessions=2)
    office.enrolled(course_id, range(2))
    first, _ = office.sessions(course_id)
    office.act(
        usecases.cancel_session, courses.CancelSession(session_id=first.id, reason_code=CancelReason.INSTRUCTOR), STAFF
    )
    assert [(each.amount, each.session_id) for each in office.refunds(course_id)] == [(15000, first.id)] * 2
    start = STARTS + timedelta(days=7)
    again = courses.PlanSessionAgain(session_id=first.id, start=start, end=start + timedelta(hours=2))
    office.act(usecases.plan_session_again, again, STAFF)
    assert [each.withdrawn_at for each in office.refunds(course_id)] == [NOW, NOW]


def test_free_course_owes_nothing(office):
    course_id = office.course(capacity=5)
    office.enrolled(course_id, range(2))
    cancel_course(office, course_id)
    assert office.refunds(course_id) == []
