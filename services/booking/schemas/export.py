"""The question for all that booking knows of a person, and its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields, post_load, validate

from services.booking.domain.lifecycle import Action
from services.booking.schemas.answers import BookingView
from services.chassis.fields import Identifier

MOST = 500


@dataclass(frozen=True)
class ExportPerson:
    """person_id: None means whoever asks."""

    person_id: str | None
    limit: int
    cursor: str | None


class ExportPersonSchema(Schema):
    person_id = Identifier(load_default=None, allow_none=True)
    limit = fields.Integer(load_default=100, validate=validate.Range(min=1, max=MOST))
    cursor = Identifier(load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ExportPerson:
        return ExportPerson(**data)


class OwnDecisionView(Schema):
    """A decision about a booking of the person's. `own`: the person made it; else the centre did, or somebody else,
    who is not named. `before` and `after`: what the booking was, and what it became.
    """

    at = fields.AwareDateTime(format="iso", required=True)
    action = fields.Enum(Action, by_value=True, required=True)
    own = fields.Boolean(required=True)
    before = fields.Dict(required=True)
    after = fields.Dict(required=True)


class ExportedBookingView(BookingView):
    """`decisions`: all that were made about it, the first first."""

    decisions = fields.List(fields.Nested(OwnDecisionView), required=True)


class MadeDecisionView(Schema):
    """A decision that the person made about a booking of somebody else, whose content is not theirs."""

    booking_id = fields.String(required=True)
    at = fields.AwareDateTime(format="iso", required=True)
    action = fields.Enum(Action, by_value=True, required=True)


class PenaltyView(Schema):
    """A point for not coming. `ban_until`: of the ban that it brought, if it brought one."""

    booking_id = fields.String(required=True)
    imposed_at = fields.AwareDateTime(format="iso", required=True)
    ban_until = fields.AwareDateTime(format="iso", required=True, allow_none=True)


class DeclaredClosureView(Schema):
    closure_id = fields.String(required=True)
    declared_at = fields.AwareDateTime(format="iso", required=True)
    reason = fields.String(required=True)


class PersonExport(Schema):
    """What booking has of a person. `bookings` and `decisions` (on bookings of others) come in pages, oldest first;
    the rest is the same on each page. `banned_until`: None unless the person is banned now.
    """

    person_id = fields.String(required=True)
    bookings = fields.List(fields.Nested(ExportedBookingView), required=True)
    decisions = fields.List(fields.Nested(MadeDecisionView), required=True)
    penalties = fields.List(fields.Nested(PenaltyView), required=True)
    banned_until = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    closures = fields.List(fields.Nested(DeclaredClosureView), required=True)
    has_calendar_address = fields.Boolean(required=True)
    next_cursor = fields.String(required=True, allow_none=True)
