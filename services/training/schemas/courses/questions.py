"""Questions in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from marshmallow import fields, validate

from services.chassis.fields import DayOrMoment, Identifier, Line
from services.training.domain.courses.lifecycle import CourseStatus, Field, Track
from services.training.schemas.courses.commands import CommandSchema


@dataclass(frozen=True)
class FindCourses:
    """since, until: courses with a session in this time, days in the centre's zone or moments."""

    limit: int
    cursor: str | None
    status: CourseStatus | None = None
    field: Field | None = None
    track: Track | None = None
    since: date | datetime | None = None
    until: date | datetime | None = None


@dataclass(frozen=True)
class FindEnrolments:
    """course_id: None: the actor's own, in all courses."""

    limit: int
    cursor: str | None
    course_id: str | None = None


@dataclass(frozen=True)
class FindOfCourse:
    """Decisions or refunds."""

    course_id: str
    limit: int
    cursor: str | None


@dataclass(frozen=True)
class FindCertificates:
    limit: int
    cursor: str | None


@dataclass(frozen=True)
class ShowCourse:
    course_id: str


@dataclass(frozen=True)
class ShowSession:
    session_id: str


@dataclass(frozen=True)
class ShowCertificate:
    code: str


class PageSchema(CommandSchema):
    limit = fields.Integer(strict=True, load_default=30, validate=validate.Range(1, 100))
    cursor = Identifier(load_default=None, allow_none=True)


class FindCoursesSchema(PageSchema):
    command = FindCourses
    status = fields.Enum(CourseStatus, by_value=True, load_default=None)
    field = fields.Enum(Field, by_value=True, load_default=None)
    track = fields.Enum(Track, by_value=True, load_default=None)
    since = DayOrMoment(load_default=None)
    until = DayOrMoment(load_default=None)


class FindEnrolmentsSchema(PageSchema):
    command = FindEnrolments
    course_id = Identifier(load_default=None)


class FindOfCourseSchema(PageSchema):
    command = FindOfCourse
    course_id = Identifier(required=True)


class FindCertificatesSchema(PageSchema):
    command = FindCertificates


class ShowCourseSchema(CommandSchema):
    command = ShowCourse
    course_id = Identifier(required=True)


class ShowSessionSchema(CommandSchema):
    command = ShowSession
    session_id = Identifier(required=True)


class ShowCertificateSchema(CommandSchema):
    command = ShowCertificate
    code = Line(most=100, required=True)
