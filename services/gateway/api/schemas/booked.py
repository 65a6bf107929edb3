"""Bookings as they are shown."""

from __future__ import annotations

from marshmallow import fields

from services.gateway.api.fields import DayOrMoment
from services.gateway.api.schemas.bases import Answer
from services.gateway.api.schemas.bookings import FIELDS, PURPOSES, REASONS, STATUSES

KINDS = ("rental", "staff_event", "course")


class Requester(Answer):
    """Both are empty for a course's booking, and when the person was erased."""

    id = fields.String(required=True)
    name = fields.String(required=True)


class GrantedExemption(Answer):
    ground = fields.String(required=True)
    evidence = fields.String(required=True)


class Rule(Answer):
    """What a series was applied for with. exdates: days or times, as they were given. number: of its bookings, whatever
    became of them.
    """

    rrule = fields.String(required=True)
    exdates = fields.List(DayOrMoment(), required=True)
    number = fields.Integer(required=True)


class Booking(Answer):
    """kind: what is applied for and decided upon is a rental. decide_by: while it is pending.

    fee and refund: in won; refund is null while nothing is given back. allowance_minutes: so much of it is free, as
    the tenant's. closure_id: of the closure that cancelled it.
    """

    id = fields.String(required=True)
    space_id = fields.String(required=True)
    status = fields.String(required=True, metadata={"enum": list(STATUSES)})
    kind = fields.String(required=True, metadata={"enum": list(KINDS)})
    title = fields.String(required=True)
    purpose = fields.String(required=True, metadata={"enum": list(PURPOSES)})
    field = fields.String(required=True, metadata={"enum": list(FIELDS)})
    attendees = fields.Integer(required=True)
    equipment = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    start = fields.AwareDateTime(required=True)
    end = fields.AwareDateTime(required=True)
    requester = fields.Nested(Requester, required=True)
    group_id = fields.String(required=True, allow_none=True)
    series_id = fields.String(required=True, allow_none=True)
    recurrence = fields.Nested(Rule, required=True, allow_none=True)
    fee = fields.Integer(required=True)
    refund = fields.Integer(required=True, allow_none=True)
    allowance_minutes = fields.Integer(required=True)
    exemption = fields.Nested(GrantedExemption, required=True, allow_none=True)
    closure_id = fields.String(required=True, allow_none=True)
    requested_at = fields.AwareDateTime(required=True)
    changed_at = fields.AwareDateTime(required=True)
    decide_by = fields.AwareDateTime(required=True, allow_none=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    reason_code = fields.String(required=True, allow_none=True, metadata={"enum": [*REASONS, None]})
    note = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class Occurrence(Answer):
    id = fields.String(required=True)
    status = fields.String(required=True, metadata={"enum": list(STATUSES)})
    start = fields.AwareDateTime(required=True)
    end = fields.AwareDateTime(required=True)


class ChangedBooking(Booking):
    """occurrences: every booking that was meant, itself included."""

    occurrences = fields.List(fields.Nested(Occurrence), required=True)


class BookingPage(Answer):
    items = fields.List(fields.Nested(Booking), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
