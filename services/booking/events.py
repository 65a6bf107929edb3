"""The events that booking publishes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marshmallow import Schema, fields

from services.booking.domain.rules import BookingRules
from services.booking.models import Booking, Closure, Penalty
from services.booking.schemas.heard import PlannedSession
from services.chassis.errors import Refused
from services.chassis.events import Event, EventType


class Occurrence(Schema):
    booking_id = fields.String(required=True)
    start = fields.AwareDateTime(format="iso", required=True)
    end = fields.AwareDateTime(format="iso", required=True)


class BookingEvent(Schema):
    """The booking as it is after the event. `reason_code` and `note` are the decision's, if it has them.

    Of a series it is the first of those that it happened to; `occurrences` has all of them. `requester_id` is empty
    for a booking of the centre's courses, and when the person was erased. `closure_id`: of the closure that cancelled
    it. `fee` and `refund` in won.
    """

    booking_id = fields.String(required=True)
    space_id = fields.String(required=True)
    space_names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    zone = fields.String(required=True)
    status = fields.String(required=True)
    kind = fields.String(required=True)
    title = fields.String(required=True)
    purpose = fields.String(required=True)
    field = fields.String(required=True)
    attendees = fields.Integer(required=True)
    start = fields.AwareDateTime(format="iso", required=True)
    end = fields.AwareDateTime(format="iso", required=True)
    series_id = fields.String(required=True, allow_none=True)
    occurrences = fields.List(fields.Nested(Occurrence), required=True)
    requester_id = fields.String(required=True)
    group_id = fields.String(required=True, allow_none=True)
    decide_by = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    decided_by = fields.String(required=True, allow_none=True)
    reason_code = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    fee = fields.Integer(required=True)
    refund = fields.Integer(required=True, allow_none=True)
    closure_id = fields.String(required=True, allow_none=True)


class PenaltyEvent(Schema):
    """`ban_until`: the person may not apply before then; None: not banned for it."""

    person_id = fields.String(required=True)
    booking_id = fields.String(required=True)
    space_names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    zone = fields.String(required=True)
    start = fields.AwareDateTime(format="iso", required=True)
    imposed_at = fields.AwareDateTime(format="iso", required=True)
    ban_until = fields.AwareDateTime(format="iso", required=True, allow_none=True)


class ClosureEvent(Schema):
    """The closure as it is after the event. `space_ids` is empty when the whole centre is closed."""

    closure_id = fields.String(required=True)
    start = fields.AwareDateTime(format="iso", required=True)
    end = fields.AwareDateTime(format="iso", required=True)
    zone = fields.String(required=True)
    reason = fields.String(required=True)
    space_ids = fields.List(fields.String(), required=True)
    rooms = fields.List(fields.String(), required=True)
    force_majeure = fields.Boolean(required=True)
    lifted_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)


class RoomEvent(Schema):
    """The answer to the plan of a course session. `plan`: the sequence of the event that is answered."""

    session_id = fields.String(required=True)
    plan = fields.Integer(required=True)
    space_id = fields.String(required=True)
    start = fields.AwareDateTime(format="iso", required=True)
    end = fields.AwareDateTime(format="iso", required=True)


class RoomGranted(RoomEvent):
    booking_id = fields.String(required=True)


class RefusalPart(Schema):
    """`message`: English, with its details in their places still to be filled in."""

    code = fields.String(required=True)
    message = fields.String(required=True)
    details = fields.Dict(required=True)


class RoomRefused(RoomEvent):
    refusals = fields.List(fields.Nested(RefusalPart), required=True)
    alternatives = fields.List(fields.Dict(), required=True)


BOOKING_REQUESTED = EventType("booking", "booking_requested", BookingEvent)
BOOKING_APPROVED = EventType("booking", "booking_approved", BookingEvent)
BOOKING_REJECTED = EventType("booking", "booking_rejected", BookingEvent)
BOOKING_CHANGED = EventType("booking", "booking_changed", BookingEvent)
BOOKING_CANCELLED = EventType("booking", "booking_cancelled", BookingEvent)
BOOKING_UNDECIDED = EventType("booking", "booking_undecided", BookingEvent)
BOOKING_EXPIRED = EventType("booking", "booking_expired", BookingEvent)
BOOKING_CHECKED_IN = EventType("booking", "booking_checked_in", BookingEvent, heard=False)
BOOKING_NO_SHOW = EventType("booking", "booking_no_show", BookingEvent)
PENALTY_IMPOSED = EventType("booking", "penalty_imposed", PenaltyEvent)
CLOSURE_DECLARED = EventType("booking", "closure_declared", ClosureEvent)
CLOSURE_EXTENDED = EventType("booking", "closure_extended", ClosureEvent)
CLOSURE_LIFTED = EventType("booking", "closure_lifted", ClosureEvent)
ROOM_GRANTED = EventType("booking", "room_granted", RoomGranted)
ROOM_REFUSED = EventType("booking", "room_refused", RoomRefused)


def of(kind: EventType, bookings: Sequence[Booking], rules: BookingRules) -> Event:
    """The event `kind` about bookings as they are now: one, or several of a series."""
    booking, zone = bookings[0], rules.centre.zone
    return kind.about(
        subject=booking.id,
        sequence=booking.version,
        data={
            "booking_id": booking.id,
            "space_id": booking.space_id,
            "space_names": dict(rules.space(booking.space_id).names),
            "zone": zone.key,
            "status": booking.status,
            "kind": booking.kind,
            "title": booking.title,
            "purpose": booking.purpose,
            "field": booking.field,
            "attendees": booking.attendees,
            "start": booking.starts_at.astimezone(zone),
            "end": booking.ends_at.astimezone(zone),
            "series_id": booking.series_id,
            "occurrences": [_occurrence(each, rules) for each in bookings] if booking.series_id else [],
            "requester_id": booking.requester_id,
            "group_id": booking.group_id,
            "decide_by": booking.decide_by.astimezone(zone) if booking.decide_by else None,
            "decided_by": booking.decided_by,
            "reason_code": booking.reason_code,
            "note": booking.note,
            "fee": booking.fee,
            "refund": booking.refund,
            "closure_id": booking.closure_id,
        },
    )


def penalty_imposed(penalty: Penalty, booking: Booking, rules: BookingRules) -> Event:
    zone = rules.centre.zone
    return PENALTY_IMPOSED.about(
        subject=f"{booking.id}:penalty",
        sequence=1,
        data={
            "person_id": penalty.person_id,
            "booking_id": booking.id,
            "space_names": dict(rules.space(booking.space_id).names),
            "zone": zone.key,
            "start": booking.starts_at.astimezone(zone),
            "imposed_at": penalty.imposed_at.astimezone(zone),
            "ban_until": penalty.ban_until.astimezone(zone) if penalty.ban_until else None,
        },
    )


def of_closure(kind: EventType, closure: Closure, rules: BookingRules) -> Event:
    zone = rules.centre.zone
    return kind.about(
        subject=closure.id,
        sequence=closure.version,
        data={
            "closure_id": closure.id,
            "start": closure.starts_at.astimezone(zone),
            "end": closure.ends_at.astimezone(zone),
            "zone": zone.key,
            "reason": closure.reason,
            "space_ids": closure.space_ids,
            "rooms": closure.rooms,
            "force_majeure": closure.force_majeure,
            "lifted_at": closure.lifted_at.astimezone(zone) if closure.lifted_at else None,
        },
    )


def room_granted(plan: PlannedSession, sequence: int, booking: Booking, rules: BookingRules) -> Event:
    data = {**_answered(plan, sequence, rules), "booking_id": booking.id}
    return ROOM_GRANTED.about(plan.session_id, sequence, data)


def room_refused(plan: PlannedSession, sequence: int, refused: Refused, rules: BookingRules) -> Event:
    told = refused.to_wire()
    data = {
        **_answered(plan, sequence, rules),
        "refusals": told["refusals"],
        "alternatives": told["alternatives"],
    }
    return ROOM_REFUSED.about(plan.session_id, sequence, data)


def _answered(plan: PlannedSession, sequence: int, rules: BookingRules) -> dict[str, Any]:
    return {
        "session_id": plan.session_id,
        "plan": sequence,
        "space_id": plan.space_id,
        "start": plan.start.astimezone(rules.centre.zone),
        "end": plan.end.astimezone(rules.centre.zone),
    }


def _occurrence(booking: Booking, rules: BookingRules) -> dict[str, Any]:
    zone = rules.centre.zone
    return {
        "booking_id": booking.id,
        "start": booking.starts_at.astimezone(zone),
        "end": booking.ends_at.astimezone(zone),
    }
