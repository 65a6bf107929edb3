"""Attendance comes one by one or in batches that were gathered offline: sent again, in another order, overlapping."""

from datetime import timedelta

import eventlet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.chassis.context import Actor
from services.chassis.errors import Forbidden, IllegalTransition, Invalid, NotFound, Refused
from services.training.contract import courses
from services.training.contract.courses import Entry, RecordAttendance
from services.training.contract.vocabulary import CancelReason, Direction
from services.training.queries.courses import attendance
from services.training.usecases import courses as usecases
from tests.people import STAFF
from tests.service.training.courses.conftest import CLIENTS
from tests.service.training.courses.office import SEOUL, STARTS, Office, person

OVER = STARTS + timedelta(hours=2)
PEOPLE = range(4)


def entry(number: int, minute: int, direction: Direction = Direction.IN, nonce: str = "") -> Entry:
    """In a session that begins at STARTS."""
    known = nonce or f"{number}-{minute}-{direction}"
    at = STARTS + timedelta(minutes=minute)
    return Entry(nonce=known, person_id=person(number).id, direction=direction, at=at)


def class_of(office: Office, capacity: int = 10) -> tuple[str, str]:
    """A course of one session, which PEOPLE are in; and the session."""
    course_id = office.course(capacity=capacity)
    office.enrolled(course_id, PEOPLE)
    return course_id, office.sessions(course_id)[0].id


def record(office: Office, session_id: str, *entries: Entry, actor: Actor = STAFF):
    return office.act(
        usecases.record_attendance, RecordAttendance(session_id=session_id, entries=list(entries)), actor, OVER
    )


def minutes(office: Office, course_id: str) -> dict[str, int]:
    session = office.sessions(course_id)[0]
    found = office.read(lambda db: attendance.of_session(db, session, zone=SEOUL))
    return {person_id: there // timedelta(minutes=1) for person_id, there in found.items()}


happened = st.lists(
    st.builds(entry, st.sampled_from(PEOPLE[:2]), st.integers(-20, 124), st.sampled_from(Direction)),
    min_size=4,
    max_size=12,
    unique_by=lambda each: each.nonce,
)


@st.composite
def batches(draw):
    """What happened, and how it is sent: each entry in at least one batch, the batches overlapping and repeated."""
    found = draw(happened)
    parts = draw(st.lists(st.lists(st.sampled_from(found), min_size=1, max_size=12), max_size=4))
    sent = [*parts, found, *draw(st.lists(st.sampled_from(parts or [found]), max_size=2))]
    return found, draw(st.permutations(sent))


def test_replayed_reordered_and_overlapping_batches_come_to_the_same(office):
    once_course, once = class_of(office)
    often_course, often = class_of(office)

    @settings(max_examples=25, derandomize=True, database=None)
    @given(batches())
    def same(sent):
        office.clear_marks()
        found, parts = sent
        record(office, once, *found)
        new = 0
        for part in parts:
            done = record(office, often, *part)
            assert done.recorded + done.known == len(part)
            new += done.recorded
        assert new == len(found)
        assert minutes(office, often_course) == minutes(office, once_course)

    same()


@pytest.mark.servers
def test_same_batch_from_many_devices_at_once_is_recorded_once(database, rules):
    office = Office(database, rules)
    course_id, session_id = class_of(office)
    batch = [entry(number, 0) for number in PEOPLE] + [entry(number, 90, Direction.OUT) for number in PEOPLE]
    pool = eventlet.GreenPool(CLIENTS)
    done = list(pool.imap(lambda turn: record(office, session_id, *(batch[turn % 8 :] + batch[: turn % 8])), range(32)))
    assert sum(each.recorded for each in done) == len(batch)
    assert set(minutes(office, course_id).values()) == {90}


def test_nonce_that_comes_again_with_something_else_is_refused_and_nothing_recorded(office):
    course_id, session_id = class_of(office)
    record(office, session_id, entry(0, 0, nonce="a"))
    with pytest.raises(Refused) as caught:
        record(office, session_id, entry(1, 5, nonce="b"), entry(0, 60, nonce="a"))
    assert [(each.code, each.details["nonces"]) for each in caught.value.refusals] == [("attendance_replayed", ["a"])]
    assert minutes(office, course_id) == {person(0).id: 120}


def test_one_wrong_entry_is_named_and_nothing_recorded(office):
    course_id, session_id = class_of(office)
    with pytest.raises(Invalid) as caught:
        record(office, session_id, entry(0, 0), entry(9, 0), entry(1, -31), entry(2, 126))
    wrong = caught.value.errors["entries"]
    assert {place: list(each) for place, each in wrong.items()} == {1: ["person_id"], 2: ["at"], 3: ["at"]}
    assert minutes(office, course_id) == {}


def test_instructor_and_staff_record_and_nobody_else(office):
    course_id, session_id = class_of(office)
    teacher = Actor(office.sessions(course_id)[0].instructor_id, "최강사", frozenset({"instructor"}))
    record(office, session_id, entry(0, 0), actor=teacher)
    for stranger in (person(0), Actor("teacher-of-others", "김강사", frozenset({"instructor"}))):
        with pytest.raises(Forbidden):
            record(office, session_id, entry(1, 0), actor=stranger)
    with pytest.raises(NotFound):
        record(office, "no-session", entry(1, 0))


def test_session_that_is_not_held_takes_no_marks(office):
    _, session_id = class_of(office)
    office.act(
        usecases.cancel_session,
        courses.CancelSession(session_id=session_id, reason_code=CancelReason.INSTRUCTOR),
        STAFF,
    )
    with pytest.raises(IllegalTransition):
        record(office, session_id, entry(0, 0))


def test_batch_that_comes_after_the_course_is_complete_brings_its_certificate(office):
    course_id, session_id = class_of(office)
    record(office, session_id, entry(0, 0))
    done = office.act(usecases.complete_course, courses.CompleteCourse(course_id=course_id), STAFF, now=OVER)
    assert [each.person.id for each in done.certificates] == [person(0).id]
    late = [entry(1, 0), entry(2, 60)]
    for _ in range(2):
        record(office, session_id, *late)
    assert [each["person_id"] for each in office.told("certificate_issued")] == [person(0).id, person(1).id]
