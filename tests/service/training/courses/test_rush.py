"""A thousand people enrol at once for twenty places. Negative control: without protection there are too many."""

import json
from collections import Counter
from contextlib import suppress

import eventlet
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from services.training.contract.enrolments import AcceptPlace, CancelEnrolment, Enrol
from services.training.usecases import courses as usecases
from tests.service.booking.unprotected import ROW_LOCKS, VERSION_CHECK, without
from tests.service.training.courses.conftest import CLIENTS
from tests.service.training.courses.office import Office, person

pytestmark = [pytest.mark.servers, pytest.mark.slow]

PEOPLE, PLACES = 1000, 20


@pytest.fixture
def office(database, rules) -> Office:
    return Office(database, rules)


def rush(office: Office, course_id: str, people: int = PEOPLE) -> Counter[str]:
    pool = eventlet.GreenPool(CLIENTS)
    return Counter(
        pool.imap(
            lambda number: office.outcome(usecases.enrol, Enrol(course_id=course_id), person(number)), range(people)
        )
    )


def seated(office: Office, course_id: str) -> int:
    return sum(each.status in {"confirmed", "offered"} for each in office.enrolments(course_id))


def test_20_of_1000_are_in_and_980_wait_in_strict_order(office):
    course_id = office.course(capacity=PLACES)
    assert rush(office, course_id) == Counter(confirmed=PLACES, waiting=PEOPLE - PLACES)
    found = office.enrolments(course_id)
    assert [each.number for each in found] == list(range(1, PEOPLE + 1))
    assert [each.status for each in found] == ["confirmed"] * PLACES + ["waiting"] * (PEOPLE - PLACES)
    assert {each.person_id for each in found} == {person(number).id for number in range(PEOPLE)}
    course = office.found(course_id)
    assert (course.taken, course.waiting) == (PLACES, PEOPLE - PLACES)
    assert positions_told(office) == list(range(1, PEOPLE - PLACES + 1))


def positions_told(office: Office) -> list[int]:
    """As the events say, by number."""
    wanted = "SELECT envelope FROM outbox WHERE event = 'enrolment_waitlisted' ORDER BY id"
    rows = office.read(lambda session: session.execute(text(wanted)).scalars().all())
    return sorted(json.loads(row)["data"]["position"] for row in rows)


def test_cancellations_beside_them_never_let_one_too_many_in(office):
    """Who is in gives up again, at once; who is offered a place takes it: never more than twenty at any moment."""
    course_id = office.course(capacity=PLACES)
    most: list[int] = []

    def come(number: int) -> str:
        outcome = office.outcome(usecases.enrol, Enrol(course_id=course_id), person(number))
        if number % 3 == 0:
            settle_somebody(number)
        if number % 10 == 0:
            most.append(seated(office, course_id))
        return outcome

    def settle_somebody(number: int) -> None:
        theirs = [each for each in office.enrolments(course_id) if each.status in {"confirmed", "offered"}]
        each = theirs[number % len(theirs)]
        who = person(int(each.person_id.removeprefix("person-")))
        if each.status == "offered":
            office.outcome(usecases.accept_place, AcceptPlace(enrolment_id=each.id), who)
        else:
            office.outcome(usecases.cancel_enrolment, CancelEnrolment(enrolment_id=each.id), who)

    pool = eventlet.GreenPool(CLIENTS)
    outcomes = Counter(pool.imap(come, range(300)))
    assert sum(outcomes.values()) == 300
    assert set(outcomes) == {"confirmed", "waiting"}
    assert max(most) == PLACES
    found, course = office.enrolments(course_id), office.found(course_id)
    assert seated(office, course_id) == course.taken == PLACES
    assert course.waiting == sum(each.status == "waiting" for each in found)
    served = [each.number for each in found if each.status != "waiting"]
    assert served == list(range(1, len(served) + 1))  # nobody was passed by


def test_version_alone_lets_nobody_in_too_many(office, database):
    course_id = office.course(capacity=PLACES)
    with without(database, ROW_LOCKS):
        crowd(office, course_id, 64)
    assert seated(office, course_id) <= PLACES


def test_negative_control_without_lock_and_version_there_are_too_many(office, database):
    course_id = office.course(capacity=PLACES)
    office.read(
        lambda session: session.execute(text("ALTER TABLE enrolments DROP CONSTRAINT nobody_has_anothers_number"))
    )
    with without(database, ROW_LOCKS, VERSION_CHECK):
        crowd(office, course_id, 200)
    assert seated(office, course_id) > PLACES


def crowd(office: Office, course_id: str, people: int) -> None:
    """Whatever comes of each."""

    def come(number: int) -> None:
        with suppress(StaleDataError, DBAPIError):  # without the lock
            office.outcome(usecases.enrol, Enrol(course_id=course_id), person(number))

    pool = eventlet.GreenPool(CLIENTS)
    for _ in pool.imap(come, range(people)):
        pass
