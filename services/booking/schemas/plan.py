"""The centre's days for people to plan by, and what a step would bring before it is taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema

from services.booking.domain.closing import Closing
from services.booking.domain.rules import LONGEST
from services.booking.schemas.answers import BookingView, ClosureView, SpaceView, TimelineDayView, TimelineEntryView
from services.centre.opening import Centre
from services.chassis.fields import Day, DayOrMoment, Identifier


@dataclass(frozen=True)
class ShowPlan:
    """Days in the centre's zone, `end` exclusive; none: today."""

    start: date | None = None
    end: date | None = None


@dataclass(frozen=True)
class PreviewClosure:
    start: date | datetime
    to: date | datetime
    space_ids: tuple[str, ...] = ()

    def closing(self, centre: Centre) -> Closing:
        """Raises Invalid."""
        return Closing(centre.period(self.start, self.to), "", self.space_ids, force_majeure=False)


class ShowPlanSchema(Schema):
    start = Day(load_default=None)
    end = Day(load_default=None)

    @validates_schema
    def is_bounded(self, data: dict[str, Any], **_: Any) -> None:
        if (data["start"] is None) != (data["end"] is None):
            raise ValidationError("Give both or none.", "end")
        if data["start"] is None:
            return
        if data["end"] <= data["start"]:
            raise ValidationError("Must be after start.", "end")
        if data["end"] - data["start"] > LONGEST:
            raise ValidationError(f"At most {LONGEST.days} days after start.", "end")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> ShowPlan:
        return ShowPlan(**data)


class PreviewClosureSchema(Schema):
    start = DayOrMoment(required=True, data_key="from")
    to = DayOrMoment(required=True)
    space_ids = fields.List(Identifier(), load_default=[], allow_none=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> PreviewClosure:
        return PreviewClosure(**{**data, "space_ids": tuple(data["space_ids"] or ())})


class PlannedSpaceView(Schema):
    space_id = fields.String(required=True)
    entries = fields.List(fields.Nested(TimelineEntryView), required=True)


class PlannedDayView(TimelineDayView):
    """`entries` is empty: they stand by space."""

    spaces = fields.List(fields.Nested(PlannedSpaceView), required=True)


class FillView(Schema):
    """Of a space that needs no booking, now."""

    space_id = fields.String(required=True)
    inside = fields.Integer(required=True)
    capacity = fields.Integer(required=True)


class PlanView(Schema):
    """`first_day`, `last_day`: the days that residents can apply for today."""

    now = fields.AwareDateTime(format="iso", required=True)
    zone = fields.String(required=True)
    centre = fields.String(required=True)
    opens_next = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    first_day = fields.Date(required=True)
    last_day = fields.Date(required=True)
    fewest_attendees = fields.Integer(required=True)
    spaces = fields.List(fields.Nested(SpaceView), required=True)
    fill = fields.List(fields.Nested(FillView), required=True)
    closures = fields.List(fields.Nested(ClosureView), required=True)
    days = fields.List(fields.Nested(PlannedDayView), required=True)


class ClosurePreviewView(Schema):
    """`items`: the first of the bookings that would be cancelled."""

    bookings = fields.Integer(required=True)
    people = fields.Integer(required=True)
    items = fields.List(fields.Nested(BookingView), required=True)


class BookingOptionsView(Schema):
    """What whose booking it is can do with it now. `refund`: in won, of a cancellation now; None when it cannot be
    cancelled. `check_in_from`, `check_in_until`: of an approved booking that has not ended.
    """

    refund = fields.Integer(required=True, allow_none=True)
    check_in_from = fields.AwareDateTime(format="iso", required=True, allow_none=True)
    check_in_until = fields.AwareDateTime(format="iso", required=True, allow_none=True)
