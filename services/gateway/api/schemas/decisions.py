"""The audit log: who did what to a booking, when, and what it was before and after."""

from __future__ import annotations

from marshmallow import fields

from services.gateway.api.fields import Choice, Id
from services.gateway.api.schemas.bases import Answer, Page
from services.gateway.api.schemas.bookings import PURPOSES, REASONS, STATUSES

ACTIONS = ("request", "approve", "reject", "cancel", "change", "move", "expire", "check_in", "miss", "close", "erase")


class FindDecisions(Page):
    booking_id = Id()
    actor_id = Id()
    action = Choice(ACTIONS)


class Snapshot(Answer):
    """Of a new booking there is nothing before. Words of somebody who was erased are gone."""

    status = fields.String(metadata={"enum": list(STATUSES)})
    space_id = fields.String()
    starts_at = fields.AwareDateTime()
    ends_at = fields.AwareDateTime()
    title = fields.String()
    purpose = fields.String(metadata={"enum": list(PURPOSES)})
    attendees = fields.Integer()
    equipment = fields.Dict(keys=fields.String(), values=fields.Integer())
    fee = fields.Integer()
    refund = fields.Integer(allow_none=True)
    reason_code = fields.String(allow_none=True, metadata={"enum": [*REASONS, None]})
    note = fields.String(allow_none=True)
    closure_id = fields.String(allow_none=True)


class BookingDecision(Answer):
    """actor_id: `madang:…` is the centre itself. action: `change` is the applicant's, `move` is staff's."""

    booking_id = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    actor_id = fields.String(required=True)
    action = fields.String(required=True, metadata={"enum": list(ACTIONS)})
    before = fields.Nested(Snapshot, required=True)
    after = fields.Nested(Snapshot, required=True)


class BookingDecisionPage(Answer):
    items = fields.List(fields.Nested(BookingDecision), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
