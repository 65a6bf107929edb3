"""Applications for a space, and what became of them."""

from __future__ import annotations

from marshmallow import fields

from services.chassis.fields import Moment
from services.gateway.api.fields import Choice, Count, Id, Prose, Text
from services.gateway.api.schemas.bases import Answer, EndsAfterItStarts, Incoming, Page

STATUSES = ("pending", "approved", "rejected", "cancelled", "expired", "checked_in", "no_show")
PURPOSES = ("community", "education", "culture", "meeting", "business", "political", "religious", "commercial")
REASONS = ("forbidden_purpose", "incomplete", "unsuitable_space", "centre_needs_it", "other")
MOST_ATTENDEES = 100_000


class NewBooking(EndsAfterItStarts):
    space_id = Id(required=True)
    start = Moment(required=True)
    end = Moment(required=True)
    title = Text(most=200, required=True)
    purpose = Choice(PURPOSES, required=True)
    attendees = Count(least=1, most=MOST_ATTENDEES, required=True)
    group_id = Id(allow_none=True, metadata={"description": "A group that the applicant belongs to"})


class Rejection(Incoming):
    reason_code = Choice(REASONS, required=True)
    note = Prose(most=2000, least=0, allow_none=True, metadata={"description": "For the applicant to read"})


class FindBookings(Page):
    status = Choice(STATUSES)
    space_id = Id()


class Requester(Answer):
    id = fields.String(required=True)
    name = fields.String(required=True)


class Booking(Answer):
    id = fields.String(required=True)
    space_id = fields.String(required=True)
    status = fields.String(required=True, metadata={"enum": list(STATUSES)})
    title = fields.String(required=True)
    purpose = fields.String(required=True, metadata={"enum": list(PURPOSES)})
    attendees = fields.Integer(required=True)
    start = fields.AwareDateTime(required=True)
    end = fields.AwareDateTime(required=True)
    requester = fields.Nested(Requester, required=True)
    group_id = fields.String(required=True, allow_none=True)
    requested_at = fields.AwareDateTime(required=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    reason_code = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class BookingPage(Answer):
    items = fields.List(fields.Nested(Booking), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class Decision(Answer):
    """The audit log of a booking: its state before and after."""

    at = fields.AwareDateTime(required=True)
    actor_id = fields.String(required=True)
    action = fields.String(required=True)
    before = fields.Dict(required=True)
    after = fields.Dict(required=True)


class DecisionList(Answer):
    items = fields.List(fields.Nested(Decision), required=True)
