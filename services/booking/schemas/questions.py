"""Questions in: lists, the timeline, the search, statistics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from services.booking.domain.lifecycle import Status
from services.booking.domain.recurrence import Recurrence
from services.booking.domain.rules import LONGEST
from services.booking.schemas.commands import PeriodSchema, RecurrenceSchema, attendees, wanted_equipment
from services.chassis.fields import Day, DayOrMoment, Identifier


@dataclass(frozen=True)
class FindBookings:
    """since, until: bookings that overlap this time, days in the centre's zone or moments. own: only the actor's, also
    for staff.
    """

    limit: int
    cursor: str | None
    status: Status | None = None
    space_id: str | None = None
    group_id: str | None = None
    requester_id: str | None = None
    series_id: str | None = None
    since: date | datetime | None = None
    until: date | datetime | None = None
    own: bool = False


@dataclass(frozen=True)
class FindDecisions:
    limit: int
    cursor: str | None
    booking_id: str | None = None
    actor_id: str | None = None
    action: str | None = None


@dataclass(frozen=True)
class FindClosures:
    past: bool = False


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
    equipment: Mapping[str, int] = field(default_factory=dict)
    recurrence: Recurrence | None = None


class PageSchema(Schema):
    limit = fields.Integer(load_default=30, validate=validate.Range(min=1, max=100))
    cursor = Identifier(load_default=None, allow_none=True)


class FindBookingsSchema(PageSchema):
    status = fields.Enum(Status, by_value=True, load_default=None, allow_none=True)
    space_id = Identifier(load_default=None, allow_none=True)
    group_id = Identifier(load_default=None, allow_none=True)
    requester_id = Identifier(load_default=None, allow_none=True)
    series_id = Identifier(load_default=None, allow_none=True)
    since = DayOrMoment(load_default=None, allow_none=True)
    until = DayOrMoment(load_default=None, allow_none=True)
    own = fields.Boolean(load_default=False)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> FindBookings:
        return FindBookings(**data)


class FindDecisionsSchema(PageSchema):
    booking_id = Identifier(load_default=None, allow_none=True)
    actor_id = Identifier(load_default=None, allow_none=True)
    action = Identifier(load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> FindDecisions:
        return FindDecisions(**data)


class FindClosuresSchema(Schema):
    past = fields.Boolean(load_default=False)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> FindClosures:
        return FindClosures(**data)


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
    attendees = attendees(load_default=None, allow_none=True)
    equipment = wanted_equipment(load_default={})
    recurrence = fields.Nested(RecurrenceSchema, load_default=None, allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> SearchAvailability:
        return SearchAvailability(**data)


class NothingSchema(Schema):
    """A call without arguments."""
