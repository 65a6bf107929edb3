"""Commands in, views out. A command loads into a frozen dataclass; a view dumps times in the centre's zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from services.booking.domain.lifecycle import Purpose, RejectReason, Status
from services.chassis.fields import Day, Identifier, Line, Moment, Paragraphs

LONGEST = timedelta(days=31)
"""The longest booking, and the longest timeline that is shown at once."""


@dataclass(frozen=True)
class RequestBooking:
    space_id: str
    start: datetime
    end: datetime
    title: str
    purpose: Purpose
    attendees: int
    group_id: str | None = None


@dataclass(frozen=True)
class DecideBooking:
    booking_id: str
    reason_code: RejectReason | None = None
    note: str | None = None


@dataclass(frozen=True)
class FindBookings:
    limit: int
    cursor: str | None
    status: Status | None = None
    space_id: str | None = None


@dataclass(frozen=True)
class ShowTimeline:
    space_id: str
    start: date
    end: date


@dataclass(frozen=True)
class SearchAvailability:
    start: datetime
    end: datetime
    attendees: int | None = None


class PeriodSchema(Schema):
    start = Moment(required=True)
    end = Moment(required=True)

    @validates_schema
    def ends_after_it_starts(self, data: dict[str, Any], **_: Any) -> None:
        if data["end"] <= data["start"]:
            raise ValidationError("Must be after start.", "end")
        if data["end"] - data["start"] > LONGEST:
            raise ValidationError(f"At most {LONGEST.days} days after start.", "end")


class RequestBookingSchema(PeriodSchema):
    space_id = Identifier(required=True)
    title = Line(most=200, required=True)
    purpose = fields.Enum(Purpose, by_value=True, required=True)
    attendees = fields.Integer(strict=True, required=True, validate=validate.Range(min=1, max=100_000))
    group_id = Identifier(load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> RequestBooking:
        return RequestBooking(**data)


class BookingIdSchema(Schema):
    booking_id = Identifier(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> DecideBooking:
        return DecideBooking(**data)


class RejectBookingSchema(BookingIdSchema):
    reason_code = fields.Enum(RejectReason, by_value=True, required=True)
    note = Paragraphs(most=2000, least=0, load_default=None, allow_none=True)


class FindBookingsSchema(Schema):
    limit = fields.Integer(load_default=30, validate=validate.Range(min=1, max=100))
    cursor = Identifier(load_default=None, allow_none=True)
    status = fields.Enum(Status, by_value=True, load_default=None, allow_none=True)
    space_id = Identifier(load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> FindBookings:
        return FindBookings(**data)


class ShowTimelineSchema(Schema):
    """`start` and `end` are days in the centre's zone, `end` exclusive."""

    space_id = Identifier(required=True)
    start = Day(required=True)
    end = Day(required=True)

    @validates_schema
    def ends_after_it_starts(self, data: dict[str, Any], **_: Any) -> None:
        if data["end"] <= data["start"]:
            raise ValidationError("Must be after start.", "end")
        if data["end"] - data["start"] > LONGEST:
            raise ValidationError(f"At most {LONGEST.days} days after start.", "end")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ShowTimeline:
        return ShowTimeline(**data)


class SearchAvailabilitySchema(PeriodSchema):
    attendees = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(min=1, max=100_000))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> SearchAvailability:
        return SearchAvailability(**data)


class NothingSchema(Schema):
    """A call without arguments."""


class RefusalView(Schema):
    code = fields.String(required=True)
    message = fields.String(required=True)
    details = fields.Dict(required=True)


class RequesterView(Schema):
    id = fields.String(required=True)
    name = fields.String(required=True)


class BookingView(Schema):
    id = fields.String(required=True)
    space_id = fields.String(required=True)
    status = fields.Enum(Status, by_value=True, required=True)
    title = fields.String(required=True)
    purpose = fields.Enum(Purpose, by_value=True, required=True)
    attendees = fields.Integer(required=True)
    start = fields.AwareDateTime(format="iso", required=True)
    end = fields.AwareDateTime(format="iso", required=True)
    requester = fields.Nested(RequesterView, required=True)
    group_id = fields.String(required=True, allow_none=True)
    requested_at = fields.AwareDateTime(format="iso", required=True)
    decided_at = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    reason_code = fields.Enum(RejectReason, by_value=True, required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


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


class SpaceList(Schema):
    items = fields.List(fields.Nested(SpaceView), required=True)


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
    at = fields.AwareDateTime(format="iso", required=True)
    actor_id = fields.String(required=True)
    action = fields.String(required=True)
    before = fields.Dict(required=True)
    after = fields.Dict(required=True)


class DecisionList(Schema):
    items = fields.List(fields.Nested(DecisionView), required=True)
