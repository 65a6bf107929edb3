"""All that Madang knows of a person."""

from __future__ import annotations

from marshmallow import fields

from services.gateway.api.schemas.bases import Answer
from services.gateway.api.schemas.booked import Booking
from services.gateway.api.schemas.decisions import ACTIONS, Snapshot


class OwnDecision(Answer):
    """own: the person's own; else the centre's, or somebody's who is not named."""

    at = fields.AwareDateTime(required=True)
    action = fields.String(required=True, metadata={"enum": list(ACTIONS)})
    own = fields.Boolean(required=True)
    before = fields.Nested(Snapshot, required=True)
    after = fields.Nested(Snapshot, required=True)


class ExportedBooking(Booking):
    decisions = fields.List(fields.Nested(OwnDecision), required=True)


class MadeDecision(Answer):
    """About a booking of somebody else, whose content is not the person's."""

    booking_id = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    action = fields.String(required=True, metadata={"enum": list(ACTIONS)})


class Penalty(Answer):
    """A point for not coming. ban_until: of the ban that it brought, if it brought one."""

    booking_id = fields.String(required=True)
    imposed_at = fields.AwareDateTime(required=True)
    ban_until = fields.AwareDateTime(required=True, allow_none=True)


class DeclaredClosure(Answer):
    closure_id = fields.String(required=True)
    declared_at = fields.AwareDateTime(required=True)
    reason = fields.String(required=True)


class BookingExport(Answer):
    """bookings and decisions (about bookings of others): the page's, the oldest first. The rest is on every page."""

    person_id = fields.String(required=True)
    bookings = fields.List(fields.Nested(ExportedBooking), required=True)
    decisions = fields.List(fields.Nested(MadeDecision), required=True)
    penalties = fields.List(fields.Nested(Penalty), required=True)
    banned_until = fields.AwareDateTime(required=True, allow_none=True)
    closures = fields.List(fields.Nested(DeclaredClosure), required=True)
    has_calendar_address = fields.Boolean(required=True)


class Export(Answer):
    """By part of Madang."""

    booking = fields.Nested(BookingExport, required=True)
    next_cursor = fields.String(required=True, allow_none=True)
