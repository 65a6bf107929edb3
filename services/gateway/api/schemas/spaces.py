"""Spaces, their timeline, and the search for a free one."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields

from services.chassis.fields import Day, Moment
from services.chassis.i18n import msgid as _
from services.gateway.api.fields import Count, Text
from services.gateway.api.schemas.bases import Answer, EndsAfterItStarts, Incoming, Refusal
from services.gateway.api.schemas.bookings import MOST_ATTENDEES, STATUSES
from services.gateway.api.schemas.equipment import QuantityList

MOST_AT_ONCE = 1000


class ShowTimeline(EndsAfterItStarts):
    """Days in the centre's zone."""

    start = Day(required=True, data_key="from", metadata={"description": "The first day"})
    end = Day(required=True, data_key="to", metadata={"description": "The day after the last one"})


class SearchAvailability(EndsAfterItStarts):
    start = Moment(required=True)
    end = Moment(required=True)
    attendees = Count(least=1, most=MOST_ATTENDEES)
    equipment = QuantityList(metadata={"description": "Quantities by id"})
    rrule = Text(
        most=500, metadata={"description": "As of a booking's recurrence", "examples": ["FREQ=WEEKLY;COUNT=6"]}
    )


class Change(Count):
    """How many come, or go."""

    def __init__(self, **options: Any) -> None:
        metadata = {"description": "How many come, or go when it is below zero", "not": {"const": 0}}
        super().__init__(least=-MOST_AT_ONCE, most=MOST_AT_ONCE, metadata=metadata, **options)

    def _validated(self, value: Any) -> int:
        if (change := super()._validated(value)) == 0:
            raise ValidationError(_("Nobody comes and nobody goes: give another number than 0."))
        return change


class ChangeWalkIns(Incoming):
    change = Change(required=True)


class WalkIns(Answer):
    """came: how many came on this day so far."""

    space_id = fields.String(required=True)
    day = fields.Date(required=True)
    inside = fields.Integer(required=True)
    came = fields.Integer(required=True)
    capacity = fields.Integer(required=True)


class Space(Answer):
    """rooms: the rooms that it occupies; several for one that is made of others."""

    id = fields.String(required=True)
    name = fields.String(required=True, metadata={"description": "In the caller's language"})
    names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    capacity = fields.Integer(required=True)
    rooms = fields.List(fields.String(), required=True)
    buffer_minutes = fields.Integer(required=True)
    walk_in = fields.Boolean(required=True)
    fee_per_hour = fields.Integer(required=True, metadata={"description": "In won"})


class Equipment(Answer):
    id = fields.String(required=True)
    name = fields.String(required=True, metadata={"description": "In the caller's language"})
    names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    quantity = fields.Integer(required=True)


class SpaceList(Answer):
    """equipment: what the centre has, for all of its spaces together."""

    items = fields.List(fields.Nested(Space), required=True)
    equipment = fields.List(fields.Nested(Equipment), required=True)


class TimelineEntry(Answer):
    """booking_id and title: for staff and for whom the booking is."""

    space_id = fields.String(required=True)
    status = fields.String(required=True, metadata={"enum": list(STATUSES)})
    start = fields.AwareDateTime(required=True)
    end = fields.AwareDateTime(required=True)
    held_from = fields.AwareDateTime(required=True)
    held_until = fields.AwareDateTime(required=True)
    booking_id = fields.String(required=True, allow_none=True)
    title = fields.String(required=True, allow_none=True)


class TimelineDay(Answer):
    date = fields.Date(required=True)
    opens = fields.AwareDateTime(required=True, allow_none=True)
    closes = fields.AwareDateTime(required=True, allow_none=True)
    holiday = fields.String(required=True, allow_none=True)
    entries = fields.List(fields.Nested(TimelineEntry), required=True)


class Timeline(Answer):
    space_id = fields.String(required=True)
    zone = fields.String(required=True)
    days = fields.List(fields.Nested(TimelineDay), required=True)


class Availability(Answer):
    space = fields.Nested(Space, required=True)
    available = fields.Boolean(required=True)
    refusals = fields.List(fields.Nested(Refusal), required=True)


class AvailabilityList(Answer):
    items = fields.List(fields.Nested(Availability), required=True)
