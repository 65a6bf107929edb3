"""Answers out. Times are in the centre's zone, money in whole won."""

from __future__ import annotations

from marshmallow import Schema, fields

from services.training.domain.courses.lifecycle import CourseStatus, EnrolmentStatus, Field, SessionStatus, Track


def moment(**options: object) -> fields.AwareDateTime:
    return fields.AwareDateTime(format="iso", required=True, **options)  # type: ignore[arg-type]


class PersonView(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)


class RefusalView(Schema):
    code = fields.String(required=True)
    message = fields.String(required=True)
    details = fields.Dict(required=True)


class SessionView(Schema):
    """`instructor.id` and `refusals` (booking's, in English) are for staff and instructors; others read them empty."""

    id = fields.String(required=True)
    course_id = fields.String(required=True)
    space_id = fields.String(required=True)
    space_names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    start = moment()
    end = moment()
    instructor = fields.Nested(PersonView, required=True)
    status = fields.Enum(SessionStatus, by_value=True, required=True)
    answer_by = moment(allow_none=True)
    refusals = fields.List(fields.Nested(RefusalView), required=True)
    redated = fields.Boolean(required=True)
    reason_code = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    closure_id = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class CourseView(Schema):
    id = fields.String(required=True)
    title = fields.String(required=True)
    about = fields.String(required=True)
    field = fields.Enum(Field, by_value=True, required=True)
    track = fields.Enum(Track, by_value=True, required=True)
    induction = fields.Boolean(required=True)
    capacity = fields.Integer(required=True)
    taken = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    fewest = fields.Integer(required=True)
    fee = fields.Integer(required=True)
    enrol_from = moment()
    enrol_until = moment()
    status = fields.Enum(CourseStatus, by_value=True, required=True)
    published_at = moment(allow_none=True)
    sessions = fields.List(fields.Nested(SessionView), required=True)
    version = fields.Integer(required=True)


class CoursePage(Schema):
    items = fields.List(fields.Nested(CourseView), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class EnrolmentView(Schema):
    """`position` in the waiting list; None: not waiting. `refund`: all that is owed back. `minutes`: attended, of
    `of_minutes` held up to now. `certificate`: its code.
    """

    id = fields.String(required=True)
    course_id = fields.String(required=True)
    title = fields.String(required=True)
    person = fields.Nested(PersonView, required=True)
    number = fields.Integer(required=True)
    status = fields.Enum(EnrolmentStatus, by_value=True, required=True)
    position = fields.Integer(required=True, allow_none=True)
    offer_until = moment(allow_none=True)
    reason_code = fields.String(required=True, allow_none=True)
    fee = fields.Integer(required=True)
    refund = fields.Integer(required=True)
    enrolled_at = moment()
    changed_at = moment()
    minutes = fields.Integer(required=True)
    of_minutes = fields.Integer(required=True)
    certificate = fields.String(required=True, allow_none=True)


class EnrolmentPage(Schema):
    items = fields.List(fields.Nested(EnrolmentView), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class PersonAttendance(Schema):
    person_id = fields.String(required=True)
    minutes = fields.Integer(required=True)


class AttendanceView(Schema):
    """`of_minutes`: of the whole session."""

    session_id = fields.String(required=True)
    of_minutes = fields.Integer(required=True)
    people = fields.List(fields.Nested(PersonAttendance), required=True)


class RecordedView(AttendanceView):
    """`recorded`: entries that were new. `known`: entries that had come before."""

    recorded = fields.Integer(required=True)
    known = fields.Integer(required=True)


class CertificateView(Schema):
    """Of whose it is. `path`: the PDF."""

    number = fields.String(required=True)
    code = fields.String(required=True)
    course_id = fields.String(required=True)
    person = fields.Nested(PersonView, required=True)
    title = fields.String(required=True)
    field = fields.Enum(Field, by_value=True, required=True)
    track = fields.Enum(Track, by_value=True, required=True)
    minutes = fields.Integer(required=True)
    of_minutes = fields.Integer(required=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)
    issued_at = moment()
    revoked_at = moment(allow_none=True)
    revoked_because = fields.String(required=True, allow_none=True)
    verification = fields.String(required=True)


class CertificatePage(Schema):
    items = fields.List(fields.Nested(CertificateView), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class VerifiedView(Schema):
    """What anybody reads who has the code: `name` is masked. `valid`: it has not been revoked."""

    valid = fields.Boolean(required=True)
    number = fields.String(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    title = fields.String(required=True)
    field = fields.Enum(Field, by_value=True, required=True)
    minutes = fields.Integer(required=True)
    of_minutes = fields.Integer(required=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)
    issued_at = moment()
    issued_by = fields.String(required=True)
    revoked_at = moment(allow_none=True)


class WithheldView(Schema):
    person = fields.Nested(PersonView, required=True)
    refusal = fields.Nested(RefusalView, required=True)


class CompletedView(CourseView):
    certificates = fields.List(fields.Nested(CertificateView), required=True)
    withheld = fields.List(fields.Nested(WithheldView), required=True)


class FileView(Schema):
    """`content`: base64."""

    name = fields.String(required=True)
    content_type = fields.String(required=True)
    content = fields.String(required=True)


class DecisionView(Schema):
    course_id = fields.String(required=True)
    subject_id = fields.String(required=True)
    at = moment()
    actor_id = fields.String(required=True)
    action = fields.String(required=True)
    before = fields.Dict(required=True)
    after = fields.Dict(required=True)


class DecisionPage(Schema):
    items = fields.List(fields.Nested(DecisionView), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class RefundView(Schema):
    """`session_id`: of the cancelled session that it is for. `withdrawn_at`: it got a new date."""

    enrolment_id = fields.String(required=True)
    person = fields.Nested(PersonView, required=True)
    session_id = fields.String(required=True, allow_none=True)
    amount = fields.Integer(required=True)
    reason_code = fields.String(required=True)
    owed_since = moment()
    withdrawn_at = moment(allow_none=True)


class RefundPage(Schema):
    items = fields.List(fields.Nested(RefundView), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
