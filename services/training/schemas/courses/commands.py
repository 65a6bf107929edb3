"""Commands in. Each loads into a frozen dataclass, which a use case takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from services.chassis.fields import Identifier, Line, Moment, Paragraphs
from services.training.domain.courses.attendance import Direction, Entry
from services.training.domain.courses.lifecycle import Field, Track
from services.training.domain.courses.reasons import GIVEN_BY_STAFF, Cancelled

LONGEST = timedelta(hours=24)
"""Of a session."""
MOST_ENTRIES = 2000
MOST_PLACES = 10_000
MOST_WON = 100_000_000


@dataclass(frozen=True)
class CreateCourse:
    title: str
    about: str
    field: Field
    track: Track
    induction: bool
    capacity: int
    fee: int
    enrol_from: datetime
    enrol_until: datetime


@dataclass(frozen=True)
class CourseId:
    course_id: str


@dataclass(frozen=True)
class Instructor:
    id: str
    name: str


@dataclass(frozen=True)
class PlanSession:
    course_id: str
    start: datetime
    end: datetime
    space_id: str
    instructor: Instructor


@dataclass(frozen=True)
class PlanAgain:
    """What is None stays as it was."""

    session_id: str
    start: datetime
    end: datetime
    space_id: str | None
    instructor: Instructor | None


@dataclass(frozen=True)
class CancelSession:
    session_id: str
    reason_code: Cancelled
    note: str | None


@dataclass(frozen=True)
class CancelCourse:
    course_id: str
    note: str | None


@dataclass(frozen=True)
class Enrol:
    """waits: a place in the waiting list would do."""

    course_id: str
    waits: bool = True


@dataclass(frozen=True)
class EnrolmentId:
    enrolment_id: str


@dataclass(frozen=True)
class RecordAttendance:
    session_id: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class RevokeCertificate:
    code: str
    reason: str


class CommandSchema(Schema):
    """Loads as one of the commands."""

    command: ClassVar[type]

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Any:
        return self.command(**data)


class CreateCourseSchema(CommandSchema):
    command = CreateCourse
    title = Line(most=200, required=True)
    about = Paragraphs(most=5000, least=0, load_default="")
    field = fields.Enum(Field, by_value=True, load_default=Field.BOTH)
    track = fields.Enum(Track, by_value=True, load_default=Track.GENERAL)
    induction = fields.Boolean(load_default=False)
    capacity = fields.Integer(strict=True, required=True, validate=validate.Range(min=1, max=MOST_PLACES))
    fee = fields.Integer(strict=True, load_default=0, validate=validate.Range(min=0, max=MOST_WON))
    enrol_from = Moment(required=True)
    enrol_until = Moment(required=True)

    @validates_schema
    def closes_after_it_opens(self, data: dict[str, Any], **_: Any) -> None:
        if data["enrol_until"] <= data["enrol_from"]:
            raise ValidationError("Must be after enrol_from.", "enrol_until")


class CourseIdSchema(CommandSchema):
    command = CourseId
    course_id = Identifier(required=True)


class InstructorSchema(CommandSchema):
    command = Instructor
    id = Identifier(required=True)
    name = Line(most=200, required=True)


class SessionPeriod(CommandSchema):
    start = Moment(required=True)
    end = Moment(required=True)

    @validates_schema
    def ends_after_it_starts(self, data: dict[str, Any], **_: Any) -> None:
        if data["end"] <= data["start"]:
            raise ValidationError("Must be after start.", "end")
        if data["end"] - data["start"] > LONGEST:
            raise ValidationError("At most 24 hours after start.", "end")


class PlanSessionSchema(SessionPeriod):
    command = PlanSession
    course_id = Identifier(required=True)
    space_id = Identifier(required=True)
    instructor = fields.Nested(InstructorSchema, required=True)


class PlanAgainSchema(SessionPeriod):
    command = PlanAgain
    session_id = Identifier(required=True)
    space_id = Identifier(load_default=None)
    instructor = fields.Nested(InstructorSchema, load_default=None)


class CancelSessionSchema(CommandSchema):
    command = CancelSession
    session_id = Identifier(required=True)
    reason_code = fields.Enum(
        Cancelled, by_value=True, load_default=Cancelled.OTHER, validate=validate.OneOf(GIVEN_BY_STAFF)
    )
    note = Paragraphs(most=2000, least=0, load_default=None, allow_none=True)


class CancelCourseSchema(CommandSchema):
    command = CancelCourse
    course_id = Identifier(required=True)
    note = Paragraphs(most=2000, least=0, load_default=None, allow_none=True)


class EnrolSchema(CommandSchema):
    command = Enrol
    course_id = Identifier(required=True)
    waits = fields.Boolean(load_default=True, data_key="waiting_list")


class EnrolmentIdSchema(CommandSchema):
    command = EnrolmentId
    enrolment_id = Identifier(required=True)


class EntrySchema(CommandSchema):
    command = Entry
    nonce = Identifier(required=True)
    person_id = Identifier(required=True)
    direction = fields.Enum(Direction, by_value=True, required=True)
    at = Moment(required=True)


class RecordAttendanceSchema(Schema):
    session_id = Identifier(required=True)
    entries = fields.List(fields.Nested(EntrySchema), required=True, validate=validate.Length(1, MOST_ENTRIES))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> RecordAttendance:
        return RecordAttendance(data["session_id"], tuple(data["entries"]))


class RevokeCertificateSchema(CommandSchema):
    command = RevokeCertificate
    code = Line(most=100, required=True)
    reason = Paragraphs(most=500, required=True)
