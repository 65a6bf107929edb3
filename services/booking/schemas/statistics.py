"""The question for statistics, and its answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from marshmallow import Schema, ValidationError, fields, post_load, validates_schema

from services.booking.domain.lifecycle import Field
from services.chassis.fields import Day

MOST_YEARS = 2


@dataclass(frozen=True)
class FindStatistics:
    start: date
    end: date


class FindStatisticsSchema(Schema):
    """`start` and `end` are days in the centre's zone, `end` exclusive."""

    start = Day(required=True)
    end = Day(required=True)

    @validates_schema
    def ends_after_it_starts(self, data: dict[str, Any], **_: Any) -> None:
        if data["end"] <= data["start"]:
            raise ValidationError("Must be after start.", "end")
        if data["end"] > data["start"] + relativedelta(years=MOST_YEARS):
            raise ValidationError(f"At most {MOST_YEARS} years after start.", "end")

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> FindStatistics:
        return FindStatistics(**data)


class StatisticsRow(Schema):
    """The bookings of one space in one month and field. Every booking that begins in the month, by local time, is in
    exactly one of the six numbers: `bookings` (approved, or checked in: it took place or will), `pending`, `cancelled`,
    `rejected`, `expired`, `no_shows`.

    `attendees` and `hours` are of `bookings` alone. `hours` are those that lie on the month's days: a booking over the
    end of a month is counted where it begins and has hours in both. Without the buffers of its rooms.
    """

    space_id = fields.String(required=True)
    month = fields.String(required=True, metadata={"description": "2020-03"})
    field = fields.Enum(Field, by_value=True, required=True)
    bookings = fields.Integer(required=True)
    attendees = fields.Integer(required=True)
    hours = fields.Float(required=True)
    pending = fields.Integer(required=True)
    cancelled = fields.Integer(required=True)
    rejected = fields.Integer(required=True)
    expired = fields.Integer(required=True)
    no_shows = fields.Integer(required=True)


class UtilisationRow(Schema):
    """How much of a month a space was in use: for a booking of its own, or for one of a space that it is a part of.

    `open_hours`: of the centre, on those days of the month that were asked for; closures are not taken off.
    `utilisation`: hours / open_hours, rounded to 0.0001; None when the centre was never open. It may be above 1, since
    the centre's own events go beyond its hours.
    """

    space_id = fields.String(required=True)
    month = fields.String(required=True)
    hours = fields.Float(required=True)
    open_hours = fields.Float(required=True)
    utilisation = fields.Float(required=True, allow_none=True)


class WalkInRow(Schema):
    """`came`: how many people came by without a booking."""

    space_id = fields.String(required=True)
    month = fields.String(required=True)
    came = fields.Integer(required=True)


class StatisticsView(Schema):
    """`rows` has what there is, sorted by month, space and field; `utilisation` has every space in every month.

    A month that was asked for in part is there with its part.
    """

    start = fields.Date(required=True)
    end = fields.Date(required=True)
    zone = fields.String(required=True)
    rows = fields.List(fields.Nested(StatisticsRow), required=True)
    utilisation = fields.List(fields.Nested(UtilisationRow), required=True)
    walk_ins = fields.List(fields.Nested(WalkInRow), required=True)
