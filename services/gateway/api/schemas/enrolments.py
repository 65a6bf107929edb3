"""Places in courses, and certificates: what is taken and what is shown."""

from __future__ import annotations

from marshmallow import fields

from services.gateway.api.fields import Flag, Prose
from services.gateway.api.schemas.bases import Answer, Incoming, Page, Refusal
from services.gateway.api.schemas.bookings import FIELDS
from services.gateway.api.schemas.courses import TRACKS, Course, Person

STATUSES = ("confirmed", "waiting", "offered", "lapsed", "cancelled")
REASONS = (
    *("withdrawn", "by_staff", "offer_expired", "offer_declined"),
    *("course_cancelled", "course_over", "erased"),
)


class NewEnrolment(Incoming):
    waiting_list = Flag(
        metadata={"description": "A place in the waiting list would do, if the course is full", "default": True}
    )


class FindEnrolments(Page):
    """Of the asker, the newest first."""


class FindCertificates(Page):
    """Of the asker, the newest first."""


class Revocation(Incoming):
    reason = Prose(most=500, least=1, required=True)


class Enrolment(Answer):
    """offered: a place is held until `offer_until`. position: in the waiting list. reason_code: of one that is over.

    refund: all that is owed back, in won. minutes: attended, of the `of_minutes` held up to now. certificate: its code.
    """

    id = fields.String(required=True)
    course_id = fields.String(required=True)
    title = fields.String(required=True)
    person = fields.Nested(Person, required=True)
    number = fields.Integer(required=True)
    status = fields.String(required=True, metadata={"enum": list(STATUSES)})
    position = fields.Integer(required=True, allow_none=True)
    offer_until = fields.AwareDateTime(required=True, allow_none=True)
    reason_code = fields.String(required=True, allow_none=True, metadata={"enum": [*REASONS, None]})
    fee = fields.Integer(required=True)
    refund = fields.Integer(required=True)
    enrolled_at = fields.AwareDateTime(required=True)
    changed_at = fields.AwareDateTime(required=True)
    minutes = fields.Integer(required=True)
    of_minutes = fields.Integer(required=True)
    certificate = fields.String(required=True, allow_none=True)


class EnrolmentPage(Answer):
    items = fields.List(fields.Nested(Enrolment), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class Certificate(Answer):
    """As it is shown to whose it is, and to staff. minutes: attended, of the `of_minutes` held."""

    number = fields.String(required=True)
    code = fields.String(required=True)
    course_id = fields.String(required=True)
    person = fields.Nested(Person, required=True)
    title = fields.String(required=True)
    field = fields.String(required=True, metadata={"enum": list(FIELDS)})
    track = fields.String(required=True, metadata={"enum": list(TRACKS)})
    minutes = fields.Integer(required=True)
    of_minutes = fields.Integer(required=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)
    issued_at = fields.AwareDateTime(required=True)
    revoked_at = fields.AwareDateTime(required=True, allow_none=True)
    revoked_because = fields.String(required=True, allow_none=True)
    verification = fields.String(required=True, metadata={"description": "What its QR code leads to"})


class CertificatePage(Answer):
    items = fields.List(fields.Nested(Certificate), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class VerifiedCertificate(Answer):
    """As anybody reads it who has the code. name: masked. valid: it has not been revoked."""

    valid = fields.Boolean(required=True)
    number = fields.String(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True, metadata={"examples": ["홍*동"]})
    title = fields.String(required=True)
    field = fields.String(required=True, metadata={"enum": list(FIELDS)})
    minutes = fields.Integer(required=True)
    of_minutes = fields.Integer(required=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)
    issued_at = fields.AwareDateTime(required=True)
    issued_by = fields.String(required=True)
    revoked_at = fields.AwareDateTime(required=True, allow_none=True)


class Withheld(Answer):
    person = fields.Nested(Person, required=True)
    refusal = fields.Nested(Refusal, required=True)


class CompletedCourse(Course):
    """certificates: those that were given. withheld: who gets none, and why."""

    certificates = fields.List(fields.Nested(Certificate), required=True)
    withheld = fields.List(fields.Nested(Withheld), required=True)


class Refund(Answer):
    """session_id: of the cancelled session that it is for. withdrawn_at: it got a new date, so nothing is owed."""

    enrolment_id = fields.String(required=True)
    person = fields.Nested(Person, required=True)
    session_id = fields.String(required=True, allow_none=True)
    amount = fields.Integer(required=True)
    reason_code = fields.String(required=True)
    owed_since = fields.AwareDateTime(required=True)
    withdrawn_at = fields.AwareDateTime(required=True, allow_none=True)


class RefundPage(Answer):
    items = fields.List(fields.Nested(Refund), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
