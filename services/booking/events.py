"""The events that booking publishes."""

from __future__ import annotations

from marshmallow import Schema, fields

from services.booking.domain.space import BookingRules
from services.booking.models import Booking
from services.chassis.events import Event, EventType


class BookingEvent(Schema):
    """The booking as it is after the event. `reason_code` and `note` are the decision's, if it has them."""

    booking_id = fields.String(required=True)
    space_id = fields.String(required=True)
    space_names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    zone = fields.String(required=True)
    status = fields.String(required=True)
    title = fields.String(required=True)
    purpose = fields.String(required=True)
    attendees = fields.Integer(required=True)
    start = fields.AwareDateTime(format="iso", required=True)
    end = fields.AwareDateTime(format="iso", required=True)
    requester_id = fields.String(required=True)
    group_id = fields.String(required=True, allow_none=True)
    decided_by = fields.String(required=True, allow_none=True)
    reason_code = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)


BOOKING_REQUESTED = EventType("booking", "booking_requested", BookingEvent)
BOOKING_APPROVED = EventType("booking", "booking_approved", BookingEvent)
BOOKING_REJECTED = EventType("booking", "booking_rejected", BookingEvent)
BOOKING_CANCELLED = EventType("booking", "booking_cancelled", BookingEvent)


def of(kind: EventType, booking: Booking, rules: BookingRules) -> Event:
    """The event `kind` about the booking as it is now."""
    zone = rules.centre.zone
    return kind.about(
        subject=booking.id,
        sequence=booking.version,
        data={
            "booking_id": booking.id,
            "space_id": booking.space_id,
            "space_names": dict(rules.space(booking.space_id).names),
            "zone": zone.key,
            "status": booking.status,
            "title": booking.title,
            "purpose": booking.purpose,
            "attendees": booking.attendees,
            "start": booking.starts_at.astimezone(zone),
            "end": booking.ends_at.astimezone(zone),
            "requester_id": booking.requester_id,
            "group_id": booking.group_id,
            "decided_by": booking.decided_by,
            "reason_code": booking.reason_code,
            "note": booking.note,
        },
    )
