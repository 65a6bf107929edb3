"""Sessions: their rooms, their instructors, their cancellation and their one new date."""

from datetime import timedelta

import eventlet
import pytest

from services.chassis.errors import IllegalTransition, Refused
from services.training.contract import courses
from services.training.contract.vocabulary import CancelReason
from services.training.schemas.courses.heard import CancelledBooking, DeclaredClosure, RoomGranted, RoomRefused
from services.training.usecases import courses as usecases
from tests.people import STAFF
from tests.service.training.courses.conftest import CLIENTS
from tests.service.training.courses.office import NOW, STARTS, Office, person

ANSWER_IN = timedelta(minutes=120)
TAKEN = [{"code": "slot_taken", "message": "Somebody else has applied for this time already.", "details": {}}]
LATER = STARTS + timedelta(days=7)


def session_of(office: Office, **course) -> tuple[str, str]:
    course_id = office.course(**{"capacity": 10, **course})
    return course_id, office.sessions(course_id)[0].id


def cancel(office: Office, session_id: str, reason: CancelReason = CancelReason.INSTRUCTOR) -> None:
    command = courses.CancelSession(session_id=session_id, reason_code=reason, note="강사 사정")
    office.act(usecases.cancel_session, command, STAFF)


def plan_again(office: Office, session_id: str, now=NOW, **other) -> int:
    """Returns its plan."""
    command = courses.PlanSessionAgain(
        session_id=session_id, **{"start": LATER, "end": LATER + timedelta(hours=2), **other}
    )
    return office.act(usecases.plan_session_again, command, STAFF, now=now).version


def grant(office: Office, session_id: str, plan: int, booking_id: str = "booking-2") -> None:
    heard = RoomGranted(session_id, plan, booking_id, {})
    office.work(usecases.confirm_session, heard, rules=office.rules, now=NOW)


def refuse(office: Office, session_id: str, plan: int) -> None:
    office.work(usecases.refuse_session, RoomRefused(session_id, plan, TAKEN), rules=office.rules, now=NOW)


def lose(office: Office, booking_id: str, closure_id: str | None = None) -> None:
    heard = CancelledBooking(booking_id, "course", closure_id)
    office.work(usecases.lose_room, heard, rules=office.rules, now=NOW)


def time_out(office: Office, now) -> None:
    while office.work(usecases.time_out_rooms, rules=office.rules, now=now):
        pass


def state(office: Office, course_id: str) -> tuple[str, str | None, str | None]:
    """Status, reason and room."""
    (found,) = office.sessions(course_id)
    return found.status, found.reason_code, found.booking_id


def test_everybody_with_a_place_is_told_of_a_cancelled_session_and_of_its_new_date(office):
    course_id, session_id = session_of(office, capacity=3)
    office.enrolled(course_id, range(5))
    cancel(office, session_id)
    (told,) = office.told("session_cancelled")
    assert told["enrolled"] == [person(number).id for number in range(3)]
    assert (told["reason_code"], told["note"], told["status"]) == ("instructor", "강사 사정", "cancelled")

    grant(office, session_id, plan_again(office, session_id))
    told = office.told("session_confirmed")[-1]
    assert (told["redated"], told["enrolled"]) == (True, [person(number).id for number in range(3)])
    assert told["start"] == LATER.isoformat()


def test_there_is_one_new_date_and_no_more(office):
    course_id, session_id = session_of(office)
    cancel(office, session_id)
    refuse(office, session_id, plan_again(office, session_id))
    plan_again(office, session_id, space_id="edu-2")  # its one new date has no room yet
    cancel(office, session_id)
    with pytest.raises(IllegalTransition):
        plan_again(office, session_id)
    assert state(office, course_id) == ("cancelled", "instructor", None)


def test_session_that_has_its_date_gets_no_other(office):
    _, session_id = session_of(office)
    with pytest.raises(IllegalTransition):
        plan_again(office, session_id)


def test_people_hear_of_a_session_that_is_cancelled_before_its_room_is_there(office):
    """It stood on the course's page, and they are owed their part of the fee."""
    course_id, session_id = session_of(office, fee=30000)
    office.enrolled(course_id, range(2))
    cancel(office, session_id)
    refuse(office, session_id, plan_again(office, session_id))
    cancel(office, session_id)
    assert [each["enrolled"] for each in office.told("session_cancelled")] == [[person(0).id, person(1).id]] * 2
    assert [each.amount for each in office.refunds(course_id) if each.withdrawn_at is None] == [30000, 30000]


def test_no_answer_in_time_is_a_refusal_that_staff_hear_of(office):
    course_id, session_id = session_of(office)
    cancel(office, session_id)
    plan = plan_again(office, session_id)
    time_out(office, NOW + ANSWER_IN - timedelta(seconds=1))
    assert state(office, course_id)[0] == "awaiting_room"
    time_out(office, NOW + ANSWER_IN)
    assert state(office, course_id) == ("refused", "room_unanswered", None)
    (refused,) = office.told("session_refused")
    assert (refused["session_id"], refused["reason_code"], refused["refusals"]) == (session_id, "room_unanswered", [])
    assert office.told("session_cancelled")[-1]["status"] == "refused"  # booking takes back what it grants later

    grant(office, session_id, plan)
    assert state(office, course_id) == ("refused", "room_unanswered", None)
    assert len(office.told("session_confirmed")) == 1  # the one before it was cancelled


@pytest.mark.parametrize("answer", [grant, refuse])
def test_answer_that_comes_after_the_cancellation_changes_nothing(office, answer):
    course_id, session_id = session_of(office)
    cancel(office, session_id)
    plan = plan_again(office, session_id)
    cancel(office, session_id)
    answer(office, session_id, plan)
    assert state(office, course_id) == ("cancelled", "instructor", None)


@pytest.mark.parametrize("answer", [grant, refuse])
def test_answer_to_an_earlier_plan_changes_nothing(office, answer):
    course_id, session_id = session_of(office)
    cancel(office, session_id)
    first = plan_again(office, session_id)
    refuse(office, session_id, first)
    second = plan_again(office, session_id, space_id="edu-2")
    answer(office, session_id, first)
    assert state(office, course_id) == ("awaiting_room", None, None)
    grant(office, session_id, second)
    assert state(office, course_id) == ("confirmed", None, "booking-2")


def test_room_that_is_taken_back_before_its_grant_is_heard_confirms_nothing(office):
    course_id, session_id = session_of(office)
    cancel(office, session_id)
    plan = plan_again(office, session_id)
    lose(office, "booking-2", "closure-1")
    grant(office, session_id, plan)
    assert state(office, course_id) == ("cancelled", "closure", None)


def test_room_that_booking_takes_back_takes_the_session_with_it(office):
    course_id, session_id = session_of(office)
    (held,) = office.sessions(course_id)
    lose(office, "somebody-elses")
    assert state(office, course_id)[0] == "confirmed"
    lose(office, held.booking_id)
    assert state(office, course_id) == ("cancelled", "room_lost", None)
    assert office.told("session_cancelled")[0]["session_id"] == session_id


def test_refused_session_gives_its_instructor_back(office):
    course_id, session_id = session_of(office)
    (held,) = office.sessions(course_id)
    other = office.course(capacity=10)
    teacher = courses.Instructor(id=held.instructor_id, name="최강사")
    wish = courses.PlanSession(
        course_id=other, start=STARTS, end=STARTS + timedelta(hours=1), space_id="edu-2", instructor=teacher
    )
    with pytest.raises(Refused) as caught:
        office.act(usecases.plan_session, wish, STAFF)
    assert [each.code for each in caught.value.refusals] == ["instructor_busy"]
    cancel(office, session_id)
    assert office.act(usecases.plan_session, wish, STAFF).status == "awaiting_room"


@pytest.mark.servers
def test_instructor_whom_many_ask_for_at_once_is_in_one_place(database, rules):
    office = Office(database, rules)
    course_ids = [office.course(capacity=10) for _ in range(16)]
    teacher = courses.Instructor(id="teacher-1", name="최강사")

    def plan(number: int) -> str:
        start = LATER + timedelta(minutes=5 * number)
        wish = courses.PlanSession(
            course_id=course_ids[number],
            start=start,
            end=start + timedelta(hours=2),
            space_id="edu-1",
            instructor=teacher,
        )
        return office.outcome(usecases.plan_session, wish, STAFF)

    outcomes = sorted(eventlet.GreenPool(CLIENTS).imap(plan, range(16)))
    assert outcomes == ["awaiting_room"] + ["instructor_busy"] * 15


@pytest.mark.servers
def test_closure_passes_over_a_session_that_is_moved_while_it_waits(database, rules):
    office = Office(database, rules)
    course_id = office.course(capacity=10, sessions=2)
    moved, left = (each.id for each in office.sessions(course_id))
    closure = DeclaredClosure("closure-1", STARTS, LATER, "수리", [], [], None)
    waiting = []

    def move_slowly(session) -> None:
        call = office.call(session, STAFF)
        usecases.cancel_session(call, courses.CancelSession(session_id=moved, reason_code=CancelReason.INSTRUCTOR))
        again = courses.PlanSessionAgain(session_id=moved, start=LATER, end=LATER + timedelta(hours=2))
        usecases.plan_session_again(call, again)
        waiting.append(eventlet.spawn(database.transaction, obey))
        eventlet.sleep(0.5)  # it has found the session, and waits for its course

    def obey(session) -> None:
        usecases.obey_closure(session, closure, rules=rules, now=NOW)

    database.transaction(move_slowly)
    waiting[0].wait()
    found = {each.id: (each.status, each.closure_id) for each in office.sessions(course_id)}
    assert found == {moved: ("awaiting_room", None), left: ("cancelled", "closure-1")}
