"""Answers out. Times are in the centre's zone."""

from __future__ import annotations

from marshmallow import Schema, fields

from services.booking.domain.lifecycle import Field, Kind, Purpose, RejectReason, Status
from services.chassis.fields import DayOrMoment


class RefusalView(Schema):
    code = fields.String(required=True)
    message = fields.String(required=True)
    details = fields.Dict(required=True)


class RequesterView(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)


class ExemptionView(Schema):
    ground = fields.String(required=True)
    evidence = fields.String(required=True)


class OccurrenceView(Schema):
    id = fields.String(required=True)
    status = fields.Enum(Status, by_value=True, required=True)
    start = fields.AwareDateTime(format="iso", required=True)
    end = fields.AwareDateTime(format="iso", required=True)


class RecurrenceView(Schema):
    """The rule that a series was applied for with, and `number`: how many bookings it has, whatever became of them.
    `exdates`: moments, or days, as they were given.
    """

    rrule = fields.String(required=True)
    exdates = fields.List(DayOrMoment(), required=True)
    number = fields.Integer(required=True)


class BookingView(Schema):
    """`fee` and `refund` in won; `refund` is None while nothing is given back. `decide_by`: while it is pending.
    `recurrence`: of a series; None for a single booking.
    """

    id = fields.String(required=True)
    space_id = fields.String(required=True)
    status = fields.Enum(Status, by_value=True, required=True)
    kind = fields.Enum(Kind, by_value=True, required=True)
    title = fields.String(required=True)
    purpose = fields.Enum(Purpose, by_value=True, required=True)
    field = fields.Enum(Field, by_value=True, required=True)
    attendees = fields.Integer(required=True)
    equipment = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    start = fields.AwareDateTime(format="iso", required=True)
    end = fields.AwareDateTime(format="iso", required=True)
    requester = fields.Nested(RequesterView, required=True)
    group_id = fields.String(required=True, allow_none=True)
    series_id = fields.String(required=True, allow_none=True)
    recurrence = fields.Nested(RecurrenceView, required=True, allow_none=True)
    fee = fields.Integer(required=True)
    refund = fields.Integer(required=True, allow_none=True)
    allowance_minutes = fields.Integer(required=True)
    exemption = fields.Nested(ExemptionView, required=True, allow_none=True)
    closure_id = fields.String(required=True, allow_none=True)
    requested_at = fields.AwareDateTime(format="iso", required=True)
    changed_at = fields.AwareDateTime(format="iso", required=True)
    decide_by = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    decided_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    reason_code = fields.Enum(RejectReason, by_value=True, required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class BookingAnswer(BookingView):
    """What a command made of a booking; `occurrences` has all bookings that it was about."""

    occurrences = fields.List(fields.Nested(OccurrenceView), required=True)


class BookingPage(Schema):
    items = fields.List(fields.Nested(BookingView), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class SpaceView(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    capacity = fields.Integer(required=True)
    rooms = fields.List(fields.String(), required=True)
    buffer_minutes = fields.Integer(required=True)
    walk_in = fields.Boolean(required=True)
    fee_per_hour = fields.Integer(required=True)


class EquipmentView(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)
    names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    quantity = fields.Integer(required=True)


class SpaceList(Schema):
    items = fields.List(fields.Nested(SpaceView), required=True)
    equipment = fields.List(fields.Nested(EquipmentView), required=True)


class TimelineEntryView(Schema):
    """`booking_id` and `title` only for staff and for whom the booking is."""

    space_id = fields.String(required=True)
    status = fields.Enum(Status, by_value=True, required=True)
    start = fields.AwareDateTime(format="iso", required=True)
    end = fields.AwareDateTime(format="iso", required=True)
    held_from = fields.AwareDateTime(format="iso", required=True)
    held_until = fields.AwareDateTime(format="iso", required=True)
    booking_id = fields.String(required=True, allow_none=True)
    title = fields.String(required=True, allow_none=True)


class TimelineDayView(Schema):
    date = fields.Date(required=True)
    opens = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    closes = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    holiday = fields.String(required=True, allow_none=True)
    entries = fields.List(fields.Nested(TimelineEntryView), required=True)


class TimelineView(Schema):
    space_id = fields.String(required=True)
    zone = fields.String(required=True)
    days = fields.List(fields.Nested(TimelineDayView), required=True)


class SpaceTodayView(Schema):
    space = fields.Nested(SpaceView, required=True)
    entries = fields.List(fields.Nested(TimelineEntryView), required=True)


class TodayView(Schema):
    """`opens_next`: when the centre opens again, for when it is closed now; None: not within a month."""

    now = fields.AwareDateTime(format="iso", required=True)
    date = fields.Date(required=True)
    zone = fields.String(required=True)
    centre = fields.String(required=True)
    opens = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    closes = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    opens_next = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    holiday = fields.String(required=True, allow_none=True)
    spaces = fields.List(fields.Nested(SpaceTodayView), required=True)


class AvailabilityView(Schema):
    space = fields.Nested(SpaceView, required=True)
    available = fields.Boolean(required=True)
    refusals = fields.List(fields.Nested(RefusalView), required=True)


class AvailabilityList(Schema):
    items = fields.List(fields.Nested(AvailabilityView), required=True)


class DecisionView(Schema):
    booking_id = fields.String(required=True)
    at = fields.AwareDateTime(format="iso", required=True)
    actor_id = fields.String(required=True)
    action = fields.String(required=True)
    before = fields.Dict(required=True)
    after = fields.Dict(required=True)


class DecisionPage(Schema):
    items = fields.List(fields.Nested(DecisionView), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class TouchedView(Schema):
    """How many bookings a closure cancels or has cancelled, and of how many people."""

    bookings = fields.Integer(required=True)
    people = fields.Integer(required=True)


class ClosureView(Schema):
    """`to` is exclusive. `space_ids` is empty when the whole centre is closed."""

    id = fields.String(required=True)
    start = fields.AwareDateTime(format="iso", required=True, data_key="from")
    to = fields.AwareDateTime(format="iso", required=True)
    reason = fields.String(required=True)
    space_ids = fields.List(fields.String(), required=True)
    force_majeure = fields.Boolean(required=True)
    declared_at = fields.AwareDateTime(format="iso", required=True)
    lifted_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    settled = fields.Boolean(required=True)


class ClosureAnswer(ClosureView):
    touches = fields.Nested(TouchedView, required=True)


class ClosureList(Schema):
    items = fields.List(fields.Nested(ClosureView), required=True)


class WalkInsView(Schema):
    """`came`: how many came on this day so far."""

    space_id = fields.String(required=True)
    day = fields.Date(required=True)
    inside = fields.Integer(required=True)
    came = fields.Integer(required=True)
    capacity = fields.Integer(required=True)
