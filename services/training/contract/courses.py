"""Courses, their sessions and attendance."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated

from services.centre.vocabulary import Field
from services.chassis.answers import Refusal
from services.chassis.contract import Answer, Doc, ListRequest, Named, Omittable, Page, Part, Request, Value
from services.chassis.fields import Choice, DayOrMoment, Id, Items, Json, Line, Moment, Paragraphs, Whole, wrong_at
from services.chassis.i18n import msgid as _
from services.training.contract.certificates import Certificate
from services.training.contract.people import Person
from services.training.contract.vocabulary import CancelReason, CourseStatus, Direction, SessionStatus, Track

courses = Part("training", "courses", "Courses, their sessions and who was there")

ABOUT_ONE = (403, 404, 409)
LONGEST_SESSION = timedelta(hours=24)
MOST_ENTRIES = 2000
MOST_PLACES = 10_000
MOST_WON = 100_000_000
GIVEN_BY_STAFF = (CancelReason.INSTRUCTOR, CancelReason.TOO_FEW, CancelReason.OTHER)
AFTER_THE_START = _("This must be after the start.")

Title = Annotated[str, Line(max=200)]
Note = Annotated[str | None, Paragraphs(max=2000, min=0), Doc("For those enrolled to read")]


def require_session_length(start: datetime, end: datetime) -> None:
    """Raises ValidationError."""
    if end <= start:
        raise wrong_at("end", AFTER_THE_START)
    if end - start > LONGEST_SESSION:
        raise wrong_at("end", _("A session lasts at most 24 hours."))


# --- answers


class Session(Answer):
    """refused: booking has no room for it, or did not answer by answer_by. redated: it has had its one new date.

    `instructor.id` and `refusals` (booking's) are for staff and instructors of the course; others see them empty.
    """

    id: str
    course_id: str
    space_id: str
    space_names: dict[str, str]
    start: datetime
    end: datetime
    instructor: Person
    status: SessionStatus
    answer_by: datetime | None
    refusals: list[Refusal]
    redated: bool
    reason_code: Annotated[CancelReason | None, Doc(more={"enum": [*(each.value for each in CancelReason), None]})]
    note: str | None
    closure_id: str | None
    version: int


class Course(Answer):
    """taken: confirmed and held places. fewest: with fewer, staff are asked when enrolment closes: undersubscribed."""

    id: str
    title: str
    about: str
    field: Field
    track: Track
    induction: bool
    capacity: int
    taken: int
    waiting: int
    fewest: int
    fee: int
    enrol_from: datetime
    enrol_until: datetime
    status: CourseStatus
    published_at: datetime | None
    sessions: list[Session]
    version: int


class Withheld(Answer):
    """Person without a certificate, and why."""

    person: Person
    refusal: Refusal


class CompletedCourse(Course):
    certificates: list[Certificate]
    withheld: list[Withheld]


class CourseDecision(Answer):
    course_id: str
    subject_id: str
    at: datetime
    actor_id: str
    action: str
    before: Json
    after: Json


class PersonAttendance(Answer):
    person_id: str
    minutes: int


class SessionAttendance(Answer):
    """minutes: how long each person was there, of the session's `of_minutes`."""

    session_id: str
    of_minutes: int
    people: list[PersonAttendance]


class RecordedAttendance(SessionAttendance):
    """recorded: entries that were new. known: entries that had come before."""

    recorded: int
    known: int


# --- courses


@courses.command("POST /courses", status=201, refuses=(403,), body="NewCourse", location="/courses/{id}")
class CreateCourse(Request[Course]):
    """Set up a course. For staff. Others see it when it is published."""

    title: Title
    about: Annotated[str, Paragraphs(max=5000, min=0)] = ""
    field: Annotated[Omittable[Field], Doc("By default both")] = None
    track: Annotated[Omittable[Track], Doc("By default general")] = None
    induction: Annotated[bool, Doc("New tenants are invited to it")] = False
    capacity: Annotated[int, Whole(1, MOST_PLACES)]
    fee: Annotated[int, Whole(0, MOST_WON), Doc("In won")] = 0
    enrol_from: Annotated[datetime, Moment(), Doc(more={"examples": ["2020-03-10T09:00:00+09:00"]})]
    enrol_until: Annotated[datetime, Moment(), Doc(more={"examples": ["2020-03-18T18:00:00+09:00"]})]

    def check(self) -> None:
        if self.enrol_until <= self.enrol_from:
            raise wrong_at("enrol_until", AFTER_THE_START)


@courses.query("GET /courses", public=True)
class ListCourses(ListRequest[Page[Course]]):
    """List courses, the newest first. Drafts are for staff and for those who are to teach them."""

    status: CourseStatus | None = None
    field: Field | None = None
    track: Track | None = None
    since: Annotated[date | datetime | None, DayOrMoment(), Named("from"), Doc("A day or a time")] = None
    until: Annotated[date | datetime | None, DayOrMoment(), Named("to"), Doc("A day or a time, not included")] = None

    def check(self) -> None:
        """Times of different kinds are compared in the centre's zone, by the use case."""
        start, end = self.since, self.until
        if start is not None and end is not None and _kind(start) == _kind(end) and end <= start:
            raise wrong_at("until", AFTER_THE_START)


def _kind(at: date | datetime) -> tuple[bool, bool]:
    return isinstance(at, datetime), isinstance(at, datetime) and at.tzinfo is not None


@courses.query("GET /courses/{course_id}", refuses=(404,), public=True)
class GetCourse(Request[Course]):
    """Show a course with its sessions."""

    course_id: Id


class Instructor(Value):
    id: Id
    name: Title


@courses.command("POST /courses/{course_id}/sessions", status=201, refuses=ABOUT_ONE, body="NewSession")
class PlanSession(Request[Session]):
    """Plan a session. For staff. It awaits its room until booking answers; its instructor is taken from here on."""

    course_id: Id
    space_id: Annotated[Id, Doc(more={"examples": ["edu-1"]})]
    start: Annotated[datetime, Moment(), Doc(more={"examples": ["2020-03-20T19:00:00+09:00"]})]
    end: Annotated[datetime, Moment(), Doc(more={"examples": ["2020-03-20T21:00:00+09:00"]})]
    instructor: Instructor

    def check(self) -> None:
        require_session_length(self.start, self.end)


@courses.command("POST /courses/{course_id}/publish", refuses=ABOUT_ONE)
class PublishCourse(Request[Course]):
    """Publish a course. For staff. It needs a session, and no session may have been refused its room."""

    course_id: Id


@courses.command("POST /courses/{course_id}/confirm", refuses=ABOUT_ONE)
class ConfirmCourse(Request[Course]):
    """Hold a course although too few people have enrolled. For staff."""

    course_id: Id


@courses.command("POST /courses/{course_id}/cancel", refuses=ABOUT_ONE, body="CourseCancellation")
class CancelCourse(Request[Course]):
    """Cancel a course. For staff. Everybody in it or waiting is told; the fee is owed back."""

    course_id: Id
    note: Note = None


@courses.command("POST /courses/{course_id}/complete", refuses=ABOUT_ONE)
class CompleteCourse(Request[CompletedCourse]):
    """Complete a course after its last session. For staff. Who was there long enough gets a certificate."""

    course_id: Id


@courses.query("GET /courses/{course_id}/decisions", refuses=(403,))
class ListCourseDecisions(ListRequest[Page[CourseDecision]]):
    """Read the log of what was done to a course and all that is in it, the newest first. For staff and auditors."""

    course_id: Id


# --- sessions


@courses.command("POST /sessions/{session_id}/cancel", refuses=ABOUT_ONE, body="SessionCancellation")
class CancelSession(Request[Session]):
    """Cancel a session. For staff. Everybody enrolled is told."""

    session_id: Id
    reason_code: Annotated[CancelReason, Choice(GIVEN_BY_STAFF)] = CancelReason.OTHER
    note: Note = None


@courses.command("POST /sessions/{session_id}/new-date", refuses=ABOUT_ONE, body="NewDate")
class PlanSessionAgain(Request[Session]):
    """Give a session that was cancelled its one new date, or one that was refused its room another. For staff."""

    session_id: Id
    start: datetime
    end: datetime
    space_id: Omittable[Id] = None
    instructor: Omittable[Instructor] = None

    def check(self) -> None:
        require_session_length(self.start, self.end)


class Entry(Value):
    """nonce: chosen by who records; under the same nonce an entry is recorded once, however often it is sent."""

    nonce: Annotated[Id, Doc(more={"examples": ["door-1-0001"]})]
    person_id: Id
    direction: Direction
    at: datetime


@courses.command("POST /sessions/{session_id}/attendance", refuses=ABOUT_ONE, body="Attendance")
class RecordAttendance(Request[RecordedAttendance]):
    """Record who came and went: one by one, or a batch that was gathered offline. For staff and the instructor.

    All entries are recorded, or none. Entries that were sent before are recognised by their nonces.
    """

    session_id: Id
    entries: Annotated[list[Entry], Items(min=1, max=MOST_ENTRIES)]


@courses.query("GET /sessions/{session_id}/attendance", refuses=(403, 404))
class GetAttendance(Request[SessionAttendance]):
    """Show how long each person was in a session. For staff, auditors and the instructor."""

    session_id: Id
