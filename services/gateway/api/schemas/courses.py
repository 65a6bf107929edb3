"""Courses, their sessions and attendance: what is taken and what is shown."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from services.chassis.fields import Moment
from services.chassis.i18n import msgid as _
from services.gateway.api.fields import Choice, Count, DayOrMoment, Flag, Id, Prose, Text
from services.gateway.api.schemas.bases import Answer, EndsAfterItStarts, Incoming, Page, Refusal, require_order
from services.gateway.api.schemas.bookings import FIELDS

TRACKS = ("general", "activist")
STATUSES = ("draft", "published", "undersubscribed", "confirmed", "completed", "cancelled")
SESSION_STATUSES = ("awaiting_room", "confirmed", "refused", "cancelled")
GIVEN_REASONS = ("instructor", "too_few", "other")
DIRECTIONS = ("in", "out")
MOST_PLACES = 10_000
MOST_WON = 100_000_000
MOST_ENTRIES = 2000


class NewCourse(Incoming):
    title = Text(most=200, required=True)
    about = Prose(most=5000, least=0)
    field = Choice(FIELDS, metadata={"description": "By default both"})
    track = Choice(TRACKS, metadata={"description": "By default general"})
    induction = Flag(metadata={"description": "New tenants are invited to it", "default": False})
    capacity = Count(least=1, most=MOST_PLACES, required=True)
    fee = Count(least=0, most=MOST_WON, metadata={"description": "In won", "default": 0})
    enrol_from = Moment(required=True, metadata={"examples": ["2020-03-10T09:00:00+09:00"]})
    enrol_until = Moment(required=True, metadata={"examples": ["2020-03-18T18:00:00+09:00"]})

    @validates_schema
    def closes_after_it_opens(self, data: dict[str, Any], **_options: Any) -> None:
        if data["enrol_until"] <= data["enrol_from"]:
            raise ValidationError(_("This must be after the start."), "enrol_until")


class Instructor(Incoming):
    id = Id(required=True)
    name = Text(most=200, required=True)


class NewSession(EndsAfterItStarts):
    """At most 24 hours long."""

    space_id = Id(required=True, metadata={"examples": ["edu-1"]})
    start = Moment(required=True, metadata={"examples": ["2020-03-20T19:00:00+09:00"]})
    end = Moment(required=True, metadata={"examples": ["2020-03-20T21:00:00+09:00"]})
    instructor = fields.Nested(Instructor, required=True)


class NewDate(EndsAfterItStarts):
    """What is left out stays as it was."""

    start = Moment(required=True)
    end = Moment(required=True)
    space_id = Id()
    instructor = fields.Nested(Instructor)


class SessionCancellation(Incoming):
    reason_code = Choice(GIVEN_REASONS, metadata={"default": "other"})
    note = Prose(most=2000, least=0, allow_none=True, metadata={"description": "For those enrolled to read"})


class CourseCancellation(Incoming):
    note = Prose(most=2000, least=0, allow_none=True, metadata={"description": "For those enrolled to read"})


class Entry(Incoming):
    """nonce: chosen by who records; under the same nonce an entry is recorded once, however often it is sent."""

    nonce = Id(required=True, metadata={"examples": ["door-1-0001"]})
    person_id = Id(required=True)
    direction = Choice(DIRECTIONS, required=True)
    at = Moment(required=True)


class Attendance(Incoming):
    entries = fields.List(fields.Nested(Entry), required=True, metadata={"minItems": 1, "maxItems": MOST_ENTRIES})

    @validates_schema
    def has_some(self, data: dict[str, Any], **_options: Any) -> None:
        if not 1 <= len(data["entries"]) <= MOST_ENTRIES:
            raise ValidationError(_("Give some entries, and not too many at once."), "entries")


class FindCourses(Page):
    """`from` and `to`: courses with a session in this time."""

    status = Choice(STATUSES)
    field = Choice(FIELDS)
    track = Choice(TRACKS)
    since = DayOrMoment(data_key="from", metadata={"description": "A day or a time"})
    until = DayOrMoment(data_key="to", metadata={"description": "A day or a time, not included"})

    @validates_schema
    def in_order(self, data: dict[str, Any], **_options: Any) -> None:
        require_order(data.get("since"), data.get("until"))


class Person(Answer):
    id = fields.String(required=True)
    name = fields.String(required=True)


class Session(Answer):
    """refused: booking has no room for it, or did not answer by answer_by. redated: it has had its one new date.

    `instructor.id` and `refusals` (booking's) are for staff and those who teach; others read them empty.
    """

    id = fields.String(required=True)
    course_id = fields.String(required=True)
    space_id = fields.String(required=True)
    space_names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    start = fields.AwareDateTime(required=True)
    end = fields.AwareDateTime(required=True)
    instructor = fields.Nested(Person, required=True)
    status = fields.String(required=True, metadata={"enum": list(SESSION_STATUSES)})
    answer_by = fields.AwareDateTime(required=True, allow_none=True)
    refusals = fields.List(fields.Nested(Refusal), required=True)
    redated = fields.Boolean(required=True)
    reason_code = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    closure_id = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class Course(Answer):
    """taken: confirmed and held places. fewest: with fewer, staff are asked when enrolment closes: undersubscribed."""

    id = fields.String(required=True)
    title = fields.String(required=True)
    about = fields.String(required=True)
    field = fields.String(required=True, metadata={"enum": list(FIELDS)})
    track = fields.String(required=True, metadata={"enum": list(TRACKS)})
    induction = fields.Boolean(required=True)
    capacity = fields.Integer(required=True)
    taken = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    fewest = fields.Integer(required=True)
    fee = fields.Integer(required=True)
    enrol_from = fields.AwareDateTime(required=True)
    enrol_until = fields.AwareDateTime(required=True)
    status = fields.String(required=True, metadata={"enum": list(STATUSES)})
    published_at = fields.AwareDateTime(required=True, allow_none=True)
    sessions = fields.List(fields.Nested(Session), required=True)
    version = fields.Integer(required=True)


class CoursePage(Answer):
    items = fields.List(fields.Nested(Course), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class PersonAttendance(Answer):
    person_id = fields.String(required=True)
    minutes = fields.Integer(required=True)


class SessionAttendance(Answer):
    """minutes: how long each was there, of the session's `of_minutes`."""

    session_id = fields.String(required=True)
    of_minutes = fields.Integer(required=True)
    people = fields.List(fields.Nested(PersonAttendance), required=True)


class RecordedAttendance(SessionAttendance):
    """recorded: entries that were new. known: entries that had come before."""

    recorded = fields.Integer(required=True)
    known = fields.Integer(required=True)


class CourseDecision(Answer):
    course_id = fields.String(required=True)
    subject_id = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    actor_id = fields.String(required=True)
    action = fields.String(required=True)
    before = fields.Dict(required=True)
    after = fields.Dict(required=True)


class CourseDecisionPage(Answer):
    items = fields.List(fields.Nested(CourseDecision), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
